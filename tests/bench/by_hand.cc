// Times the rules written by hand in C++ (workload.mjs makes them): by_hand PROFILES SECONDS, profiles as packed numbers.
#include <cstdlib>

#include "measure.h"

extern "C" {
extern std::uint16_t out[];
std::uint32_t ifelse(std::uint32_t profile);
std::uint32_t bitset(std::uint32_t profile);
}

int main(int, char** arguments) {
  using namespace waymark::bench;
  const auto profiles = read_numbers(arguments[1]);
  const double seconds = std::atof(arguments[2]);
  const auto time = [&](std::uint32_t (*one)(std::uint32_t)) {
    return json(measure([&] {
      std::uint64_t sum = 0;
      for (const auto profile : profiles) sum += one(profile);
      keep(sum);
    }, static_cast<double>(profiles.size()), seconds));
  };
  std::printf("{\"ifelse\":%s,\"bitset\":%s,\"answers\":[", time(ifelse).c_str(), time(bitset).c_str());
  // Per profile one number that stands for the rules that hold; 0 where the two forms disagree.
  for (std::size_t i = 0; i < profiles.size(); ++i) {
    std::uint32_t sums[2];
    int form = 0;
    for (auto one : {ifelse, bitset}) {
      std::uint32_t h = 2166136261u;
      const std::uint32_t count = one(profiles[i]);
      for (std::uint32_t n = 0; n < count; ++n) h = (h ^ (out[n] + 1u)) * 16777619u;
      sums[form++] = h;
    }
    std::printf("%s%u", i ? "," : "", sums[0] == sums[1] ? sums[0] : 0u);
  }
  std::printf("]}\n");
}
