#include "record/fhir.h"

#include <algorithm>
#include <chrono>

#include "text/order.h"
#include "text/utf8.h"

namespace waymark::record {
namespace {

constexpr std::size_t most_notices = 300;

bool same(const Json& a, const Json& b) {
  if (a.kind != b.kind || a.truth != b.truth || a.number != b.number || a.text != b.text || a.items.size() != b.items.size() || a.fields.size() != b.fields.size()) return false;
  for (std::size_t i = 0; i < a.items.size(); ++i)
    if (!same(a.items[i], b.items[i])) return false;
  for (const auto& [key, value] : a.fields)
    if (!b.has(key) ? value.kind != Json::Kind::null : !same(value, b[key])) return false;
  return true;
}

int digits(std::string_view text, std::size_t from, std::size_t count) {
  int number = 0;
  for (std::size_t i = from; i < from + count; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return -1;
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

int day(int year, unsigned month, unsigned day_of_month) {
  return std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day_of_month)).time_since_epoch().count();
}

}  // namespace

Days read_date(std::string_view text) {
  const int year = digits(text, 0, 4);
  if (year < 1850 || year > 2200) return {};
  if (text.size() == 4) return {true, day(year, 1, 1), day(year, 12, 31)};
  const int month = digits(text, 5, 2);
  if (text[4] != '-' || month < 1 || month > 12) return {};
  const auto last = std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month)) / std::chrono::last;
  const unsigned month_end = static_cast<unsigned>(std::chrono::year_month_day_last(last).day());
  if (text.size() == 7) return {true, day(year, static_cast<unsigned>(month), 1), day(year, static_cast<unsigned>(month), month_end)};
  const int of_month = digits(text, 8, 2);
  if (text[7] != '-' || of_month < 1 || of_month > static_cast<int>(month_end) || (text.size() > 10 && text[10] != 'T')) return {};
  const int number = day(year, static_cast<unsigned>(month), static_cast<unsigned>(of_month));
  return {true, number, number};
}

std::string shown(std::string_view text) { return text::shortened(text, 120); }

std::vector<RecordNotice> Notices::take() {
  const auto before = [](const RecordNotice& a, const RecordNotice& b) { return a.id != b.id ? a.id < b.id : a.text < b.text; };
  text::put_in_order(all_, before);
  all_.erase(std::unique(all_.begin(), all_.end(), [](const auto& a, const auto& b) { return a.id == b.id && a.text == b.text; }), all_.end());
  if (all_.size() > most_notices) {
    const std::size_t left = all_.size() - most_notices;
    all_.resize(most_notices);
    all_.push_back({"more", "There are " + std::to_string(left) + " more remarks, which are not shown."});
  }
  return std::move(all_);
}

void Pool::add(const Json& json, std::string url, const Json* parent, int depth) {
  if (!json.is_object() || depth > 4) return;
  const std::string& type = json.string("resourceType");
  if (type == "Bundle") {
    for (const auto& entry : json.list("entry")) {
      if (entry["request"].string("method") == "DELETE") continue;
      add(entry["resource"], entry.string("fullUrl"), nullptr, depth + 1);
    }
    return;
  }
  if (type.empty()) return;
  if (type == "MedicationOrder") dstu2_ = true;
  Resource resource{&json, parent, type, json.string("id"), std::move(url), {}};
  const std::string inside = parent ? parent->string("resourceType") + "/" + parent->string("id") + "#" : std::string();
  resource.label = shown(!resource.id.empty() ? (parent ? inside + resource.id : type + "/" + resource.id) : !resource.url.empty() ? resource.url : type);
  resources_.push_back(std::move(resource));
  if (!parent)
    for (const auto& contained : json.list("contained")) add(contained, {}, &json, depth + 1);
}

// Where one resource comes in several versions only the latest counts, and none where that cannot be told.
void Pool::keep_latest(Notices& notices) {
  std::map<std::string, std::vector<std::size_t>> versions;
  for (std::size_t i = 0; i < resources_.size(); ++i) {
    const Resource& resource = resources_[i];
    if (!resource.parent && !resource.id.empty()) versions[resource.type + "/" + resource.id].push_back(i);
  }
  std::vector<char> drop(resources_.size());
  for (const auto& [label, list] : versions) {
    if (list.size() < 2) continue;
    std::vector<std::size_t> latest;
    std::string date;
    for (const std::size_t i : list) {
      const std::string& updated = (*resources_[i].json)["meta"].string("lastUpdated");
      if (updated > date) {
        date = updated;
        latest.clear();
      }
      if (updated == date) latest.push_back(i);
    }
    const bool agree = std::all_of(latest.begin(), latest.end(), [&](std::size_t i) { return same(*resources_[i].json, *resources_[latest[0]].json); });
    const bool told = agree && (latest.size() == list.size() || !date.empty());
    for (const std::size_t i : list) drop[i] = !told || i != latest[0];
    if (!told) notices.add("two_versions", shown(label) + " comes in several versions, and the record does not say which is the latest. It was not used.");
  }
  std::vector<Resource> kept;
  for (std::size_t i = 0; i < resources_.size(); ++i)
    if (!drop[i]) kept.push_back(std::move(resources_[i]));
  resources_ = std::move(kept);
}

bool Pool::read(const Json& root, Notices& notices) {
  if (root.is_list()) {
    for (const auto& item : root.items) add(item, {}, nullptr, 0);
    if (resources_.empty()) problem = "the record is a list without FHIR resources; give a FHIR R4 Bundle";
  } else if (root.is_object()) {
    const std::string& type = root.string("resourceType");
    if (type.empty()) problem = "the record is no FHIR resource: it has no `resourceType`; give a FHIR R4 Bundle as JSON";
    else if (type == "Bundle" && root.has("entry") && !root["entry"].is_list()) problem = "the entries of the Bundle are not a list; give a FHIR R4 Bundle as JSON";
    if (type == "Bundle" && root.string("type") == "message") {
      refusal = {"not_a_patient_record", "This is a message between computer systems, not a patient's record. Export the record itself."};
      return false;
    }
    if (problem.empty()) add(root, {}, nullptr, 0);
  } else {
    problem = "the record is no FHIR resource; give a FHIR R4 Bundle as JSON";
  }
  if (!problem.empty()) return false;
  const auto is_patient = [](const Resource& resource) { return resource.type == "Patient" && !resource.parent; };
  const auto patients = std::count_if(resources_.begin(), resources_.end(), is_patient);
  if (patients == 0) refusal = {"no_patient", "The record has no patient, so nobody can tell whose results these are."};
  if (patients > 1) refusal = {"several_patients", "The record has " + std::to_string(patients) + " patients. Give the record of one."};
  if (patients != 1) return false;
  keep_latest(notices);
  for (std::size_t i = 0; i < resources_.size(); ++i) {
    const Resource& resource = resources_[i];
    if (is_patient(resource)) patient_ = i;
    if (resource.parent) continue;
    if (!resource.id.empty()) by_key_.emplace(resource.type + "/" + resource.id, static_cast<int>(i));
    if (!resource.url.empty()) by_url_.emplace(resource.url, static_cast<int>(i));
  }
  if (dstu2_) notices.add("old_version", "The record looks like an older version of FHIR than R4; check each proposal.");
  return true;
}

const Resource* Pool::resolve(const Json& reference, const Resource& from) const { return resolve(reference.string("reference"), from); }

const Resource* Pool::resolve(const std::string& written, const Resource& from) const {
  if (written.empty()) return nullptr;
  if (written[0] == '#') {
    const Json* holder = from.parent ? from.parent : from.json;
    for (const auto& resource : resources_)
      if (resource.parent == holder && resource.id == written.substr(1)) return &resource;
    return nullptr;
  }
  const std::string reference = written.substr(0, written.find("/_history/"));
  if (const auto it = by_url_.find(reference); it != by_url_.end()) return &resources_[it->second];
  const std::size_t slash = reference.rfind('/');
  if (slash == std::string::npos) {
    // A bare id, as some systems write it: of a patient or a drug.
    for (const char* type : {"Patient/", "Medication/"})
      if (const auto it = by_key_.find(type + reference); it != by_key_.end()) return &resources_[it->second];
    return nullptr;
  }
  const std::size_t before = reference.rfind('/', slash - 1);
  const bool absolute = reference.find(':') != std::string::npos;
  const auto it = by_key_.find(before == std::string::npos || slash == 0 ? reference : reference.substr(before + 1));
  if (it == by_key_.end()) return nullptr;
  const Resource& found = resources_[it->second];
  // The same number on another server is another person.
  return absolute && !found.url.empty() ? nullptr : &found;
}

bool Pool::about_patient(const Resource& resource, Notices& notices) const {
  // FHIR's own rule: who does not know such an extension may not use what it stands on, since it can turn the meaning round.
  if (!resource.json->list("modifierExtension").empty()) {
    notices.add("modified", resource.label + " has an extension that changes its meaning. It was not used.");
    return false;
  }
  const Json& subject = resource.json->has("subject") ? (*resource.json)["subject"] : (*resource.json)["patient"];
  if (resolve(subject, resource) == &patient()) return true;
  if (subject.string("reference").empty()) notices.add("no_subject", resource.label + " does not say whom it is about. It was not used.");
  else notices.add("other_subject", resource.label + " is not about this patient (" + shown(subject.string("reference")) + "). It was not used.");
  return false;
}

}  // namespace waymark::record
