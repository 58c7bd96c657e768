// What was found for numbers, such as nodes or pairs of them, for as long as a question lasts. One table for whatever was found:
// std::unordered_map is made anew for every kind.
#pragma once

#include <cstdint>
#include <vector>

namespace waymark::diagram {

class Memo {
 public:
  // Null where nothing was found yet; good until the next `set`.
  const std::uint64_t* find(std::uint64_t key) const {
    if (entries_.empty()) return nullptr;
    const Entry& entry = entries_[slot(key)];
    return entry.key == key ? &entry.value : nullptr;
  }
  // What was found first stays. Any key but `free`.
  void set(std::uint64_t key, std::uint64_t value);
  void clear() {
    entries_.clear();
    count_ = 0;
  }

 private:
  static constexpr std::uint64_t free = ~std::uint64_t{0};
  struct Entry {
    std::uint64_t key = free, value = 0;
  };
  // Where the key stands, or could.
  std::size_t slot(std::uint64_t key) const;

  std::vector<Entry> entries_;
  std::size_t count_ = 0;
};

}  // namespace waymark::diagram
