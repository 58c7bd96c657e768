// Bytes as base64 and back, by OpenSSL.
#pragma once

#include <string>
#include <string_view>

namespace waymark::cli {

std::string to_base64(std::string_view bytes);
// "" where it is no base64.
std::string from_base64(const std::string& text);

}  // namespace waymark::cli
