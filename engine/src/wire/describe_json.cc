// Guideline -> Description of engine/wasm/engine.d.ts; issues and errors.
#include <algorithm>

#include "wire/writer.h"

namespace waymark {
namespace {

using wire::Writer;

class Describer {
 public:
  Describer(const Guideline& guideline, std::string_view locale) : guideline_(guideline), locale_(locale) {}

  std::string describe() && {
    const Guideline& g = guideline_;
    const auto locales = g.locales();
    const bool known = std::find(locales.begin(), locales.end(), locale_) != locales.end();
    out_.begin_object().field("waymark", 1).field("locale", known ? std::string(locale_) : g.language).field("locales", locales);
    heading();
    out_.key("approvals").begin_list();
    for (const auto& approval : g.signed_approvals) describe(approval);
    out_.end_list().key("sources").begin_object();
    for (const auto& source : g.sources) describe(source);
    out_.end_object().key("facts").begin_object();
    for (std::size_t f = 0; f < g.facts.size(); ++f) describe_fact(static_cast<int>(f));
    out_.end_object().key("trials").begin_object();
    for (const auto& trial : g.trials) describe(trial);
    out_.end_object().key("groups").begin_list();
    for (const auto& group : g.groups) describe(group);
    out_.end_list().key("decisions").begin_list();
    for (const auto& decision : g.decisions) {
      out_.begin_object().field("id", decision.id);
      text("title", decision.title);
      text("about", decision.about);
      text("none", decision.none);
      out_.key("otherwise");
      if (decision.otherwise >= 0) out_.value(g.options[decision.otherwise].id);
      else out_.null();
      sources(decision.sources);
      out_.end_object();
    }
    out_.end_list().key("options").begin_object();
    for (const auto& option : g.options) describe(option);
    out_.end_object().key("rules").begin_object();
    for (const auto& rule : g.rules) reason(rule.id, rule.text, rule.sources);
    for (const auto& stop : g.stops) reason(stop.id, stop.text, stop.sources);
    out_.end_object().key("information").begin_list();
    for (const auto& item : g.information) describe(item);
    out_.end_list().key("question_guide").begin_list();
    for (const auto& part : g.question_guide) {
      out_.begin_object().field("id", part.id);
      text("title", part.title);
      out_.key("questions").begin_list();
      for (const TextId question : part.questions) text(question);
      out_.end_list();
      sources(part.sources);
      out_.end_object();
    }
    out_.end_list().end_object();
    return std::move(out_).take();
  }

 private:
  void text(TextId id) {
    if (id == no_text) {
      out_.null();
      return;
    }
    out_.begin_object().field("patient", guideline_.say(id, locale_, Audience::patient));
    out_.field("clinician", guideline_.say(id, locale_, Audience::clinician)).end_object();
  }
  void text(std::string_view name, TextId id) {
    out_.key(name);
    text(id);
  }
  void sources(const SourceIds& ids) {
    out_.key("sources");
    wire::write_sources(out_, guideline_, ids);
  }
  void note(const std::optional<Note>& note) {
    out_.key("note");
    if (!note) {
      out_.null();
      return;
    }
    out_.begin_object();
    text("text", note->text);
    sources(note->sources);
    out_.end_object();
  }
  void heading() {
    const Guideline& g = guideline_;
    out_.key("guideline").begin_object().field("id", g.id).field("version", g.version).field("status", g.status).field("sha256", g.sha256);
    out_.field("date", g.date).key("review_by");
    if (g.review_by.empty()) out_.null();
    else out_.value(g.review_by);
    text("title", g.title);
    text("summary", g.summary);
    text("authors", g.authors);
    text("funding", g.funding);
    text("disclaimer", g.disclaimer);
    out_.key("changes").begin_list();
    for (const auto& change : g.changes) {
      out_.begin_object().field("version", change.version).field("date", change.date);
      text("text", change.text);
      out_.end_object();
    }
    out_.end_list().end_object();
  }
  void describe(const SignedApproval& approval) {
    out_.begin_object().field("name", approval.name).field("role", approval.role).field("organisation", approval.organisation);
    out_.field("date", approval.date).field("review_by", approval.review_by);
    out_.field("key", approval.key).field("signature", approval.signature).field("message", approval.message).end_object();
  }
  void describe(const Source& source) {
    out_.key(source.id).begin_object().field("title", source.title);
    const std::pair<const char*, const std::string*> rest[] = {{"org", &source.org}, {"kind", &source.kind}, {"published", &source.published},
                                                               {"url", &source.url}, {"doi", &source.doi}, {"pmid", &source.pmid}};
    for (const auto& [name, value] : rest)
      if (!value->empty()) out_.field(name, *value);
    if (source.says != no_text) text("says", source.says);
    out_.end_object();
  }
  void describe_fact(int index) {
    const Fact& fact = guideline_.facts[index];
    out_.key(fact.id).begin_object();
    text("title", fact.title);
    text("question", fact.question);
    text("help", fact.help);
    out_.key("values").begin_list();
    for (const auto& value : fact.values) {
      out_.begin_object().field("id", value.id);
      text("text", value.text);
      out_.end_object();
    }
    out_.end_list().key("partial").begin_list();
    for (const auto& answer : fact.partial) {
      out_.begin_object().key("values");
      wire::write_values(out_, guideline_, index, answer.values);
      text("text", answer.text);
      out_.end_object();
    }
    out_.end_list();
    text("not_known", fact.not_known);
    out_.field("effort", name_of(fact.effort)).field("alert_only", fact.alert_only);
    sources(fact.sources);
    note(fact.note);
    out_.end_object();
  }
  void describe(const Group& group) {
    out_.begin_object().field("id", group.id);
    text("title", group.title);
    text("intro", group.intro);
    out_.field("when", group.when == Group::When::first ? "first" : group.when == Group::When::last ? "last" : "in_turn").key("facts").begin_list();
    for (const auto& member : group.facts) {
      const Fact& fact = guideline_.facts[member.fact];
      out_.begin_object().field("fact", fact.id).key("none");
      if (member.none >= 0) out_.value(fact.values[member.none].id);
      else out_.null();
      out_.end_object();
    }
    out_.end_list();
    text("none_of_these", group.none_of_these);
    out_.end_object();
  }
  // Numbers are written as the author wrote them; null where not known.
  void number(std::string_view name, const std::string& digits) {
    out_.key(name);
    if (digits.empty()) out_.null();
    else out_.raw(digits);
  }
  void pair(std::string_view name, const Pair& pair) {
    out_.key(name).begin_object();
    number("treatment", pair.treatment);
    number("control", pair.control);
    out_.end_object();
  }
  void describe(const Trial& trial) {
    out_.key(trial.id).begin_object().field("name", trial.name);
    text("population", trial.population);
    out_.key("arms").begin_list();
    for (const auto& arm : trial.arms) {
      out_.begin_object();
      text("name", arm.name);
      number("people", arm.people);
      out_.end_object();
    }
    out_.end_list().key("results").begin_list();
    for (const auto& result : trial.results) {
      out_.begin_object().field("id", result.id);
      text("what", result.what);
      out_.field("unit", result.unit);
      number("treatment", result.value.treatment);
      number("control", result.value.control);
      number("hr", result.hazard_ratio);
      number("ci95_low", result.ci95_low);
      number("ci95_high", result.ci95_high);
      out_.field("checked", name_of(result.checked)).end_object();
    }
    out_.end_list().key("side_effects").begin_list();
    for (const auto& effect : trial.side_effects) {
      const SideEffect& named = guideline_.side_effects[effect.side_effect];
      out_.begin_object().field("id", named.id);
      text("text", named.text);
      pair("any", effect.any);
      pair("severe", effect.severe);
      out_.end_object();
    }
    out_.end_list();
    pair("stopped_percent", trial.stopped_percent);
    out_.field("checked", name_of(trial.checked));
    text("note", trial.note);
    sources(trial.sources);
    out_.end_object();
  }
  void describe(const Option& option) {
    out_.key(option.id).begin_object().field("decision", guideline_.decisions[option.decision].id);
    text("title", option.title);
    text("text", option.text);
    out_.key("drugs").begin_list();
    for (const auto& choice : option.drugs) out_.value(choice);
    out_.end_list().field("classes", option.classes).key("card").begin_list();
    for (const auto& entry : option.card) {
      out_.begin_object().field("section", card_sections[entry.section]);
      text("text", entry.text);
      out_.end_object();
    }
    out_.end_list().key("trials").begin_list();
    for (const int trial : option.trials) out_.value(guideline_.trials[trial].id);
    out_.end_list().key("approvals").begin_list();
    for (const auto& approval : option.approvals) {
      out_.begin_object().field("agency", approval.agency).field("date", approval.date);
      text("text", approval.text);
      out_.field("checked", name_of(approval.checked));
      sources(approval.sources);
      out_.end_object();
    }
    out_.end_list();
    sources(option.sources);
    note(option.note);
    out_.end_object();
  }
  void reason(const std::string& id, TextId why, const SourceIds& from) {
    out_.key(id).begin_object();
    text("text", why);
    sources(from);
    out_.end_object();
  }
  void describe(const Information& item) {
    out_.begin_object().field("id", item.id);
    text("title", item.title);
    out_.field("shown", item.on_request ? "on_request" : "always");
    text("before", item.before);
    text("text", item.text);
    sources(item.sources);
    note(item.note);
    out_.end_object();
  }

  const Guideline& guideline_;
  std::string_view locale_;
  Writer out_;
};

}  // namespace

std::string describe_json(const Engine& engine, std::string_view locale) { return Describer(engine.guideline(), locale).describe(); }

std::string issues_json(const std::vector<Issue>& issues) {
  Writer out;
  out.begin_list();
  for (const auto& issue : issues) {
    out.begin_object().field("severity", issue.severity == Severity::error ? "error" : "warning").field("code", issue.code).field("file", issue.file);
    out.field("line", issue.line).field("column", issue.column).field("message", issue.message);
    if (!issue.remedy.empty()) out.field("remedy", issue.remedy);
    out.end_object();
  }
  out.end_list();
  return std::move(out).take();
}

std::string error_json(const FactsError& error) {
  Writer out;
  out.begin_object().key("error").begin_object().field("message", error.message);
  if (!error.fact.empty()) out.field("fact", error.fact);
  if (!error.value.empty()) out.field("value", error.value);
  if (!error.nearest.empty()) out.field("nearest", error.nearest);
  out.end_object().end_object();
  return std::move(out).take();
}

}  // namespace waymark
