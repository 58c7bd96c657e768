// The engine for JavaScript: text in, JSON text out (engine.d.ts). Exceptions stop here.
#include <emscripten/bind.h>
#include <emscripten/emscripten.h>
#include <emscripten/heap.h>

#include <cstdint>
#include <exception>
#include <map>

#include "waymark/engine.h"
#include "waymark/packed.h"
#include "waymark/record.h"

namespace {

// The loaded guidelines; the one state that the module has.
struct Shelf {
  std::map<int, waymark::Engine> engines;
  std::map<int, waymark::Packed> packed;
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

std::string load(const emscripten::val& files) {
  return guarded([&] {
    std::vector<waymark::SourceText> texts;
    const int count = files["length"].as<int>();
    for (int i = 0; i < count; ++i) texts.push_back({files[i]["name"].as<std::string>(), files[i]["text"].as<std::string>()});
    waymark::Loaded loaded = waymark::load(texts);
    std::string number = "null";
    if (loaded.engine) {
      number = std::to_string(shelf().next);
      shelf().engines.emplace(shelf().next++, std::move(*loaded.engine));
    }
    return "{\"guideline\":" + number + ",\"issues\":" + waymark::issues_json(loaded.issues) + "}";
  });
}

std::string describe(int guideline, const std::string& locale) {
  return with_engine(guideline, [&](const waymark::Engine& engine) { return waymark::describe_json(engine, locale); });
}

std::string answer(int guideline, const std::string& facts, const std::string& locale, const std::string& audience, bool all) {
  return with_engine(guideline, [&](const waymark::Engine& engine) {
    const waymark::FactsRead read = waymark::read_facts(engine, facts);
    if (!read.answers) return waymark::error_json(read.error);
    const waymark::Wording wording{locale, audience == "clinician" ? waymark::Audience::clinician : waymark::Audience::patient, all};
    return waymark::answer_json(engine, engine.answer(*read.answers, all), wording);
  });
}

std::string test(int guideline) {
  return with_engine(guideline, [&](const waymark::Engine& engine) { return waymark::test_json(engine, waymark::test_vignettes(engine)); });
}

std::string check(int guideline) {
  return with_engine(guideline, [&](const waymark::Engine& engine) { return waymark::proof_json(engine, waymark::prove(engine)); });
}

std::string what_if(int guideline, const std::string& facts) {
  return with_engine(guideline, [&](const waymark::Engine& engine) {
    const waymark::FactsRead read = waymark::read_facts(engine, facts);
    return read.answers ? waymark::what_if_json(engine, waymark::what_if(engine, *read.answers)) : waymark::error_json(read.error);
  });
}

std::string diff(int old_guideline, int new_guideline) {
  return with_engine(old_guideline, [&](const waymark::Engine& older) {
    return with_engine(new_guideline, [&](const waymark::Engine& newer) { return waymark::diff_json(older, newer, waymark::diff(older, newer)); });
  });
}

std::string import_record(int guideline, const std::string& record, const std::string& today) {
  return with_engine(guideline, [&](const waymark::Engine& engine) {
    const waymark::RecordRead read = waymark::import_record(engine, record, today);
    return read.record ? waymark::record_json(engine, *read.record) : waymark::error_json(read.error);
  });
}

std::string export_plan(int guideline, const std::string& facts, const std::string& format, const std::string& locale, const std::string& subject, const std::string& today) {
  return with_engine(guideline, [&](const waymark::Engine& engine) {
    const waymark::FactsRead read = waymark::read_facts(engine, facts);
    if (!read.answers) return waymark::error_json(read.error);
    const auto chosen = waymark::export_format(format);
    if (!chosen) return error("there is no format '" + format + "'");
    return waymark::export_plan(engine, engine.answer(*read.answers), *chosen, {locale, subject, today});
  });
}

// The guideline packed last, for the plain exports below.
const waymark::Packed* current = nullptr;

std::string pack(int guideline) {
  return with_engine(guideline, [&](const waymark::Engine& engine) {
    auto packed = waymark::Packed::make(engine);
    if (!packed) return error("the guideline is too large to be packed: its options depend on too many facts at once");
    const auto [it, fresh] = shelf().packed.insert_or_assign(guideline, std::move(*packed));
    current = &it->second;
    return it->second.to_json(engine);
  });
}

void unload(int guideline) {
  if (const auto it = shelf().packed.find(guideline); it != shelf().packed.end()) {
    if (current == &it->second) current = nullptr;
    shelf().packed.erase(it);
  }
  shelf().engines.erase(guideline);
}

// Replies are long, and the page waits for them: read by the browser's decoder at once, not looked through letter by letter as
// Embind does with a std::string.
EM_JS(emscripten::EM_VAL, decoded, (const char* text, std::size_t size), { return Emval.toHandle(UTF8Decoder.decode(HEAPU8.subarray(text, text + size))); });

template <auto reply>
struct InJavaScript;
template <class... Given, std::string (*reply)(Given...)>
struct InJavaScript<reply> {
  static emscripten::val call(Given... given) {
    const std::string text = reply(given...);
    return emscripten::val::take_ownership(decoded(text.data(), text.size()));
  }
};

}  // namespace

EMSCRIPTEN_BINDINGS(waymark) {
  emscripten::function("load", &InJavaScript<&load>::call);
  emscripten::function("describe", &InJavaScript<&describe>::call);
  emscripten::function("answer", &InJavaScript<&answer>::call);
  emscripten::function("test", &InJavaScript<&test>::call);
  emscripten::function("check", &InJavaScript<&check>::call);
  emscripten::function("whatIf", &InJavaScript<&what_if>::call);
  emscripten::function("diff", &InJavaScript<&diff>::call);
  emscripten::function("importRecord", &InJavaScript<&import_record>::call);
  emscripten::function("exportPlan", &InJavaScript<&export_plan>::call);
  emscripten::function("pack", &InJavaScript<&pack>::call);
  emscripten::function("unload", &unload);
}

extern "C" {
// Room for the memory of another engine, which the caller then writes over all of this one's.
EMSCRIPTEN_KEEPALIVE int waymark_reserve(std::size_t bytes) { return emscripten_get_heap_size() >= bytes || emscripten_resize_heap(bytes); }

// Plain numbers, for callers that count nanoseconds: the outcome of one packed profile (low and high half), and of many.
EMSCRIPTEN_KEEPALIVE std::uint32_t waymark_outcome(std::uint32_t low, std::uint32_t high) {
  return current ? current->outcome(static_cast<std::uint64_t>(high) << 32 | low) : ~std::uint32_t{0};
}
EMSCRIPTEN_KEEPALIVE std::uint32_t waymark_outcomes(const std::uint64_t* profiles, std::uint32_t count) {
  std::uint32_t sum = 0;
  for (std::uint32_t i = 0; current && i < count; ++i) sum += current->outcome(profiles[i]);
  return sum;
}
}
