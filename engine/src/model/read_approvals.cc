// approvals.yaml: who approved the guideline, and the bytes that each of them signed.
#include <algorithm>
#include <cctype>

#include "model/reader.h"
#include "text/utf8.h"

namespace waymark::model {
namespace {

constexpr std::size_t most_approvals = 20;
constexpr std::size_t longest_field = 200;

// SubjectPublicKeyInfo of an Ed25519 key (RFC 8410): these twelve bytes, then the key's 32.
constexpr std::string_view key_start = "MCowBQYDK2VwAyEA";
constexpr std::size_t key_length = 60, signature_length = 88;

bool is_base64(std::string_view word, std::size_t length, std::string_view padding) {
  if (word.size() != length || !word.ends_with(padding)) return false;
  word.remove_suffix(padding.size());
  return std::all_of(word.begin(), word.end(), [](unsigned char c) { return std::isalnum(c) || c == '+' || c == '/'; });
}

// Each field has its line in what is signed, so no field may hold the end of one.
std::string one_line(Reader& reader, const yaml::Node& node, const std::string& what) {
  std::string word = reader.word(node, what);
  if (word.size() <= longest_field && word.find_first_of("\t\n\r") == std::string::npos && text::first_unacceptable(word) == std::string::npos) return word;
  reader.issues.error(node.place, "not-one-line", what + " is not one line of at most " + std::to_string(longest_field) + " bytes", "write it shorter, without line breaks or control characters");
  return {};
}

// The format is told in guidelines/README.md; whoever changes it changes the number in its first line.
std::string message_of(const Guideline& guideline, const SignedApproval& approval) {
  return "waymark guideline approval 1\nsha256=" + guideline.sha256 + "\nname=" + approval.name + "\nrole=" + approval.role +
         "\norganisation=" + approval.organisation + "\ndate=" + approval.date + "\nreview_by=" + approval.review_by + "\nkey=" + approval.key + "\n";
}

void read_approval(Reader& reader, const yaml::Node& node) {
  const std::string what = "an approval";
  if (!reader.is_map(node, what)) return;
  reader.known_keys(node, what, {"name", "role", "organisation", "date", "review_by", "key", "signature"});
  SignedApproval approval;
  approval.place = node.place;
  if (const yaml::Node* name = reader.required(node, "name", what)) approval.name = one_line(reader, *name, "the name of an approval");
  if (const yaml::Node* role = reader.required(node, "role", what)) approval.role = one_line(reader, *role, "the role of an approval");
  if (const yaml::Node* organisation = node.find("organisation")) approval.organisation = one_line(reader, *organisation, "the organisation of an approval");
  if (const yaml::Node* date = reader.required(node, "date", what)) approval.date = reader.date(*date, "the date of an approval");
  if (const yaml::Node* date = reader.required(node, "review_by", what)) {
    approval.review_by = reader.date(*date, "'review_by' of an approval");
    if (!approval.review_by.empty() && approval.review_by < approval.date)
      reader.issues.error(date->place, "ends-before-it-begins", "an approval of " + approval.date + " cannot end on " + approval.review_by, "`review_by` is the last day on which it holds");
  }
  if (const yaml::Node* key = reader.required(node, "key", what)) {
    approval.key = reader.word(*key, "the key of an approval");
    if (!approval.key.empty() && !(is_base64(approval.key, key_length, "=") && approval.key.starts_with(key_start)))
      reader.issues.error(key->place, "not-a-key", "this is not an Ed25519 public key", "it is the line between BEGIN and END that `openssl pkey -in KEY.pem -pubout` prints");
  }
  if (const yaml::Node* signature = reader.required(node, "signature", what)) {
    approval.signature = reader.word(*signature, "the signature of an approval");
    if (!approval.signature.empty() && !is_base64(approval.signature, signature_length, "=="))
      reader.issues.error(signature->place, "not-a-signature", "this is not an Ed25519 signature in base64", "write what `waymark sign` wrote, or remove the approval and sign again");
  }
  if (reader.guideline.status == "draft")
    reader.issues.warning(node.place, "approved-draft", "the guideline calls itself a draft, so this approval counts for nothing", "write `status: approved` in the guideline, and sign again");
  approval.message = message_of(reader.guideline, approval);
  reader.guideline.signed_approvals.push_back(std::move(approval));
}

}  // namespace

void read_approvals(Reader& reader, const Sections& sections) {
  const auto it = sections.find("approvals");
  if (it == sections.end()) return;
  for (const yaml::Node* body : it->second.bodies) {
    if (!reader.is_list(*body, "'approvals'")) continue;
    if (body->items.size() > most_approvals)
      reader.issues.error(body->items[most_approvals].place, "too-many", "there are more than " + std::to_string(most_approvals) + " approvals", "remove those that no longer count");
    else
      for (const yaml::Node& item : body->items) read_approval(reader, item);
  }
}

}  // namespace waymark::model
