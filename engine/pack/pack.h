// Bytes packed for the page with 7-Zip's PPMd: four bytes of their number, one each of the model's order and megabytes and of the
// number of parts, and of each part four bytes of its number, four of its packed number, and the stream. There is one part, or, of a
// WebAssembly module, one for each of its streams (code_streams.h). Numbers begin with their lowest byte. unpack.c undoes it in the
// browser.
#pragma once

#include <string>
#include <string_view>

namespace waymark {

std::string pack(std::string_view bytes);

}  // namespace waymark
