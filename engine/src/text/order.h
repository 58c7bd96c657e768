// Putting lists in order, in little code: std::sort and std::stable_sort are made anew for every kind of item, each time a
// thousandth of the browser's engine or more. Both of these are stable.
#pragma once

#include <cstdint>
#include <vector>

namespace waymark::text {

// The numbers below `count`, in the order that `before` gives to what they stand for in `list`.
std::vector<std::uint32_t> ordered(std::size_t count, bool (*before)(const void* list, std::uint32_t a, std::uint32_t b), const void* list);

template <class Item, class Before>
void put_in_order(std::vector<Item>& items, const Before& before) {
  if (items.size() < 2) return;
  struct List {
    const std::vector<Item>& items;
    const Before& before;
  };
  const List list{items, before};
  std::vector<Item> sorted;
  sorted.reserve(items.size());
  for (const std::uint32_t i : ordered(items.size(), [](const void* of, std::uint32_t a, std::uint32_t b) {
         const List& list = *static_cast<const List*>(of);
         return list.before(list.items[a], list.items[b]);
       }, &list))
    sorted.push_back(std::move(items[i]));
  items.swap(sorted);
}
template <class Item>
void put_in_order(std::vector<Item>& items) {
  put_in_order(items, [](const Item& a, const Item& b) { return a < b; });
}

// For small items that are mostly few, at every answer: takes no memory then.
template <class Item, class Before>
void put_few_in_order(std::vector<Item>& items, const Before& before) {
  if (items.size() > 64) return put_in_order(items, before);
  for (std::size_t i = 1; i < items.size(); ++i) {
    Item item = std::move(items[i]);
    std::size_t at = i;
    for (; at > 0 && before(item, items[at - 1]); --at) items[at] = std::move(items[at - 1]);
    items[at] = std::move(item);
  }
}

}  // namespace waymark::text
