// From the resources of one patient to statements about facts, each with its place in the record; nothing is decided here.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "record/fhir.h"
#include "record/terms.h"

namespace waymark::record {

struct Statement {
  RecordStatement said;
  Days when;
  int part = -1;              // of a fact that several tests tell together
  bool accumulates = false;   // drugs given, sites: nothing later takes it back
  bool about_person = false;  // of the Patient resource, which has no date
};

struct Statements {
  std::vector<Statement> all;
  std::set<int> stopped;       // facts of which a code contradicts itself: nothing is proposed
  std::set<std::string> drugs, sites;
  std::optional<RecordNotice> refusal;
  std::string sex, birth_date;
  bool several_tumours = false;
};

Statements read_statements(const Guideline& guideline, const Pool& pool, std::string_view today, Notices& notices);

}  // namespace waymark::record
