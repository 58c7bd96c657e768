// In: a compiled guideline and the answers of one patient. Out: the Answer.
#include <algorithm>
#include <bit>

#include "answer/completions.h"
#include "answer/rank.h"
#include "answer/reasons.h"
#include "waymark/engine.h"

namespace waymark {
namespace {

using namespace answering;

constexpr OutcomeSet listed = 0b11110;  // every outcome but not_listed

class Answering {
 public:
  Answering(const Guideline& guideline, const CompiledGuideline& compiled, const Answers& answers)
      : guideline_(guideline), compiled_(compiled), completions_(compiled, answers), reasons_(compiled, answers), rank_(guideline, compiled) {
    answer_.facts = answers;
  }

  Answer run() && {
    find_alerts();
    if (completions_.none()) {
      answer_.contradiction = reasons_.contradiction();
      return std::move(answer_);
    }
    find_stops();
    answer_.decisions.resize(guideline_.decisions.size());
    for (std::size_t option = 0; option < guideline_.options.size(); ++option)
      answer_.decisions[guideline_.options[option].decision].options.push_back(about(static_cast<int>(option)));
    for (auto& decision : answer_.decisions) decision.state = state_of(decision);
    answer_.missing = rank_.ranked(completions_);
    return std::move(answer_);
  }

 private:
  void find_alerts() {
    std::vector<char> answered(compiled_.store.levels());
    for (int level = 0; level < compiled_.store.levels(); ++level) answered[level] = answer_.facts[compiled_.fact_at[level]] != 0;
    for (std::size_t alert = 0; alert < guideline_.alerts.size(); ++alert)
      if (completions_.enough_is_answered(compiled_.alerts[alert].root, answered)) answer_.alerts.push_back(static_cast<int>(alert));
  }

  void find_stops() {
    for (std::size_t stop = 0; stop < guideline_.stops.size(); ++stop) {
      const OutcomeSet outcomes = completions_.spread(completions_.restrict_to(compiled_.stops[stop])).outcomes;
      if (outcomes >> diagram::yes & 1)
        answer_.stops.push_back({static_cast<int>(stop), outcomes >> diagram::no & 1 ? Applies::depends : Applies::yes});
    }
  }

  OptionAnswer about(int option) {
    const auto& function = compiled_.options[option];
    const Ref restricted = completions_.restrict_to(function);
    const Spread spread = completions_.spread(restricted);
    OptionAnswer about;
    about.option = option;
    about.strengths = spread.outcomes & listed;
    if (about.strengths == 0) {
      about.why_not = reasons_.exclude(function, listed);
      return about;
    }
    rank_.note(option, spread);
    about.applies = spread.outcomes >> not_listed & 1 ? Applies::depends : Applies::yes;
    if (std::has_single_bit(about.strengths)) about.strength = static_cast<Strength>(std::countr_zero(about.strengths));
    if (about.applies == Applies::yes) about.because = reasons_.exclude(function, 1u << not_listed);
    else about.depends_on = deciding(std::has_single_bit(about.strengths) ? spread : completions_.spread(completions_.rename(restricted, {0, 1, 1, 1, 1})));
    if (!about.strength)
      about.checks = checks(about.applies == Applies::yes ? spread : completions_.spread(completions_.rename(restricted, {nobody, 1, 2, 3, 4})));
    for (std::size_t r = 0; r < guideline_.rules.size(); ++r) {
      const Rule& rule = guideline_.rules[r];
      const bool names_it = std::any_of(rule.listings.begin(), rule.listings.end(), [&](const Listing& l) { return l.option == option; });
      if (names_it && takes_part(static_cast<int>(r))) about.rules.push_back(static_cast<int>(r));
    }
    return about;
  }

  // A rule that can hold; a caution that surely does.
  bool takes_part(int rule) {
    if (takes_part_.empty()) takes_part_.assign(guideline_.rules.size(), 0);
    char& known = takes_part_[rule];
    if (known == 0) {
      const bool part = guideline_.rules[rule].lowers ? !reasons_.possible(compiled_.rules[rule], 1u << diagram::no)
                                                      : reasons_.possible(compiled_.rules[rule], 1u << diagram::yes);
      known = part ? 1 : 2;
    }
    return known == 1;
  }

  std::vector<FactValues> deciding(const Spread& spread) const {
    std::vector<FactValues> facts;
    for (const auto& touch : spread.touches) {
      if (!touch.matters) continue;
      ValueSet values = 0;
      for (int v = 0; v < compiled_.store.arity(touch.level); ++v)
        if (touch.if_value[v] & listed) values |= ValueSet{1} << v;
      facts.push_back({compiled_.fact_at[touch.level], values});
    }
    return in_file_order(std::move(facts));
  }

  // What each open fact would make of the strength: the best that is left when it has the value, where that is worse than
  // the best now. A fact that only decides together with others is named with the most careful strength it leads to.
  std::vector<Check> checks(const Spread& spread) const {
    const auto best = [](OutcomeSet outcomes) { return std::countr_zero(static_cast<unsigned>(outcomes & listed)); };
    const auto worst = [](OutcomeSet outcomes) { return std::bit_width(static_cast<unsigned>(outcomes & listed)) - 1; };
    std::vector<Check> checks;
    for (const auto& touch : spread.touches) {
      if (!touch.matters) continue;
      const auto add = [&](int value, int strength) {
        const int fact = compiled_.fact_at[touch.level];
        for (auto& check : checks)
          if (check.fact == fact && static_cast<int>(check.strength) == strength) {
            check.values |= ValueSet{1} << value;
            return;
          }
        checks.push_back({fact, ValueSet{1} << value, static_cast<Strength>(strength)});
      };
      const std::size_t before = checks.size();
      const int arity = compiled_.store.arity(touch.level);
      for (int v = 0; v < arity; ++v)
        if (touch.if_value[v] & listed && best(touch.if_value[v]) > best(spread.outcomes)) add(v, best(touch.if_value[v]));
      if (checks.size() > before) continue;
      for (int v = 0; v < arity; ++v)
        if (touch.if_value[v] & listed && worst(touch.if_value[v]) == worst(spread.outcomes)) add(v, worst(spread.outcomes));
    }
    std::stable_sort(checks.begin(), checks.end(), [](const Check& a, const Check& b) { return a.fact < b.fact; });
    return checks;
  }

  static std::vector<FactValues> in_file_order(std::vector<FactValues> facts) {
    std::sort(facts.begin(), facts.end(), [](const FactValues& a, const FactValues& b) { return a.fact < b.fact; });
    return facts;
  }

  static DecisionAnswer::State state_of(const DecisionAnswer& decision) {
    using State = DecisionAnswer::State;
    bool any = false;
    for (const auto& option : decision.options) {
      if (option.applies == Applies::depends || (option.applies == Applies::yes && !option.strength)) return State::open;
      any = any || option.applies == Applies::yes;
    }
    return any ? State::settled : State::not_applicable;
  }

  const Guideline& guideline_;
  const CompiledGuideline& compiled_;
  Completions completions_;
  Reasons reasons_;
  Rank rank_;
  std::vector<char> takes_part_;  // by rule: 0 not looked at, 1 yes, 2 no
  Answer answer_;
};

}  // namespace

Answer Engine::answer(const Answers& answers) const {
  return Answering(*guideline_, *compiled_, answers).run();
}

}  // namespace waymark
