// The whole way from text to an Engine.
#include "answer/nothing_known.h"
#include "diagram/compile.h"
#include "model/load.h"
#include "waymark/engine.h"

namespace waymark {

Engine::Engine(std::shared_ptr<const Guideline> guideline, std::shared_ptr<const CompiledGuideline> compiled)
    : guideline_(std::move(guideline)), compiled_(std::move(compiled)), nothing_known_(answering::nothing_known(*guideline_, *compiled_)) {}

Loaded load(std::span<const SourceText> files) {
  model::Read read = model::read(files);
  if (!read.guideline) return {std::nullopt, std::move(read.issues)};
  diagram::Compiled compiled = diagram::compile(*read.guideline);
  if (!compiled.guideline) {
    read.issues.push_back({Severity::error, "too-intricate", read.guideline->files.front(), 0, 0, compiled.problem,
                           "use derived names, or fewer facts in one rule"});
    return {std::nullopt, std::move(read.issues)};
  }
  return {Engine(std::move(read.guideline), std::move(compiled.guideline)), std::move(read.issues)};
}

}  // namespace waymark
