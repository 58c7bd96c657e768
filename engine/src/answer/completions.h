// In: a compiled guideline and the answers of one patient. Out: exact statements about all completions of the answers,
// found by walking diagrams, never by listing completions.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "diagram/compile.h"
#include "diagram/pair_set.h"
#include "waymark/answer.h"

namespace waymark::answering {

using diagram::Ref;
using Function = CompiledGuideline::Function;

using diagram::nobody;
using diagram::terminals;
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
  Spread spread(const Restricted& restricted);
  // The same, read from the spread of the function, with every strength alike: whether the option is listed at all.
  Spread listed_or_not(const Restricted& restricted, const Spread& spread) { return seen_as(listing, restricted, spread); }
  // And with the completions that do not list the option out of sight.
  Spread where_listed(const Restricted& restricted, const Spread& spread) { return seen_as(strength_where_listed, restricted, spread); }

  // Whether the function still has more than `limit` nodes under the answers, constraints left aside.
  bool wider_than(const Function& function, std::size_t limit) const;

  // Whether some pick among the values answered is enough for the condition, whatever the unanswered facts are.
  bool enough_is_answered(Ref condition, const std::vector<char>& answered_level);

 private:
  // What a leaf is taken for.
  enum Naming { outcome, listing, strength_where_listed };
  static constexpr int leaves = 8;  // the outcomes and `nobody`
  static constexpr OutcomeSet somebody = 0x7F;
  static constexpr Ref names[3][leaves] = {{0, 1, 2, 3, 4, 5, 6, nobody}, {0, 1, 1, 1, 1, 5, 6, nobody}, {nobody, 1, 2, 3, 4, 5, 6, nobody}};
  static OutcomeSet renamed(OutcomeSet outcomes, Naming naming);

  Ref restrict(Ref node);
  Ref rename(Ref node, Naming naming);
  void narrow();
  void collect(Ref node);
  OutcomeSet below(Ref node) const { return node < terminals ? static_cast<OutcomeSet>(1u << node) : below_[node]; }
  Spread seen_as(Naming naming, const Restricted& restricted, const Spread& spread);
  void find_what_matters(Naming naming, Spread& spread, const std::vector<int>& asks);
  bool differ(Ref a, Ref b, Naming naming);
  Ref whatever_is_absent(Ref node, const std::vector<char>& answered_level);

  const CompiledGuideline& compiled_;
  std::vector<ValueSet> possible_;
  bool none_ = false;
  diagram::Store scratch_;
  std::vector<Ref> restricted_;              // by node of the compiled store
  std::array<std::vector<Ref>, 3> renamed_;  // by naming and node of the scratch store
  std::optional<diagram::Apply<diagram::Among>> among_;
  std::optional<diagram::Apply<diagram::And>> and_;

  // By node of the scratch store: the leaves under it once it was collected, and the collection that saw it last.
  std::vector<OutcomeSet> below_;
  std::vector<std::uint32_t> seen_;
  std::uint32_t collection_ = 0;
  // The collection under way: the root, the nodes under it, and by level what its nodes lead to and what passes it by.
  Ref collected_ = diagram::unknown;
  std::vector<Ref> nodes_;  // children before parents
  struct Level {
    std::array<OutcomeSet, max_values_per_fact> if_value;
    std::uint32_t touched = 0;  // by the collection that wrote `if_value`
  };
  std::vector<Level> levels_;
  std::vector<OutcomeSet> passing_;       // by level: on edges that end further down
  std::array<int, leaves> passing_from_;  // by leaf: the first level that an edge to it passes
  std::vector<Spread::Touch*> sought_;    // by level: a fact of which it is still to be found whether it matters
  std::array<diagram::PairSet, 3> alike_;          // by naming: nodes found not to differ
};

}  // namespace waymark::answering
