// In: a compiled guideline. Out: what is said of each option while nothing is known, worked out once: it stays true of an
// option as long as nothing is known about the facts that it, its rules and its constraints ask about.
#pragma once

#include <memory>
#include <vector>

#include "answer/completions.h"

namespace waymark {

struct NothingKnown {
  struct OfOption {
    std::vector<int> levels;  // all that it hangs on
    OptionAnswer answer;
    answering::Spread spread;
    bool usable = false;
  };
  std::vector<ValueSet> possible;  // by level
  std::vector<OfOption> options;
};

namespace answering {
std::shared_ptr<const NothingKnown> nothing_known(const Guideline& guideline, const CompiledGuideline& compiled);
}

}  // namespace waymark
