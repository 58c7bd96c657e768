#include "text/nearest.h"

#include <algorithm>

namespace waymark::text {

int edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = static_cast<int>(i);
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

std::string nearest(std::string_view name, const std::vector<std::string>& names) {
  constexpr std::size_t longest = 64;  // a longer name is no slip, and comparing it costs
  if (name.size() > longest) return {};
  std::string best;
  int best_distance = std::max(2, static_cast<int>(name.size()) / 3) + 1;
  for (const auto& candidate : names) {
    if (candidate.size() > longest) continue;
    const int distance = edit_distance(name, candidate);
    if (distance < best_distance && distance < static_cast<int>(std::max(name.size(), candidate.size()))) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

std::string list(const std::vector<std::string>& names, std::size_t most) {
  std::string text;
  const std::size_t shown = std::min(names.size(), most);
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
    text += names[i];
  }
  return names.size() > most ? text + ", …" : text;
}

std::string suggestion(std::string_view name, const std::vector<std::string>& names) {
  if (const std::string near = nearest(name, names); !near.empty()) return "did you mean '" + near + "'?";
  if (names.size() == 1) return "the only one is '" + names.front() + "'";
  return names.empty() ? "" : "use one of " + list(names, 24);
}

}  // namespace waymark::text
