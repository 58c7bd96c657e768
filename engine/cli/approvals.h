// How the approvals of a guideline stand: the same states as the page shows (web/src/state/approvals.ts).
#pragma once

#include <string>
#include <vector>

#include "waymark/engine.h"

namespace waymark::cli {

enum class Standing { altered, draft, unknown_key, expired, approved };
const char* name_of(Standing standing);

// `trusted` are public keys in base64; `today` as 2026-11-24.
Standing standing_of(const SignedApproval& approval, const Guideline& guideline, const std::vector<std::string>& trusted, const std::string& today);

// Whether the guideline and the approval are what was signed.
bool is_as_signed(const SignedApproval& approval);

// "Ana Pérez, oncologist, Example Hospital, on 2026-11-28"
std::string who_and_when(const SignedApproval& approval);

}  // namespace waymark::cli
