#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "files.h"

namespace waymark::cli {
namespace {

std::string counted(long count, const char* noun) { return std::to_string(count) + " " + noun + (count == 1 ? "" : "s"); }

std::string facts_text(const Guideline& guideline, const std::vector<FactValues>& facts) {
  std::string text;
  for (const auto& fact : facts) text += (text.empty() ? "" : ", ") + guideline.facts[fact.fact].id + ": " + guideline.value_names(fact.fact, fact.values);
  return text.empty() ? "any patient" : text;
}

void print(const GuidelineFiles& files, const Guideline& guideline, const ProofReport& proofs) {
  for (const auto& finding : proofs.findings) {
    std::cout << to_line(files, {finding.severity, finding.kind, finding.place.file >= 0 ? guideline.files[finding.place.file] : "", finding.place.line, finding.place.column, finding.message, finding.remedy}) << '\n';
    if (!finding.counterexample.empty()) std::cout << "    for example: " << facts_text(guideline, finding.counterexample) << '\n';
    if (!finding.vignette.empty()) std::cout << "    as a vignette:\n" << finding.vignette;
  }
  for (const auto& doubt : proofs.doubts) std::cout << "waymark: fault of the engine: " << doubt << '\n';
  std::string holds, fails;
  for (const auto& claim : proofs.claims) {
    std::string& list = claim.holds ? holds : fails;
    list += (list.empty() ? "" : ", ") + claim.kind + (claim.kind == "complete" ? " (" + claim.subject + ")" : "");
  }
  std::cout << "Proved for " << proofs.profiles << " profiles: " << (holds.empty() ? "nothing" : holds) << ".";
  if (!fails.empty()) std::cout << " Not so: " << fails << ".";
  std::cout << " A plain evaluator agreed on " << proofs.sampled << " random profiles and confirmed " << counted(static_cast<long>(proofs.confirmed), "counterexample") << ".\n";
}

}  // namespace

int check(const std::string& guideline, bool json) {
  const auto files = find_guideline(guideline);
  if (!files) return usage;
  const Loaded loaded = load(files->files);
  const auto count = [&](Severity severity, const auto& list) {
    return std::count_if(list.begin(), list.end(), [&](const auto& item) { return item.severity == severity; });
  };
  long errors = count(Severity::error, loaded.issues), warnings = count(Severity::warning, loaded.issues);
  std::optional<ProofReport> proofs;
  if (loaded.engine) {
    proofs = prove(*loaded.engine);
    errors += count(Severity::error, proofs->findings);
    warnings += count(Severity::warning, proofs->findings);
  }
  const bool clean = errors == 0 && !(proofs && !proofs->doubts.empty());
  if (json) {
    nlohmann::ordered_json out;
    out["waymark"] = 1;
    out["issues"] = nlohmann::ordered_json::parse(issues_json(loaded.issues));
    out["proofs"] = proofs ? nlohmann::ordered_json::parse(proof_json(*loaded.engine, *proofs)) : nlohmann::ordered_json(nullptr);
    out["errors"] = errors;
    out["warnings"] = warnings;
    std::cout << out.dump(2) << '\n';
    return clean ? ok : failed;
  }
  for (const auto& issue : loaded.issues) std::cout << to_line(*files, issue) << '\n';
  if (proofs) {
    const Guideline& g = loaded.engine->guideline();
    print(*files, g, *proofs);
    std::cout << g.id << ' ' << g.version << " (" << g.status << "): " << counted(errors, "error") << ", " << counted(warnings, "warning") << "; " << counted(static_cast<long>(g.facts.size()), "fact")
              << ", " << counted(static_cast<long>(g.options.size()), "option") << ", " << counted(static_cast<long>(g.rules.size()), "rule") << '\n';
  } else {
    std::cout << files->path << ": " << counted(errors, "error") << ", " << counted(warnings, "warning") << "; nothing can be proved before the errors are mended\n";
  }
  return clean ? ok : failed;
}

}  // namespace waymark::cli
