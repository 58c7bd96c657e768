#include "answer/completions.h"

#include <algorithm>
#include <bit>

namespace waymark::answering {
namespace {

using diagram::no;
using diagram::terminals;
using diagram::unknown;
using diagram::yes;

constexpr std::size_t scratch_limit = 1'000'000;
constexpr int leaves = 8;  // the outcomes and `nobody`

std::vector<std::uint8_t> arities(const diagram::Store& store) {
  std::vector<std::uint8_t> arity;
  for (int level = 0; level < store.levels(); ++level) arity.push_back(static_cast<std::uint8_t>(store.arity(level)));
  return arity;
}


}  // namespace

Completions::Completions(const CompiledGuideline& compiled, const Answers& answers)
    : compiled_(compiled), scratch_(arities(compiled.store), scratch_limit), among_(scratch_), and_(scratch_) {
  const auto& store = compiled.store;
  possible_.resize(store.levels());
  for (int level = 0; level < store.levels(); ++level) {
    const ValueSet all = (ValueSet{1} << store.arity(level)) - 1;
    const ValueSet given = answers[compiled.fact_at[level]];
    possible_[level] = given == 0 ? all : given & all;
  }
  restricted_.assign(store.size(), unknown);
  narrow();
}

// Leaves each fact the values that it has in some completion.
void Completions::narrow() {
  bool narrowed = false;
  const std::vector<ValueSet> given = possible_;
  for (std::size_t part = 0; part < compiled_.allowed.size(); ++part) {
    const Ref root = restrict(compiled_.allowed[part]);
    if (root == no) {
      none_ = true;  // what was answered is then all that alerts can go by
      possible_ = given;
      break;
    }
    for (const auto& touch : spread({root, root}).touches) {
      ValueSet left = 0;
      for (int v = 0; v < scratch_.arity(touch.level); ++v)
        if (touch.if_value[v] >> yes & 1) left |= ValueSet{1} << v;
      if (left != possible_[touch.level]) {
        possible_[touch.level] = left;
        narrowed = true;
      }
    }
  }
  if (narrowed) restricted_.assign(restricted_.size(), unknown);
}

Ref Completions::restrict(Ref node) {
  if (node < terminals) return node;
  if (restricted_[node] != unknown) return restricted_[node];
  const auto& store = compiled_.store;
  const int level = store.level(node);
  const ValueSet values = possible_[level];
  Ref result;
  if (!open(level)) {
    result = restrict(store.child(node, std::countr_zero(values)));
  } else {
    Ref children[max_values_per_fact];
    const int arity = store.arity(level);
    Ref first = unknown;
    for (int v = 0; v < arity; ++v)
      if (values >> v & 1) {
        children[v] = restrict(store.child(node, v));
        if (first == unknown) first = children[v];
      }
    // An impossible value counts as any possible one: the diagram is then reduced over the completions alone.
    for (int v = 0; v < arity; ++v)
      if (!(values >> v & 1)) children[v] = first;
    result = scratch_.make(level, {children, static_cast<std::size_t>(arity)});
  }
  return restricted_[node] = result;
}

Restricted Completions::restrict_to(const Function& function) {
  const Ref plain = restrict(function.root);
  if (plain < terminals) return {plain, plain};
  return {among_(restrict(function.allowed), plain), plain};
}

Restricted Completions::rename(const Restricted& restricted, const std::array<Ref, 5>& mapped) {
  std::array<Ref, terminals> map{};
  std::copy(mapped.begin(), mapped.end(), map.begin());
  map[nobody] = nobody;
  return {diagram::replace_terminals(scratch_, restricted.root, map), restricted.plain};
}

// Whether two functions have different outcomes in a completion that both allow.
bool Completions::differ(Ref a, Ref b) {
  if (a == b || a == nobody || b == nobody) return false;
  if (a < terminals && b < terminals) return true;
  if (a > b) std::swap(a, b);
  const std::uint64_t pair = std::uint64_t{a} << 32 | b;
  if (alike_.contains(pair)) return false;
  const int level = std::min(scratch_.level(a), scratch_.level(b));
  for (int v = 0; v < scratch_.arity(level); ++v) {
    const Ref left = scratch_.level(a) == level ? scratch_.child(a, v) : a;
    const Ref right = scratch_.level(b) == level ? scratch_.child(b, v) : b;
    if (differ(left, right)) return true;
  }
  alike_.insert(pair);
  return false;
}

// The nodes under a root, children before parents (a store makes children first); place_ tells where each stands.
std::vector<Ref> Completions::nodes_under(Ref root) {
  place_.resize(scratch_.size());
  ++walk_;
  std::vector<Ref> found = {root};
  place_[root].walk = walk_;
  for (std::size_t i = 0; i < found.size(); ++i)
    for (const Ref child : scratch_.children(found[i]))
      if (child >= terminals && place_[child].walk != walk_) {
        place_[child].walk = walk_;
        found.push_back(child);
      }
  std::sort(found.begin(), found.end());
  for (std::size_t i = 0; i < found.size(); ++i) place_[found[i]].index = static_cast<std::uint32_t>(i);
  return found;
}

bool Completions::wider_than(const Function& function, std::size_t limit) const {
  std::unordered_set<Ref> seen;
  std::vector<Ref> open = {function.root};
  while (!open.empty() && seen.size() <= limit) {
    const Ref node = open.back();
    open.pop_back();
    if (node < terminals || !seen.insert(node).second) continue;
    for (ValueSet left = possible_[compiled_.store.level(node)]; left != 0; left &= left - 1)
      open.push_back(compiled_.store.child(node, std::countr_zero(left)));
  }
  return seen.size() > limit;
}

Spread Completions::spread(const Restricted& restricted) {
  const Ref root = restricted.root;
  Spread spread;
  if (root < terminals) {
    spread.outcomes = static_cast<OutcomeSet>(1u << root & 0x7F);
    return spread;
  }
  std::vector<char> asked(scratch_.levels());  // by the function itself, not only by its constraints
  if (restricted.plain >= terminals)
    for (const Ref node : nodes_under(restricted.plain)) asked[scratch_.level(node)] = 1;
  const std::vector<Ref> nodes = nodes_under(root);
  const auto position = [&](Ref node) { return place_[node].index; };
  std::vector<std::uint8_t> below(nodes.size());  // outcomes under each node, bit 7 for nobody
  const auto under = [&](Ref node) { return node < terminals ? static_cast<std::uint8_t>(1u << node) : below[position(node)]; };

  std::vector<int> touch_at(scratch_.levels(), -1);
  // passing[t][level]: edges that lead to outcome t and pass the level without asking about it, as differences.
  std::vector<std::array<int, leaves>> passing(scratch_.levels() + 1, std::array<int, leaves>{});
  const auto pass = [&](int from, int to, std::uint8_t outcomes) {
    if (from >= to) return;
    for (int t = 0; t < leaves; ++t)
      if (outcomes >> t & 1) {
        ++passing[from][t];
        --passing[to][t];
      }
  };
  bool some_are_nobody = false;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const int level = scratch_.level(nodes[i]);
    if (touch_at[level] < 0) {
      touch_at[level] = static_cast<int>(spread.touches.size());
      spread.touches.push_back({level, {}, false});
    }
    auto& touch = spread.touches[touch_at[level]];
    for (int v = 0; v < scratch_.arity(level); ++v) {
      if (!(possible_[level] >> v & 1)) continue;
      const Ref child = scratch_.child(nodes[i], v);
      const std::uint8_t outcomes = under(child);
      below[i] |= outcomes;
      touch.if_value[v] |= outcomes;
      pass(level + 1, scratch_.level(child), outcomes);
    }
    some_are_nobody = some_are_nobody || (below[i] >> nobody & 1);
  }
  pass(0, scratch_.level(root), below.back());
  spread.outcomes = below.back() & 0x7F;

  std::array<int, leaves> running{};
  for (int level = 0; level < scratch_.levels(); ++level) {
    for (int t = 0; t < leaves; ++t) running[t] += passing[level][t];
    if (touch_at[level] < 0) continue;
    auto& touch = spread.touches[touch_at[level]];
    for (int v = 0; v < scratch_.arity(level); ++v) {
      if (possible_[level] >> v & 1)
        for (int t = 0; t < leaves; ++t)
          if (running[t] > 0) touch.if_value[v] |= static_cast<OutcomeSet>(1u << t);
      touch.if_value[v] &= 0x7F;
      if (touch.if_value[v] != 0 && touch.if_value[v] != spread.outcomes) touch.matters = true;
    }
  }
  // A fact matters too when two completions that differ in it alone have different outcomes.
  for (const Ref node : nodes) {
    auto& touch = spread.touches[touch_at[scratch_.level(node)]];
    if (touch.matters || !asked[touch.level]) continue;
    if (!some_are_nobody) {
      touch.matters = true;
      continue;
    }
    const auto children = scratch_.children(node);
    for (std::size_t a = 0; a < children.size() && !touch.matters; ++a)
      for (std::size_t b = a + 1; b < children.size() && !touch.matters; ++b) touch.matters = differ(children[a], children[b]);
  }
  // Constraints can tie facts so tightly that none decides alone; then all of them are still worth knowing.
  const bool decided_together = std::has_single_bit(spread.outcomes) == false &&
                                std::none_of(spread.touches.begin(), spread.touches.end(), [](const auto& t) { return t.matters; });
  if (decided_together)
    for (auto& touch : spread.touches) touch.matters = true;
  std::sort(spread.touches.begin(), spread.touches.end(), [](const auto& a, const auto& b) { return a.level < b.level; });
  return spread;
}

Ref Completions::whatever_is_absent(Ref node, const std::vector<char>& answered_level) {
  if (node < terminals) return node;
  const int level = scratch_.level(node), arity = scratch_.arity(level);
  std::vector<Ref> children;
  for (int v = 0; v < arity; ++v) children.push_back(whatever_is_absent(scratch_.child(node, v), answered_level));
  if (answered_level[level]) return scratch_.make(level, children);
  Ref all = yes;
  for (const Ref child : children) all = and_(all, child);
  return all;
}

bool Completions::enough_is_answered(Ref condition, const std::vector<char>& answered_level) {
  return whatever_is_absent(restrict(condition), answered_level) != no;
}

}  // namespace waymark::answering
