// In: a name that is not known, and the names that are. Out: the one that was probably meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace waymark::text {

// Least number of letters to change, add, remove or swap (optimal string alignment; Damerau 1964).
int edit_distance(std::string_view a, std::string_view b);

// The nearest of `names`, or "" if none is near enough to be a slip of the same word.
std::string nearest(std::string_view name, const std::vector<std::string>& names);

// "did you mean 'x'?" or, where nothing is near, "use one of a, b or c", "the only one is 'a'"; "" when there are no names.
std::string suggestion(std::string_view name, const std::vector<std::string>& names);

// "a", "a or b", "a, b or c"; at most `most` of them, then "…".
std::string list(const std::vector<std::string>& names, std::size_t most = 12);

}  // namespace waymark::text
