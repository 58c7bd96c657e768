#include "text/utf8.h"

#include <cstdint>

namespace waymark::text {
namespace {

// Length of the well-formed sequence at `p`, 0 if there is none (Unicode 15, table 3-7).
std::size_t sequence_length(std::string_view s, std::size_t p, std::uint32_t& code) {
  const auto byte = [&](std::size_t i) { return p + i < s.size() ? static_cast<unsigned char>(s[p + i]) : 0u; };
  const unsigned lead = byte(0);
  if (lead < 0x80) {
    code = lead;
    return 1;
  }
  const std::size_t length = lead >= 0xC2 && lead <= 0xDF ? 2 : lead >= 0xE0 && lead <= 0xEF ? 3
                             : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
  if (length == 0) return 0;
  code = lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
    code = code << 6 | (byte(i) & 0x3F);
  }
  const bool too_short = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  return too_short || surrogate || code > 0x10FFFF ? 0 : length;
}

bool is_control(std::uint32_t code) {
  if (code < 0x20) return code != '\t' && code != '\n' && code != '\r';
  const bool bidirectional = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
  return (code >= 0x7F && code <= 0x9F) || bidirectional;
}

}  // namespace

std::size_t first_unacceptable(std::string_view bytes) {
  for (std::size_t p = 0; p < bytes.size();) {
    std::uint32_t code = 0;
    const std::size_t length = sequence_length(bytes, p, code);
    if (length == 0 || is_control(code)) return p;
    p += length;
  }
  return std::string_view::npos;
}

int characters(std::string_view line, std::size_t bytes) {
  int count = 0;
  for (std::size_t i = 0; i < bytes && i < line.size(); ++i)
    if ((static_cast<unsigned char>(line[i]) & 0xC0) != 0x80) ++count;
  return count;
}

std::string shortened(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  std::size_t end = most - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace waymark::text
