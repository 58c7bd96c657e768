// How records write the facts: code systems, what coded answers say, tests, sites, drugs. Everything under `codes`.
#include <algorithm>
#include <cctype>

#include "model/section.h"
#include "text/decimal.h"
#include "text/nearest.h"

namespace waymark::model {
namespace {

constexpr std::size_t most_codes = 20'000;

bool system_name(const std::string& name) {
  return !name.empty() && std::isupper(static_cast<unsigned char>(name[0])) &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) || c == '-'; });
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

class CodesReader {
 public:
  CodesReader(Reader& reader) : reader_(reader), codes_(reader.guideline.codes) {}

  void read(const Sections& sections) {
    const auto it = sections.find("codes");
    if (it == sections.end()) return;
    constexpr std::string_view parts[] = {"systems", "answers", "disease", "sites", "site_results", "unspecified_site", "genetic_results", "facts", "drugs", "treatments"};
    for (const yaml::Entry* entry : it->second.entries)
      if (std::find(std::begin(parts), std::end(parts), entry->key) == std::end(parts))
        reader_.issues.error(entry->place, "unknown-key", "'codes' has no key '" + entry->key + "'", "use systems, answers, disease, sites, site_results, unspecified_site, genetic_results, facts, drugs or treatments");
    const auto part = [&](const char* name, auto use) {
      for (const yaml::Entry* entry : it->second.entries)
        if (entry->key == name && reader_.is_map(entry->value, "'" + entry->key + "' of the codes")) use(entry->value);
    };
    // In the order in which they use each other, whatever the order in the file.
    part("systems", [&](const yaml::Node& node) { systems(node); });
    if (codes_.systems.empty()) {
      if (!it->second.entries.empty()) reader_.issues.error(it->second.entries.front()->place, "missing-key", "the codes name no `systems`", "add `systems: {LOINC: {addresses: [\"http://loinc.org\"]}}`");
      return;
    }
    part("answers", [&](const yaml::Node& node) {
      for (const auto& entry : node.entries) {
        if (!reader_.good_id(entry, "coded answer")) continue;
        if (answers_.add(entry.key) < 0) again(entry);
        else codes_.answers.push_back(word(entry, "the answer '" + entry.key + "'"));
      }
    });
    part("disease", [&](const yaml::Node& node) { disease(node); });
    part("sites", [&](const yaml::Node& node) { sites(node); });
    part("site_results", [&](const yaml::Node& node) { codes_.site_tests = codes(node, "'site_results'"); });
    part("unspecified_site", [&](const yaml::Node& node) { codes_.unspecified_metastasis = word(node, "unspecified_site", "'unspecified_site'"); });
    part("genetic_results", [&](const yaml::Node& node) { genetics(node); });
    part("facts", [&](const yaml::Node& node) {
      for (const auto& entry : node.entries) fact(entry);
    });
    part("drugs", [&](const yaml::Node& node) {
      for (const auto& entry : node.entries) {
        if (!reader_.good_id(entry, "drug")) continue;
        if (drugs_.add(entry.key) < 0) {
          again(entry);
          continue;
        }
        CodedWord drug = word(entry, "the drug '" + entry.key + "'");
        std::string name = entry.key;
        std::replace(name.begin(), name.end(), '_', ' ');
        drug.named.push_back(name);
        codes_.drugs.push_back({std::move(drug)});
      }
    });
    part("treatments", [&](const yaml::Node& node) {
      for (const auto& entry : node.entries) treatment(entry);
    });
  }

 private:
  void again(const yaml::Entry& entry) { reader_.issues.error(entry.place, "defined-twice", "'" + entry.key + "' is defined twice", "remove one"); }

  std::vector<std::string> words(const yaml::Node& node, const std::string& what, bool to_lower) {
    std::vector<std::string> found;
    for (const yaml::Node* item : reader_.one_or_more(node)) {
      std::string given = reader_.word(*item, what);
      if (!given.empty()) found.push_back(to_lower ? lower(std::move(given)) : std::move(given));
    }
    return found;
  }
  std::vector<std::string> words_at(const yaml::Node& map, std::string_view key, const std::string& what, bool to_lower = true) {
    const yaml::Node* node = map.find(key);
    return node ? words(*node, "'" + std::string(key) + "' of " + what, to_lower) : std::vector<std::string>();
  }

  void systems(const yaml::Node& node) {
    for (const auto& entry : node.entries) {
      if (!system_name(entry.key)) {
        reader_.issues.error(entry.place, "bad-id", "'" + entry.key + "' cannot name a code system", "begin with a capital letter; use letters, digits and '-'");
        continue;
      }
      const std::string what = "the code system '" + entry.key + "'";
      if (!reader_.is_map(entry.value, what)) continue;
      if (systems_.add(entry.key) < 0) {
        again(entry);
        continue;
      }
      reader_.known_keys(entry.value, what, {"addresses", "probable"});
      CodeSystem system{entry.key, {}, words_at(entry.value, "probable", what, false)};
      if (reader_.required(entry.value, "addresses", what)) system.addresses = words_at(entry.value, "addresses", what, false);
      codes_.systems.push_back(std::move(system));
    }
  }

  // The codes in a map: under each system's name a code or a list of them. Keys with a small first letter are other things,
  // which must be among `allowed`.
  std::vector<Code> codes(const yaml::Node& map, const std::string& what, std::initializer_list<std::string_view> allowed = {}) {
    std::vector<Code> found;
    for (const auto& entry : map.entries) {
      if (std::find(allowed.begin(), allowed.end(), entry.key) != allowed.end()) continue;
      const int system = systems_.find(entry.key);
      if (system < 0) {
        std::vector<std::string> known(allowed.begin(), allowed.end());
        known.insert(known.end(), systems_.all().begin(), systems_.all().end());
        reader_.issues.error(entry.place, "unknown-key", what + " has no key '" + entry.key + "'", reader_.suggestion(entry.key, known));
        continue;
      }
      for (std::string& code : words(entry.value, "a code of " + what, false)) {
        const bool family = code.ends_with('*');
        if (family) code.pop_back();
        found.push_back({system, std::move(code), family});
        if (++count_ == most_codes) reader_.issues.error(entry.place, "too-many", "the guideline names more than " + std::to_string(most_codes) + " codes", "remove what no record uses");
      }
    }
    return found;
  }
  CodedWord word(const yaml::Node& node, const std::string& id, const std::string& what) {
    if (!reader_.is_map(node, what)) return {id, {}, {}};
    return {id, codes(node, what, {"named"}), words_at(node, "named", what)};
  }
  CodedWord word(const yaml::Entry& entry, const std::string& what) { return word(entry.value, entry.key, what); }

  void disease(const yaml::Node& node) {
    reader_.known_keys(node, "'disease'", {"this", "unspecified", "site", "in_situ", "other_cancer", "not_a_diagnosis", "denied"});
    const auto at = [&](const char* key) {
      const yaml::Node* found = node.find(key);
      return found ? word(*found, key, "'" + std::string(key) + "' of the disease") : CodedWord{};
    };
    codes_.disease = at("this");
    if (codes_.disease.codes.empty()) reader_.issues.error(node.place, "missing-key", "'disease' does not say which codes mean this disease", "add `this: {SNOMED: […]}`");
    codes_.unspecified_cancer = at("unspecified");
    codes_.in_situ = at("in_situ");
    codes_.other_cancer = at("other_cancer");
    if (const yaml::Node* site = node.find("site"); site && reader_.is_map(*site, "the site of the disease")) codes_.disease_site = codes(*site, "the site of the disease");
    codes_.not_a_diagnosis = words_at(node, "not_a_diagnosis", "the disease");
    if (const yaml::Node* denied = node.find("denied"); denied && reader_.is_map(*denied, "'denied'")) {
      reader_.known_keys(*denied, "'denied'", {"before", "after"});
      codes_.denied_before = words_at(*denied, "before", "'denied'");
      codes_.denied_after = words_at(*denied, "after", "'denied'");
    }
  }

  std::vector<FactStatement> statements(const yaml::Node& map, std::string_view key, const std::string& what) {
    std::vector<FactStatement> found;
    const yaml::Node* node = map.find(key);
    if (!node || !reader_.is_map(*node, "'" + std::string(key) + "' of " + what)) return found;
    for (const auto& entry : node->entries) {
      const int fact = fact_named(entry);
      if (fact >= 0) found.push_back({fact, values(entry.value, fact)});
    }
    return found;
  }
  int fact_named(const yaml::Entry& entry) {
    return reader_.refer(yaml::Node{yaml::Node::Kind::scalar, entry.place, entry.key, {}, {}}, "fact", reader_.facts);
  }
  ValueSet values(const yaml::Node& node, int fact) { return reader_.values_of(node, reader_.guideline.facts[fact].id, reader_.value_ids(fact)); }
  ValueSet values_at(const yaml::Node& map, std::string_view key, int fact) {
    const yaml::Node* node = map.find(key);
    return node ? values(*node, fact) : 0;
  }

  void sites(const yaml::Node& node) {
    Names seen;
    for (const auto& entry : node.entries) {
      const std::string what = "the site '" + entry.key + "'";
      if (!reader_.good_id(entry, "site") || !reader_.is_map(entry.value, what)) continue;
      if (seen.add(entry.key) < 0) {
        again(entry);
        continue;
      }
      CodedSite site;
      site.word = {entry.key, codes(entry.value, what, {"named", "body", "means"}), words_at(entry.value, "named", what)};
      if (const yaml::Node* body = entry.value.find("body"); body && reader_.is_map(*body, "the body site of " + what)) site.body = codes(*body, "the body site of " + what);
      site.means = statements(entry.value, "means", what);
      codes_.sites.push_back(std::move(site));
    }
  }

  void genetics(const yaml::Node& node) {
    reader_.known_keys(node, "'genetic_results'", {"variant", "gene", "origin", "significance"});
    const auto at = [&](const char* key) {
      const yaml::Node* found = node.find(key);
      return found && reader_.is_map(*found, "'" + std::string(key) + "'") ? codes(*found, "'" + std::string(key) + "' of genetic results") : std::vector<Code>();
    };
    codes_.variant = at("variant");
    codes_.gene_studied = at("gene");
    codes_.origin_of_variant = at("origin");
    codes_.significance = at("significance");
  }

  void fact(const yaml::Entry& entry) {
    const int index = fact_named(entry);
    const std::string what = "the codes of '" + entry.key + "'";
    if (index < 0 || !reader_.is_map(entry.value, what)) return;
    const yaml::Node& body = entry.value;
    reader_.known_keys(body, what, {"named", "tests", "never", "look_at", "closes", "never_taken_back", "stale_after_months", "parts", "together", "variants"});
    CodedFact coded;
    coded.fact = index;
    coded.named = words_at(body, "named", what);
    if (const yaml::Node* node = body.find("never"); node && reader_.is_map(*node, "'never' of " + what)) coded.never = codes(*node, what);
    if (const yaml::Node* node = body.find("look_at"); node && reader_.is_map(*node, "'look_at' of " + what)) coded.look_at = codes(*node, what);
    coded.sticky = values_at(body, "never_taken_back", index);
    if (const yaml::Node* node = body.find("closes")) {
      codes_.distant_fact = index;
      codes_.distant_closed = values(*node, index);
    }
    if (const yaml::Node* node = body.find("stale_after_months")) coded.stale_after_months = static_cast<int>(number(*node, "'stale_after_months'", 0));
    coded.parts = words_at(body, "parts", what);
    coded.together = values_at(body, "together", index);
    if (const yaml::Node* tests = body.find("tests"); tests && reader_.is_list(*tests, "the tests of " + what))
      for (const auto& item : tests->items)
        if (reader_.is_map(item, "a test of " + what)) coded.tests.push_back(test(item, coded, what));
    if (const yaml::Node* variants = body.find("variants"); variants && reader_.is_map(*variants, "the variants of " + what)) read_variants(*variants, coded, what);
    for (const auto& other : codes_.facts)
      if (other.fact == index) {
        again(entry);
        return;
      }
    codes_.facts.push_back(std::move(coded));
  }

  int part_named(const yaml::Node& node, const CodedFact& coded, const std::string& what) {
    return reader_.choice(node, "'part' of " + what, std::vector<std::string_view>(coded.parts.begin(), coded.parts.end()));
  }
  double number(const yaml::Node& node, const std::string& what, double otherwise) {
    const std::string given = reader_.number(node, what);
    return given.empty() ? otherwise : text::value_of(given);
  }

  CodedTest test(const yaml::Node& node, const CodedFact& coded, const std::string& of) {
    const std::string what = "a test of " + of;
    CodedTest test;
    test.codes = codes(node, what, {"from", "named", "not_named", "answers", "number", "means", "inferred", "part"});
    test.named = words_at(node, "named", what);
    test.not_named = words_at(node, "not_named", what);
    if (const yaml::Node* from = node.find("from")) {
      const int choice = reader_.choice(*from, "'from' of " + what, {"result", "condition", "gender", "birth_sex"});
      if (choice >= 0) test.from = static_cast<CodedTest::From>(choice);
    }
    const bool about_patient = test.from == CodedTest::From::gender || test.from == CodedTest::From::birth_sex;
    if (test.codes.empty() && !about_patient) reader_.issues.error(node.place, "missing-key", what + " has no code", "add `LOINC: […]`, or another system");
    test.means = values_at(node, "means", coded.fact);
    if (const yaml::Node* inferred = node.find("inferred")) test.inferred = reader_.yes_no(*inferred, "'inferred' of " + what);
    if (const yaml::Node* part = node.find("part")) test.part = part_named(*part, coded, what);
    if (const yaml::Node* answers = node.find("answers"); answers && reader_.is_map(*answers, "the answers of " + what))
      for (const auto& entry : answers->entries) {
        const int answer = reader_.refer(yaml::Node{yaml::Node::Kind::scalar, entry.place, entry.key, {}, {}}, "coded answer", answers_);
        if (answer >= 0) test.answers.push_back({answer, values(entry.value, coded.fact)});
      }
    if (const yaml::Node* steps = node.find("number"); steps && reader_.is_map(*steps, "the number of " + what)) test.number = read_number(*steps, coded, what);
    if (test.answers.empty() && test.number.steps.empty() && !test.means) reader_.issues.error(node.place, "missing-key", what + " says nothing of the fact", "add `answers`, `number` or `means`");
    return test;
  }

  NumberSteps read_number(const yaml::Node& node, const CodedFact& coded, const std::string& what) {
    reader_.known_keys(node, "the number of " + what, {"unit", "least", "most", "whole", "steps"});
    NumberSteps number;
    number.units = words_at(node, "unit", what);
    if (const yaml::Node* least = reader_.required(node, "least", "the number of " + what)) number.least = this->number(*least, "'least'", 0);
    if (const yaml::Node* most = reader_.required(node, "most", "the number of " + what)) number.most = this->number(*most, "'most'", 0);
    if (const yaml::Node* whole = node.find("whole")) number.whole = reader_.yes_no(*whole, "'whole'");
    const yaml::Node* steps = reader_.required(node, "steps", "the number of " + what);
    if (!steps || !reader_.is_list(*steps, "the steps of " + what)) return number;
    for (const auto& item : steps->items) {
      if (!reader_.is_map(item, "a step of " + what)) continue;
      reader_.known_keys(item, "a step", {"under", "is"});
      NumberSteps::Step step;
      if (const yaml::Node* under = item.find("under")) step.under = this->number(*under, "'under'", step.under);
      step.values = values_at(item, "is", coded.fact);
      if (!number.steps.empty() && step.under <= number.steps.back().under)
        reader_.issues.error(item.place, "steps-out-of-order", "a step of " + what + " is never reached: the one before it takes all that it would", "write the steps from the lowest bound to the highest; the last one without `under`");
      number.steps.push_back(step);
    }
    return number;
  }

  void read_variants(const yaml::Node& node, CodedFact& coded, const std::string& what) {
    reader_.known_keys(node, "the variants of " + what, {"genes", "origin", "pathogenic", "found", "not_found"});
    if (const yaml::Node* origin = node.find("origin")) {
      const int choice = reader_.choice(*origin, "'origin' of " + what, {"any", "somatic", "germline"});
      if (choice >= 0) coded.origin = static_cast<CodedFact::Origin>(choice);
    }
    if (const yaml::Node* pathogenic = node.find("pathogenic")) coded.pathogenic = reader_.yes_no(*pathogenic, "'pathogenic' of " + what);
    coded.found = values_at(node, "found", coded.fact);
    coded.not_found = values_at(node, "not_found", coded.fact);
    const yaml::Node* genes = reader_.required(node, "genes", "the variants of " + what);
    if (!genes || !reader_.is_map(*genes, "the genes of " + what)) return;
    for (const auto& entry : genes->entries) {
      const auto part = std::find(coded.parts.begin(), coded.parts.end(), entry.key);
      if (!coded.parts.empty() && part == coded.parts.end())
        reader_.issues.error(entry.place, "unknown-choice", "the gene '" + entry.key + "' is not among the parts of " + what, reader_.suggestion(entry.key, coded.parts));
      coded.genes.push_back({word(entry, "the gene '" + entry.key + "'"), coded.parts.empty() ? -1 : static_cast<int>(part - coded.parts.begin())});
    }
  }

  void treatment(const yaml::Entry& entry) {
    const std::string what = "the treatment '" + entry.key + "'";
    if (!reader_.good_id(entry, "treatment") || !reader_.is_map(entry.value, what)) return;
    reader_.known_keys(entry.value, what, {"drugs", "given", "palliative", "adjuvant"});
    CodedTreatment treatment;
    treatment.id = entry.key;
    if (const yaml::Node* drugs = reader_.required(entry.value, "drugs", what)) treatment.drugs = reader_.refer_all(*drugs, "drug", drugs_);
    treatment.given = statements(entry.value, "given", what);
    treatment.palliative = statements(entry.value, "palliative", what);
    treatment.adjuvant = statements(entry.value, "adjuvant", what);
    codes_.treatments.push_back(std::move(treatment));
  }

  Reader& reader_;
  Codes& codes_;
  Names systems_, answers_, drugs_;
  std::size_t count_ = 0;
};

}  // namespace

void read_codes(Reader& reader, const Sections& sections) { CodesReader(reader).read(sections); }

}  // namespace waymark::model
