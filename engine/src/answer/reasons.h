// Minimal sets of given answers that force a result: why an option holds, why it does not, which answers contradict each
// other. Found by leaving answers out one at a time while the result still follows (a subset-minimal sufficient reason,
// also called a prime implicant explanation; Shih, Choi and Darwiche 2018).
#pragma once

#include <vector>

#include "diagram/compile.h"
#include "diagram/pair_set.h"
#include "waymark/answer.h"

namespace waymark::answering {

// In the order of the guideline's facts.
void put_in_file_order(std::vector<FactValues>& facts);

class Reasons {
 public:
  Reasons(const CompiledGuideline& compiled, const Answers& answers);

  // Minimal given answers after which the function has none of the `excluded` outcomes, assuming that all of them do it.
  std::vector<FactValues> exclude(const CompiledGuideline::Function& function, OutcomeSet excluded);
  // Minimal given answers that no profile has together, assuming that all of them are such.
  std::vector<FactValues> contradiction();

  // Whether some completion of all the given answers gives the function one of these outcomes.
  bool possible(const CompiledGuideline::Function& function, OutcomeSet outcomes);

 private:
  bool reach(diagram::Ref allowed, diagram::Ref node, OutcomeSet outcomes);
  bool reach(diagram::Ref joint, OutcomeSet outcomes);

  const CompiledGuideline& compiled_;
  const Answers& answers_;
  std::vector<ValueSet> values_;  // by level: what the answers kept so far leave
  diagram::PairSet seen_;  // by the search among pairs that is under way
  std::vector<std::uint32_t> visited_;  // by node of the compiled store: the walk that was there last
  std::uint32_t walk_ = 0;
};

}  // namespace waymark::answering
