// How the facts of a guideline are written in a hospital's record: code numbers, and what they say of a fact. All of it is
// read from the guideline's section `codes` (guidelines/README.md); the program knows the structure of records only.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace waymark {

// A code of a code system; of a `family` every code that begins with it belongs ("C50*").
struct Code {
  int system = -1;  // index into Codes::systems
  std::string code;
  bool family = false;
};

struct CodeSystem {
  std::string id;                     // "LOINC"
  std::vector<std::string> addresses;  // as records write it; the first is the proper one
  std::vector<std::string> probable;   // improper ways to write it, which are read with a warning
};

// Codes with one meaning, and the words that a display of them may use (lower case). A display that uses none of these words,
// or the longer word of another meaning, contradicts its code.
struct CodedWord {
  std::string id;
  std::vector<Code> codes;
  std::vector<std::string> named;
};

struct FactStatement {
  int fact = -1;
  std::uint64_t values = 0;
};

// From a number (a percentage, a grade) to values: of the steps in their order the first whose bound is above the number.
struct NumberSteps {
  double least = 0, most = 0;  // numbers outside are slips
  bool whole = false;
  std::vector<std::string> units;  // accepted ones; empty: the unit is not looked at
  struct Step {
    double under = std::numeric_limits<double>::infinity();
    std::uint64_t values = 0;  // 0: says nothing
  };
  std::vector<Step> steps;
};

// One way in which a record tells a fact.
struct CodedTest {
  enum class From { observation, condition, gender, birth_sex } from = From::observation;
  std::vector<Code> codes;
  std::vector<std::string> named, not_named;  // words that a display must use one of, and may not use
  struct Answer {
    int word;  // index into Codes::answers
    std::uint64_t values;
  };
  std::vector<Answer> answers;
  NumberSteps number;         // none where it has no steps
  std::uint64_t means = 0;    // of a condition: that it is there says this
  bool inferred = false;      // not said in so many words
  int part = -1;              // index into CodedFact::parts
};

// A gene whose variants say something of the fact.
struct CodedGene {
  CodedWord gene;
  int part = -1;
};

struct CodedFact {
  int fact = -1;
  std::vector<std::string> named;
  std::vector<CodedTest> tests;  // where one result carries several known codes the first test decides
  std::vector<Code> never;       // results with one of these codes are about something else
  std::vector<Code> look_at;     // results that a person must read
  std::uint64_t sticky = 0;      // values that a later result never takes back
  int stale_after_months = 0;    // 0: never
  std::vector<std::string> parts;     // tests that only together say `together`
  std::uint64_t together = 0;
  std::vector<CodedGene> genes;
  enum class Origin { any, somatic, germline } origin = Origin::any;
  bool pathogenic = false;       // a variant counts only where it is said to be (likely) pathogenic
  std::uint64_t found = 0, not_found = 0;
};

struct CodedSite {
  CodedWord word;
  std::vector<Code> body;  // body sites: for codes that leave the place open
  std::vector<FactStatement> means;  // none: not distant
};

struct CodedDrug {
  CodedWord word;
};

// What it says of facts that a drug was given; `palliative` and `adjuvant` hold where the record states the intent.
struct CodedTreatment {
  std::string id;
  std::vector<int> drugs;
  std::vector<FactStatement> given, palliative, adjuvant;
};

struct Codes {
  std::vector<CodeSystem> systems;
  std::vector<CodedWord> answers;
  // The disease that the guideline is for; what is not it; and other cancers.
  CodedWord disease, in_situ, other_cancer, unspecified_cancer, unspecified_metastasis;
  std::vector<Code> disease_site;
  std::vector<std::string> not_a_diagnosis;  // words of a display that tell of history, risk or screening
  std::vector<std::string> denied_before, denied_after;  // words that deny or doubt what is named after them, or anywhere in the text
  std::vector<CodedFact> facts;
  std::vector<CodedSite> sites;
  std::vector<Code> site_tests;  // results whose value is a site of metastasis
  // How a genetic result is built: the result itself, and its components.
  std::vector<Code> variant, gene_studied, origin_of_variant, significance;
  std::vector<CodedDrug> drugs;
  std::vector<CodedTreatment> treatments;
  int distant_fact = -1;             // the fact that opens the guideline, and the value that closes it
  std::uint64_t distant_closed = 0;

  bool any() const { return !systems.empty(); }
};

}  // namespace waymark
