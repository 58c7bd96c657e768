// The structure of FHIR: resources in a bundle, references between them, subjects, dates. No code number, nothing clinical.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "waymark/record.h"
#include "wire/json_tree.h"

namespace waymark::record {

using wire::Json;

struct Resource {
  const Json* json = nullptr;
  const Json* parent = nullptr;  // of a contained one
  std::string type, id, url;     // url: the entry's fullUrl
  std::string label;             // as a person is told of it: "Observation/er-1"
};

// Days since 1970-01-01, first and last that the text may mean.
struct Days {
  bool known = false;
  int first = 0, last = 0;
};
// "2026", "2026-01", "2026-01-05", "2026-01-05T10:00:00Z"; anything else is not known.
Days read_date(std::string_view text);

class Notices {
 public:
  void add(std::string id, std::string text) { all_.push_back({std::move(id), std::move(text)}); }
  // Sorted, each once, bounded: the order of entries leaves no trace.
  std::vector<RecordNotice> take();

 private:
  std::vector<RecordNotice> all_;
};

// What a person may be shown of a text that the record holds.
std::string shown(std::string_view text);

class Pool {
 public:
  // False with a refusal or an error where this is no record of one patient.
  bool read(const Json& root, Notices& notices);
  std::string problem;         // not a record at all
  RecordNotice refusal;

  const Resource& patient() const { return resources_[patient_]; }
  const std::vector<Resource>& resources() const { return resources_; }
  // Where a reference leads; null where it leads out of the record.
  const Resource* resolve(const Json& reference, const Resource& from) const;
  const Resource* resolve(const std::string& reference, const Resource& from) const;
  // Whether the resource is about the one patient.
  bool about_patient(const Resource& resource, Notices& notices) const;

 private:
  void add(const Json& json, std::string url, const Json* parent, int depth);
  void keep_latest(Notices& notices);

  std::vector<Resource> resources_;
  std::map<std::string, int, std::less<>> by_key_, by_url_;
  std::size_t patient_ = 0;
  bool dstu2_ = false;
};

}  // namespace waymark::record
