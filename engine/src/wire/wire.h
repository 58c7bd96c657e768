// Names of values as JSON: the only folder that knows field names.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "waymark/engine.h"

namespace waymark::wire {

using Json = nlohmann::ordered_json;

Json value_ids(const Guideline& guideline, int fact, ValueSet values);
Json source_ids(const Guideline& guideline, const SourceIds& sources);
// Text that a person wrote, without what could not be shown; never throws.
std::string dump(const Json& json);

}  // namespace waymark::wire
