// In: the answers of one patient. Out: for each fact, what another value would do to the options.
#include <bit>

#include "answer/completions.h"
#include "answer/reasons.h"
#include "waymark/engine.h"

namespace waymark {
namespace {

// What the completions make of every option.
std::vector<OutcomeSet> outcomes(const Engine& engine, const Answers& answers, bool& possible) {
  answering::Completions completions(engine.compiled(), answers);
  possible = !completions.none();
  std::vector<OutcomeSet> found;
  if (!possible) return found;
  answering::Reasons reasons(engine.compiled(), answers);
  for (const auto& option : engine.compiled().options) {
    if (!completions.wider_than(option, answering::widest)) {
      found.push_back(completions.spread(completions.restrict_to(option)).outcomes);
      continue;
    }
    OutcomeSet outcomes = 0;
    for (int outcome = 0; outcome <= static_cast<int>(Strength::avoid); ++outcome)
      if (reasons.possible(option, static_cast<OutcomeSet>(1u << outcome))) outcomes |= static_cast<OutcomeSet>(1u << outcome);
    found.push_back(outcomes);
  }
  return found;
}

Applies applies(OutcomeSet outcomes) {
  if (!(outcomes >> not_listed & 1)) return Applies::yes;
  return outcomes == 1u << not_listed ? Applies::no : Applies::depends;
}

}  // namespace

std::vector<WhatIf> what_if(const Engine& engine, const Answers& answers) {
  const Guideline& guideline = engine.guideline();
  bool possible = false;
  const std::vector<OutcomeSet> now = outcomes(engine, answers, possible);
  std::vector<WhatIf> all;
  if (!possible) return all;
  std::vector<char> matters(guideline.facts.size());
  for (const auto& missing : engine.answer(answers).missing) matters[missing.fact] = 1;
  for (std::size_t f = 0; f < guideline.facts.size(); ++f) {
    const bool settled = std::has_single_bit(answers[f]);
    // What only alerts read can change options through constraints alone.
    const bool apart = guideline.facts[f].alert_only && engine.compiled().part_of[engine.compiled().level_of[f]] < 0;
    if (apart || (answers[f] == 0 && !matters[f])) continue;
    WhatIf what{static_cast<int>(f), {}};
    for (std::size_t v = 0; v < guideline.facts[f].values.size(); ++v) {
      const ValueSet value = ValueSet{1} << v;
      if (settled && answers[f] == value) continue;
      Answers changed = answers;
      changed[f] = value;
      IfValue if_value{value, false, {}};
      const std::vector<OutcomeSet> then = outcomes(engine, changed, if_value.possible);
      for (std::size_t o = 0; o < then.size(); ++o)
        if (then[o] != now[o])
          if_value.options.push_back({static_cast<int>(o), applies(now[o]), applies(then[o]), static_cast<OutcomeSet>(now[o] & ~1), static_cast<OutcomeSet>(then[o] & ~1)});
      what.values.push_back(std::move(if_value));
    }
    all.push_back(std::move(what));
  }
  return all;
}

}  // namespace waymark
