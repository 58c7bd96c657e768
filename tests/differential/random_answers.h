// What is known of a patient, made by chance.
#pragma once

#include "differential/chance.h"
#include "reference/evaluator.h"
#include "waymark/engine.h"

namespace waymark::testing {

// Half of them are taken from a profile that the constraints allow, as a patient's would be; the others may contradict.
inline Answers random_answers(Chance& chance, const Guideline& guideline, const reference::Cases& possible) {
  Answers answers(guideline.facts.size());
  const reference::Profile* patient = !possible.empty() && chance.percent(50) ? &chance.one_of(possible)->profile : nullptr;
  const int known = chance.between(10, 100);
  for (std::size_t f = 0; f < answers.size(); ++f) {
    if (!chance.percent(known)) continue;
    const int values = static_cast<int>(guideline.facts[f].values.size());
    answers[f] = ValueSet{1} << (patient ? (*patient)[f] : chance.below(values));
    if (chance.percent(35)) answers[f] |= static_cast<ValueSet>(chance.next()) & guideline.facts[f].all_values();
  }
  return answers;
}

}  // namespace waymark::testing
