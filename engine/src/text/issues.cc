#include "text/issues.h"

#include <algorithm>
#include <tuple>

#include "text/order.h"

namespace waymark::text {

void Issues::add(Severity severity, Place place, std::string_view code, std::string message, std::string_view remedy) {
  if (std::find(silenced_.begin(), silenced_.end(), code) != silenced_.end()) return;
  if (full()) {
    left_out_ = true;
    return;
  }
  const std::string file = place.file >= 0 ? files_[place.file] : "guideline";
  entries_.push_back({place, {severity, std::string(code), file, place.line, place.column, std::move(message), std::string(remedy)}});
}

std::vector<Issue> Issues::take() {
  put_in_order(entries_, [](const Entry& a, const Entry& b) {
    return std::tie(a.place.file, a.place.line, a.place.column) < std::tie(b.place.file, b.place.line, b.place.column);
  });
  std::vector<Issue> issues;
  for (auto& entry : entries_) issues.push_back(std::move(entry.issue));
  if (left_out_)
    issues.push_back({Severity::error, "too-many-issues", "guideline", 0, 0,
                      "there are more than " + std::to_string(most) + " problems, and the others are not told", "mend these and check again"});
  return issues;
}

}  // namespace waymark::text
