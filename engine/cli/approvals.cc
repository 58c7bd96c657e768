#include "approvals.h"

#include <algorithm>

#include "ed25519.h"

namespace waymark::cli {

const char* name_of(Standing standing) {
  constexpr const char* names[] = {"altered", "draft", "unknown_key", "expired", "approved"};
  return names[static_cast<int>(standing)];
}

bool is_as_signed(const SignedApproval& approval) { return fits(approval.signature, approval.message, approval.key); }

Standing standing_of(const SignedApproval& approval, const Guideline& guideline, const std::vector<std::string>& trusted, const std::string& today) {
  if (!is_as_signed(approval)) return Standing::altered;
  if (guideline.status == "draft") return Standing::draft;
  if (std::find(trusted.begin(), trusted.end(), approval.key) == trusted.end()) return Standing::unknown_key;
  return approval.review_by < today ? Standing::expired : Standing::approved;
}

std::string who_and_when(const SignedApproval& approval) {
  return approval.name + ", " + approval.role + (approval.organisation.empty() ? "" : ", " + approval.organisation) + ", on " + approval.date;
}

}  // namespace waymark::cli
