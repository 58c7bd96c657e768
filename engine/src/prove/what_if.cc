// In: the answers of one patient. Out: for each fact, what another value would do to the options. One look at the completions
// tells it for all facts that are open; a fact that was answered is opened once more for it.
#include <algorithm>
#include <bit>

#include "answer/completions.h"
#include "waymark/engine.h"

namespace waymark {
namespace {

using answering::Completions;
using answering::Spread;

Applies applies(OutcomeSet outcomes) {
  if (!(outcomes >> not_listed & 1)) return Applies::yes;
  return outcomes == 1u << not_listed ? Applies::no : Applies::depends;
}

class Look {
 public:
  Look(const Engine& engine, const Answers& answers) : compiled_(engine.compiled()), completions_(engine.compiled(), answers) {
    if (completions_.none()) return;
    const Guideline& guideline = engine.guideline();
    for (std::size_t o = 0; o < compiled_.options.size(); ++o) {
      // What stands in for a whole decision hangs on all of it; while it is that wide it is left out.
      const bool wide = guideline.decisions[guideline.options[o].decision].otherwise == static_cast<int>(o) && completions_.wider_than(compiled_.options[o], answering::widest);
      spreads_.push_back(wide ? Spread{} : completions_.spread(completions_.restrict_to(compiled_.options[o])));
    }
  }
  bool possible() const { return !completions_.none(); }
  bool possible(int fact, int value) const { return completions_.possible(compiled_.level_of[fact]) >> value & 1; }
  bool matters(int fact) const {
    return std::any_of(spreads_.begin(), spreads_.end(), [&](const Spread& spread) {
      const auto* touch = find(spread, fact);
      return touch && touch->matters;
    });
  }
  OutcomeSet outcomes(int option) const { return spreads_[option].outcomes; }
  OutcomeSet outcomes_if(int option, int fact, int value) const {
    const auto* touch = find(spreads_[option], fact);
    return touch ? touch->if_value[value] : spreads_[option].outcomes;
  }

 private:
  const Spread::Touch* find(const Spread& spread, int fact) const {
    const int level = compiled_.level_of[fact];
    const auto at = std::lower_bound(spread.touches.begin(), spread.touches.end(), level, [](const Spread::Touch& touch, int wanted) { return touch.level < wanted; });
    return at != spread.touches.end() && at->level == level ? &*at : nullptr;
  }

  const CompiledGuideline& compiled_;
  Completions completions_;
  std::vector<Spread> spreads_;
};

WhatIf about(const Guideline& guideline, int fact, ValueSet given, const Look& now, const Look& opened) {
  WhatIf what{fact, {}};
  for (std::size_t v = 0; v < guideline.facts[fact].values.size(); ++v) {
    const ValueSet value = ValueSet{1} << v;
    const int index = static_cast<int>(v);
    if (given == value) continue;
    IfValue if_value{value, opened.possible(fact, index), {}};
    for (std::size_t o = 0; if_value.possible && o < guideline.options.size(); ++o) {
      const int option = static_cast<int>(o);
      const OutcomeSet before = now.outcomes(option), after = opened.outcomes_if(option, fact, index);
      if (before != after && before != 0 && after != 0)
        if_value.options.push_back({option, applies(before), applies(after), static_cast<OutcomeSet>(before & ~1), static_cast<OutcomeSet>(after & ~1)});
    }
    what.values.push_back(std::move(if_value));
  }
  return what;
}

}  // namespace

std::vector<WhatIf> what_if(const Engine& engine, const Answers& answers) {
  const Guideline& guideline = engine.guideline();
  const Look now(engine, answers);
  std::vector<WhatIf> all;
  if (!now.possible()) return all;
  for (std::size_t f = 0; f < guideline.facts.size(); ++f) {
    const int fact = static_cast<int>(f);
    if (answers[f] == 0) {
      if (now.matters(fact)) all.push_back(about(guideline, fact, 0, now, now));
      continue;
    }
    if (guideline.facts[f].alert_only && !now.matters(fact)) continue;
    Answers without = answers;
    without[f] = 0;
    all.push_back(about(guideline, fact, answers[f], now, Look(engine, without)));
  }
  return all;
}

}  // namespace waymark
