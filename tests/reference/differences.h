// An answer of the engine beside what the reference makes of the same answers. Never shipped.
#pragma once

#include <string>
#include <vector>

#include "reference/evaluator.h"

namespace waymark::reference {

struct Looked {
  std::vector<std::string> differences;  // in words; empty: the answer is right
  int reasons_skipped = 0;                // minimal sets not checked, because too many profiles agree with fewer answers
};

// Compares every field of the answer. Minimal sets (`because`, `why_not`, `contradiction`) are not unique, so each is checked
// for what it must do: it holds given answers only, it forces the result, and without any one of them the result no
// longer follows. Of `missing` the facts and their options count, not their order and weight.
Looked compare(Evaluator& reference, const Answers& given, const Answer& answer, double most_profiles = 1e5);

// "her2: low or zero; er: positive"
std::string in_words(const Guideline& guideline, const Answers& answers);

}  // namespace waymark::reference
