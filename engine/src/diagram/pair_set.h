// A set of pairs of nodes that can be emptied at once: open addressing, each entry marked with the round that it belongs to.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "diagram/store.h"

namespace waymark::diagram {

class PairSet {
 public:
  void clear() {
    ++round_;
    count_ = 0;
  }
  bool contains(Ref a, Ref b) const { return !entries_.empty() && entries_[slot(a, b)].round == round_; }
  // False where it was there already.
  bool insert(Ref a, Ref b) {
    if (count_ * 2 >= entries_.size()) grow();
    Entry& entry = entries_[slot(a, b)];
    if (entry.round == round_) return false;
    entry = {a, b, round_};
    ++count_;
    return true;
  }

 private:
  struct Entry {
    Ref a, b;
    std::uint32_t round = 0;
  };
  // Where the pair stands, or could.
  std::size_t slot(Ref a, Ref b) const {
    const std::size_t mask = entries_.size() - 1;
    std::size_t at = static_cast<std::size_t>((std::uint64_t{a} << 32 | b) * 0x9E3779B97F4A7C15ull >> 32) & mask;
    while (entries_[at].round == round_ && (entries_[at].a != a || entries_[at].b != b)) at = (at + 1) & mask;
    return at;
  }
  void grow() {
    std::vector<Entry> before(entries_.empty() ? 256 : entries_.size() * 4);
    before.swap(entries_);
    for (const Entry& entry : before)
      if (entry.round == round_) entries_[slot(entry.a, entry.b)] = entry;
  }

  std::vector<Entry> entries_;
  std::size_t count_ = 0;
  std::uint32_t round_ = 1;
};

// Each node under the roots once, terminals left out. Not marked in a table of all nodes: most functions are small, and there are many.
template <class Visit>
void walk(const Store& store, std::span<const Ref> roots, Visit visit) {
  PairSet seen;
  std::vector<Ref> open(roots.begin(), roots.end());
  while (!open.empty()) {
    const Ref node = open.back();
    open.pop_back();
    if (node < terminals || !seen.insert(node, node)) continue;
    visit(node);
    for (const Ref child : store.children(node)) open.push_back(child);
  }
}

}  // namespace waymark::diagram
