// Answer -> the object of `waymark eval`.
#include "wire/wire.h"

namespace waymark {
namespace wire {

Json value_ids(const Guideline& guideline, int fact, ValueSet values) {
  Json ids = Json::array();
  for (std::size_t v = 0; v < guideline.facts[fact].values.size(); ++v)
    if (values >> v & 1) ids.push_back(guideline.facts[fact].values[v].id);
  return ids;
}

Json source_ids(const Guideline& guideline, const SourceIds& sources) {
  Json ids = Json::array();
  for (const int source : sources) ids.push_back(guideline.sources[source].id);
  return ids;
}

std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

namespace {

const char* name_of(Applies applies) { return applies == Applies::yes ? "yes" : applies == Applies::depends ? "depends" : "no"; }

const char* name_of(DecisionAnswer::State state) {
  return state == DecisionAnswer::State::open ? "open" : state == DecisionAnswer::State::settled ? "settled" : "not_applicable";
}

class AnswerWriter {
 public:
  AnswerWriter(const Guideline& guideline, const Wording& wording) : guideline_(guideline), wording_(wording) {}

  Json write(const Answer& answer) const {
    Json out;
    out["waymark"] = 1;
    out["guideline"] = {{"id", guideline_.id}, {"version", guideline_.version}, {"status", guideline_.status}, {"sha256", guideline_.sha256}};
    Json& facts = out["facts"] = Json::object();
    for (std::size_t f = 0; f < answer.facts.size(); ++f)
      if (answer.facts[f] != 0) facts[guideline_.facts[f].id] = value_ids(guideline_, static_cast<int>(f), answer.facts[f]);
    if (answer.contradiction) out["contradiction"] = fact_values(*answer.contradiction);
    Json& alerts = out["alerts"] = Json::array();
    for (const int alert : answer.alerts) {
      const Alert& a = guideline_.alerts[alert];
      alerts.push_back({{"id", a.id}, {"urgency", waymark::name_of(a.urgency)}, {"text", say(a.text)}, {"sources", source_ids(guideline_, a.sources)}});
    }
    Json& stops = out["stops"] = Json::array();
    for (const auto& stop : answer.stops) {
      const Stop& s = guideline_.stops[stop.stop];
      stops.push_back({{"id", s.id}, {"holds", name_of(stop.holds)}, {"text", say(s.text)}, {"sources", source_ids(guideline_, s.sources)}});
    }
    Json& decisions = out["decisions"] = Json::array();
    for (std::size_t d = 0; d < answer.decisions.size(); ++d) decisions.push_back(decision(guideline_.decisions[d], answer.decisions[d]));
    Json& missing = out["missing"] = Json::array();
    for (std::size_t i = 0; i < answer.missing.size(); ++i) {
      Json changes = Json::array();
      for (const int option : answer.missing[i].changes) changes.push_back(guideline_.options[option].id);
      missing.push_back({{"fact", guideline_.facts[answer.missing[i].fact].id}, {"ask_order", i + 1}, {"changes", std::move(changes)}, {"weight", answer.missing[i].weight}});
    }
    return out;
  }

 private:
  const std::string& say(TextId text) const { return guideline_.say(text, wording_.locale, wording_.audience); }

  Json fact_values(const std::vector<FactValues>& facts) const {
    Json list = Json::array();
    for (const auto& fact : facts) list.push_back({{"fact", guideline_.facts[fact.fact].id}, {"values", value_ids(guideline_, fact.fact, fact.values)}});
    return list;
  }

  Json decision(const Decision& decision, const DecisionAnswer& answer) const {
    Json out;
    out["id"] = decision.id;
    out["title"] = say(decision.title);
    out["state"] = name_of(answer.state);
    if (answer.state == DecisionAnswer::State::not_applicable && decision.none != no_text) out["none"] = say(decision.none);
    Json& options = out["options"] = Json::array();
    for (const auto& about : answer.options)
      if (about.applies != Applies::no || wording_.all) options.push_back(option(about));
    return out;
  }

  Json option(const OptionAnswer& about) const {
    const Option& option = guideline_.options[about.option];
    Json out;
    out["id"] = option.id;
    out["title"] = say(option.title);
    out["drugs"] = option.drugs;
    out["classes"] = option.classes;
    out["applies"] = name_of(about.applies);
    out["strength"] = about.strength ? Json(waymark::name_of(*about.strength)) : Json(nullptr);
    Json& strengths = out["strengths"] = Json::array();
    for (const auto strength : {Strength::preferred, Strength::option, Strength::caution, Strength::avoid})
      if (about.strengths >> static_cast<int>(strength) & 1) strengths.push_back(waymark::name_of(strength));
    out["because"] = fact_values(about.because);
    out["depends_on"] = fact_values(about.depends_on);
    Json& checks = out["checks"] = Json::array();
    for (const auto& check : about.checks)
      checks.push_back({{"fact", guideline_.facts[check.fact].id}, {"values", value_ids(guideline_, check.fact, check.values)}, {"strength", waymark::name_of(check.strength)}});
    if (about.applies == Applies::no) out["why_not"] = fact_values(about.why_not);
    Json& rules = out["rules"] = Json::array();
    SourceIds sources = option.sources;
    for (const int r : about.rules) {
      const Rule& rule = guideline_.rules[r];
      rules.push_back(rule.id);
      for (const int source : rule.sources)
        if (std::find(sources.begin(), sources.end(), source) == sources.end()) sources.push_back(source);
    }
    out["sources"] = source_ids(guideline_, sources);
    out["text"] = say(option.text);
    return out;
  }

  const Guideline& guideline_;
  const Wording& wording_;
};

}  // namespace
}  // namespace wire

std::string answer_json(const Engine& engine, const Answer& answer, const Wording& wording) {
  return wire::dump(wire::AnswerWriter(engine.guideline(), wording).write(answer));
}

}  // namespace waymark
