// Which question next: the objective is few questions until nothing is open. An option is open by 1 while it may or may not
// be listed, and by a tenth for each strength too many: safety checks come after the choice. A question's weight is the share
// of all that is open which its answer is expected to close (one-step look-ahead; values weighted by the guideline's
// prevalences, alike where it gives none), and what an answer costs (telling, looking up, a test) divides it when questions
// are put in order. The guideline's `ask_first` goes before, its last groups after, what was answered in part at the end.
#pragma once

#include <vector>

#include "answer/completions.h"

namespace waymark::answering {

class Rank {
 public:
  Rank(const Guideline& guideline, const CompiledGuideline& compiled);

  // What the completions make of an option that may apply. The spread must stay until the ranking.
  void note(int option, const Spread* spread);
  std::vector<MissingFact> ranked(const Completions& completions, const Answers& answers);

 private:
  const Guideline& guideline_;
  const CompiledGuideline& compiled_;
  std::vector<std::pair<int, const Spread*>> open_;
};

}  // namespace waymark::answering
