#include "look.h"

#include <nlohmann/json.hpp>
#include <set>

namespace waymark::cli {
namespace {

using Json = nlohmann::ordered_json;

// A description with no more than the facts named, and without what those speak of elsewhere.
Json shortened(Json description, const std::set<std::string>& facts) {
  for (const char* unneeded : {"sources", "trials", "options", "rules"}) description[unneeded] = Json::object();
  for (const char* unneeded : {"decisions", "information", "question_guide"}) description[unneeded] = Json::array();
  description["guideline"]["changes"] = Json::array();
  Json kept = Json::object();
  for (const auto& [id, fact] : description["facts"].items())
    if (facts.contains(id)) {
      kept[id] = fact;
      kept[id]["sources"] = Json::array();
      kept[id]["note"] = nullptr;
    }
  description["facts"] = std::move(kept);
  return description;
}

}  // namespace

std::string look_json(const Engine& engine) {
  const FactsRead nothing = read_facts(engine, "{}");
  const Json answer = Json::parse(answer_json(engine, engine.answer(*nothing.answers, false), {}));
  const Json described = Json::parse(describe_json(engine, ""));

  std::vector<std::string> missing;
  for (const auto& open : answer["missing"]) missing.push_back(open["fact"]);
  std::set<std::string> facts;
  for (const auto& group : described["groups"]) {
    std::set<std::string> members;
    for (const auto& member : group["facts"]) members.insert(member["fact"]);
    if (group["when"] == "first" || (!missing.empty() && members.contains(missing.front()))) facts.merge(members);
  }
  if (!missing.empty()) facts.insert(missing.front());

  Json look = {{"name", engine.guideline().id}, {"missing", missing}, {"alert_facts", answer["alert_facts"]}, {"locales", Json::object()}};
  for (const auto& locale : described["locales"]) {
    const std::string name = locale;
    look["locales"][name] = shortened(Json::parse(describe_json(engine, name)), facts);
  }
  return look.dump();
}

}  // namespace waymark::cli
