// In: a Guideline. Out: the same as diagrams: one per option from profile to strength, one for the profiles that the
// constraints allow, and the conditions of rules, stops and alerts. Immutable from then on.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "diagram/store.h"
#include "waymark/guideline.h"

namespace waymark {

struct CompiledGuideline {
  diagram::Store store;
  std::vector<int> level_of;  // by fact
  std::vector<int> fact_at;   // by level

  // A function of the profile, and the profiles to look at: those allowed by the constraints that share a fact with it,
  // directly or through each other. The other constraints cannot change what it is.
  struct Function {
    diagram::Ref root = diagram::no;
    diagram::Ref allowed = diagram::yes;
    // Both in one: the function, with `nobody` where a profile is not allowed; unknown where that was not made beforehand.
    diagram::Ref joint = diagram::unknown;
    // The levels that it asks about, and those that it or its constraints do, where that was worked out beforehand.
    std::vector<int> asks = {}, levels = {};
  };
  std::vector<Function> options;  // terminals: Outcome. Stops and cautions are inside
  std::vector<Function> rules;    // conditions, as written
  std::vector<std::vector<int>> rules_of;  // by option, in the guideline's order
  std::vector<Function> stops, alerts;
  // The allowed profiles, as independent parts that share no fact; a profile is allowed when all of them say yes.
  std::vector<diagram::Ref> allowed;
  std::vector<int> part_of;  // by level: the index into `allowed`, -1 where no constraint speaks of it
};

namespace diagram {

// Stands for a profile that the constraints forbid, beside the outcomes on the leaves.
inline constexpr Ref nobody = 7;

// The function where it is allowed, `nobody` elsewhere.
struct Among {
  Ref operator()(Ref allowed, Ref function) const {
    if (allowed == no) return nobody;
    return allowed == yes ? function : unknown;
  }
};

// A function with more nodes than this is asked with searches instead of being joined with its constraints.
inline constexpr std::size_t widest = 400;

struct Compiled {
  std::shared_ptr<const CompiledGuideline> guideline;  // null when `problem` is set
  std::string problem;                                  // the guideline is too intricate for the limit
};

inline constexpr std::size_t default_node_limit = 2'000'000;

Compiled compile(const Guideline& guideline, std::size_t node_limit = default_node_limit);
// The order of its facts and an empty store, for those who make few of the diagrams.
CompiledGuideline not_yet_compiled(const Guideline& guideline, std::size_t node_limit = default_node_limit);

// Makes the diagrams of a guideline's parts in a store; also of parts that are only tried out.
class Compiler {
 public:
  Compiler(const Guideline& guideline, Store& store, const std::vector<int>& level_of);

  Ref condition(const Condition& condition);
  // Where the derived name has each of its values.
  std::vector<Ref> values_of(const Derived& derived);
  // The profiles that no stop turns away.
  Ref open();
  // The option's function of the profile, with `instead` in the place of the rule of that index where it is given.
  Ref option(int option, int replaced = -1, const Rule* instead = nullptr);
  // What the constraint allows.
  Ref allowed(const Constraint& constraint);

  Ref both(Ref a, Ref b) { return and_(a, b); }
  Ref either(Ref a, Ref b) { return or_(a, b); }
  Ref opposite(Ref a) { return negate(store_, a); }

 private:
  std::vector<Ref> parts(const Condition& condition);
  Ref derived(int index, ValueSet wanted);
  Ref otherwise(const Decision& decision, int replaced, const Rule* instead);
  Ref rule(int index);

  const Guideline& guideline_;
  Store& store_;
  const std::vector<int>& level_of_;
  Apply<And> and_;
  Apply<Or> or_;
  Apply<Max> max_;
  Apply<Lower> lower_;
  Apply<Where> where_;
  std::vector<std::vector<Ref>> derived_;  // by derived name and value, made at first use
  std::vector<Ref> rules_;                 // conditions, made at first use
  std::vector<Ref> options_;               // without replacement, made at first use
  std::vector<std::vector<int>> rules_of_;  // by option
  Ref open_ = unknown;
};

// The function, with the constraints that can change what it is.
CompiledGuideline::Function with_its_constraints(const CompiledGuideline& compiled, Compiler& compiler, Ref root);

// The levels that the functions ask about, ascending.
std::vector<int> support(const Store& store, std::span<const Ref> roots);
inline std::vector<int> support(const Store& store, Ref root) { return support(store, {&root, 1}); }

// The facts in the order in which the diagrams ask about them.
std::vector<int> order_facts(const Guideline& guideline);

}  // namespace diagram
}  // namespace waymark
