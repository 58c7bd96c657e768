// Collects issues while a guideline is read: all of them in one pass, up to a bound where reading ends.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "waymark/issue.h"

namespace waymark::text {

// Thrown where there are as many issues as anybody will read: looking on would cost a hostile file's author nothing and us
// much time.
struct TooManyIssues {};

class Issues {
 public:
  static constexpr std::size_t most = 1000;

  explicit Issues(const std::vector<std::string>& files) : files_(files) {}

  void error(Place place, std::string code, std::string message, std::string remedy = {}) {
    add(Severity::error, place, std::move(code), std::move(message), std::move(remedy));
  }
  void warning(Place place, std::string code, std::string message, std::string remedy = {}) {
    add(Severity::warning, place, std::move(code), std::move(message), std::move(remedy));
  }
  bool any() const { return !entries_.empty(); }
  // From here on issues of these kinds are not taken: their cause is already told.
  void silence(std::initializer_list<const char*> codes) { silenced_.assign(codes.begin(), codes.end()); }
  // Sorted by file, line and column.
  std::vector<Issue> take();

 private:
  void add(Severity severity, Place place, std::string code, std::string message, std::string remedy);

  struct Entry {
    Place place;
    Issue issue;
  };
  const std::vector<std::string>& files_;
  std::vector<Entry> entries_;
  std::vector<std::string> silenced_;
  bool full_ = false;
};

}  // namespace waymark::text
