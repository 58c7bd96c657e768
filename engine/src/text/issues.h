// Collects issues while a guideline is read: all of them in one pass, up to as many as anybody will read.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "waymark/issue.h"

namespace waymark::text {

class Issues {
 public:
  static constexpr std::size_t most = 1000;

  explicit Issues(const std::vector<std::string>& files) : files_(files) {}

  void error(Place place, std::string_view code, std::string message, std::string_view remedy = {}) {
    add(Severity::error, place, code, std::move(message), remedy);
  }
  void warning(Place place, std::string_view code, std::string message, std::string_view remedy = {}) {
    add(Severity::warning, place, code, std::move(message), remedy);
  }
  // Whether more would be left out.
  bool full() const { return entries_.size() >= most; }
  bool any() const { return !entries_.empty(); }
  // From here on issues of these kinds are not taken: their cause is already told.
  void silence(std::initializer_list<const char*> codes) { silenced_.assign(codes.begin(), codes.end()); }
  // Sorted by file, line and column.
  std::vector<Issue> take();

 private:
  void add(Severity severity, Place place, std::string_view code, std::string message, std::string_view remedy);

  struct Entry {
    Place place;
    Issue issue;
  };
  const std::vector<std::string>& files_;
  std::vector<Entry> entries_;
  std::vector<std::string> silenced_;
  bool left_out_ = false;
};

}  // namespace waymark::text
