// SHA-256 (FIPS 180-4). Ours because no small packaged library serves both the native and the wasm build.
#pragma once

#include <string>
#include <string_view>

namespace waymark::text {

std::string sha256_hex(std::string_view bytes);

}  // namespace waymark::text
