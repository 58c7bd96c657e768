// Answer -> the object of `waymark eval`.
#include <algorithm>

#include "wire/writer.h"

namespace waymark {
namespace {

using wire::Writer;

const char* name_of(Applies applies) { return applies == Applies::yes ? "yes" : applies == Applies::depends ? "depends" : "no"; }

const char* name_of(DecisionAnswer::State state) {
  return state == DecisionAnswer::State::open ? "open" : state == DecisionAnswer::State::settled ? "settled" : "not_applicable";
}

class AnswerWriter {
 public:
  AnswerWriter(const Guideline& guideline, const Wording& wording) : guideline_(guideline), wording_(wording) {}

  std::string write(const Answer& answer) && {
    out_.begin_object().field("waymark", 1);
    out_.key("guideline").begin_object().field("id", guideline_.id).field("version", guideline_.version);
    out_.field("status", guideline_.status).field("sha256", guideline_.sha256).end_object();
    out_.key("facts");
    wire::write_facts(out_, guideline_, answer.facts);
    if (answer.contradiction) fact_values("contradiction", *answer.contradiction);
    out_.key("alerts").begin_list();
    for (const int alert : answer.alerts) {
      const Alert& a = guideline_.alerts[alert];
      out_.begin_object().field("id", a.id).field("urgency", waymark::name_of(a.urgency)).field("text", say(a.text));
      sources(a.sources);
      out_.end_object();
    }
    out_.end_list().key("alert_facts").begin_list();
    for (const int fact : answer.alert_facts) out_.value(guideline_.facts[fact].id);
    out_.end_list().key("stops").begin_list();
    for (const auto& stop : answer.stops) {
      const Stop& s = guideline_.stops[stop.stop];
      out_.begin_object().field("id", s.id).field("holds", name_of(stop.holds)).field("text", say(s.text));
      sources(s.sources);
      out_.end_object();
    }
    out_.end_list().key("decisions").begin_list();
    for (std::size_t d = 0; d < answer.decisions.size(); ++d) decision(guideline_.decisions[d], answer.decisions[d]);
    out_.end_list().key("missing").begin_list();
    for (std::size_t i = 0; i < answer.missing.size(); ++i) {
      out_.begin_object().field("fact", guideline_.facts[answer.missing[i].fact].id).field("ask_order", i + 1).key("changes").begin_list();
      for (const int option : answer.missing[i].changes) out_.value(guideline_.options[option].id);
      out_.end_list().key("weight").share(answer.missing[i].weight).end_object();
    }
    out_.end_list().end_object();
    return std::move(out_).take();
  }

 private:
  const std::string& say(TextId text) const { return guideline_.say(text, wording_.locale, wording_.audience); }
  void sources(const SourceIds& ids) {
    out_.key("sources");
    wire::write_sources(out_, guideline_, ids);
  }
  void fact_values(std::string_view name, const std::vector<FactValues>& facts) {
    out_.key(name);
    wire::write_fact_values(out_, guideline_, facts);
  }

  void decision(const Decision& decision, const DecisionAnswer& answer) {
    out_.begin_object().field("id", decision.id).field("title", say(decision.title)).field("state", name_of(answer.state));
    if (answer.state == DecisionAnswer::State::not_applicable && decision.none != no_text) out_.field("none", say(decision.none));
    out_.key("options").begin_list();
    for (const auto& about : answer.options)
      if (about.applies != Applies::no || wording_.all) option(about);
    out_.end_list().end_object();
  }

  void option(const OptionAnswer& about) {
    const Option& option = guideline_.options[about.option];
    out_.begin_object().field("id", option.id).field("title", say(option.title)).key("drugs").begin_list();
    for (const auto& choice : option.drugs) out_.value(choice);
    out_.end_list().field("classes", option.classes).field("applies", name_of(about.applies)).key("strength");
    if (about.strength) out_.value(waymark::name_of(*about.strength));
    else out_.null();
    out_.key("strengths").begin_list();
    for (const auto strength : {Strength::preferred, Strength::option, Strength::caution, Strength::avoid})
      if (about.strengths >> static_cast<int>(strength) & 1) out_.value(waymark::name_of(strength));
    out_.end_list();
    fact_values("because", about.because);
    fact_values("depends_on", about.depends_on);
    out_.key("checks").begin_list();
    for (const auto& check : about.checks) {
      out_.begin_object().field("fact", guideline_.facts[check.fact].id).key("values");
      wire::write_values(out_, guideline_, check.fact, check.values);
      out_.field("strength", waymark::name_of(check.strength)).end_object();
    }
    out_.end_list();
    if (about.applies == Applies::no) fact_values("why_not", about.why_not);
    out_.key("rules").begin_list();
    SourceIds all_sources = option.sources;
    for (const int r : about.rules) {
      const Rule& rule = guideline_.rules[r];
      out_.value(rule.id);
      for (const int source : rule.sources)
        if (std::find(all_sources.begin(), all_sources.end(), source) == all_sources.end()) all_sources.push_back(source);
    }
    out_.end_list();
    sources(all_sources);
    out_.field("text", say(option.text)).end_object();
  }

  const Guideline& guideline_;
  const Wording& wording_;
  Writer out_;
};

}  // namespace

std::string answer_json(const Engine& engine, const Answer& answer, const Wording& wording) {
  return AnswerWriter(engine.guideline(), wording).write(answer);
}

}  // namespace waymark
