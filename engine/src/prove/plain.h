// The meaning of a guideline for one complete profile, read straight from the rules as written. Slow and obvious on purpose:
// it shares nothing with the diagrams, so that what they prove can be checked against it.
#pragma once

#include <vector>

#include "waymark/guideline.h"

namespace waymark::proving {

// The value of every fact.
using Profile = std::vector<int>;

class Plain {
 public:
  explicit Plain(const Guideline& guideline) : guideline_(guideline) {}

  bool holds(const Condition& condition, const Profile& profile) const;
  bool allowed(const Profile& profile) const;
  bool stopped(const Profile& profile) const;
  // Of every option.
  std::vector<Outcome> outcomes(const Profile& profile) const;

 private:
  int derived(int index, const Profile& profile) const;
  Outcome otherwise(int option, const std::vector<Outcome>& from_rules) const;
  const Guideline& guideline_;
};

}  // namespace waymark::proving
