// In: a compiled guideline and the answers of one patient. Out: exact statements about all completions of the answers,
// found by walking diagrams, never by listing completions.
#pragma once

#include <array>
#include <unordered_set>
#include <vector>

#include "diagram/compile.h"
#include "waymark/answer.h"

namespace waymark::answering {

using diagram::Ref;
using Function = CompiledGuideline::Function;

// Stands for a profile that the constraints forbid, beside the outcomes on the leaves.
inline constexpr Ref nobody = 7;

// A function with more nodes than this is asked with searches instead of being joined with the constraints.
inline constexpr std::size_t widest = 400;

// What the completions make of one function.
struct Spread {
  OutcomeSet outcomes = 0;  // that some completion has
  // For each open fact that touches the function: the outcomes that are left when it has a value (0: impossible).
  struct Touch {
    int level;
    std::array<OutcomeSet, max_values_per_fact> if_value;
    bool matters;  // its value can still change the outcome
  };
  std::vector<Touch> touches;
};

// A function over the completions: `root` has `nobody` where the constraints forbid, `plain` does not look at them.
struct Restricted {
  Ref root, plain;
};

class Completions {
 public:
  Completions(const CompiledGuideline& compiled, const Answers& answers);

  bool none() const { return none_; }
  // The values that the fact of a level still has in some completion.
  ValueSet possible(int level) const { return possible_[level]; }
  bool open(int level) const { return (possible_[level] & (possible_[level] - 1)) != 0; }

  Restricted restrict_to(const Function& function);
  // `mapped` renames outcomes first: mapped[outcome] is what it counts as, `nobody` leaves completions out of sight.
  Restricted rename(const Restricted& restricted, const std::array<Ref, 5>& mapped);
  Spread spread(const Restricted& restricted);

  // Whether the function still has more than `limit` nodes under the answers, constraints left aside.
  bool wider_than(const Function& function, std::size_t limit) const;

  // Whether some pick among the values answered is enough for the condition, whatever the unanswered facts are.
  bool enough_is_answered(Ref condition, const std::vector<char>& answered_level);

 private:
  Ref restrict(Ref node);
  void narrow();
  std::vector<Ref> nodes_under(Ref root);
  bool differ(Ref a, Ref b);
  Ref whatever_is_absent(Ref node, const std::vector<char>& answered_level);

  const CompiledGuideline& compiled_;
  std::vector<ValueSet> possible_;
  bool none_ = false;
  diagram::Store scratch_;
  std::vector<Ref> restricted_;  // by node of the compiled store
  struct Among {
    Ref operator()(Ref allowed, Ref function) const {
      if (allowed == diagram::no) return nobody;
      return allowed == diagram::yes ? function : diagram::unknown;
    }
  };
  diagram::Apply<Among> among_;
  diagram::Apply<diagram::And> and_;
  struct Place {
    std::uint32_t walk = 0, index = 0;
  };
  std::vector<Place> place_;  // by node of the scratch store
  std::uint32_t walk_ = 0;
  std::unordered_set<std::uint64_t> alike_;  // pairs of nodes found not to differ
};

}  // namespace waymark::answering
