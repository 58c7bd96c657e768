// Drugs that were given. An order is not a treatment, a proposal even less; and no drug proves a result of a test.
#include <algorithm>

#include "record/reader.h"

namespace waymark::record {
namespace {

class Drugs {
 public:
  explicit Drugs(Reading& reading) : r_(reading) {}

  void read() {
    for (const auto& resource : r_.pool.resources()) {
      const bool request = resource.type == "MedicationRequest" || resource.type == "MedicationOrder";
      if (!request && resource.type != "MedicationAdministration" && resource.type != "MedicationStatement" && resource.type != "MedicationDispense") continue;
      if (r_.pool.about_patient(resource, r_.notices)) read(resource, request);
    }
  }

 private:
  struct Found {
    int drug = -1;
    const Coding* coding = nullptr;
  };

  // The drug that the concept's codes mean; tells where codes and displays say different things.
  Found find(const Concept& from, const Resource& resource) {
    Found found;
    for (std::size_t d = 0; d < r_.codes.drugs.size(); ++d) {
      const CodedWord& drug = r_.codes.drugs[d].word;
      const Coding* coding = r_.terms.find(from, drug.codes);
      if (!coding) continue;
      if (found.coding) return contradiction(resource, *coding, "another drug's code");
      found = {static_cast<int>(d), coding};
    }
    if (found.drug < 0) return found;
    const CodedWord& drug = r_.codes.drugs[found.drug].word;
    for (const std::string* text : {&found.coding->display, &from.text}) {
      if (text->empty() || *text == found.coding->code) continue;
      const std::string words = lower(*text);
      const std::size_t own = longest_named(words, drug.named);
      std::size_t others = 0;
      for (const auto& other : r_.codes.drugs)
        if (&other.word != &drug) others = std::max(others, longest_named(words, other.word.named));
      if (others > own || (own == 0 && text == &found.coding->display)) return contradiction(resource, *found.coding, *text);
    }
    return found;
  }
  Found contradiction(const Resource& resource, const Coding& coding, const std::string& text) {
    r_.notices.add("display_mismatch", resource.label + ": " + shown_as(coding, text, "drug code") + " It was not used.");
    return {-2, nullptr};
  }

  void read(const Resource& resource, bool request) {
    const Json& json = *resource.json;
    std::vector<Concept> written;
    written.push_back(r_.terms.read(json["medicationCodeableConcept"]));
    if (const Resource* medication = r_.pool.resolve(json["medicationReference"], resource); medication && medication->type == "Medication" && medication->json->string("status") != "entered-in-error") {
      written.push_back(r_.terms.read((*medication->json)["code"]));
      for (const auto& ingredient : medication->json->list("ingredient")) written.push_back(r_.terms.read(ingredient["itemCodeableConcept"]));
    }
    std::string name;
    std::vector<std::pair<Found, const Concept*>> found;
    for (const auto& written_as : written) {
      if (name.empty()) {
        name = written_as.text;
        for (const auto& coding : written_as.codings)
          if (!coding.display.empty()) name = coding.display;
      }
      Found drug = find(written_as, resource);
      if (drug.drug == -2) return;
      if (drug.drug >= 0) found.push_back({drug, &written_as});
    }
    if (name.empty()) name = "a drug without a name";
    const std::string& status = json.string("status");
    const std::string& intent = json.string("intent");
    if (status == "entered-in-error") return;
    if (found.empty()) {
      std::size_t known = 0;
      for (const auto& drug : r_.codes.drugs) known = std::max(known, longest_named(lower(name), drug.word.named));
      r_.notices.add(known ? "drug_by_name_only" : "drug_not_recognised", resource.label + ": " + shown(name) + (known ? " has no code that is known here. Enter it yourself." : " was not recognised. Check whether it matters."));
      return;
    }
    const auto is = [&](std::initializer_list<const char*> list) { return std::any_of(list.begin(), list.end(), [&](const char* item) { return status == item; }); };
    bool given = false;
    if (resource.type == "MedicationAdministration") given = is({"completed", "in-progress"});
    else if (resource.type == "MedicationStatement") given = is({"active", "completed", "stopped", "on-hold"});
    else if (resource.type == "MedicationDispense") given = is({"completed"});
    else given = is({"completed"}) && (intent == "order" || intent == "original-order" || intent == "instance-order" || intent == "filler-order" || resource.type == "MedicationOrder");
    if (json["doNotPerform"].truth || json["wasNotTaken"].truth || json["wasNotGiven"].truth || json["notGiven"].truth || json.string("taken") == "n") given = false;
    if (!given) {
      const bool order = request && (intent == "order" || intent == "original-order" || intent == "instance-order") && is({"active", "stopped", "on-hold"});
      r_.notices.add(order ? "ordered_only" : "not_given", resource.label + ": " + shown(name) + (order ? " was ordered; the record does not say that it was given." : " is " + (status.empty() ? "without a status" : "marked " + shown(status)) + (intent.empty() ? "" : ", " + shown(intent)) + ": not a treatment that was given."));
      return;
    }
    if (request) r_.notices.add("order_completed", resource.label + ": the order for " + shown(name) + " is marked completed. Check that the drug was given.");

    const Concept aim = intent_of(json, resource);
    const bool palliative = r_.terms.says(aim, "palliative"), adjuvant = r_.terms.says(aim, "adjuvant");
    for (const auto& [drug, written_as] : found) {
      Statement statement = r_.start(resource, drug.coding, date_of(json, {"effectiveDateTime", "effectivePeriod", "occurrenceDateTime", "whenHandedOver", "authoredOn", "dateWritten", "dateAsserted"}));
      if (statement.when.known && r_.today.known && statement.when.first > r_.today.last + 1) {
        r_.notices.add("future_date", resource.label + ": " + shown(name) + " has a date in the future (" + statement.said.date + "). It does not count as given.");
        continue;
      }
      r_.out.drugs.insert(r_.codes.drugs[drug.drug].word.id);
      statement.accumulates = true;
      statement.said.value = r_.codes.drugs[drug.drug].word.id;
      for (const auto& treatment : r_.codes.treatments) {
        if (std::find(treatment.drugs.begin(), treatment.drugs.end(), drug.drug) == treatment.drugs.end()) continue;
        for (const auto& said : treatment.given) r_.add(statement, said.fact, said.values);
        if (palliative && !adjuvant)
          for (const auto& said : treatment.palliative) r_.add(statement, said.fact, said.values);
        if (adjuvant && !palliative)
          for (const auto& said : treatment.adjuvant) r_.add(statement, said.fact, said.values);
      }
    }
  }

  // The aim of the treatment: on the resource itself, or on the order that it follows.
  Concept intent_of(const Json& json, const Resource& resource) const {
    const auto on = [&](const Json& item) -> const Json* {
      for (const auto& extension : item.list("extension"))
        if (extension.string("url").ends_with("intent") && extension["valueCodeableConcept"].is_object()) return &extension["valueCodeableConcept"];
      return nullptr;
    };
    if (const Json* intent = on(json)) return r_.terms.read(*intent);
    const Resource* order = r_.pool.resolve(json["request"], resource);
    for (const auto& based_on : json.list("basedOn"))
      if (!order) order = r_.pool.resolve(based_on, resource);
    if (order)
      if (const Json* intent = on(*order->json)) return r_.terms.read(*intent);
    return {};
  }

  Reading& r_;
};

}  // namespace

void read_drugs(Reading& reading) { Drugs(reading).read(); }

}  // namespace waymark::record
