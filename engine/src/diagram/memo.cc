#include "diagram/memo.h"

namespace waymark::diagram {

std::size_t Memo::slot(std::uint64_t key) const {
  const std::size_t mask = entries_.size() - 1;
  std::size_t at = static_cast<std::size_t>(key * 0x9E3779B97F4A7C15ull >> 32) & mask;
  while (entries_[at].key != free && entries_[at].key != key) at = (at + 1) & mask;
  return at;
}

void Memo::set(std::uint64_t key, std::uint64_t value) {
  if (count_ * 2 >= entries_.size()) {
    std::vector<Entry> before(entries_.empty() ? 16 : entries_.size() * 4);
    before.swap(entries_);
    for (const Entry& entry : before)
      if (entry.key != free) entries_[slot(entry.key)] = entry;
  }
  Entry& entry = entries_[slot(key)];
  if (entry.key == key) return;
  entry = {key, value};
  ++count_;
}

}  // namespace waymark::diagram
