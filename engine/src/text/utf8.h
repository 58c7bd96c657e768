// In: bytes. Out: whether they are text that we accept, and columns in characters.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace waymark::text {

// The offset of the first byte that is not valid UTF-8, or is a control character (tab, line feed and carriage return
// apart) or one that reorders text invisibly (bidirectional controls); npos when all is well.
std::size_t first_unacceptable(std::string_view bytes);

// How many characters the first `bytes` bytes of `line` hold.
int characters(std::string_view line, std::size_t bytes);

// The text itself, or its beginning and "…" when it is longer than `most` bytes; never cuts a character.
std::string shortened(std::string_view text, std::size_t most);

}  // namespace waymark::text
