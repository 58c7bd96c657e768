// The engine for JavaScript: text in, JSON text out (engine.d.ts). Exceptions stop here.
#include <emscripten/bind.h>

#include <exception>
#include <map>
#include <nlohmann/json.hpp>

#include "waymark/engine.h"

namespace {

using Json = nlohmann::ordered_json;

// The loaded guidelines; the one state that the module has.
struct Shelf {
  std::map<int, waymark::Engine> engines;
  int next = 1;
};
Shelf& shelf() {
  static Shelf instance;
  return instance;
}

std::string error(const std::string& message) { return waymark::error_json({message, {}, {}, {}}); }

// Runs `reply`; what it throws becomes an error that the page can show.
template <class Reply>
std::string guarded(Reply reply) {
  try {
    return reply();
  } catch (const std::bad_alloc&) {
    return error("the engine ran out of memory");
  } catch (const std::exception& fault) {
    return error(std::string("the engine met a fault of its own: ") + fault.what());
  } catch (...) {
    return error("the engine met a fault of its own");
  }
}

template <class Reply>
std::string with_engine(int guideline, Reply reply) {
  return guarded([&] {
    const auto it = shelf().engines.find(guideline);
    return it == shelf().engines.end() ? error("no guideline is loaded under the number " + std::to_string(guideline)) : reply(it->second);
  });
}

std::string load(const std::string& files_json) {
  return guarded([&] {
    std::vector<waymark::SourceText> files;
    for (const auto& file : Json::parse(files_json)) files.push_back({file.at("name"), file.at("text")});
    waymark::Loaded loaded = waymark::load(files);
    Json number = nullptr;
    if (loaded.engine) {
      number = shelf().next++;
      shelf().engines.emplace(number.get<int>(), std::move(*loaded.engine));
    }
    return "{\"guideline\":" + number.dump() + ",\"issues\":" + waymark::issues_json(loaded.issues) + "}";
  });
}

std::string describe(int guideline, const std::string& locale) {
  return with_engine(guideline, [&](const waymark::Engine& engine) { return waymark::describe_json(engine, locale); });
}

std::string answer(int guideline, const std::string& request_json) {
  return with_engine(guideline, [&](const waymark::Engine& engine) {
    const Json request = Json::parse(request_json);
    const waymark::FactsRead read = waymark::read_facts(engine, request.value("facts", Json::object()).dump());
    if (!read.answers) return waymark::error_json(read.error);
    const waymark::Wording wording{request.value("locale", ""),
                                   request.value("audience", "patient") == "clinician" ? waymark::Audience::clinician : waymark::Audience::patient,
                                   request.value("all", false)};
    return waymark::answer_json(engine, engine.answer(*read.answers), wording);
  });
}

std::string test(int guideline) {
  return with_engine(guideline, [&](const waymark::Engine& engine) { return waymark::test_json(engine, waymark::test_vignettes(engine)); });
}

void unload(int guideline) { shelf().engines.erase(guideline); }

}  // namespace

EMSCRIPTEN_BINDINGS(waymark) {
  emscripten::function("load", &load);
  emscripten::function("describe", &describe);
  emscripten::function("answer", &answer);
  emscripten::function("test", &test);
  emscripten::function("unload", &unload);
}
