// Reduced, ordered, multi-valued decision diagrams with shared nodes: for each function of the facts one node that stands
// for it and no other, so that equal functions are the same number.
//
// Published method: Bryant 1986 (reduced ordered diagrams, apply); Kam, Villa, Brayton and Sangiovanni-Vincentelli 1998
// (multi-valued variables); Fujita, McGeer and Yang 1997 (several terminals). Why such a form answers by walking it:
// Darwiche and Marquis 2002 (knowledge compilation).
//
// Knows levels, children and terminals; nothing of facts, rules or guidelines.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace waymark::diagram {

// A node, or a terminal: numbers below `terminals` are the values themselves.
using Ref = std::uint32_t;
inline constexpr Ref terminals = 32;
inline constexpr Ref no = 0, yes = 1;

class Store {
 public:
  // `arity`: how many values the fact of each level has, from the top. At most `limit` nodes; room for `expected`.
  Store(std::vector<std::uint8_t> arity, std::size_t limit, std::size_t expected = 100);

  int levels() const { return static_cast<int>(arity_.size()); }
  int arity(int level) const { return arity_[level]; }
  const std::vector<std::uint8_t>& arities() const { return arity_; }
  // The level that a node asks about; levels() for a terminal.
  int level(Ref node) const { return node < terminals ? levels() : nodes_[node - terminals].level; }
  Ref child(Ref node, int value) const { return children_[nodes_[node - terminals].first + value]; }
  std::span<const Ref> children(Ref node) const {
    const Node& n = nodes_[node - terminals];
    return {children_.data() + n.first, arity_[n.level]};
  }
  // One past the largest Ref in use.
  std::size_t size() const { return terminals + nodes_.size(); }
  std::size_t limit() const { return limit_; }
  // The limit was reached; every Ref made since is meaningless.
  bool overflowed() const { return overflowed_; }

  // The node with these children; the child itself where all are the same.
  Ref make(int level, std::span<const Ref> children);
  // Yes where the fact of `level` has one of the values.
  Ref literal(int level, std::uint64_t values);

 private:
  struct Node {
    std::uint32_t first;  // into children_
    std::uint16_t level;
  };
  std::uint64_t hash(int level, std::span<const Ref> children) const;
  void grow();

  std::vector<std::uint8_t> arity_;
  std::size_t limit_;
  std::vector<Node> nodes_;
  std::vector<Ref> children_;
  std::vector<Ref> table_;  // open addressing; 0 is free (no node has that number)
  bool overflowed_ = false;
};

// Combines two functions value by value: `combine(a, b)` for terminals. Its results are kept for the life of the object.
// An operation with a `shortcut` can stop early: it returns a Ref, or `unknown` to go on.
inline constexpr Ref unknown = ~Ref{0};

template <class Operation>
class Apply {
 public:
  explicit Apply(Store& store, Operation operation = {}) : store_(store), operation_(operation) { cache_.resize(1u << 10); }

  Ref operator()(Ref a, Ref b) {
    if (const Ref early = operation_(a, b); early != unknown) return early;
    if (store_.overflowed()) return no;
    const std::size_t key = slot(a, b);
    if (cache_[key].a == a && cache_[key].b == b) return cache_[key].result;
    const int level = std::min(store_.level(a), store_.level(b));
    const int arity = store_.arity(level);
    Ref children[32];
    for (int v = 0; v < arity; ++v) children[v] = (*this)(at(a, level, v), at(b, level, v));
    const Ref result = store_.make(level, {children, static_cast<std::size_t>(arity)});
    if (++entries_ > cache_.size()) enlarge();
    cache_[slot(a, b)] = {a, b, result};
    return result;
  }

 private:
  struct Entry {
    Ref a = unknown, b = unknown, result = 0;
  };
  Ref at(Ref node, int level, int value) const { return store_.level(node) == level ? store_.child(node, value) : node; }
  std::size_t slot(Ref a, Ref b) const {
    const std::uint64_t mixed = (std::uint64_t{a} << 32 | b) * 0x9E3779B97F4A7C15ull;
    return static_cast<std::size_t>(mixed >> 24) & (cache_.size() - 1);
  }
  // A direct-mapped cache that grows with the work: forgetting costs time, never truth.
  void enlarge() {
    entries_ = 0;
    if (cache_.size() >= 1u << 20) return;
    std::vector<Entry> old(cache_.size() * 4);
    old.swap(cache_);
    for (const Entry& entry : old)
      if (entry.a != unknown) cache_[slot(entry.a, entry.b)] = entry;
  }

  Store& store_;
  Operation operation_;
  std::vector<Entry> cache_;
  std::size_t entries_ = 0;
};

struct And {
  Ref operator()(Ref a, Ref b) const {
    if (a == no || b == no) return no;
    if (a == yes || a == b) return b;
    return b == yes ? a : unknown;
  }
};
struct Or {
  Ref operator()(Ref a, Ref b) const {
    if (a == yes || b == yes) return yes;
    if (a == no || a == b) return b;
    return b == no ? a : unknown;
  }
};
// The larger terminal: of two strengths the more careful.
struct Max {
  Ref operator()(Ref a, Ref b) const {
    if (a == b || b == no) return a;
    if (a == no) return b;
    return a < terminals && b < terminals ? std::max(a, b) : unknown;
  }
};
// `a` where it is 0; elsewhere the larger terminal.
struct Lower {
  Ref operator()(Ref a, Ref b) const {
    if (a == no || b == no || a == b) return a;
    return a < terminals && b < terminals ? std::max(a, b) : unknown;
  }
};
// `b` where `a` is yes, 0 elsewhere.
struct Where {
  Ref operator()(Ref a, Ref b) const {
    if (a == no || b == no) return no;
    return a == yes ? b : unknown;
  }
};

// Replaces each terminal t by map[t].
Ref replace_terminals(Store& store, Ref root, std::span<const Ref> map);
inline Ref negate(Store& store, Ref root) {
  const Ref map[] = {yes, no};
  return replace_terminals(store, root, map);
}

// A store of the same levels and limit with the nodes under the roots alone, each function's beside each other; the roots are
// renumbered.
Store compacted(const Store& store, std::span<Ref* const> roots);

// The nodes under the roots, terminals left out.
std::size_t count_nodes(const Store& store, std::span<const Ref> roots);

}  // namespace waymark::diagram
