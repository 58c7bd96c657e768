#include "answer/completions.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <map>
#include <unordered_set>

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

// The facts that decide together: in which two completions of different outcomes differ, where no two of different outcomes
// differ in fewer of the same facts. Found as minimal sets of differences, pair of nodes by pair of nodes.
class Together {
 public:
  Together(const diagram::Store& store, const std::vector<ValueSet>& possible) : store_(store), possible_(possible) {}

  // By level. Nothing where that is too much work: then all the facts may decide.
  std::optional<std::vector<char>> levels(Ref root) {
    const Sets found = differences(root, root);
    if (work_ > most_work) return std::nullopt;
    std::vector<char> levels(store_.levels());
    for (const Set& set : found)
      for (const int level : set) levels[level] = 1;
    return levels;
  }

 private:
  using Set = std::vector<int>;  // levels, from the bottom up
  using Sets = std::vector<Set>;
  static constexpr int most_work = 20'000;

  static void add(Sets& sets, Set set) {
    const auto within = [](const Set& a, const Set& b) { return std::includes(b.begin(), b.end(), a.begin(), a.end(), std::greater<>()); };
    if (std::any_of(sets.begin(), sets.end(), [&](const Set& other) { return within(other, set); })) return;
    std::erase_if(sets, [&](const Set& other) { return within(set, other); });
    sets.push_back(std::move(set));
  }

  Sets differences(Ref a, Ref b) {
    if (a == nobody || b == nobody) return {};
    if (a < terminals && b < terminals) return a == b ? Sets{} : Sets{{}};
    if (const auto known = known_.find({a, b}); known != known_.end()) return known->second;
    if (++work_ > most_work) return {};
    const int level = std::min(store_.level(a), store_.level(b));
    const auto child = [&](Ref node, int value) { return store_.level(node) == level ? store_.child(node, value) : node; };
    Sets sets;
    for (int v = 0; v < store_.arity(level); ++v)
      for (int w = 0; w < store_.arity(level); ++w) {
        if (!(possible_[level] >> v & possible_[level] >> w & 1)) continue;
        for (Set set : differences(child(a, v), child(b, w))) {
          if (v != w) set.push_back(level);
          add(sets, std::move(set));
        }
      }
    known_.emplace(std::pair{a, b}, sets);
    return sets;
  }

  const diagram::Store& store_;
  const std::vector<ValueSet>& possible_;
  std::map<std::pair<Ref, Ref>, Sets> known_;
  int work_ = 0;
};

}  // namespace

Completions::Completions(const CompiledGuideline& compiled, const Answers& answers)
    : compiled_(compiled), scratch_(arities(compiled.store), scratch_limit, std::min<std::size_t>(compiled.store.size() / 8, 8'000)) {
  const auto& store = compiled.store;
  possible_.resize(store.levels());
  for (int level = 0; level < store.levels(); ++level) {
    const ValueSet all = (ValueSet{1} << store.arity(level)) - 1;
    const ValueSet given = answers[compiled.fact_at[level]];
    possible_[level] = given == 0 ? all : given & all;
  }
  restricted_.assign(store.size(), unknown);
  touch_at_.resize(store.levels());
  passing_.resize(store.levels() + 1);
  asked_.resize(store.levels());
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
    for (const auto& touch : spread({root, nullptr}).touches) {
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
  if (function.joint != unknown) return {restrict(function.joint), &function.asks};
  const Ref plain = restrict(function.root);
  if (plain < terminals) return {plain, &function.asks};
  if (!among_) among_.emplace(scratch_);
  return {(*among_)(restrict(function.allowed), plain), &function.asks};
}

Ref Completions::rename(Ref node, int naming) {
  static constexpr Ref names[2][terminals] = {{0, 1, 1, 1, 1, 5, 6, nobody}, {nobody, 1, 2, 3, 4, 5, 6, nobody}};
  if (node < terminals) return names[naming][node];
  auto& renamed = renamed_[naming];
  if (renamed.size() <= node) renamed.resize(scratch_.size() + scratch_.size() / 2, unknown);
  if (renamed[node] != unknown) return renamed[node];
  Ref children[max_values_per_fact];
  const int level = scratch_.level(node), arity = scratch_.arity(level);
  for (int v = 0; v < arity; ++v) children[v] = rename(scratch_.child(node, v), naming);
  const Ref made = scratch_.make(level, {children, static_cast<std::size_t>(arity)});
  return renamed_[naming][node] = made;
}

// Whether two functions have different outcomes in a completion that both allow.
bool Completions::differ(Ref a, Ref b) {
  if (a == b || a == nobody || b == nobody) return false;
  if (a < terminals && b < terminals) return true;
  if (a > b) std::swap(a, b);
  if (alike_.contains(a, b)) return false;
  const int level = std::min(scratch_.level(a), scratch_.level(b));
  for (int v = 0; v < scratch_.arity(level); ++v) {
    if (!(possible_[level] >> v & 1)) continue;
    const Ref left = scratch_.level(a) == level ? scratch_.child(a, v) : a;
    const Ref right = scratch_.level(b) == level ? scratch_.child(b, v) : b;
    if (differ(left, right)) return true;
  }
  alike_.insert(a, b);
  return false;
}

// The nodes under a root into nodes_, children before parents; place_ tells where each stands.
void Completions::collect(Ref node) {
  if (node < terminals || place_[node].walk == walk_) return;
  place_[node].walk = walk_;
  for (const Ref child : scratch_.children(node)) collect(child);
  place_[node].index = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back(node);
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
  const int levels = scratch_.levels();
  if (place_.size() < scratch_.size()) place_.resize(scratch_.size() + scratch_.size() / 2);
  ++walk_;
  nodes_.clear();
  collect(root);
  below_.assign(nodes_.size(), 0);  // outcomes under each node, bit 7 for nobody
  std::fill(touch_at_.begin(), touch_at_.end(), -1);
  for (auto& edges : passing_) edges.fill(0);
  // passing_[level][t]: edges that lead to outcome t and pass the level without asking about it, as differences.
  const auto pass = [&](int from, int to, std::uint8_t outcomes) {
    if (from >= to) return;
    for (unsigned left = outcomes; left != 0; left &= left - 1) {
      const int t = std::countr_zero(left);
      ++passing_[from][t];
      --passing_[to][t];
    }
  };
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const int level = scratch_.level(nodes_[i]);
    if (touch_at_[level] < 0) {
      touch_at_[level] = static_cast<int>(spread.touches.size());
      spread.touches.push_back({level, {}, false});
    }
    auto& touch = spread.touches[touch_at_[level]];
    const auto children = scratch_.children(nodes_[i]);
    std::uint8_t all = 0;
    for (ValueSet left = possible_[level]; left != 0; left &= left - 1) {
      const int v = std::countr_zero(left);
      const Ref child = children[v];
      const std::uint8_t outcomes = child < terminals ? static_cast<std::uint8_t>(1u << child) : below_[place_[child].index];
      all |= outcomes;
      touch.if_value[v] |= outcomes;
      pass(level + 1, scratch_.level(child), outcomes);
    }
    below_[i] = all;
  }
  pass(0, scratch_.level(root), below_.back());
  spread.outcomes = below_.back() & 0x7F;
  const bool some_are_nobody = below_.back() >> nobody & 1;

  std::array<int, leaves> running{};
  const bool decided = std::has_single_bit(static_cast<unsigned>(spread.outcomes));
  for (int level = 0; level < levels; ++level) {
    for (int t = 0; t < leaves; ++t) running[t] += passing_[level][t];
    if (touch_at_[level] < 0) continue;
    auto& touch = spread.touches[touch_at_[level]];
    OutcomeSet passes = 0;
    for (int t = 0; t < leaves; ++t)
      if (running[t] > 0) passes |= static_cast<OutcomeSet>(1u << t);
    for (ValueSet left = possible_[level]; left != 0; left &= left - 1) {
      OutcomeSet& outcomes = touch.if_value[std::countr_zero(left)];
      outcomes = (outcomes | passes) & 0x7F;
      if (outcomes != 0 && outcomes != spread.outcomes) touch.matters = true;
    }
  }
  // A fact matters too when two completions that differ in it alone have different outcomes.
  if (!decided && restricted.asks != nullptr) {
    std::fill(asked_.begin(), asked_.end(), 0);
    for (const int level : *restricted.asks) asked_[level] = 1;
    for (std::size_t i = nodes_.size(); i-- > 0;) {
      auto& touch = spread.touches[touch_at_[scratch_.level(nodes_[i])]];
      if (touch.matters || !asked_[touch.level]) continue;
      if (std::has_single_bit(static_cast<unsigned>(below_[i] & 0x7F))) continue;
      if (!some_are_nobody) {
        touch.matters = true;
        continue;
      }
      const auto children = scratch_.children(nodes_[i]);
      for (std::size_t a = 0; a < children.size() && !touch.matters; ++a)
        for (std::size_t b = a + 1; b < children.size() && !touch.matters; ++b) touch.matters = differ(children[a], children[b]);
    }
  }
  // Constraints can tie facts so tightly that none decides alone; then those matter that decide together.
  const bool decided_together = !decided && restricted.asks != nullptr &&
                                std::none_of(spread.touches.begin(), spread.touches.end(), [](const auto& t) { return t.matters; });
  if (decided_together) {
    const auto together = Together(scratch_, possible_).levels(root);
    for (auto& touch : spread.touches) touch.matters = !together || (*together)[touch.level];
  }
  std::sort(spread.touches.begin(), spread.touches.end(), [](const auto& a, const auto& b) { return a.level < b.level; });
  return spread;
}

Ref Completions::whatever_is_absent(Ref node, const std::vector<char>& answered_level) {
  if (node < terminals) return node;
  const int level = scratch_.level(node), arity = scratch_.arity(level);
  std::vector<Ref> children;
  for (int v = 0; v < arity; ++v) children.push_back(whatever_is_absent(scratch_.child(node, v), answered_level));
  if (answered_level[level]) return scratch_.make(level, children);
  if (!and_) and_.emplace(scratch_);
  Ref all = yes;
  for (const Ref child : children) all = (*and_)(all, child);
  return all;
}

bool Completions::enough_is_answered(Ref condition, const std::vector<char>& answered_level) {
  return whatever_is_absent(restrict(condition), answered_level) != no;
}

}  // namespace waymark::answering
