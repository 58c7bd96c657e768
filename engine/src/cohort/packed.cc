#include "waymark/packed.h"

#include <algorithm>
#include <bit>
#include <map>
#include <tuple>

#include "diagram/compile.h"
#include "diagram/memo.h"
#include "waymark/engine.h"
#include "wire/writer.h"

namespace waymark {
namespace {

using diagram::Ref;
using diagram::terminals;

// Diagrams whose leaves are lists of options. A number with the top bit set is a leaf.
class Joiner {
 public:
  static constexpr std::uint32_t leaf = 1u << 31;

  Joiner(const CompiledGuideline& compiled, std::size_t limit) : compiled_(compiled), limit_(limit) {}

  bool overflowed() const { return nodes.size() > limit_; }

  std::uint32_t from_option(int option) {
    diagram::Memo done;
    return copy(option, compiled_.options[option].root, done);
  }
  std::uint32_t join(std::uint32_t a, std::uint32_t b) {
    pairs_.clear();
    return join_pair(a, b);
  }

  struct Node {
    int level;
    std::vector<std::uint32_t> children;
    bool operator<(const Node& other) const { return std::tie(level, children) < std::tie(other.level, other.children); }
  };
  std::vector<Node> nodes;
  std::vector<std::vector<Listing>> leaves;

 private:
  std::uint32_t copy(int option, Ref node, diagram::Memo& done) {
    if (node < terminals) {
      std::vector<Listing> listings;
      if (node != not_listed) listings.push_back({option, static_cast<Strength>(node)});
      return make_leaf(std::move(listings));
    }
    if (const auto* known = done.find(node)) return static_cast<std::uint32_t>(*known);
    Node made{compiled_.store.level(node), {}};
    for (const Ref child : compiled_.store.children(node)) made.children.push_back(copy(option, child, done));
    const std::uint32_t result = make(std::move(made));
    done.set(node, result);
    return result;
  }
  std::uint32_t make_leaf(std::vector<Listing> listings) {
    std::vector<int> key;
    for (const auto& listing : listings) key.push_back(listing.option * 8 + static_cast<int>(listing.strength));
    const auto [it, fresh] = leaf_index_.try_emplace(std::move(key), static_cast<std::uint32_t>(leaves.size()));
    if (fresh) leaves.push_back(std::move(listings));
    return leaf | it->second;
  }
  std::uint32_t make(Node node) {
    if (std::all_of(node.children.begin(), node.children.end(), [&](std::uint32_t child) { return child == node.children[0]; })) return node.children[0];
    const auto [it, fresh] = node_index_.try_emplace(node, static_cast<std::uint32_t>(nodes.size()));
    if (fresh) nodes.push_back(std::move(node));
    return it->second;
  }
  int level(std::uint32_t node) const { return node & leaf ? compiled_.store.levels() : nodes[node].level; }
  std::uint32_t join_pair(std::uint32_t a, std::uint32_t b) {
    if (overflowed()) return a;
    if ((a & leaf) && (b & leaf)) {
      std::vector<Listing> both = leaves[a & ~leaf];
      const auto& more = leaves[b & ~leaf];
      both.insert(both.end(), more.begin(), more.end());
      return make_leaf(std::move(both));
    }
    const std::uint64_t key = std::uint64_t{a} << 32 | b;
    if (const auto* known = pairs_.find(key)) return static_cast<std::uint32_t>(*known);
    Node made{std::min(level(a), level(b)), {}};
    for (int v = 0; v < compiled_.store.arity(made.level); ++v)
      made.children.push_back(join_pair(level(a) == made.level ? nodes[a].children[v] : a, level(b) == made.level ? nodes[b].children[v] : b));
    const std::uint32_t result = make(std::move(made));
    pairs_.set(key, result);
    return result;
  }

  const CompiledGuideline& compiled_;
  std::size_t limit_;
  std::map<std::vector<int>, std::uint32_t> leaf_index_;
  std::map<Node, std::uint32_t> node_index_;
  diagram::Memo pairs_;
};

// Joined two by two, so that most joins are of small diagrams.
std::uint32_t join_all(Joiner& joiner, std::vector<std::uint32_t> roots) {
  while (roots.size() > 1) {
    std::vector<std::uint32_t> next;
    for (std::size_t i = 0; i + 1 < roots.size(); i += 2) next.push_back(joiner.join(roots[i], roots[i + 1]));
    if (roots.size() % 2) next.push_back(roots.back());
    roots = std::move(next);
  }
  return roots.front();
}

}  // namespace

std::optional<Packed> Packed::make(const Engine& engine, std::size_t limit) {
  const Guideline& guideline = engine.guideline();
  const CompiledGuideline& compiled = engine.compiled();
  Packed packed;
  int shift = 0;
  for (const auto& fact : guideline.facts) {
    const int bits = std::bit_width(fact.values.size() - 1);
    packed.fields_.push_back({static_cast<std::uint8_t>(shift), static_cast<std::uint8_t>(bits)});
    shift += bits;
  }
  if (shift > 63 || guideline.options.empty()) return std::nullopt;

  Joiner joiner(compiled, limit);
  std::vector<std::uint32_t> roots;
  for (std::size_t option = 0; option < guideline.options.size(); ++option) roots.push_back(joiner.from_option(static_cast<int>(option)));
  const std::uint32_t root = join_all(joiner, std::move(roots));
  if (joiner.overflowed()) return std::nullopt;

  // Only what the root reaches is laid out, near nodes near each other.
  diagram::Memo place;
  std::vector<std::uint32_t> order;
  std::uint32_t size = 0;
  const auto visit = [&](std::uint32_t node) {
    if ((node & Joiner::leaf) || place.find(node)) return;
    place.set(node, size);
    const int bits = packed.fields_[compiled.fact_at[joiner.nodes[node].level]].bits;
    size += 1u << bits;
    order.push_back(node);
  };
  visit(root);
  for (std::size_t i = 0; i < order.size(); ++i)
    for (const std::uint32_t child : joiner.nodes[order[i]].children) visit(child);
  const auto word = [&](std::uint32_t node) -> std::uint64_t {
    if (node & Joiner::leaf) return std::uint64_t{1} << 63 | (node & ~Joiner::leaf);
    const Field field = packed.fields_[compiled.fact_at[joiner.nodes[node].level]];
    return static_cast<std::uint64_t>((1u << field.bits) - 1) << 40 | static_cast<std::uint64_t>(field.shift) << 32 | *place.find(node);
  };
  packed.table_.resize(size);
  for (const std::uint32_t node : order) {
    const auto& children = joiner.nodes[node].children;
    const int bits = packed.fields_[compiled.fact_at[joiner.nodes[node].level]].bits;
    for (std::size_t v = 0; v < std::size_t{1} << bits; ++v) packed.table_[*place.find(node) + v] = word(children[std::min(v, children.size() - 1)]);
  }
  packed.root_ = word(root);
  packed.outcomes_ = std::move(joiner.leaves);
  packed.nodes_ = order.size();
  packed.fact_of_shift_.assign(64, -1);
  for (std::size_t f = packed.fields_.size(); f-- > 0;) packed.fact_of_shift_[packed.fields_[f].shift] = static_cast<int>(f);
  return packed;
}

std::uint64_t Packed::pack(std::span<const int> values) const {
  std::uint64_t profile = 0;
  for (std::size_t f = 0; f < fields_.size(); ++f) profile |= static_cast<std::uint64_t>(values[f]) << fields_[f].shift;
  return profile;
}

std::string Packed::to_json(const Engine& engine) const {
  const Guideline& guideline = engine.guideline();
  wire::Writer out;
  out.begin_object().key("facts").begin_list();
  for (const auto& fact : guideline.facts) {
    out.begin_object().field("id", fact.id).key("values").begin_list();
    for (const auto& value : fact.values) out.value(value.id);
    out.end_list().end_object();
  }
  out.end_list().key("options").begin_list();
  for (const auto& option : guideline.options) out.value(option.id);

  diagram::Memo place;  // by place in table_, in the JavaScript layout
  std::vector<std::int64_t> flat;
  std::vector<std::uint64_t> order;
  const auto visit = [&](std::uint64_t word) -> std::int64_t {
    if (word >> 63) return -1 - static_cast<std::int64_t>(static_cast<std::uint32_t>(word));
    if (const auto* known = place.find(static_cast<std::uint32_t>(word))) return static_cast<std::int64_t>(*known);
    const std::size_t at = flat.size();
    place.set(static_cast<std::uint32_t>(word), at);
    const int fact = fact_of_shift_[word >> 32 & 63];
    flat.push_back(fact);
    flat.resize(at + 1 + guideline.facts[fact].values.size());
    order.push_back(word);
    return static_cast<std::int64_t>(at);
  };
  const std::int64_t root = visit(root_);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto at = static_cast<std::int64_t>(*place.find(static_cast<std::uint32_t>(order[i])));
    const int fact = static_cast<int>(flat[at]);
    for (std::size_t v = 0; v < guideline.facts[fact].values.size(); ++v) {
      const std::int64_t next = visit(table_[static_cast<std::uint32_t>(order[i]) + v]);
      flat[at + 1 + static_cast<std::int64_t>(v)] = next;
    }
  }
  out.end_list().field("root", root).key("table").begin_list();
  for (const auto number : flat) out.value(number);
  out.end_list().key("outcomes").begin_list();
  for (const auto& outcome : outcomes_) {
    out.begin_list();
    for (const auto& listing : outcome) out.begin_list().value(listing.option).value(name_of(listing.strength)).end_list();
    out.end_list();
  }
  out.end_list().end_object();
  return std::move(out).take();
}

}  // namespace waymark
