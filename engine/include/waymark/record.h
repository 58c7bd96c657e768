// A hospital's record in, proposals out. The record is FHIR R4 or mCODE as JSON; which code means what is said by the
// guideline (`codes`, guidelines/README.md). Nothing here becomes an answer by itself: a person confirms each proposal.
//
// What is proposed is only what the record says: results that are final, of the one patient, about this cancer, with codes
// whose display agrees with them. Where the record contradicts itself nothing is proposed and the candidates are shown.
// The result never depends on the order of the record's entries.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "waymark/engine.h"

namespace waymark {

// One statement of the record about one fact, with where it comes from. Texts are as the record has them, shortened.
struct RecordStatement {
  int fact = -1;
  ValueSet values = 0;
  std::string resource;  // "Observation/er-1"; the full URL where there is no id
  std::string code;      // "http://loinc.org|85337-4"
  std::string display;   // of that code
  std::string value;     // "positive", "95 %"
  std::string date;      // as written: "2026-01-05", "2026"; "" where none is given
  std::string status;    // of the resource: final, amended, active …
  std::string specimen;  // reference, "" where none is given
  bool inferred = false;  // a conclusion (spread from a bone metastasis): to be confirmed with care
};

struct RecordConflict {
  int fact;
  std::vector<RecordStatement> candidates;  // disagree, and the record does not say which holds
};

struct RecordChange {
  int fact;
  RecordStatement older, newer;  // the newer one is proposed
};

// Something to tell a person, with a stable id ("preliminary", "display_mismatch", "text_only" …).
struct RecordNotice {
  std::string id, text;
};

struct Record {
  std::optional<RecordNotice> refused;  // why nothing is proposed: m0, not_stage_4, another_cancer, no_patient …
  Answers facts;                        // one entry a fact of the guideline; 0 where nothing is proposed
  std::vector<RecordStatement> provenance;  // what the proposals rest on, by fact, newest first
  std::vector<RecordConflict> conflicts;
  std::vector<RecordChange> changed_over_time;
  std::vector<RecordNotice> warnings;
  std::string sex, birth_date;  // of the patient; "" where not known. Names and numbers are never taken over.
  std::vector<std::string> prior_drugs;       // ids of `codes.drugs` that were given
  std::vector<std::string> metastasis_sites;  // ids of `codes.sites`
};

struct RecordRead {
  std::optional<Record> record;
  FactsError error;  // when the text is no record
};

// `json`: a Bundle of any type but `message`, a list of resources, or one resource; at most 20 MB. `today` as 2026-11-24
// lets old and future results be told; "" where no day is known.
RecordRead import_record(const Engine& engine, std::string_view json, std::string_view today);

// The shape of `waymark import`.
std::string record_json(const Engine& engine, const Record& record);

// ---- out again ----

// questionnaire_response: the answers; bundle: a transaction with them, a RequestGroup and a CarePlan, all drafts of
// proposals and never an order; cds_cards: the cards of CDS Hooks 2.0; text: the plan to paste into a letter.
enum class ExportFormat { questionnaire_response, bundle, cds_cards, text };

// "questionnaire-response", "bundle", "cds-cards" and "text", in that order; nothing for another name.
std::optional<ExportFormat> export_format(std::string_view name);

struct ExportWording {
  std::string locale;   // "" is the guideline's own language
  std::string subject;  // reference of the patient in the receiving system, "Patient/1"; "" where it is not known
  std::string today;    // 2026-11-24; "" leaves dates out
};

// What is known and what follows from it, in the words for clinicians. Options to avoid are told in the text, and are in none of
// the resources. JSON, but for `text`; valid FHIR R4.
std::string export_plan(const Engine& engine, const Answer& answer, ExportFormat format, const ExportWording& wording);

}  // namespace waymark
