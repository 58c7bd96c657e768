// In: a compiled guideline and the answers of one patient. Out: the Answer.
#include <algorithm>
#include <bit>
#include <deque>
#include <map>

#include "answer/completions.h"
#include "answer/nothing_known.h"
#include "answer/rank.h"
#include "answer/reasons.h"
#include "text/order.h"
#include "waymark/engine.h"

namespace waymark {
namespace {

using namespace answering;

constexpr OutcomeSet listed = 0b11110;  // every outcome but not_listed

class Answering {
 public:
  Answering(const Guideline& guideline, const CompiledGuideline& compiled, const NothingKnown* before, const Answers& answers, bool why_not)
      : guideline_(guideline), compiled_(compiled), before_(before), why_not_(why_not), completions_(compiled, answers), reasons_(compiled, answers), rank_(guideline, compiled) {
    answer_.facts = answers;
  }

  // The same for later answers to start from.
  NothingKnown run_for_later() && {
    NothingKnown known;
    known.options.resize(guideline_.options.size());
    if (completions_.none()) return known;
    for (int level = 0; level < compiled_.store.levels(); ++level) known.possible.push_back(completions_.possible(level));
    for (std::size_t o = 0; o < known.options.size(); ++o) {
      const int option = static_cast<int>(o);
      if (guideline_.decisions[guideline_.options[o].decision].otherwise == option) continue;
      auto& of = known.options[o];
      of.levels = compiled_.options[o].levels;
      for (const int rule : compiled_.rules_of[o]) of.levels.insert(of.levels.end(), compiled_.rules[rule].levels.begin(), compiled_.rules[rule].levels.end());
      text::put_in_order(of.levels);
      of.levels.erase(std::unique(of.levels.begin(), of.levels.end()), of.levels.end());
      of.answer = about(option, &of.spread);
      of.usable = true;
    }
    return known;
  }

  Answer run() && {
    find_alerts();
    if (completions_.none()) {
      answer_.contradiction = reasons_.contradiction();
      return std::move(answer_);
    }
    find_stops();
    answer_.decisions.resize(guideline_.decisions.size());
    std::vector<OptionAnswer> options(guideline_.options.size());
    for (const bool stand_in : {false, true})
      for (std::size_t o = 0; o < options.size(); ++o) {
        const int option = static_cast<int>(o);
        if ((guideline_.decisions[guideline_.options[o].decision].otherwise == option) != stand_in) continue;
        if (untouched(option)) {
          note(option, &before_->options[o].spread);
          options[o] = before_->options[o].answer;
          continue;
        }
        const bool wide = stand_in && completions_.wider_than(compiled_.options[o], widest);
        options[o] = wide ? about_wide_stand_in(option) : about(option);
      }
    for (auto& option : options) answer_.decisions[guideline_.options[option.option].decision].options.push_back(std::move(option));
    for (auto& decision : answer_.decisions) decision.state = state_of(decision);
    answer_.missing = rank_.ranked(completions_, answer_.facts);
    return std::move(answer_);
  }

 private:
  void find_alerts() {
    std::vector<char> answered(compiled_.store.levels());
    for (int level = 0; level < compiled_.store.levels(); ++level) answered[level] = answer_.facts[compiled_.fact_at[level]] != 0;
    std::vector<int> silent;
    for (std::size_t alert = 0; alert < guideline_.alerts.size(); ++alert)
      (completions_.enough_is_answered(compiled_.alerts[alert].root, answered) ? answer_.alerts : silent).push_back(static_cast<int>(alert));
    for (int level = 0; level < compiled_.store.levels(); ++level) {
      if (answered[level] || !guideline_.facts[compiled_.fact_at[level]].alert_only) continue;
      answered[level] = 1;
      const auto rises = [&](int alert) { return completions_.enough_is_answered(compiled_.alerts[alert].root, answered); };
      if (std::any_of(silent.begin(), silent.end(), rises)) answer_.alert_facts.push_back(compiled_.fact_at[level]);
      answered[level] = 0;
    }
    text::put_in_order(answer_.alert_facts);
  }

  void find_stops() {
    for (std::size_t stop = 0; stop < guideline_.stops.size(); ++stop) {
      const OutcomeSet outcomes = completions_.spread(completions_.restrict_to(compiled_.stops[stop])).outcomes;
      if (outcomes >> diagram::yes & 1)
        answer_.stops.push_back({static_cast<int>(stop), outcomes >> diagram::no & 1 ? Applies::depends : Applies::yes});
    }
  }

  bool untouched(int option) const {
    if (before_ == nullptr || why_not_ || !before_->options[option].usable) return false;
    const auto& levels = before_->options[option].levels;
    return std::all_of(levels.begin(), levels.end(), [&](int level) { return completions_.possible(level) == before_->possible[level]; });
  }

  void note(int option, const Spread* spread) {
    if (!(spread->outcomes & listed)) return;
    note_good(option, *spread);
    rank_.note(option, spread);
  }

  OptionAnswer about(int option, Spread* keep = nullptr) {
    const auto& function = compiled_.options[option];
    const Restricted restricted = completions_.restrict_to(function);
    const Spread& spread = spreads_.emplace_back(completions_.spread(restricted));
    if (keep != nullptr) *keep = spread;
    OptionAnswer about;
    about.option = option;
    about.strengths = spread.outcomes & listed;
    if (about.strengths == 0) {
      if (why_not_) about.why_not = reasons_.exclude(function, listed);
      return about;
    }
    note(option, &spread);
    about.applies = spread.outcomes >> not_listed & 1 ? Applies::depends : Applies::yes;
    if (std::has_single_bit(about.strengths)) about.strength = static_cast<Strength>(std::countr_zero(about.strengths));
    if (about.applies == Applies::yes) about.because = reasons_.exclude(function, 1u << not_listed);
    else about.depends_on = deciding(std::has_single_bit(about.strengths) ? spread : completions_.listed_or_not(restricted, spread));
    if (!about.strength)
      about.checks = checks(about.applies == Applies::yes ? spread : completions_.where_listed(restricted, spread));
    for (const int rule : compiled_.rules_of[option])
      if (takes_part(rule)) about.rules.push_back(rule);
    return about;
  }

  // ---- the option that stands in when a decision has nothing better ----
  // It depends on every fact that any of the others depends on, so its diagram can be a hundred times theirs. While it is
  // that wide, whether it may be listed is still found exactly (a search for one completion that lists it), and whether it
  // may not be follows from the others; `depends_on` then names every fact that decides about one of the others.

  static constexpr OutcomeSet good = 1u << static_cast<int>(Strength::preferred) | 1u << static_cast<int>(Strength::option);

  void note_good(int option, const Spread& spread) {
    auto& decision = good_[guideline_.options[option].decision];
    const auto& besides = guideline_.decisions[guideline_.options[option].decision].besides;
    if (std::find(besides.begin(), besides.end(), option) != besides.end()) return;
    if (!(spread.outcomes & good) || !(spread.outcomes & ~good)) return;
    for (const auto& touch : spread.touches)
      if (touch.matters) decision.levels.push_back(touch.level);
  }

  OptionAnswer about_wide_stand_in(int option) {
    const auto& function = compiled_.options[option];
    const auto& others = good_[guideline_.options[option].decision];
    OptionAnswer about;
    about.option = option;
    if (!reasons_.possible(function, listed)) {
      if (why_not_) about.why_not = reasons_.exclude(function, listed);
      return about;
    }
    about.strengths = 1u << static_cast<int>(Strength::option);
    about.strength = Strength::option;
    if (!reasons_.possible(function, 1u << not_listed)) {
      about.applies = Applies::yes;
      about.because = reasons_.exclude(function, 1u << not_listed);
      return about;
    }
    about.applies = Applies::depends;
    std::vector<int> levels = others.levels;
    text::put_in_order(levels);
    levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
    for (const int level : levels) about.depends_on.push_back({compiled_.fact_at[level], completions_.possible(level)});
    put_in_file_order(about.depends_on);
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
    put_in_file_order(facts);
    return facts;
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
    text::put_few_in_order(checks, [](const Check& a, const Check& b) { return a.fact < b.fact; });
    return checks;
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
  const NothingKnown* before_;
  bool why_not_;
  Completions completions_;
  Reasons reasons_;
  Rank rank_;
  std::deque<Spread> spreads_;
  struct Good {
    std::vector<int> levels;  // of the facts that decide whether an option is good
  };
  std::map<int, Good> good_;  // by decision
  std::vector<char> takes_part_;  // by rule: 0 not looked at, 1 yes, 2 no
  Answer answer_;
};

}  // namespace

std::shared_ptr<const NothingKnown> answering::nothing_known(const Guideline& guideline, const CompiledGuideline& compiled) {
  return std::make_shared<NothingKnown>(Answering(guideline, compiled, nullptr, Answers(guideline.facts.size()), false).run_for_later());
}

Answer Engine::answer(const Answers& answers, bool why_not) const {
  return Answering(*guideline_, *compiled_, nothing_known_.get(), answers, why_not).run();
}

}  // namespace waymark
