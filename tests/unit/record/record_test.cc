// What a hospital's record says, as proposals: the synthetic records, and every rule of safe import with small changes to them.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "differential/files.h"
#include "waymark/record.h"

namespace fs = std::filesystem;
using waymark::testing::files_of;
using Json = nlohmann::json;

namespace {

const std::string folder = WAYMARK_SOURCE_DIR "/tests/records/";

const waymark::Engine& mbc() {
  static const waymark::Engine engine = [] {
    // Without rules: it loads in a moment, and what a record says does not depend on them.
    auto files = files_of(WAYMARK_GUIDELINES_DIR "/mbc");
    const std::vector<std::string> needed = {"codes.yaml", "constraints.yaml", "facts.yaml", "guideline.yaml", "sources.yaml"};
    files.erase(std::remove_if(files.begin(), files.end(), [&](const auto& file) { return std::find(needed.begin(), needed.end(), file.name) == needed.end(); }), files.end());
    auto loaded = waymark::load(files);
    INFO(waymark::testing::lines_of(loaded.issues));
    REQUIRE(loaded.engine);
    return std::move(*loaded.engine);
  }();
  return engine;
}

std::string text_of(const std::string& path) {
  std::ifstream in(path);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}
Json bundle(const std::string& name) { return Json::parse(text_of(folder + name + ".json")); }

Json import_text(const std::string& text) {
  const auto read = waymark::import_record(mbc(), text, "2026-11-24");
  if (!read.record) return {{"error", read.error.message}};
  return Json::parse(waymark::record_json(mbc(), *read.record));
}
Json import(const Json& record) { return import_text(record.dump()); }

Json& entry(Json& record, const std::string& id) {
  for (auto& item : record["entry"])
    if (item["resource"]["id"] == id) return item["resource"];
  FAIL("no entry " << id);
  return record;
}
void add(Json& record, const Json& resource) { record["entry"].push_back({{"resource", resource}}); }
bool warned(const Json& out, const std::string& id) {
  return std::any_of(out["warnings"].begin(), out["warnings"].end(), [&](const Json& warning) { return warning["id"] == id; });
}
std::vector<std::string> names_of(const Json& list) {
  std::vector<std::string> names;
  for (const auto& item : list) names.push_back(item["fact"]);
  return names;
}
bool has(const Json& out, const std::string& fact) { return out["facts"].contains(fact); }
Json values(const Json& out, const std::string& fact) { return has(out, fact) ? out["facts"][fact] : Json(nullptr); }
Json observation(const std::string& id, const std::string& like, const Json& record) {
  for (const auto& item : record["entry"])
    if (item["resource"]["id"] == like) {
      Json copy = item["resource"];
      copy["id"] = id;
      return copy;
    }
  FAIL("nothing like " << like);
  return {};
}

std::vector<std::string> record_names() {
  std::vector<std::string> names;
  for (const auto& file : fs::directory_iterator(folder))
    if (file.path().extension() == ".json") names.push_back(file.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

TEST_CASE("records: each synthetic record says what is written beside it") {
  REQUIRE(record_names().size() >= 15);
  for (const auto& name : record_names()) {
    const Json out = import(bundle(name)), expected = Json::parse(text_of(folder + name + ".expect"));
    INFO(name << ": " << out.dump(1));
    CHECK((out["refused"].is_null() ? Json(nullptr) : out["refused"]["id"]) == expected.value("refused", Json(nullptr)));
    if (expected.contains("refused")) {
      CHECK(out["facts"].empty());
      CHECK(!out["refused"]["text"].get<std::string>().empty());
      continue;
    }
    for (const auto& [fact, wanted] : expected["facts"].items()) {
      INFO(fact);
      CHECK(values(out, fact) == wanted);
    }
    CHECK(names_of(out["conflicts"]) == expected["conflicts"].get<std::vector<std::string>>());
    CHECK(names_of(out["changed_over_time"]) == expected["changed"].get<std::vector<std::string>>());
    for (const char* list : {"prior_drugs", "metastasis_sites"})
      if (expected.contains(list)) CHECK(out[list] == expected[list]);
    for (const auto& id : expected.value("warnings", Json::array())) CHECK(warned(out, id));
  }
}

TEST_CASE("records: the result never depends on the order of entries") {
  std::mt19937 chance(20261124);
  for (const auto& name : record_names()) {
    Json record = bundle(name);
    const std::string first = import(record).dump();
    for (int i = 0; i < 20; ++i) {
      std::shuffle(record["entry"].begin(), record["entry"].end(), chance);
      INFO(name);
      CHECK(import(record).dump() == first);
    }
  }
}

TEST_CASE("rule 1: a bundle of any type, a list, contained and referenced resources; no messages") {
  const Json record = bundle("hormone-positive");
  const Json whole = import(record);
  Json list = Json::array();
  for (const auto& item : record["entry"]) list.push_back(item["resource"]);
  CHECK(import(list) == whole);
  Json typed = record;
  for (const char* type : {"searchset", "transaction", "document", "batch"}) {
    typed["type"] = type;
    CHECK(import(typed) == whole);
  }
  typed["type"] = "message";
  CHECK(import(typed)["refused"]["id"] == "not_a_patient_record");
  CHECK(import(record["entry"][1]["resource"])["refused"]["id"] == "no_patient");

  Json contained = record;
  Json& given = entry(contained, "a1");
  given["contained"] = {{{"resourceType", "Medication"}, {"id", "drug"}, {"code", given["medicationCodeableConcept"]}}};
  given.erase("medicationCodeableConcept");
  given["medicationReference"] = {{"reference", "#drug"}};
  CHECK(import(contained)["facts"] == whole["facts"]);

  Json urn = record;
  urn["entry"][0]["fullUrl"] = "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0";
  for (auto& item : urn["entry"])
    if (item["resource"].contains("subject")) item["resource"]["subject"]["reference"] = "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0";
  CHECK(import(urn)["facts"] == whole["facts"]);
}

TEST_CASE("rule 2: one patient; what is about somebody else is dropped and told") {
  Json record = bundle("hormone-positive");
  entry(record, "ecog")["subject"]["reference"] = "Patient/somebody-else";
  Json out = import(record);
  CHECK(!has(out, "ecog"));
  CHECK(warned(out, "other_subject"));
  entry(record, "ecog").erase("subject");
  out = import(record);
  CHECK(!has(out, "ecog"));
  CHECK(warned(out, "no_subject"));
  entry(record, "er")["subject"]["reference"] = "https://elsewhere.example/fhir/Patient/synthetic-1";
  CHECK(warned(import(record), "other_subject"));
  for (const auto& name : record_names()) {
    Json two = bundle(name);
    if (name == "no-patient") continue;
    add(two, {{"resourceType", "Patient"}, {"id", "second"}});
    CHECK(import(two)["refused"]["id"] == "several_patients");
  }
}

TEST_CASE("rule 3: the gate comes before the facts") {
  const Json record = bundle("hormone-positive");
  for (const char* status : {"refuted", "entered-in-error", "provisional", "unconfirmed", "differential"}) {
    Json changed = record;
    entry(changed, "breast")["verificationStatus"]["coding"][0]["code"] = status;
    CHECK(import(changed)["refused"]["id"] == "no_breast_cancer");
  }
  Json changed = record;
  entry(changed, "breast").erase("verificationStatus");
  CHECK(warned(import(changed), "no_verification"));
  changed = record;
  entry(changed, "breast")["clinicalStatus"]["coding"][0]["code"] = "resolved";
  CHECK(import(changed)["refused"]["id"] == "no_breast_cancer");

  Json other = observation("lung", "breast", record);
  other["code"] = {{"coding", {{{"system", "http://hl7.org/fhir/sid/icd-10-cm"}, {"code", "C34.9"}, {"display", "Malignant neoplasm of bronchus or lung"}}}}};
  changed = record;
  add(changed, other);
  CHECK(import(changed)["refused"]["id"] == "another_cancer");
  other["clinicalStatus"]["coding"][0]["code"] = "resolved";
  changed = record;
  add(changed, other);
  CHECK(warned(import(changed), "earlier_cancer"));
  entry(changed, "er")["focus"] = {{{"reference", "Condition/lung"}}};
  CHECK(warned(import(changed), "other_focus"));
  Json named = observation("melanoma", "breast", record);
  named["code"] = {{"text", "Malignant melanoma of skin"}};
  changed = record;
  add(changed, named);
  CHECK(import(changed)["refused"]["id"] == "another_cancer");
  named["code"] = {{"text", "Family history of malignant melanoma"}};
  changed = record;
  add(changed, named);
  CHECK(import(changed)["refused"].is_null());

  Json unknown = record;
  for (const char* id : {"m", "bone"})
    for (auto it = unknown["entry"].begin(); it != unknown["entry"].end(); ++it)
      if ((*it)["resource"]["id"] == id) {
        unknown["entry"].erase(it);
        break;
      }
  const Json out = import(unknown);
  CHECK(out["refused"].is_null());
  CHECK(!has(out, "distant_metastasis"));
  CHECK(warned(out, "spread_not_known"));
}

TEST_CASE("rule 4: only final, amended and corrected results count, and only drugs that were given") {
  const Json record = bundle("hormone-positive");
  const Json whole = import(record);
  for (const char* status : {"registered", "preliminary", "cancelled", "entered-in-error", "unknown", "Final", "", "draft"})
    for (const char* id : {"pr", "ecog", "menopause", "lvef", "pik3ca"}) {
      Json changed = record;
      entry(changed, id)["status"] = status;
      const Json out = import(changed);
      INFO(id << " " << status);
      CHECK(out["facts"].size() < whole["facts"].size());
    }
  for (const char* status : {"amended", "corrected"}) {
    Json changed = record;
    for (auto& item : changed["entry"])
      if (item["resource"]["resourceType"] == "Observation") item["resource"]["status"] = status;
    CHECK(import(changed)["facts"] == whole["facts"]);
  }
  Json changed = record;
  entry(changed, "pr").erase("status");
  CHECK(warned(import(changed), "no_status"));
  for (const char* status : {"not-done", "entered-in-error", "unknown", "on-hold", "draft", "cancelled", ""}) {
    changed = record;
    entry(changed, "a1")["status"] = status;
    INFO(status);
    CHECK(!has(import(changed), "prior_cdk46"));
  }
}

TEST_CASE("rule 4: orders, plans and proposals are not treatment given") {
  const Json record = bundle("hormone-positive");
  for (const char* intent : {"order", "proposal", "plan", "option"})
    for (const char* status : {"active", "draft", "cancelled", "entered-in-error", "on-hold", "stopped", "unknown", "completed"}) {
      Json changed = record;
      Json& order = entry(changed, "a1");
      order["resourceType"] = "MedicationRequest";
      order["status"] = status;
      order["intent"] = intent;
      const bool done = std::string(intent) == "order" && std::string(status) == "completed";
      INFO(intent << " " << status);
      CHECK(has(import(changed), "prior_cdk46") == done);
      CHECK(warned(import(changed), "order_completed") == done);
    }
  for (const char* status : {"not-taken", "intended", "unknown", "entered-in-error"}) {
    Json changed = record;
    Json& statement = entry(changed, "a1");
    statement["resourceType"] = "MedicationStatement";
    statement["status"] = status;
    CHECK(!has(import(changed), "prior_cdk46"));
  }
}

TEST_CASE("rule 5: newest wins where dates tell, both are shown, and M1 and inherited mutations are never taken back") {
  const Json changed = import(bundle("changed-over-time"));
  CHECK(changed["changed_over_time"][1]["older"]["date"] == "2018-03-01");
  CHECK(changed["changed_over_time"][1]["newer"]["date"] == "2026-01-10");
  Json record = bundle("changed-over-time");
  entry(record, "er-2018")["effectiveDateTime"] = "2025-12-20";  // three weeks before: one look
  CHECK(names_of(import(record)["conflicts"]) == std::vector<std::string>{"er"});
  entry(record, "er-2018").erase("effectiveDateTime");
  CHECK(values(import(record), "er") == Json({"negative"}));
  CHECK(warned(import(record), "undated_disagrees"));
  entry(record, "er-2018")["meta"] = {{"lastUpdated", "2026-11-01T00:00:00Z"}};  // is no date of the result
  CHECK(values(import(record), "er") == Json({"negative"}));
  entry(record, "er-2026").erase("effectiveDateTime");
  CHECK(names_of(import(record)["conflicts"]) == std::vector<std::string>{"er"});

  Json germline = bundle("triple-negative");
  Json later = observation("later", "brca1", germline);
  later["effectiveDateTime"] = "2026-08-01";
  later["valueCodeableConcept"]["coding"][0] = {{"system", "http://loinc.org"}, {"code", "LA9634-2"}, {"display", "Absent"}};
  add(germline, later);
  later["id"] = "later-2";
  later["component"][0]["valueCodeableConcept"]["coding"][0] = {{"system", "http://www.genenames.org"}, {"code", "HGNC:1101"}, {"display", "BRCA2"}};
  add(germline, later);
  CHECK(names_of(import(germline)["conflicts"]) == std::vector<std::string>{"gbrca"});

  Json stale = bundle("hormone-positive");
  entry(stale, "ecog")["effectiveDateTime"] = "2025-06-01";
  CHECK(warned(import(stale), "stale"));
  CHECK(!warned(import(bundle("triple-negative")), "stale"));
}

TEST_CASE("rule 6: a conflict is a state of the fact: no value, every candidate with its place") {
  const Json out = import(bundle("conflict"));
  CHECK(!has(out, "her2"));
  REQUIRE(out["conflicts"][0]["candidates"].size() == 2);
  for (const auto& candidate : out["conflicts"][0]["candidates"])
    for (const char* key : {"values", "resource", "code", "date", "status"}) CHECK(candidate.contains(key));
}

TEST_CASE("rule 7: what is absent, not done or unknown says nothing; drugs and results do not prove each other") {
  const Json record = bundle("hormone-positive");
  for (const char* code : {"261665006", "1220561009", "416237000"}) {
    Json changed = record;
    entry(changed, "pr")["valueCodeableConcept"]["coding"][0] = {{"system", "http://snomed.info/sct"}, {"code", code}};
    CHECK(!has(import(changed), "pr"));
  }
  Json changed = record;
  entry(changed, "m").erase("valueCodeableConcept");
  entry(changed, "m")["dataAbsentReason"] = {{"coding", {{{"system", "http://terminology.hl7.org/CodeSystem/data-absent-reason"}, {"code", "not-applicable"}}}}};
  entry(changed, "bone")["verificationStatus"]["coding"][0]["code"] = "refuted";
  CHECK(!has(import(changed), "distant_metastasis"));
  changed = record;
  entry(changed, "brca2")["status"] = "cancelled";
  CHECK(!has(import(changed), "gbrca"));
  CHECK(warned(import(changed), "not_all_tested"));
  changed = record;
  entry(changed, "a1")["medicationCodeableConcept"]["coding"][0] = {{"system", "http://www.nlm.nih.gov/research/umls/rxnorm"}, {"code", "2169285"}, {"display", "alpelisib"}};
  entry(changed, "pik3ca")["status"] = "cancelled";
  CHECK(!has(import(changed), "pik3ca"));
  CHECK(values(import(changed), "prior_pi3k_akt") == Json({"yes"}));
  for (const char* fact : {"prior_lines", "prior_parp", "prior_tdxd", "visceral_crisis", "prior_immunotherapy"}) CHECK(!has(import(record), fact));
}

TEST_CASE("rule 8: nothing is read into a result that it does not say") {
  CHECK(values(import(bundle("her2-negative-only")), "her2") == Json({"low", "ultralow", "zero"}));
  Json record = bundle("triple-negative");
  CHECK(!has(import(record), "pdl1_cps"));
  CHECK(!has(import(record), "gpalb2"));
  Json karnofsky = observation("kps", "cps", record);
  karnofsky["code"]["coding"][0] = {{"system", "http://loinc.org"}, {"code", "89243-0"}, {"display", "Karnofsky Performance Status score"}};
  karnofsky.erase("valueCodeableConcept");
  karnofsky["valueInteger"] = 90;
  add(record, karnofsky);
  CHECK(!has(import(record), "ecog"));
  Json variant = bundle("triple-negative");
  entry(variant, "brca1")["component"].erase(1);  // no source class
  CHECK(!has(import(variant), "gbrca"));
  CHECK(warned(import(variant), "origin_not_germline"));
  variant = bundle("triple-negative");
  entry(variant, "brca1")["component"][2]["valueCodeableConcept"]["coding"][0] = {{"system", "http://loinc.org"}, {"code", "LA26333-7"}, {"display", "Uncertain significance"}};
  CHECK(!has(import(variant), "gbrca"));
  variant = bundle("triple-negative");
  entry(variant, "brca1")["component"][1]["valueCodeableConcept"]["coding"][0] = {{"system", "http://loinc.org"}, {"code", "LA18194-3"}, {"display", "Likely germline"}};
  CHECK(!has(import(variant), "gbrca"));
}

TEST_CASE("rule 9: a code whose display says another thing stops the fact; other systems and plain text set nothing") {
  const Json record = bundle("hormone-positive");
  const auto with = [&](const std::string& id, const char* path, const Json& value) {
    Json changed = record;
    entry(changed, id)[Json::json_pointer(path)] = value;
    return import(changed);
  };
  struct Swap {
    const char *id, *fact, *display;
  };
  for (const auto& [id, fact, display] : {Swap{"ihc", "her2", "Ki-67"}, {"ihc", "her2", "PD-L1"}, {"ish", "her2", "LI-RADS category"}, {"er", "er", "Progesterone receptor"}, {"m", "distant_metastasis", "Ki-67"}}) {
    const Json out = with(id, "/code/coding/0/display", display);
    INFO(display);
    CHECK(!has(out, fact));
    CHECK(warned(out, "display_mismatch"));
  }
  Json out = with("pr", "/valueCodeableConcept/coding/0/display", "Negative (qualifier value)");
  CHECK(!has(out, "pr"));
  CHECK(warned(out, "value_unclear"));
  out = with("m", "/valueCodeableConcept/coding/0/display", "American Joint Committee on Cancer cM0 (qualifier value)");
  CHECK(!has(out, "distant_metastasis"));
  out = with("bone", "/code/coding/0/display", "Secondary malignant neoplasm of liver");
  CHECK(!has(out, "bone_metastases"));
  out = with("a1", "/medicationCodeableConcept/coding/0/display", "palbociclib");
  CHECK(!has(out, "prior_cdk46"));
  out = with("pik3ca", "/component/0/valueCodeableConcept/coding/0/display", "ESR1");
  CHECK(!has(out, "pik3ca"));
  out = with("pr", "/code/coding/0/system", "http://snomed.info/sct");
  CHECK(!has(out, "pr"));
  CHECK(warned(out, "wrong_system"));
  out = with("pr", "/code/coding/0/system", "LOINC");
  CHECK(warned(out, "probable_code"));
  out = with("pr", "/valueString", "positive");
  CHECK(!has(out, "pr"));  // two values
  Json text = record;
  entry(text, "pr").erase("valueCodeableConcept");
  entry(text, "pr")["valueString"] = "positive";
  CHECK(!has(import(text), "pr"));
  CHECK(warned(import(text), "text_only"));
  text = record;
  entry(text, "pr")["interpretation"] = {{{"coding", {{{"system", "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"}, {"code", "NEG"}}}}}};
  CHECK(!has(import(text), "pr"));

  // T-DM1 is not trastuzumab, and nab-paclitaxel is not paclitaxel.
  Json drug = bundle("her2-positive");
  entry(drug, "a2")["medicationCodeableConcept"]["coding"][0]["display"] = "ado-trastuzumab emtansine";
  CHECK(warned(import(drug), "display_mismatch"));
}

TEST_CASE("rule 9: a display that agrees may be in another language or a product's name") {
  Json record = bundle("hormone-positive");
  entry(record, "er")["code"]["coding"][0]["display"] = "Östrogenrezeptor";
  entry(record, "pr")["code"]["coding"][0]["display"] = "Progesteronrezeptor";
  entry(record, "pr")["valueCodeableConcept"]["coding"][0]["display"] = "Positiv";
  entry(record, "a1")["medicationCodeableConcept"]["coding"][0] = {{"system", "http://www.nlm.nih.gov/research/umls/rxnorm"}, {"code", "1946840"}, {"display", "Verzenio"}};
  const Json out = import(record);
  CHECK(values(out, "er") == Json({"positive"}));
  CHECK(values(out, "pr") == Json({"positive"}));
  CHECK(out["prior_drugs"] == Json({"abemaciclib", "letrozole"}));
}

TEST_CASE("rule 10: every proposal says where it comes from") {
  for (const auto& name : record_names()) {
    const Json out = import(bundle(name));
    for (const auto& [fact, proposed] : out["facts"].items()) {
      INFO(name << " " << fact);
      CHECK(std::any_of(out["provenance"].begin(), out["provenance"].end(), [&, wanted = fact](const Json& row) { return row["fact"] == wanted && !row["resource"].get<std::string>().empty() && !row["code"].get<std::string>().empty(); }));
    }
  }
}

TEST_CASE("rule 11: proposals are no answers, and a narrower one than the record's is never made") {
  // The reply has the facts of the engine, so that a person's choice of them can be answered; nothing is answered here.
  const Json out = import(bundle("hormone-positive"));
  CHECK(!out.contains("decisions"));
  const auto facts = waymark::read_facts(mbc(), out["facts"].dump());
  REQUIRE(facts.answers);
  CHECK(!mbc().answer(*facts.answers).contradiction);
}

TEST_CASE("rule 12: names, numbers and addresses of the patient never come out, and size is bounded") {
  Json record = bundle("hormone-positive");
  Json& patient = entry(record, "synthetic-1");
  patient["identifier"] = {{{"value", "SECRET-MRN"}}};
  patient["address"] = {{{"city", "SECRETCITY"}}};
  patient["telecom"] = {{{"value", "SECRETPHONE"}}};
  patient["text"] = {{"div", "<div>SECRETNARRATIVE</div>"}};
  const std::string out = import(record).dump();
  for (const char* secret : {"SECRET", "Synthetic", "<div"}) CHECK(out.find(secret) == std::string::npos);
  CHECK(import_text(std::string((20 << 20) + 1, ' '))["error"].get<std::string>().find("20 MB") != std::string::npos);
}

TEST_CASE("rule 13: a record is data: script in it stays text") {
  Json record = bundle("hormone-positive");
  entry(record, "pr")["code"]["coding"][0]["display"] = "</script><script>alert(1)</script>";
  CHECK(warned(import(record), "display_mismatch"));
}

namespace {

// What is left of a record may say less, never another thing.
void check_less_exact(const Json& out, const Json& whole) {
  for (const auto& [fact, proposed] : out["facts"].items()) {
    if (!has(whole, fact)) continue;
    const Json all = whole["facts"][fact];
    const bool within = std::all_of(all.begin(), all.end(), [&, left = proposed](const Json& value) { return std::find(left.begin(), left.end(), value) != left.end(); });
    INFO(fact);
    CHECK(within);
  }
}

}  // namespace

TEST_CASE("rule 14: every status flipped, dates dropped, values swapped: never a value that the record does not say") {
  for (const auto& name : {"hormone-positive", "her2-positive", "triple-negative"}) {
    const Json record = bundle(name), whole = import(record);
    for (std::size_t i = 0; i < record["entry"].size(); ++i) {
      for (const char* key : {"status", "subject", "code", "valueCodeableConcept", "component", "medicationCodeableConcept"}) {
        Json changed = record;
        changed["entry"][i]["resource"].erase(key);
        INFO(name << " entry " << i << " without " << key);
        check_less_exact(import(changed), whole);
      }
      Json changed = record;
      for (const char* key : {"effectiveDateTime", "effectivePeriod", "onsetDateTime"}) changed["entry"][i]["resource"].erase(key);
      INFO(name << " entry " << i << " without dates");
      check_less_exact(import(changed), whole);
    }
    for (const char* at : {"er", "pr"}) {
      Json changed = record;
      Json& value = entry(changed, at);
      if (!value.contains("valueCodeableConcept")) continue;
      const bool positive = value["valueCodeableConcept"]["coding"][0]["code"] == "10828004";
      value["valueCodeableConcept"]["coding"][0]["code"] = positive ? "260385009" : "10828004";  // the display stays
      CHECK(!has(import(changed), at));
    }
  }
}

TEST_CASE("numbers: percent, grades, ranges and signs fall on the right values or on none") {
  const Json record = bundle("hormone-positive");
  const auto er = [&](const Json& quantity) {
    Json changed = record;
    entry(changed, "er")["status"] = "cancelled";
    entry(changed, "er-percent")["valueQuantity"] = quantity;
    return values(import(changed), "er");
  };
  const auto percent = [](double value) { return Json{{"value", value}, {"unit", "%"}, {"code", "%"}}; };
  CHECK(er(percent(0)) == Json({"negative"}));
  CHECK(er(percent(1)) == Json({"low_positive"}));
  CHECK(er(percent(9)) == Json({"low_positive"}));
  CHECK(er(percent(10)) == Json({"positive"}));
  CHECK(er(percent(100)) == Json({"positive"}));
  CHECK(er(percent(0.95)).is_null());
  CHECK(er(percent(101)).is_null());
  CHECK(er(percent(-1)).is_null());
  CHECK(er({{"value", 95}}).is_null());
  CHECK(er({{"value", "95"}, {"unit", "%"}}).is_null());
  CHECK(er({{"value", 1}, {"unit", "%"}, {"comparator", "<"}}) == Json({"negative"}));
  CHECK(er({{"value", 10}, {"unit", "%"}, {"comparator", "<"}}) == Json({"low_positive", "negative"}));
  CHECK(er({{"value", 90}, {"unit", "%"}, {"comparator", ">"}}) == Json({"positive"}));
  for (const int grade : {-1, 5, 40}) {
    Json changed = record;
    entry(changed, "ecog")["valueInteger"] = grade;
    CHECK(!has(import(changed), "ecog"));
  }
}

TEST_CASE("hostile records: a clear error or a sober answer, never a crash") {
  const Json record = bundle("hormone-positive");
  const auto error = [](const std::string& text) { return import_text(text).value("error", std::string()); };
  for (const std::string& text : {std::string(), std::string("   "), std::string("{"), std::string("nonsense"), std::string("3"), std::string("\"x\""), std::string("null"), std::string("[]"), std::string("{}"),
                                  std::string("{\"resourceType\":3}"), std::string("{\"resourceType\":\"Bundle\",\"entry\":3}"), std::string("{\"a\":1e999}"), std::string("{\"a\":1,\"a\":2}"), std::string("{\"__proto__\":{}}"),
                                  std::string("{\"constructor\":{\"prototype\":{}}}"), std::string("{\"a\":\"\\u202e\"}"), std::string("{\"a\":\"\\u0000\"}"), std::string("\xff\xfe"), std::string("{\"a\":\"\xe2\x80\xae\"}"),
                                  std::string(100'000, '['), std::string(100'000, '{'), std::string("{\"a\":\"\\ud800\"}")}) {
    INFO(text.substr(0, 60));
    CHECK(!error(text).empty());
  }
  std::string keys = "{\"resourceType\":\"Bundle\"";
  for (int i = 0; i < 2000; ++i) keys += ",\"k" + std::to_string(i) + "\":1";
  CHECK(!error(keys + "}").empty());
  std::string many = "{\"resourceType\":\"Bundle\",\"entry\":[";
  for (int i = 0; i < 1'000'100; ++i) many += "0,";
  CHECK(error(many + "0]}").find("values") != std::string::npos);

  // A wrong type in every place, one at a time.
  const Json flat = record.flatten();
  const Json wrongs = {nullptr, true, -1, 1e300, "text", Json::array(), Json::object(), {{"coding", 3}}, Json::array({Json::array({1})})};
  for (const auto& [path, value] : flat.items())
    for (const auto& wrong : wrongs) {
      Json changed = record;
      changed[Json::json_pointer(path)] = wrong;
      const Json out = import(changed);
      CHECK((out.contains("error") || out.contains("facts")));
    }
  for (const auto& [path, value] : flat.items()) {
    const std::size_t slash = path.rfind('/');
    if (slash == 0) continue;
    Json changed = record;
    changed[Json::json_pointer(path.substr(0, slash))] = "text";
    CHECK((import(changed).contains("error") || import(changed).contains("facts")));
  }
}

TEST_CASE("two versions of one resource: the latest, or none where nobody can tell") {
  Json record = bundle("hormone-positive");
  Json other = observation("pr", "pr", record);
  other["status"] = "entered-in-error";
  add(record, other);
  CHECK(!has(import(record), "pr"));
  CHECK(warned(import(record), "two_versions"));
  entry(record, "pr")["meta"] = {{"lastUpdated", "2026-02-01T00:00:00Z"}};
  CHECK(values(import(record), "pr") == Json({"positive"}));
}
