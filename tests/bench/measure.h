// How long one call takes: the median of nine rounds, each long enough to measure. In processor time of the thread, so that
// what else runs on the machine matters little.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

namespace waymark::bench {

inline double now() {
  std::timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

struct Times {
  double ns, min, max;
};
inline Times summary(std::vector<double> times) {
  std::sort(times.begin(), times.end());
  return {times[times.size() / 2], times.front(), times.back()};
}
inline std::string json(const Times& times) {
  char text[120];
  std::snprintf(text, sizeof text, "{\"ns\":%.2f,\"min\":%.2f,\"max\":%.2f}", times.ns, times.min, times.max);
  return text;
}

// `round` does `calls` calls.
template <class Round>
Times measure(Round round, double calls, double seconds = 1, int rounds = 9) {
  round();
  std::size_t repeat = 1;
  for (;;) {
    const double start = now();
    for (std::size_t i = 0; i < repeat; ++i) round();
    const double took = now() - start;
    if (took > seconds / rounds * 0.5e9) break;
    repeat = std::max(repeat + 1, static_cast<std::size_t>(static_cast<double>(repeat) * std::min(100.0, seconds / rounds * 1e9 / std::max(took, 1.0))));
  }
  std::vector<double> times;
  for (int r = 0; r < rounds; ++r) {
    const double start = now();
    for (std::size_t i = 0; i < repeat; ++i) round();
    times.push_back((now() - start) / (static_cast<double>(repeat) * calls));
  }
  return summary(std::move(times));
}

// Keeps the compiler from dropping work whose result nobody reads.
inline void keep(std::uint64_t value) {
  static volatile std::uint64_t sink;
  sink = sink + value;
}

inline std::vector<std::uint32_t> read_numbers(const char* path) {
  std::vector<std::uint32_t> numbers;
  if (std::FILE* file = std::fopen(path, "rb")) {
    std::uint32_t number;
    while (std::fread(&number, sizeof number, 1, file) == 1) numbers.push_back(number);
    std::fclose(file);
  }
  return numbers;
}

}  // namespace waymark::bench
