#include "look.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace waymark::cli {
namespace {

using Json = nlohmann::ordered_json;

// A description with no more than the facts named, and without what those speak of elsewhere. A group of others counts as one step: of
// it, a fact is enough.
Json shortened(Json description, const std::set<std::string>& facts, const std::set<std::string>& asked) {
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
  for (auto& group : description["groups"])
    if (!std::ranges::all_of(group["facts"], [&](const Json& member) { return facts.contains(member["fact"]); })) {
      group["title"]["patient"] = "";
      group["intro"] = group["none_of_these"] = nullptr;
      const auto open = std::ranges::find_if(group["facts"], [&](const Json& member) { return asked.contains(member["fact"]); });
      group["facts"] = Json::array({open == group["facts"].end() ? group["facts"].front() : *open});
    }
  return description;
}

// Clinicians read the patients' words for that moment: the others would be a quarter of the look.
void keep_patient_words(Json& value) {
  if (value.is_object() && value.contains("patient")) value.erase("clinician");
  if (value.is_structured())
    for (auto& part : value) keep_patient_words(part);
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

  Json look = {{"name", engine.guideline().id}, {"missing", Json::array()}, {"alert_facts", answer["alert_facts"]}, {"locales", Json::object()}};
  std::set<std::string> asked(missing.begin(), missing.end());
  for (const auto& fact : answer["alert_facts"]) asked.insert(fact);
  for (const auto& locale : described["locales"]) {
    const std::string name = locale;
    look["locales"][name] = shortened(Json::parse(describe_json(engine, name)), facts, asked);
  }
  // The steps are as many without those whose group is there already.
  std::set<std::string> left_out;
  for (const auto& group : described["groups"])
    for (const auto& member : group["facts"]) left_out.insert(member["fact"]);
  for (const auto& group : look["locales"].front()["groups"])
    for (const auto& member : group["facts"]) left_out.erase(member["fact"]);
  for (const auto& fact : missing)
    if (!left_out.contains(fact)) look["missing"].push_back(fact);
  keep_patient_words(look);
  return look.dump();
}

}  // namespace waymark::cli
