// Bytes as a guideline's approvals.yaml: what is taken of it is signed text of which each field keeps to its line.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "waymark/engine.h"

namespace {
constexpr const char* guideline =
    "guideline: {id: small, version: \"1\", status: draft, date: 2026-01-01, title: T, summary: T, authors: T, funding: T, disclaimer: T}\n"
    "sources: {s: {title: T}}\n"
    "facts: {x: {title: X, question: Q, values: {p: P, n: N}, sources: s}}\n"
    "decisions: {e: {title: E}}\n"
    "options: {a: {decision: e, title: A, text: T, sources: s}}\n"
    "rules: {r: {when: {x: p}, option: a, sources: s}}\n";
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const waymark::SourceText files[] = {{"approvals.yaml", std::string(reinterpret_cast<const char*>(data), size)}, {"guideline.yaml", guideline}};
  const waymark::Loaded loaded = waymark::load(files);
  if (!loaded.engine) {
    if (!waymark::has_errors(loaded.issues)) std::abort();
    return 0;
  }
  for (const auto& approval : loaded.engine->guideline().signed_approvals)
    if (std::count(approval.message.begin(), approval.message.end(), '\n') != 8) std::abort();
  return 0;
}
