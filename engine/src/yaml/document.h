// In: the text of a file. Out: its YAML as a plain tree with places, or issues. A strict subset: no anchors, aliases or
// tags, no duplicate keys, bounded depth and size. yaml-cpp reads; nothing after this folder knows it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/issues.h"
#include "waymark/issue.h"

namespace waymark::yaml {

struct Entry;

struct Node {
  enum class Kind { empty, scalar, list, map };
  Kind kind = Kind::empty;
  Place place;
  std::string scalar;
  std::vector<Node> items;
  std::vector<Entry> entries;

  bool is_scalar() const { return kind == Kind::scalar; }
  bool is_list() const { return kind == Kind::list; }
  bool is_map() const { return kind == Kind::map; }
  const Node* find(std::string_view key) const;
};

struct Entry {
  std::string key;
  Place place;
  Node value;
};

struct Limits {
  std::size_t bytes = std::size_t{4} << 20;
  int depth = 64;
  std::size_t nodes = 400'000;
};

// The documents of one file in their order. What could not be read is said in `issues`.
std::vector<Node> read(std::string_view text, int file, const Limits& limits, text::Issues& issues);

}  // namespace waymark::yaml
