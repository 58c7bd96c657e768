#include "answer/reasons.h"

#include <algorithm>
#include <bit>

namespace waymark::answering {

using diagram::no;
using diagram::Ref;
using diagram::terminals;
using diagram::yes;

Reasons::Reasons(const CompiledGuideline& compiled, const Answers& answers) : compiled_(compiled), answers_(answers), seen_(1u << 10) {
  const auto& store = compiled.store;
  for (int level = 0; level < store.levels(); ++level) {
    const ValueSet given = answers[compiled.fact_at[level]];
    values_.push_back(given == 0 ? (ValueSet{1} << store.arity(level)) - 1 : given);
  }
}

// False when this walk has been here: it found nothing, or it would have ended.
bool Reasons::fresh(Ref allowed, Ref node) {
  if (seen_count_ * 2 > seen_.size()) {
    std::vector<Seen> bigger(seen_.size() * 4);
    bigger.swap(seen_);
    seen_count_ = 0;
    for (const Seen& entry : bigger)
      if (entry.walk == walk_) fresh(entry.allowed, entry.node);
  }
  std::size_t slot = static_cast<std::size_t>((std::uint64_t{allowed} << 32 | node) * 0x9E3779B97F4A7C15ull >> 20) & (seen_.size() - 1);
  while (seen_[slot].walk == walk_) {
    if (seen_[slot].allowed == allowed && seen_[slot].node == node) return false;
    slot = (slot + 1) & (seen_.size() - 1);
  }
  seen_[slot] = {allowed, node, walk_};
  ++seen_count_;
  return true;
}

bool Reasons::reach(Ref allowed, Ref node, OutcomeSet outcomes) {
  if (allowed == no) return false;
  if (node < terminals) {
    if (!(outcomes >> node & 1)) return false;
    if (allowed == yes) return true;
  }
  if (!fresh(allowed, node)) return false;
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
  ++walk_;
  if (function.joint != diagram::unknown) {
    visited_.resize(compiled_.store.size());
    return reach(function.joint, outcomes & 0x7F);
  }
  seen_count_ = 0;
  return reach(function.allowed, function.root, outcomes);
}

const std::vector<int>& Reasons::levels_under(Ref root) {
  for (const auto& [known, levels] : supports_)
    if (known == root) return levels;
  const auto& store = compiled_.store;
  std::vector<char> seen(root + 1), at(store.levels());
  std::vector<Ref> open = {root};
  while (!open.empty()) {
    const Ref node = open.back();
    open.pop_back();
    if (node < terminals || seen[node]) continue;
    seen[node] = 1;
    at[store.level(node)] = 1;
    for (const Ref child : store.children(node)) open.push_back(child);
  }
  std::vector<int> levels;
  for (int level = 0; level < store.levels(); ++level)
    if (at[level]) levels.push_back(level);
  supports_.emplace_back(root, std::move(levels));
  return supports_.back().second;
}

// Leaves out the answers that are not needed, those to later questions first, so that the earlier ones make the reason.
template <class Follows>
std::vector<FactValues> Reasons::minimize(const std::vector<int>& levels, Follows follows) {
  std::vector<int> given;
  for (const int level : levels)
    if (answers_[compiled_.fact_at[level]] != 0) given.push_back(level);
  std::sort(given.begin(), given.end(), [&](int a, int b) { return compiled_.fact_at[a] > compiled_.fact_at[b]; });

  std::vector<ValueSet> kept = values_;
  for (int level = 0; level < compiled_.store.levels(); ++level)
    if (std::find(given.begin(), given.end(), level) == given.end()) values_[level] = (ValueSet{1} << compiled_.store.arity(level)) - 1;
  std::vector<FactValues> reason;
  for (const int level : given) {
    const ValueSet value = values_[level];
    values_[level] = (ValueSet{1} << compiled_.store.arity(level)) - 1;
    if (values_[level] != value && follows()) continue;
    if (values_[level] == value) continue;  // the answer leaves every value open
    values_[level] = value;
    reason.push_back({compiled_.fact_at[level], value});
  }
  values_.swap(kept);
  std::reverse(reason.begin(), reason.end());
  return reason;
}

std::vector<FactValues> Reasons::exclude(const CompiledGuideline::Function& function, OutcomeSet excluded) {
  if (!function.levels.empty()) return minimize(function.levels, [&] { return !possible(function, excluded); });
  std::vector<int> levels = levels_under(function.root);
  for (const int level : levels_under(function.allowed))
    if (std::find(levels.begin(), levels.end(), level) == levels.end()) levels.push_back(level);
  return minimize(levels, [&] { return !possible(function, excluded); });
}

std::vector<FactValues> Reasons::contradiction() {
  // Constraints that nobody fulfils need no answer to contradict each other.
  if (std::find(compiled_.allowed.begin(), compiled_.allowed.end(), no) != compiled_.allowed.end()) return {};
  for (const Ref part : compiled_.allowed) {
    const CompiledGuideline::Function function{yes, part};
    if (possible(function, 1u << yes)) continue;
    return minimize(levels_under(part), [&] { return !possible(function, 1u << yes); });
  }
  return {};
}

}  // namespace waymark::answering
