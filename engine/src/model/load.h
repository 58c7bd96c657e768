// In: the files of one guideline. Out: a Guideline, or every problem in them.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "waymark/guideline.h"

namespace waymark::model {

struct Read {
  std::shared_ptr<const Guideline> guideline;  // null when there is an error
  std::vector<Issue> issues;
};

Read read(std::span<const SourceText> files);

}  // namespace waymark::model
