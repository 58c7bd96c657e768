#include "answer/completions.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <map>

namespace waymark::answering {
namespace {

using diagram::no;
using diagram::unknown;
using diagram::yes;

constexpr std::size_t scratch_limit = 1'000'000;

// The library's count of bits is a call where the processor is not known.
constexpr bool one_only(OutcomeSet outcomes) { return outcomes != 0 && (outcomes & (outcomes - 1)) == 0; }

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
    : compiled_(compiled), scratch_(compiled.store.arities(), scratch_limit, std::min<std::size_t>(compiled.store.size() / 2, 4'000)) {
  const auto& store = compiled.store;
  possible_.resize(store.levels());
  for (int level = 0; level < store.levels(); ++level) {
    const ValueSet all = (ValueSet{1} << store.arity(level)) - 1;
    const ValueSet given = answers[compiled.fact_at[level]];
    possible_[level] = given == 0 ? all : given & all;
  }
  restricted_.assign(store.size(), unknown);
  levels_.resize(store.levels());
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

OutcomeSet Completions::renamed(OutcomeSet outcomes, Naming naming) {
  if (naming == outcome) return outcomes;
  constexpr OutcomeSet none = 1u << not_listed, strengths = 0b11110;
  if (naming == strength_where_listed) return outcomes & ~none;
  return static_cast<OutcomeSet>((outcomes & ~strengths) | (outcomes & strengths ? 1u << yes : 0u));
}

Ref Completions::rename(Ref node, Naming naming) {
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

// Whether two functions have different outcomes, so named, in a completion that both allow. Most pairs need no walk: the
// leaves under them say that there is nothing to tell apart, or that everything is.
bool Completions::differ(Ref a, Ref b, Naming naming) {
  if (a == b) return false;
  const OutcomeSet under_a = renamed(below(a), naming) & somebody, under_b = renamed(below(b), naming) & somebody;
  if (under_a == 0 || under_b == 0 || (under_a == under_b && one_only(under_a))) return false;
  const bool all_allowed = !((below(a) | below(b)) >> nobody & 1) && !(naming == strength_where_listed && (below(a) | below(b)) >> not_listed & 1);
  if (all_allowed && (naming == outcome || !(under_a & under_b))) return true;
  if (a < terminals && b < terminals) return true;
  if (a > b) std::swap(a, b);
  if (alike_[naming].contains(a, b)) return false;
  const int level = std::min(scratch_.level(a), scratch_.level(b));
  for (int v = 0; v < scratch_.arity(level); ++v) {
    if (!(possible_[level] >> v & 1)) continue;
    const Ref left = scratch_.level(a) == level ? scratch_.child(a, v) : a;
    const Ref right = scratch_.level(b) == level ? scratch_.child(b, v) : b;
    if (differ(left, right, naming)) return true;
  }
  alike_[naming].insert(a, b);
  return false;
}

// The nodes under a root into nodes_, children before parents, and what the edges say of each level into levels_.
void Completions::collect(Ref node) {
  seen_[node] = collection_;
  const int level = scratch_.level(node);
  if (levels_[level].touched != collection_) levels_[level] = {{}, collection_};
  OutcomeSet all = 0;
  for (ValueSet left = possible_[level]; left != 0; left &= left - 1) {
    const int v = std::countr_zero(left);
    const Ref child = scratch_.child(node, v);
    if (child < terminals) {
      passing_from_[child] = std::min(passing_from_[child], level + 1);
    } else {
      if (seen_[child] != collection_) collect(child);
      for (int passed = level + 1; passed < scratch_.level(child); ++passed) passing_[passed] |= below_[child];
    }
    levels_[level].if_value[v] |= below(child);
    all |= below(child);
  }
  below_[node] = all;
  nodes_.push_back(node);
}

bool Completions::wider_than(const Function& function, std::size_t limit) const {
  diagram::PairSet seen;
  std::size_t count = 0;
  std::vector<Ref> open = {function.root};
  while (!open.empty() && count <= limit) {
    const Ref node = open.back();
    open.pop_back();
    if (node < terminals || !seen.insert(node, node)) continue;
    ++count;
    for (ValueSet left = possible_[compiled_.store.level(node)]; left != 0; left &= left - 1)
      open.push_back(compiled_.store.child(node, std::countr_zero(left)));
  }
  return count > limit;
}

Spread Completions::spread(const Restricted& restricted) {
  const Ref root = restricted.root;
  Spread spread;
  collected_ = root;
  nodes_.clear();
  if (root < terminals) {
    spread.outcomes = below(root) & somebody;
    return spread;
  }
  if (below_.size() < scratch_.size()) {
    below_.resize(scratch_.size() + scratch_.size() / 2);
    seen_.resize(below_.size());
  }
  ++collection_;
  passing_.assign(levels_.size(), 0);
  passing_from_.fill(scratch_.levels());
  collect(root);
  for (int level = 0; level < scratch_.level(root); ++level) passing_[level] |= below_[root];
  spread.outcomes = below_[root] & somebody;

  spread.touches.reserve(static_cast<std::size_t>(std::count_if(levels_.begin(), levels_.end(), [&](const Level& level) { return level.touched == collection_; })));
  for (int level = 0; level < scratch_.levels(); ++level) {
    if (levels_[level].touched != collection_) continue;
    OutcomeSet passes = passing_[level];
    for (int leaf = 0; leaf < leaves; ++leaf)
      if (passing_from_[leaf] <= level) passes |= static_cast<OutcomeSet>(1u << leaf);
    auto& touch = spread.touches.emplace_back(Spread::Touch{level, levels_[level].if_value, false});
    for (ValueSet left = possible_[level]; left != 0; left &= left - 1) {
      OutcomeSet& outcomes = touch.if_value[std::countr_zero(left)];
      outcomes = (outcomes | passes) & somebody;
      if (outcomes != 0 && outcomes != spread.outcomes) touch.matters = true;
    }
  }
  const bool decided = one_only(spread.outcomes);
  if (decided || restricted.asks == nullptr) return spread;
  find_what_matters(outcome, spread, *restricted.asks);
  // Constraints can tie facts so tightly that none decides alone; then those matter that decide together.
  if (std::none_of(spread.touches.begin(), spread.touches.end(), [](const auto& t) { return t.matters; })) {
    const auto together = Together(scratch_, possible_).levels(root);
    for (auto& touch : spread.touches) touch.matters = !together || (*together)[touch.level];
  }
  return spread;
}

// A fact matters too when two completions that differ in it alone have different outcomes: looked for at the nodes that ask
// about it.
void Completions::find_what_matters(Naming naming, Spread& spread, const std::vector<int>& asks) {
  sought_.assign(scratch_.levels(), nullptr);
  int open = 0;
  for (auto& touch : spread.touches)
    if (!touch.matters && std::binary_search(asks.begin(), asks.end(), touch.level)) {
      sought_[touch.level] = &touch;
      ++open;
    }
  for (std::size_t i = nodes_.size(); i-- > 0 && open > 0;) {
    Spread::Touch*& touch = sought_[scratch_.level(nodes_[i])];
    if (touch == nullptr) continue;
    if (one_only(renamed(below_[nodes_[i]], naming) & somebody)) continue;
    const auto children = scratch_.children(nodes_[i]);
    for (std::size_t a = 0; a < children.size() && !touch->matters; ++a)
      for (std::size_t b = a + 1; b < children.size() && !touch->matters; ++b)
        if (children[a] != children[b]) touch->matters = differ(children[a], children[b], naming);
    if (!touch->matters) continue;
    touch = nullptr;
    --open;
  }
}

// What is left of each leaf's name is enough for all but what matters, and that is found at the same nodes: there is no need
// to build the renamed diagram, unless several facts decide together.
Spread Completions::seen_as(Naming naming, const Restricted& restricted, const Spread& spread) {
  if (collected_ != restricted.root) this->spread(restricted);
  Spread seen;
  seen.outcomes = renamed(spread.outcomes, naming) & somebody;
  seen.touches = spread.touches;
  for (auto& touch : seen.touches) {
    touch.matters = false;
    for (ValueSet left = possible_[touch.level]; left != 0; left &= left - 1) {
      OutcomeSet& outcomes = touch.if_value[std::countr_zero(left)];
      outcomes = renamed(outcomes, naming) & somebody;
      if (outcomes != 0 && outcomes != seen.outcomes) touch.matters = true;
    }
  }
  find_what_matters(naming, seen, *restricted.asks);
  if (std::any_of(seen.touches.begin(), seen.touches.end(), [](const auto& t) { return t.matters; })) return seen;
  return this->spread({rename(restricted.root, naming), restricted.asks});
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
