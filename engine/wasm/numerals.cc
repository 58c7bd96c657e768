// What libc does with decimal numerals, by the browser, which does the same: libc's way, in numbers of 128 bits and with every
// format of printf, is a twenty-fifth of the engine. The linker takes these before libc's.
#include <emscripten/emscripten.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>

EM_JS(double, read_numeral, (const char* text, std::size_t size), { return Number(UTF8Decoder.decode(HEAPU8.subarray(text, text + size))); });

extern "C" {
// Who calls it has made sure that the text is a numeral as JSON has them; Number is as exact, and gives infinity where none is near.
double strtod(const char* text, char** end) {
  const std::size_t size = std::strspn(text, "+-.0123456789Ee");
  if (end != nullptr) *end = const_cast<char*>(text) + size;
  return read_numeral(text, size);
}
// Nobody calls these two; libc has them in one object with strtod, which must not be linked.
float strtof(const char* text, char** end) { return static_cast<float>(strtod(text, end)); }
long double strtold(const char* text, char** end) { return strtod(text, end); }

// Called for control characters in those messages of nlohmann's that we replace by our own.
int snprintf(char* text, std::size_t size, const char* format, ...) {
  if (std::strcmp(format, "<U+%.4X>") != 0 || size == 0) std::abort();
  *text = 0;
  return 0;
}
}
