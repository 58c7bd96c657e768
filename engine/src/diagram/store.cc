#include "diagram/store.h"

#include <bit>

#include "diagram/memo.h"
#include "diagram/pair_set.h"

namespace waymark::diagram {

Store::Store(std::vector<std::uint8_t> arity, std::size_t limit, std::size_t expected)
    : arity_(std::move(arity)), limit_(limit), table_(std::bit_ceil(expected * 2)) {
  nodes_.reserve(expected);
  children_.reserve(expected * 3);
}

std::uint64_t Store::hash(int level, std::span<const Ref> children) const {
  std::uint64_t h = static_cast<std::uint64_t>(level) + 0x9E3779B97F4A7C15ull;
  for (const Ref child : children) {
    h = (h ^ child) * 0xFF51AFD7ED558CCDull;
    h ^= h >> 32;
  }
  return h;
}

void Store::grow() {
  std::vector<Ref> bigger(table_.size() * 2);
  for (const Ref node : table_) {
    if (node == 0) continue;
    std::size_t slot = hash(level(node), children(node)) & (bigger.size() - 1);
    while (bigger[slot] != 0) slot = (slot + 1) & (bigger.size() - 1);
    bigger[slot] = node;
  }
  table_.swap(bigger);
}

Ref Store::make(int level, std::span<const Ref> children) {
  const bool all_same = std::all_of(children.begin() + 1, children.end(), [&](Ref child) { return child == children[0]; });
  if (all_same) return children[0];
  std::size_t slot = hash(level, children) & (table_.size() - 1);
  for (; table_[slot] != 0; slot = (slot + 1) & (table_.size() - 1)) {
    const Node& node = nodes_[table_[slot] - terminals];
    if (node.level == level && std::equal(children.begin(), children.end(), children_.begin() + node.first)) return table_[slot];
  }
  if (nodes_.size() >= limit_) {
    overflowed_ = true;
    return no;
  }
  const Ref made = static_cast<Ref>(size());
  nodes_.push_back({static_cast<std::uint32_t>(children_.size()), static_cast<std::uint16_t>(level)});
  children_.insert(children_.end(), children.begin(), children.end());
  table_[slot] = made;
  if (nodes_.size() * 2 > table_.size()) grow();
  return made;
}

Ref Store::literal(int level, std::uint64_t values) {
  Ref children[32];
  for (int v = 0; v < arity_[level]; ++v) children[v] = values >> v & 1 ? yes : no;
  return make(level, {children, static_cast<std::size_t>(arity_[level])});
}

namespace {

Ref replace(Store& store, Ref node, std::span<const Ref> map, Memo& done) {
  if (node < terminals) return node < map.size() ? map[node] : node;
  if (const auto* known = done.find(node)) return static_cast<Ref>(*known);
  const int level = store.level(node), arity = store.arity(level);
  Ref children[32];
  for (int v = 0; v < arity; ++v) children[v] = replace(store, store.child(node, v), map, done);
  const Ref made = store.make(level, {children, static_cast<std::size_t>(arity)});
  done.set(node, made);
  return made;
}

}  // namespace

Ref replace_terminals(Store& store, Ref root, std::span<const Ref> map) {
  Memo done;
  return replace(store, root, map, done);
}

namespace {

Ref copy(const Store& from, Store& to, Ref node, std::vector<Ref>& copied) {
  if (node < terminals) return node;
  if (copied[node] != unknown) return copied[node];
  Ref children[32];
  const int level = from.level(node), arity = from.arity(level);
  for (int v = 0; v < arity; ++v) children[v] = copy(from, to, from.child(node, v), copied);
  return copied[node] = to.make(level, {children, static_cast<std::size_t>(arity)});
}

}  // namespace

Store compacted(const Store& store, std::span<Ref* const> roots) {
  Store made(store.arities(), store.limit());
  std::vector<Ref> copied(store.size(), unknown);
  for (Ref* root : roots) *root = copy(store, made, *root, copied);
  return made;
}

std::size_t count_nodes(const Store& store, std::span<const Ref> roots) {
  std::size_t count = 0;
  walk(store, roots, [&](Ref) { ++count; });
  return count;
}

}  // namespace waymark::diagram
