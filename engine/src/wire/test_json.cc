// TestReport -> JSON.
#include "wire/writer.h"

namespace waymark {

std::string test_json(const Engine& engine, const TestReport& report) {
  const Guideline& guideline = engine.guideline();
  std::size_t failed = 0;
  for (const auto& result : report.vignettes) failed += !result.failures.empty();
  wire::Writer out;
  out.begin_object().field("waymark", 1).field("passed", report.vignettes.size() - failed).field("failed", failed);
  out.key("vignettes").begin_list();
  for (const auto& result : report.vignettes)
    out.begin_object().field("id", guideline.vignettes[result.vignette].id).field("passed", result.failures.empty()).field("failures", result.failures).end_object();
  out.end_list().key("coverage").begin_object().key("rules").begin_object();
  out.field("covered", guideline.rules.size() - report.uncovered_rules.size()).field("total", guideline.rules.size()).key("uncovered").begin_list();
  for (const int rule : report.uncovered_rules) out.value(guideline.rules[rule].id);
  out.end_list().end_object().key("conditions").begin_object();
  out.field("covered", report.conditions - report.uncovered_conditions.size()).field("total", report.conditions).key("uncovered").begin_list();
  for (const auto& leaf : report.uncovered_conditions) {
    out.begin_object().field("rule", guideline.rules[leaf.rule].id).field("condition", leaf.condition).key("never").begin_list();
    if (leaf.never_true) out.value("true");
    if (leaf.never_false) out.value("false");
    out.end_list().end_object();
  }
  out.end_list().end_object().end_object().end_object();
  return std::move(out).take();
}

}  // namespace waymark
