// In: an engine. Out: whether its guideline's written cases come out as their authors expect, and what no case shows.
#include <algorithm>

#include "answer/reasons.h"
#include "text/order.h"
#include "waymark/engine.h"

namespace waymark {
namespace {

using Expected = Vignette::ExpectedOption;

const char* name_of(Applies applies) { return applies == Applies::yes ? "yes" : applies == Applies::depends ? "depends" : "no"; }

class Comparison {
 public:
  Comparison(const Guideline& guideline, const Vignette& vignette, const Answer& answer) : guideline_(guideline), vignette_(vignette), answer_(answer) {}

  std::vector<std::string> failures() && {
    if (vignette_.contradiction) compare_contradiction();
    else if (answer_.contradiction) fail("the answers contradict each other: " + facts(*answer_.contradiction));
    if (vignette_.alerts) compare_names("alerts", *vignette_.alerts, answer_.alerts, [&](int a) { return guideline_.alerts[a].id; });
    if (answer_.contradiction) return std::move(failures_);
    for (const auto& expected : vignette_.options) compare(expected);
    for (const int option : vignette_.absent)
      if (const auto& about = about_option(option); about.applies != Applies::no) fail(id(option) + " should not apply, but is " + found(about));
    for (const auto& only : vignette_.only) {
      std::vector<int> may_apply;
      for (const auto& about : answer_.decisions[only.decision].options)
        if (about.applies != Applies::no) may_apply.push_back(about.option);
      compare_names(guideline_.decisions[only.decision].id, only.options, may_apply, [&](int o) { return guideline_.options[o].id; });
    }
    for (const int fact : vignette_.missing)
      if (!is_missing(fact)) fail("the fact " + guideline_.facts[fact].id + " should still matter, but does not");
    for (const int fact : vignette_.not_missing)
      if (is_missing(fact)) fail("the fact " + guideline_.facts[fact].id + " should not matter any more, but does");
    if (vignette_.first_question >= 0) {
      const std::string first = answer_.missing.empty() ? "nothing" : guideline_.facts[answer_.missing.front().fact].id;
      if (first != guideline_.facts[vignette_.first_question].id) fail("the first question should be " + guideline_.facts[vignette_.first_question].id + ", but is " + first);
    }
    for (const auto& state : vignette_.states) {
      using State = DecisionAnswer::State;
      const State is = answer_.decisions[state.decision].state;
      const std::string name = is == State::open ? "open" : is == State::settled ? "settled" : "not_applicable";
      if (name != state.state) fail("the decision " + guideline_.decisions[state.decision].id + " should be " + state.state + ", but is " + name);
    }
    return std::move(failures_);
  }

 private:
  void fail(std::string text) { failures_.push_back(std::move(text)); }
  std::string id(int option) const { return "the option " + guideline_.options[option].id; }

  const OptionAnswer& about_option(int option) const {
    const auto& options = answer_.decisions[guideline_.options[option].decision].options;
    return *std::find_if(options.begin(), options.end(), [&](const OptionAnswer& about) { return about.option == option; });
  }
  bool is_missing(int fact) const {
    return std::any_of(answer_.missing.begin(), answer_.missing.end(), [&](const MissingFact& m) { return m.fact == fact; });
  }
  std::string found(const OptionAnswer& about) const {
    std::string text = std::string("applies: ") + name_of(about.applies);
    if (about.applies == Applies::no) return text + ", because " + facts(about.why_not);
    if (about.strength) text += std::string(", ") + waymark::name_of(*about.strength);
    if (!about.depends_on.empty()) text += ", depending on " + facts(about.depends_on);
    for (const auto& check : about.checks)
      text += ", " + std::string(waymark::name_of(check.strength)) + " if " + guideline_.facts[check.fact].id + " is " + guideline_.value_names(check.fact, check.values);
    return text;
  }
  std::string facts(const std::vector<FactValues>& list) const {
    std::string text;
    for (const auto& fact : list) text += (text.empty() ? "" : ", ") + guideline_.facts[fact.fact].id + ": " + guideline_.value_names(fact.fact, fact.values);
    return text.empty() ? "of no answer" : text;
  }
  void compare(const Expected& expected) {
    const OptionAnswer& about = about_option(expected.option);
    const bool as_expected = expected.kind == Expected::Kind::yes       ? about.applies == Applies::yes
                             : expected.kind == Expected::Kind::no      ? about.applies == Applies::no
                             : expected.kind == Expected::Kind::depends ? about.applies == Applies::depends
                                                                        : about.applies == Applies::yes && about.strength == expected.strength;
    if (as_expected) return;
    const std::string wanted = expected.kind == Expected::Kind::yes ? "apply" : expected.kind == Expected::Kind::no ? "not apply"
                               : expected.kind == Expected::Kind::depends ? "depend" : std::string("be ") + waymark::name_of(expected.strength);
    fail(id(expected.option) + " should " + wanted + ", but: " + found(about));
  }
  template <class Name>
  void compare_names(const std::string& what, std::vector<int> expected, std::vector<int> found, Name name) {
    text::put_in_order(expected);
    text::put_in_order(found);
    const auto told = [&](const std::vector<int>& from, const std::vector<int>& without, const std::string& verdict) {
      for (const int item : from)
        if (!std::binary_search(without.begin(), without.end(), item)) fail(what + ": " + name(item) + " " + verdict);
    };
    told(expected, found, "is expected, but not there");
    told(found, expected, "is there, but not expected");
  }
  void compare_contradiction() {
    if (!answer_.contradiction) return fail("the answers should contradict each other, but do not");
    std::vector<int> found;
    for (const auto& fact : *answer_.contradiction) found.push_back(fact.fact);
    compare_names("contradiction", *vignette_.contradiction, found, [&](int f) { return guideline_.facts[f].id; });
  }

  const Guideline& guideline_;
  const Vignette& vignette_;
  const Answer& answer_;
  std::vector<std::string> failures_;
};

// Each plain part ("her2 is low") of the rules' conditions, and whether the cases show it true and show it false.
class Coverage {
 public:
  explicit Coverage(const Guideline& guideline) : guideline_(guideline), rules_(guideline.rules.size()) {
    for (std::size_t r = 0; r < guideline.rules.size(); ++r) collect(static_cast<int>(r), guideline.rules[r].when);
  }
  void see(const Engine& engine, const Answers& answers) {
    answering::Reasons reasons(engine.compiled(), answers);
    for (std::size_t r = 0; r < rules_.size(); ++r)
      if (!rules_[r]) rules_[r] = !reasons.possible(engine.compiled().rules[r], 1u << diagram::no);
    for (auto& leaf : leaves_) {
      if (leaf.condition->kind != Condition::Kind::fact) continue;
      const ValueSet given = answers[leaf.condition->subject];
      if (given == 0) continue;
      leaf.shown_true = leaf.shown_true || (given & ~leaf.condition->values) == 0;
      leaf.shown_false = leaf.shown_false || (given & leaf.condition->values) == 0;
    }
  }
  void report(TestReport& report) const {
    for (std::size_t r = 0; r < rules_.size(); ++r)
      if (!rules_[r]) report.uncovered_rules.push_back(static_cast<int>(r));
    report.conditions = static_cast<int>(leaves_.size());
    for (const auto& leaf : leaves_)
      if (!leaf.shown_true || !leaf.shown_false)
        report.uncovered_conditions.push_back({leaf.rule, leaf.condition->place, condition_text(guideline_, *leaf.condition), !leaf.shown_true, !leaf.shown_false});
  }

 private:
  struct Leaf {
    int rule;
    const Condition* condition;
    bool shown_true = false, shown_false = false;
  };
  void collect(int rule, const Condition& condition) {
    if (condition.kind == Condition::Kind::fact) leaves_.push_back({rule, &condition});
    if (condition.kind == Condition::Kind::derived)
      for (const auto& item : guideline_.derived[condition.subject].cases) collect(rule, item.when);
    for (const auto& part : condition.parts) collect(rule, part);
  }

  const Guideline& guideline_;
  std::vector<char> rules_;
  std::vector<Leaf> leaves_;
};

}  // namespace

namespace {

std::vector<std::string> compare(const Engine& engine, const Vignette& vignette, const Answers& answers) {
  const Answer answer = engine.answer(answers);
  if (Comparison(engine.guideline(), vignette, answer).failures().empty()) return {};
  const Answer with_reasons = engine.answer(answers, true);
  return Comparison(engine.guideline(), vignette, with_reasons).failures();
}

}  // namespace

TestReport test_vignettes(const Engine& engine) {
  const Guideline& guideline = engine.guideline();
  TestReport report;
  Coverage coverage(guideline);
  for (std::size_t v = 0; v < guideline.vignettes.size(); ++v) {
    Answers answers(guideline.facts.size());
    for (const auto& [fact, values] : guideline.vignettes[v].facts) answers[fact] = values;
    report.vignettes.push_back({static_cast<int>(v), compare(engine, guideline.vignettes[v], answers)});
    coverage.see(engine, answers);
  }
  coverage.report(report);
  return report;
}

}  // namespace waymark
