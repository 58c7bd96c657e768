// What the page shows before it has read its guideline: enough for the start and the first questions.
#pragma once

#include <string>

#include "waymark/engine.h"

namespace waymark::cli {

// JSON of `Look` (web/src/state/early.ts).
std::string look_json(const Engine& engine);

}  // namespace waymark::cli
