#include "text/decimal.h"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <vector>

namespace waymark::text {
namespace {

std::string digits(double whole) {
  constexpr std::uint32_t billion = 1'000'000'000;
  int doublings = 0;
  for (; whole >= 0x1p64; whole /= 0x1p11) doublings += 11;  // which leaves a whole number: a double has 53 bits
  std::vector<std::uint32_t> parts;                          // of nine digits, the last ones first
  for (auto rest = static_cast<std::uint64_t>(whole); rest > 0 || parts.empty(); rest /= billion) parts.push_back(rest % billion);
  for (; doublings > 0; doublings -= 11) {
    std::uint64_t carry = 0;
    for (auto& part : parts) {
      carry += std::uint64_t{part} << 11;
      part = carry % billion;
      carry /= billion;
    }
    if (carry > 0) parts.push_back(static_cast<std::uint32_t>(carry));
  }
  std::string text = std::to_string(parts.back());
  for (std::size_t i = parts.size() - 1; i-- > 0;) text += std::to_string(billion + parts[i]).substr(1);
  return text;
}

}  // namespace

double value_of(const std::string& numeral) { return std::strtod(numeral.c_str(), nullptr); }

std::string decimal(double number) {
  double whole = std::floor(std::abs(number));
  // Millionths of the first 24 bits and of the others: both are exact, so that it is known on which side of a half they are.
  const double fraction = std::abs(number) - whole, coarse = static_cast<float>(fraction);
  const double first = coarse * 1e6, others = (fraction - coarse) * 1e6;
  auto millionths = static_cast<std::uint32_t>(first);
  const double over_half = first - millionths - 0.5;
  if (over_half > -others || (over_half == -others && millionths % 2 == 1)) ++millionths;
  if (millionths == 1'000'000) {
    ++whole;
    millionths = 0;
  }
  std::string text = (std::signbit(number) ? "-" : "") + digits(whole) + "." + std::to_string(1'000'000 + millionths).substr(1);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

}  // namespace waymark::text
