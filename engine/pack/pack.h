// Bytes packed for the page with 7-Zip's PPMd: four bytes of their number, one each of the model's order and megabytes,
// and the stream. unpack.c undoes it in the browser.
#pragma once

#include <string>
#include <string_view>

namespace waymark {

std::string pack(std::string_view bytes);

}  // namespace waymark
