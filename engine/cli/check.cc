#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "files.h"

namespace waymark::cli {

int check(const std::string& guideline, bool json) {
  const auto files = find_guideline(guideline);
  if (!files) return usage;
  const Loaded loaded = load(files->files);
  const auto errors = std::count_if(loaded.issues.begin(), loaded.issues.end(), [](const Issue& i) { return i.severity == Severity::error; });
  const auto warnings = static_cast<long>(loaded.issues.size()) - errors;
  if (json) {
    nlohmann::ordered_json out;
    out["waymark"] = 1;
    out["issues"] = nlohmann::ordered_json::parse(issues_json(loaded.issues));
    out["errors"] = errors;
    out["warnings"] = warnings;
    std::cout << out.dump(2) << '\n';
    return errors > 0 ? failed : ok;
  }
  for (const auto& issue : loaded.issues) std::cout << to_line(*files, issue) << '\n';
  const auto counted = [](long count, const char* noun) { return std::to_string(count) + " " + noun + (count == 1 ? "" : "s"); };
  if (loaded.engine) {
    const Guideline& g = loaded.engine->guideline();
    std::cout << g.id << ' ' << g.version << " (" << g.status << "): " << counted(errors, "error") << ", " << counted(warnings, "warning") << "; "
              << counted(static_cast<long>(g.facts.size()), "fact") << ", " << counted(static_cast<long>(g.options.size()), "option") << ", "
              << counted(static_cast<long>(g.rules.size()), "rule") << ". Proofs (complete, free of conflicts, all reachable): not yet.\n";
  } else {
    std::cout << files->path << ": " << counted(errors, "error") << ", " << counted(warnings, "warning") << '\n';
  }
  return errors > 0 ? failed : ok;
}

}  // namespace waymark::cli
