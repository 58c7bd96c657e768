#include "waymark/issue.h"

#include <algorithm>

namespace waymark {

std::string to_line(const Issue& issue) {
  std::string line = issue.file;
  if (issue.line > 0) line += ":" + std::to_string(issue.line) + ":" + std::to_string(issue.column);
  line += issue.severity == Severity::error ? ": error: " : ": warning: ";
  line += issue.message;
  if (!issue.remedy.empty()) line += "; " + issue.remedy;
  return line;
}

bool has_errors(const std::vector<Issue>& issues) {
  return std::any_of(issues.begin(), issues.end(), [](const Issue& i) { return i.severity == Severity::error; });
}

}  // namespace waymark
