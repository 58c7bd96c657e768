// Bytes as a guideline in one file: an engine that answers, or issues that say why there is none.
#include <cstdint>
#include <cstdlib>

#include "waymark/engine.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const waymark::SourceText file{"guideline.yaml", std::string(reinterpret_cast<const char*>(data), size)};
  const waymark::Loaded loaded = waymark::load({&file, 1});
  if (!loaded.engine) {
    if (!waymark::has_errors(loaded.issues)) std::abort();
    return 0;
  }
  const waymark::Answers nothing(loaded.engine->guideline().facts.size());
  if (waymark::answer_json(*loaded.engine, loaded.engine->answer(nothing), {}).empty()) std::abort();
  return 0;
}
