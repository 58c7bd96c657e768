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
  };
  std::vector<Function> options;  // terminals: Outcome. Stops and cautions are inside
  std::vector<Function> rules;    // conditions, as written
  std::vector<Function> stops, alerts;
  // The allowed profiles, as independent parts that share no fact; a profile is allowed when all of them say yes.
  std::vector<diagram::Ref> allowed;
  std::vector<int> part_of;  // by level: the index into `allowed`, -1 where no constraint speaks of it
};

namespace diagram {

struct Compiled {
  std::shared_ptr<const CompiledGuideline> guideline;  // null when `problem` is set
  std::string problem;                                  // the guideline is too intricate for the limit
};

inline constexpr std::size_t default_node_limit = 2'000'000;

Compiled compile(const Guideline& guideline, std::size_t node_limit = default_node_limit);

// The facts in the order in which the diagrams ask about them.
std::vector<int> order_facts(const Guideline& guideline);

}  // namespace diagram
}  // namespace waymark
