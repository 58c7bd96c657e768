#include <iostream>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "files.h"

namespace waymark::cli {
namespace {

void print(const GuidelineFiles& files, const Engine& engine, const TestReport& report, const MutationReport& mutation) {
  const Guideline& guideline = engine.guideline();
  const auto where = [&](Place at) {
    const std::string line = to_line(files, {Severity::error, "", at.file >= 0 ? guideline.files[at.file] : "", at.line, at.column, "", ""});
    return line.substr(0, line.rfind(": error: "));
  };
  int failed_count = 0;
  for (const auto& result : report.vignettes) {
    const Vignette& vignette = guideline.vignettes[result.vignette];
    if (result.failures.empty()) continue;
    ++failed_count;
    std::cout << where(vignette.place) << ": vignette '" << vignette.id << "' fails\n";
    for (const auto& failure : result.failures) std::cout << "    " << failure << '\n';
  }
  for (const int rule : report.uncovered_rules)
    std::cout << where(guideline.rules[rule].place) << ": no vignette makes the " << (guideline.rules[rule].lowers ? "caution" : "rule") << " '" << guideline.rules[rule].id << "' hold\n";
  for (const auto& leaf : report.uncovered_conditions)
    std::cout << where(leaf.place) << ": in '" << guideline.rules[leaf.rule].id << "' no vignette shows `" << leaf.condition << "` "
              << (leaf.never_true && leaf.never_false ? "true or false" : leaf.never_true ? "true" : "false") << '\n';
  constexpr std::size_t most_survivors = 20;
  for (std::size_t i = 0; i < mutation.survivors.size() && i < most_survivors; ++i) {
    const auto& survivor = mutation.survivors[i];
    std::cout << where(survivor.place) << ": a fault in '" << survivor.rule << "' goes unnoticed: " << survivor.change << "\n    this vignette would notice it:\n" << survivor.vignette;
  }
  if (mutation.survivors.size() > most_survivors) std::cout << "... and " << mutation.survivors.size() - most_survivors << " more faults that go unnoticed (all of them with --json)\n";
  const auto covered = [](std::size_t uncovered, std::size_t all) { return std::to_string(all - uncovered) + " of " + std::to_string(all); };
  std::cout << "Vignettes: " << report.vignettes.size() - failed_count << " as expected, " << failed_count << " not. Covered: "
            << covered(report.uncovered_rules.size(), guideline.rules.size()) << " rules, "
            << covered(report.uncovered_conditions.size(), report.conditions) << " conditions. Of "
            << mutation.mutants << " faults put into the rules " << mutation.noticed << " are noticed";
  if (mutation.mutants > 0) std::cout << " (" << mutation.noticed * 100 / mutation.mutants << " %)";
  std::cout << "; " << mutation.equivalent << " change no answer.\n";
}

}  // namespace

int test(const std::string& guideline, bool json) {
  const auto files = find_guideline(guideline);
  if (!files) return usage;
  const auto engine = load_or_explain(*files);
  if (!engine) return failed;
  const TestReport report = test_vignettes(*engine);
  const MutationReport mutation = mutate(*engine);
  if (json) {
    nlohmann::ordered_json out = nlohmann::ordered_json::parse(test_json(*engine, report));
    out["mutation"] = nlohmann::ordered_json::parse(mutation_json(*engine, mutation));
    std::cout << out.dump(2) << '\n';
  } else {
    print(*files, *engine, report, mutation);
  }
  for (const auto& result : report.vignettes)
    if (!result.failures.empty()) return failed;
  return ok;
}

}  // namespace waymark::cli
