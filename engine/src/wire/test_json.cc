// TestReport -> JSON.
#include "wire/wire.h"

namespace waymark {

std::string test_json(const Engine& engine, const TestReport& report) {
  const Guideline& guideline = engine.guideline();
  wire::Json vignettes = wire::Json::array(), uncovered_rules = wire::Json::array(), uncovered_conditions = wire::Json::array();
  int failed = 0;
  for (const auto& result : report.vignettes) {
    failed += !result.failures.empty();
    vignettes.push_back({{"id", guideline.vignettes[result.vignette].id}, {"passed", result.failures.empty()}, {"failures", result.failures}});
  }
  for (const int rule : report.uncovered_rules) uncovered_rules.push_back(guideline.rules[rule].id);
  for (const auto& leaf : report.uncovered_conditions) {
    wire::Json never = wire::Json::array();
    if (leaf.never_true) never.push_back("true");
    if (leaf.never_false) never.push_back("false");
    uncovered_conditions.push_back({{"rule", guideline.rules[leaf.rule].id}, {"condition", leaf.condition}, {"never", std::move(never)}});
  }
  const auto rules = guideline.rules.size();
  wire::Json out;
  out["waymark"] = 1;
  out["passed"] = report.vignettes.size() - failed;
  out["failed"] = failed;
  out["vignettes"] = std::move(vignettes);
  out["coverage"] = {{"rules", {{"covered", rules - report.uncovered_rules.size()}, {"total", rules}, {"uncovered", std::move(uncovered_rules)}}},
                     {"conditions", {{"covered", report.conditions - report.uncovered_conditions.size()}, {"total", report.conditions}, {"uncovered", std::move(uncovered_conditions)}}}};
  return wire::dump(out);
}

}  // namespace waymark
