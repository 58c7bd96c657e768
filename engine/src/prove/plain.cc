#include "prove/plain.h"

#include <algorithm>

namespace waymark::proving {

bool Plain::holds(const Condition& condition, const Profile& profile) const {
  using Kind = Condition::Kind;
  const auto part_holds = [&](const Condition& part) { return holds(part, profile); };
  switch (condition.kind) {
    case Kind::always: return true;
    case Kind::fact: return condition.values >> profile[condition.subject] & 1;
    case Kind::derived: return condition.values >> derived(condition.subject, profile) & 1;
    case Kind::all: return std::all_of(condition.parts.begin(), condition.parts.end(), part_holds);
    case Kind::any: return std::any_of(condition.parts.begin(), condition.parts.end(), part_holds);
    case Kind::negation: return !part_holds(condition.parts.front());
  }
  return false;
}

int Plain::derived(int index, const Profile& profile) const {
  for (const auto& item : guideline_.derived[index].cases)
    if (holds(item.when, profile)) return item.value;
  return guideline_.derived[index].otherwise;
}

bool Plain::allowed(const Profile& profile) const {
  return std::none_of(guideline_.constraints.begin(), guideline_.constraints.end(), [&](const Constraint& constraint) {
    return holds(constraint.condition, profile) && !(constraint.consequence && holds(*constraint.consequence, profile));
  });
}

bool Plain::stopped(const Profile& profile) const {
  return std::any_of(guideline_.stops.begin(), guideline_.stops.end(), [&](const Stop& stop) { return holds(stop.when, profile); });
}

// Listed as an option unless another option that counts is better than a caution.
Outcome Plain::otherwise(int option, const std::vector<Outcome>& from_rules) const {
  const int decision_index = guideline_.options[option].decision;
  const Decision& decision = guideline_.decisions[decision_index];
  for (std::size_t o = 0; o < guideline_.options.size(); ++o) {
    const int other = static_cast<int>(o);
    if (guideline_.options[o].decision != decision_index || other == option) continue;
    if (std::find(decision.besides.begin(), decision.besides.end(), other) != decision.besides.end()) continue;
    if (from_rules[o] == static_cast<Outcome>(Strength::preferred) || from_rules[o] == static_cast<Outcome>(Strength::option)) return not_listed;
  }
  return static_cast<Outcome>(Strength::option);
}

std::vector<Outcome> Plain::outcomes(const Profile& profile) const {
  const std::size_t options = guideline_.options.size();
  std::vector<Outcome> listed(options, not_listed), lowered(options, not_listed);
  if (stopped(profile)) return listed;
  for (const Rule& rule : guideline_.rules) {
    if (!holds(rule.when, profile)) continue;
    for (const auto& listing : rule.listings) {
      Outcome& target = (rule.lowers ? lowered : listed)[listing.option];
      target = std::max(target, static_cast<Outcome>(listing.strength));
    }
  }
  for (std::size_t o = 0; o < options; ++o)
    if (listed[o] != not_listed) listed[o] = std::max(listed[o], lowered[o]);
  for (const Decision& decision : guideline_.decisions)
    if (decision.otherwise >= 0) listed[decision.otherwise] = otherwise(decision.otherwise, listed);
  return listed;
}

}  // namespace waymark::proving
