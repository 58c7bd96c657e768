// In: a compiled guideline and the answers of one patient. Out: exact statements about all completions of the answers,
// found by walking diagrams, never by listing completions.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "answer/pair_set.h"
#include "diagram/compile.h"
#include "waymark/answer.h"

namespace waymark::answering {

using diagram::Ref;
using Function = CompiledGuideline::Function;

using diagram::nobody;
using diagram::widest;

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

// A function over the completions, with `nobody` where the constraints forbid.
struct Restricted {
  Ref root;
  const std::vector<int>* asks;  // the levels that the function itself asks about, not only its constraints
};

class Completions {
 public:
  Completions(const CompiledGuideline& compiled, const Answers& answers);

  bool none() const { return none_; }
  // The values that the fact of a level still has in some completion.
  ValueSet possible(int level) const { return possible_[level]; }
  bool open(int level) const { return (possible_[level] & (possible_[level] - 1)) != 0; }

  Restricted restrict_to(const Function& function);
  // The same with every strength alike: whether the option is listed at all.
  Restricted listed_or_not(const Restricted& restricted) { return {rename(restricted.root, 0), restricted.asks}; }
  // The same with the completions that do not list the option out of sight.
  Restricted where_listed(const Restricted& restricted) { return {rename(restricted.root, 1), restricted.asks}; }
  Spread spread(const Restricted& restricted);

  // Whether the function still has more than `limit` nodes under the answers, constraints left aside.
  bool wider_than(const Function& function, std::size_t limit) const;

  // Whether some pick among the values answered is enough for the condition, whatever the unanswered facts are.
  bool enough_is_answered(Ref condition, const std::vector<char>& answered_level);

 private:
  Ref restrict(Ref node);
  Ref rename(Ref node, int naming);
  void narrow();
  void collect(Ref node);
  bool differ(Ref a, Ref b);
  Ref whatever_is_absent(Ref node, const std::vector<char>& answered_level);

  const CompiledGuideline& compiled_;
  std::vector<ValueSet> possible_;
  bool none_ = false;
  diagram::Store scratch_;
  std::vector<Ref> restricted_;               // by node of the compiled store
  std::array<std::vector<Ref>, 2> renamed_;   // by node of the scratch store
  std::optional<diagram::Apply<diagram::Among>> among_;
  std::optional<diagram::Apply<diagram::And>> and_;

  // What `spread` works on, kept from one function to the next.
  struct Place {
    std::uint32_t walk = 0, index = 0;
  };
  std::vector<Place> place_;  // by node of the scratch store
  std::uint32_t walk_ = 0;
  std::vector<Ref> nodes_;    // those under the root, children before parents
  std::vector<std::uint8_t> below_;
  std::vector<int> touch_at_;
  std::vector<std::array<int, 8>> passing_;
  std::vector<char> asked_;
  PairSet alike_;  // nodes found not to differ
};

}  // namespace waymark::answering
