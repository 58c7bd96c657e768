#include "text/order.h"

#include <algorithm>

namespace waymark::text {

// Merges runs of 1, 2, 4, ... items.
std::vector<std::uint32_t> ordered(std::size_t count, bool (*before)(const void*, std::uint32_t, std::uint32_t), const void* list) {
  std::vector<std::uint32_t> from(count), to(count);
  for (std::size_t i = 0; i < count; ++i) from[i] = static_cast<std::uint32_t>(i);
  for (std::size_t run = 1; run < count; run *= 2) {
    for (std::size_t start = 0; start < count; start += 2 * run) {
      std::size_t left = start, middle = std::min(start + run, count), right = middle;
      const std::size_t end = std::min(start + 2 * run, count);
      for (std::size_t at = start; at < end; ++at)
        to[at] = left < middle && (right == end || !before(list, from[right], from[left])) ? from[left++] : from[right++];
    }
    from.swap(to);
  }
  return from;
}

}  // namespace waymark::text
