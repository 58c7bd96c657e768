// pack: standard input, packed for the page, to standard output. web/build.mjs packs the engine with it.
#include <iostream>
#include <iterator>

#include "pack.h"

int main() {
  const std::string bytes{std::istreambuf_iterator<char>(std::cin), {}};
  std::cout << waymark::pack(bytes) << std::flush;
  return std::cout ? 0 : 1;
}
