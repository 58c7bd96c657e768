// Guideline -> Description of engine/wasm/engine.d.ts; issues and errors.
#include "wire/wire.h"

namespace waymark {
namespace wire {
namespace {

class Describer {
 public:
  Describer(const Guideline& guideline, std::string_view locale) : guideline_(guideline), locale_(locale) {}

  Json describe() const {
    const Guideline& g = guideline_;
    Json out;
    out["waymark"] = 1;
    const auto locales = g.locales();
    const bool known = std::find(locales.begin(), locales.end(), locale_) != locales.end();
    out["locale"] = known ? std::string(locale_) : g.language;
    out["locales"] = locales;
    Json changes = Json::array();
    for (const auto& change : g.changes) changes.push_back({{"version", change.version}, {"date", change.date}, {"text", text(change.text)}});
    out["guideline"] = {{"id", g.id}, {"version", g.version}, {"status", g.status}, {"sha256", g.sha256}, {"date", g.date},
                        {"review_by", g.review_by.empty() ? Json(nullptr) : Json(g.review_by)}, {"title", text(g.title)},
                        {"summary", text(g.summary)}, {"authors", text(g.authors)}, {"funding", text(g.funding)},
                        {"disclaimer", text(g.disclaimer)}, {"changes", std::move(changes)}};
    Json& sources = out["sources"] = Json::object();
    for (const auto& source : g.sources) sources[source.id] = describe(source);
    Json& facts = out["facts"] = Json::object();
    for (const auto& fact : g.facts) facts[fact.id] = describe(fact);
    Json& groups = out["groups"] = Json::array();
    for (const auto& group : g.groups) groups.push_back(describe(group));
    Json& decisions = out["decisions"] = Json::array();
    for (const auto& d : g.decisions)
      decisions.push_back({{"id", d.id}, {"title", text(d.title)}, {"about", text(d.about)}, {"none", text(d.none)}, {"sources", source_ids(g, d.sources)}});
    Json& options = out["options"] = Json::object();
    for (const auto& option : g.options) options[option.id] = describe(option);
    Json& rules = out["rules"] = Json::object();
    for (const auto& rule : g.rules) rules[rule.id] = {{"text", text(rule.text)}, {"sources", source_ids(g, rule.sources)}};
    for (const auto& stop : g.stops) rules[stop.id] = {{"text", text(stop.text)}, {"sources", source_ids(g, stop.sources)}};
    Json& information = out["information"] = Json::array();
    for (const auto& item : g.information)
      information.push_back({{"id", item.id}, {"title", text(item.title)}, {"shown", item.on_request ? "on_request" : "always"}, {"before", text(item.before)},
                             {"text", text(item.text)}, {"sources", source_ids(g, item.sources)}, {"note", note(item.note)}});
    Json& guide = out["question_guide"] = Json::array();
    for (const auto& part : g.question_guide) {
      Json questions = Json::array();
      for (const TextId question : part.questions) questions.push_back(text(question));
      guide.push_back({{"id", part.id}, {"title", text(part.title)}, {"questions", std::move(questions)}, {"sources", source_ids(g, part.sources)}});
    }
    return out;
  }

 private:
  Json text(TextId id) const {
    if (id == no_text) return nullptr;
    return {{"patient", guideline_.say(id, locale_, Audience::patient)}, {"clinician", guideline_.say(id, locale_, Audience::clinician)}};
  }
  Json note(const std::optional<Note>& note) const {
    if (!note) return nullptr;
    return {{"text", text(note->text)}, {"sources", source_ids(guideline_, note->sources)}};
  }
  Json describe(const Source& source) const {
    Json out = {{"title", source.title}};
    const auto add = [&](const char* name, const std::string& value) {
      if (!value.empty()) out[name] = value;
    };
    add("org", source.org);
    add("kind", source.kind);
    add("published", source.published);
    add("url", source.url);
    add("doi", source.doi);
    add("pmid", source.pmid);
    if (source.says != no_text) out["says"] = text(source.says);
    return out;
  }
  Json describe(const Fact& fact) const {
    Json values = Json::array(), partial = Json::array();
    for (const auto& value : fact.values) values.push_back({{"id", value.id}, {"text", text(value.text)}});
    const int index = static_cast<int>(&fact - guideline_.facts.data());
    for (const auto& answer : fact.partial) partial.push_back({{"values", value_ids(guideline_, index, answer.values)}, {"text", text(answer.text)}});
    return {{"title", text(fact.title)}, {"question", text(fact.question)}, {"help", text(fact.help)}, {"values", std::move(values)},
            {"partial", std::move(partial)}, {"not_known", text(fact.not_known)}, {"effort", name_of(fact.effort)},
            {"alert_only", fact.alert_only}, {"sources", source_ids(guideline_, fact.sources)}, {"note", note(fact.note)}};
  }
  Json describe(const Group& group) const {
    Json facts = Json::array();
    for (const auto& member : group.facts)
      facts.push_back({{"fact", guideline_.facts[member.fact].id}, {"none", guideline_.facts[member.fact].values[member.none].id}});
    return {{"id", group.id}, {"title", text(group.title)}, {"intro", text(group.intro)}, {"when", group.when == Group::When::first ? "first" : "last"},
            {"facts", std::move(facts)}, {"none_of_these", text(group.none_of_these)}};
  }
  Json describe(const Option& option) const {
    Json card = Json::array();
    for (const auto& entry : option.card) card.push_back({{"section", card_sections[entry.section]}, {"text", text(entry.text)}});
    return {{"decision", guideline_.decisions[option.decision].id}, {"title", text(option.title)}, {"text", text(option.text)}, {"drugs", option.drugs},
            {"classes", option.classes}, {"card", std::move(card)}, {"sources", source_ids(guideline_, option.sources)}, {"note", note(option.note)}};
  }

  const Guideline& guideline_;
  std::string_view locale_;
};

}  // namespace
}  // namespace wire

std::string describe_json(const Engine& engine, std::string_view locale) {
  return wire::dump(wire::Describer(engine.guideline(), locale).describe());
}

std::string issues_json(const std::vector<Issue>& issues) {
  wire::Json out = wire::Json::array();
  for (const auto& issue : issues) {
    wire::Json item = {{"severity", issue.severity == Severity::error ? "error" : "warning"}, {"code", issue.code}, {"file", issue.file},
                       {"line", issue.line}, {"column", issue.column}, {"message", issue.message}};
    if (!issue.remedy.empty()) item["remedy"] = issue.remedy;
    out.push_back(std::move(item));
  }
  return wire::dump(out);
}

std::string error_json(const FactsError& error) {
  wire::Json inner = {{"message", error.message}};
  if (!error.fact.empty()) inner["fact"] = error.fact;
  if (!error.value.empty()) inner["value"] = error.value;
  if (!error.nearest.empty()) inner["nearest"] = error.nearest;
  return wire::dump({{"error", std::move(inner)}});
}

}  // namespace waymark
