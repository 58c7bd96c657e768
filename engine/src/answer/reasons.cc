#include "answer/reasons.h"

#include <algorithm>
#include <bit>

#include "text/order.h"

namespace waymark::answering {

using diagram::no;
using diagram::Ref;
using diagram::terminals;
using diagram::yes;

void put_in_file_order(std::vector<FactValues>& facts) {
  text::put_few_in_order(facts, [](const FactValues& a, const FactValues& b) { return a.fact < b.fact; });
}

Reasons::Reasons(const CompiledGuideline& compiled, const Answers& answers) : compiled_(compiled), answers_(answers) {
  const auto& store = compiled.store;
  for (int level = 0; level < store.levels(); ++level) {
    const ValueSet given = answers[compiled.fact_at[level]];
    values_.push_back(given == 0 ? (ValueSet{1} << store.arity(level)) - 1 : given);
  }
}

bool Reasons::reach(Ref allowed, Ref node, OutcomeSet outcomes) {
  if (allowed == no) return false;
  if (node < terminals) {
    if (!(outcomes >> node & 1)) return false;
    if (allowed == yes) return true;
  }
  if (!seen_.insert(allowed, node)) return false;  // found nothing before, or the search would have ended
  const auto& store = compiled_.store;
  const int level = std::min(store.level(allowed), store.level(node));
  for (int v = 0; v < store.arity(level); ++v) {
    if (!(values_[level] >> v & 1)) continue;
    const Ref next_allowed = store.level(allowed) == level ? store.child(allowed, v) : allowed;
    const Ref next_node = store.level(node) == level ? store.child(node, v) : node;
    if (reach(next_allowed, next_node, outcomes)) return true;
  }
  return false;
}

// The same in the diagram of both: one node at a time, not pairs of them.
bool Reasons::reach(Ref joint, OutcomeSet outcomes) {
  if (joint < terminals) return outcomes >> joint & 1;
  if (visited_[joint] == walk_) return false;
  visited_[joint] = walk_;
  const auto children = compiled_.store.children(joint);
  for (ValueSet left = values_[compiled_.store.level(joint)]; left != 0; left &= left - 1)
    if (reach(children[std::countr_zero(left)], outcomes)) return true;
  return false;
}

bool Reasons::possible(const CompiledGuideline::Function& function, OutcomeSet outcomes) {
  if (function.joint != diagram::unknown) {
    ++walk_;
    visited_.resize(compiled_.store.size());
    return reach(function.joint, outcomes & 0x7F);
  }
  seen_.clear();
  return reach(function.allowed, function.root, outcomes);
}

// Leaves out the answers that are not needed, those to later questions first, so that the earlier ones make the reason.
std::vector<FactValues> Reasons::exclude(const CompiledGuideline::Function& function, OutcomeSet excluded) {
  const Ref both[] = {function.root, function.allowed};
  const std::vector<int> found = function.levels.empty() ? diagram::support(compiled_.store, both) : std::vector<int>();
  std::vector<int> given;
  for (const int level : function.levels.empty() ? found : function.levels)
    if (answers_[compiled_.fact_at[level]] != 0) given.push_back(level);
  text::put_few_in_order(given, [&](int a, int b) { return compiled_.fact_at[a] > compiled_.fact_at[b]; });

  std::vector<ValueSet> kept = values_;
  for (int level = 0; level < compiled_.store.levels(); ++level)
    if (std::find(given.begin(), given.end(), level) == given.end()) values_[level] = (ValueSet{1} << compiled_.store.arity(level)) - 1;
  std::vector<FactValues> reason;
  for (const int level : given) {
    const ValueSet value = values_[level];
    values_[level] = (ValueSet{1} << compiled_.store.arity(level)) - 1;
    if (values_[level] != value && !possible(function, excluded)) continue;
    if (values_[level] == value) continue;  // the answer leaves every value open
    values_[level] = value;
    reason.push_back({compiled_.fact_at[level], value});
  }
  values_.swap(kept);
  std::reverse(reason.begin(), reason.end());
  return reason;
}

std::vector<FactValues> Reasons::contradiction() {
  // Constraints that nobody fulfils need no answer to contradict each other.
  if (std::find(compiled_.allowed.begin(), compiled_.allowed.end(), no) != compiled_.allowed.end()) return {};
  for (const Ref part : compiled_.allowed) {
    const CompiledGuideline::Function function{yes, part};
    if (!possible(function, 1u << yes)) return exclude(function, 1u << yes);
  }
  return {};
}

}  // namespace waymark::answering
