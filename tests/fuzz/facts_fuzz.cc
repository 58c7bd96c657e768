// Bytes as facts: answers, or an error with words.
#include <cstdint>
#include <cstdlib>

#include "differential/files.h"
#include "waymark/engine.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const waymark::Loaded loaded = waymark::load(waymark::testing::files_of(WAYMARK_GUIDELINES_DIR "/essentials"));
  if (!loaded.engine) std::abort();
  const auto read = waymark::read_facts(*loaded.engine, {reinterpret_cast<const char*>(data), size});
  if (!read.answers) {
    if (read.error.message.empty()) std::abort();
    return 0;
  }
  if (waymark::answer_json(*loaded.engine, loaded.engine->answer(*read.answers), {}).empty()) std::abort();
  return 0;
}
