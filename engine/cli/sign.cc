// `waymark sign` and `waymark verify`: approvals.yaml of a guideline's folder.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "approvals.h"
#include "commands.h"
#include "ed25519.h"
#include "files.h"
#include "text/utf8.h"

namespace waymark::cli {
namespace {

constexpr const char* approvals_name = "approvals.yaml";
constexpr const char* how_to_make_keys = "make one with `openssl genpkey -algorithm ed25519 -out KEY.pem`, and its public half with `openssl pkey -in KEY.pem -pubout -out PUBLIC.pem`";

std::string line_at(const GuidelineFiles& files, const Guideline& guideline, Severity severity, const Place& place, const std::string& message, const std::string& remedy) {
  return to_line(files, {severity, "", guideline.files[place.file], place.line, place.column, message, remedy});
}

// JSON's strings are YAML's, too.
std::string quoted(const std::string& text) { return nlohmann::json(text).dump(); }

std::string written(const std::vector<SignedApproval>& approvals) {
  std::string text = "# Who approved this guideline as it is. `waymark sign` writes it; to take an approval back, remove its entry.\napprovals:\n";
  for (const auto& approval : approvals) {
    text += "  - name: " + quoted(approval.name) + "\n    role: " + quoted(approval.role) + "\n";
    if (!approval.organisation.empty()) text += "    organisation: " + quoted(approval.organisation) + "\n";
    text += "    date: " + quoted(approval.date) + "\n    review_by: " + quoted(approval.review_by) + "\n    key: " + approval.key + "\n    signature: " + approval.signature + "\n";
  }
  return text;
}

GuidelineFiles with_approvals(GuidelineFiles files, const std::vector<SignedApproval>& approvals) {
  const auto named = std::find_if(files.files.begin(), files.files.end(), [](const SourceText& file) { return file.name == approvals_name; });
  if (named == files.files.end()) files.files.push_back({approvals_name, written(approvals)});
  else named->text = written(approvals);
  return files;
}

bool may_be_signed(const GuidelineFiles& files, const Guideline& guideline) {
  if (guideline.status == "draft") {
    std::cerr << "waymark: " << files.path << " calls itself a draft; write `status: approved` in its 'guideline' section, since the signature covers that too, and sign again\n";
    return false;
  }
  bool good = true;
  for (const auto& approval : guideline.signed_approvals)
    if (!is_as_signed(approval)) {
      std::cerr << line_at(files, guideline, Severity::error, approval.place, "this is not what was signed in the name of " + who_and_when(approval), "remove the entry if the change was meant, or undo the change; then sign again") << '\n';
      good = false;
    }
  return good;
}

std::string told(Standing standing, const SignedApproval& approval) {
  switch (standing) {
    case Standing::altered: return "altered: this is not what was signed in the name of " + who_and_when(approval);
    case Standing::draft: return "draft: signed in the name of " + who_and_when(approval) + ", but the guideline calls itself a draft";
    case Standing::unknown_key: return "unknown key: signed in the name of " + who_and_when(approval) + ", with a key that is not among those you trust";
    case Standing::expired: return "expired: the approval by " + who_and_when(approval) + " ended on " + approval.review_by;
    case Standing::approved: break;
  }
  return "approved by " + who_and_when(approval) + ", until " + approval.review_by;
}

std::string remedy(Standing standing) {
  switch (standing) {
    case Standing::altered: return "get the files that were signed, or have these approved and signed";
    case Standing::draft: return "write `status: approved` in the guideline, and sign again";
    case Standing::unknown_key: return "if you know whose key it is, name its PEM file with --trust";
    case Standing::expired: return "have it reviewed, remove this entry, and sign again";
    case Standing::approved: break;
  }
  return {};
}

}  // namespace

int sign(const SignOptions& options) {
  const auto files = find_guideline(options.guideline);
  if (!files) return usage;
  if (!files->folder) {
    std::cerr << "waymark: '" << files->path << "' is a file, and only a folder can carry approvals; put it into a folder of its own, as guideline.yaml\n";
    return usage;
  }
  const auto pem = read_file(options.key);
  const Key key = pem ? private_key_from_pem(*pem) : nullptr;
  if (!key) {
    std::cerr << "waymark: '" << options.key << "' " << (pem ? "holds no private Ed25519 key in PEM" : "cannot be read") << "; " << how_to_make_keys << '\n';
    return usage;
  }
  for (const auto* field : {&options.name, &options.role, &options.organisation})
    if (text::first_unacceptable(*field) != std::string::npos) {
      std::cerr << "waymark: names and roles must be UTF-8 without control characters\n";
      return usage;
    }
  const auto engine = load_or_explain(*files);
  if (!engine || !may_be_signed(*files, engine->guideline())) return failed;

  // The engine reads the new approval as it will read it from the file, and says what is to be signed.
  std::vector<SignedApproval> approvals = engine->guideline().signed_approvals;
  const std::string none_yet = std::string(86, 'A') + "==";
  approvals.push_back({options.name, options.role, options.organisation, options.date.empty() ? this_day() : options.date, options.review_by, public_base64(key), none_yet, {}, {}});
  const Loaded unsigned_yet = load(with_approvals(*files, approvals).files);
  if (!unsigned_yet.engine) {
    for (const auto& issue : unsigned_yet.issues)
      if (issue.severity == Severity::error) std::cerr << "waymark: " << issue.message << "; " << issue.remedy << '\n';
    return usage;
  }
  const auto signature = signature_of(unsigned_yet.engine->guideline().signed_approvals.back().message, key);
  approvals.back().signature = signature.value_or("");
  const std::string path = (std::filesystem::path(files->path) / approvals_name).string();
  if (!signature || !write_file(path, written(approvals))) {
    std::cerr << "waymark: " << (signature ? "'" + path + "' cannot be written; check the folder and your rights" : "OpenSSL could not sign") << '\n';
    return failed;
  }
  const Guideline& guideline = engine->guideline();
  std::cout << path << ": " << guideline.id << ' ' << guideline.version << ", sha256 " << guideline.sha256 << ", is approved by " << who_and_when(approvals.back()) << ", until " << options.review_by
            << ".\nWhoever is to trust this needs the public key, for \"approvers\" of a page's settings or `waymark verify --trust`:\n" << approvals.back().key << '\n';
  return ok;
}

int verify(const std::string& guideline_name, const std::vector<std::string>& trusted_files, const std::string& today, bool json) {
  const auto files = find_guideline(guideline_name);
  if (!files) return usage;
  std::vector<std::string> trusted;
  for (const auto& path : trusted_files) {
    const auto pem = read_file(path);
    const Key key = pem ? public_key_from_pem(*pem) : nullptr;
    if (!key) {
      std::cerr << "waymark: '" << path << "' " << (pem ? "holds no public Ed25519 key in PEM" : "cannot be read") << "; " << how_to_make_keys << '\n';
      return usage;
    }
    trusted.push_back(public_base64(key));
  }
  const auto engine = load_or_explain(*files);
  if (!engine) return failed;
  const Guideline& guideline = engine->guideline();
  const std::string day = today.empty() ? this_day() : today;

  bool good = !guideline.signed_approvals.empty();
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const auto& approval : guideline.signed_approvals) {
    const Standing standing = standing_of(approval, guideline, trusted, day);
    good = good && standing == Standing::approved;
    list.push_back({{"state", name_of(standing)}, {"name", approval.name}, {"role", approval.role}, {"organisation", approval.organisation},
                    {"date", approval.date}, {"review_by", approval.review_by}, {"key", approval.key}});
    if (json) continue;
    if (standing == Standing::approved) std::cout << told(standing, approval) << '\n';
    else std::cout << line_at(*files, guideline, Severity::error, approval.place, told(standing, approval), remedy(standing)) << '\n';
  }
  if (json) {
    nlohmann::ordered_json out = {{"waymark", 1}};
    out["guideline"] = {{"id", guideline.id}, {"version", guideline.version}, {"status", guideline.status}, {"sha256", guideline.sha256}};
    out["approved"] = good;
    out["approvals"] = std::move(list);
    std::cout << out.dump(2) << '\n';
  } else {
    if (list.empty()) std::cout << files->path << ": nobody has signed this guideline; `waymark sign` does\n";
    std::cout << guideline.id << ' ' << guideline.version << " (" << guideline.status << "), sha256 " << guideline.sha256 << ": " << (good ? "approved" : "not approved") << '\n';
  }
  return good ? ok : failed;
}

}  // namespace waymark::cli
