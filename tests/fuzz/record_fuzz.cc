// Bytes as a hospital's record: no crash, no hang, and what is proposed are facts that the engine takes.
#include <cstdint>
#include <cstdlib>

#include "differential/files.h"
#include "waymark/record.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const waymark::Loaded loaded = waymark::load(waymark::testing::files_of(WAYMARK_GUIDELINES_DIR "/mbc"));
  if (!loaded.engine) std::abort();
  const auto read = waymark::import_record(*loaded.engine, {reinterpret_cast<const char*>(data), size}, "2026-11-24");
  if (!read.record) {
    if (read.error.message.empty()) std::abort();
    return 0;
  }
  if (read.record->refused)
    for (const auto values : read.record->facts)
      if (values) std::abort();
  for (const auto& conflict : read.record->conflicts)
    if (read.record->facts[conflict.fact]) std::abort();
  if (waymark::record_json(*loaded.engine, *read.record).empty()) std::abort();
  return 0;
}
