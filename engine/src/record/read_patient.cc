// The patient, and the conditions: which cancer it is, and where it has spread.
#include <algorithm>

#include "record/reader.h"

namespace waymark::record {
namespace {

// The code of a status, from a CodeableConcept or, in older versions, from a plain text.
std::string status_code(const Json& status) {
  if (status.is_string()) return status.text;
  for (const auto& coding : status.list("coding"))
    if (!coding.string("code").empty()) return coding.string("code");
  return lower(status.string("text"));
}

bool contains_any(const std::string& text, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return text.find(word) != std::string::npos; });
}

class Conditions {
 public:
  explicit Conditions(Reading& reading) : r_(reading) {}

  void read() {
    // Whose a metastasis is can be told only once the tumours are known.
    for (const bool tumours : {true, false})
      for (const auto& resource : r_.pool.resources())
        if (resource.type == "Condition" && r_.pool.about_patient(resource, r_.notices)) read(resource, tumours);
    r_.out.several_tumours = r_.tumours.size() > 1;
    if (r_.out.several_tumours) r_.notices.add("several_tumours", "The record has more than one entry of this cancer. Results may belong to different tumours.");
    if (other_) refuse("another_cancer", "The record has another active cancer (" + name(*other_) + "). Results and treatment may belong to it.");
    else if (r_.tumours.empty() && in_situ_) refuse("in_situ", "The record has only a cancer in situ (" + name(*in_situ_) + "), which this guideline is not for.");
    else if (r_.tumours.empty()) refuse("no_breast_cancer", left_out_.empty() ? "The record has no confirmed diagnosis of the cancer that this guideline is for." : "The record has no confirmed, active diagnosis of the cancer that this guideline is for. " + *left_out_.begin());
  }

 private:
  void refuse(const char* id, std::string text) {
    if (!r_.out.refusal) r_.out.refusal = RecordNotice{id, std::move(text)};
  }
  std::string name(const Resource& resource) const {
    const Concept code = r_.terms.read((*resource.json)["code"]);
    for (const auto& coding : code.codings)
      if (!coding.display.empty()) return resource.label + ": " + shown(coding.display);
    return resource.label + (code.text.empty() ? "" : ": " + shown(code.text));
  }
  static std::string all_words(const Concept& code) {
    std::string words = code.text;
    for (const auto& coding : code.codings) words += " | " + coding.display;
    return lower(words);
  }
  // The smallest, so that of several the same one is named whatever their order.
  static void keep(const Resource*& best, const Resource& candidate) {
    if (!best || candidate.label < best->label) best = &candidate;
  }
  bool displays_fit(const Coding& coding, const std::vector<std::string>& named) const {
    return coding.display.empty() || coding.display == coding.code || named.empty() || longest_named(lower(coding.display), named) > 0;
  }
  // What of a code's words, its text or a display, says that it is not so, or not surely: "no bone metastases". Empty where nothing does.
  std::string denied(const Concept& code, const std::vector<std::string>& named) const {
    const auto is = [&](const std::string& words) {
      const std::string text = lower(words);
      std::size_t at = std::string::npos;
      for (const auto& name : named) at = std::min(at, text.find(name));
      return place_of_first(text, r_.codes.denied_before) < at || place_of_first(text, r_.codes.denied_after) != std::string::npos;
    };
    if (is(code.text)) return code.text;
    for (const auto& coding : code.codings)
      if (is(coding.display)) return coding.display;
    return {};
  }
  // What a code is shown as where that is something else, or its contrary.
  std::string contradiction(const Concept& code, const Coding& coding, const std::vector<std::string>& named) const {
    return displays_fit(coding, named) ? denied(code, named) : coding.display;
  }
  bool body_is(const Resource& resource, const std::vector<Code>& codes) const {
    for (const auto& site : resource.json->list("bodySite"))
      if (r_.terms.find(r_.terms.read(site), codes)) return true;
    return false;
  }

  void read(const Resource& resource, bool tumours) {
    const Json& json = *resource.json;
    const Concept code = r_.terms.read(json["code"]);
    const std::string verification = status_code(json["verificationStatus"]), clinical = status_code(json["clinicalStatus"]);
    const bool refuted = verification == "refuted" || verification == "entered-in-error";
    if (refuted) return;
    const bool confirmed = verification.empty() || verification == "confirmed";
    const bool over = clinical == "resolved" || clinical == "inactive" || (clinical.empty() && abated(json));
    const std::string words = all_words(code);

    const Coding* tumour = r_.terms.find(code, r_.codes.disease.codes);
    if (!tumour && body_is(resource, r_.codes.disease_site)) tumour = r_.terms.find(code, r_.codes.unspecified_cancer.codes);
    if ((tumour != nullptr) != tumours) return;
    if (tumour) {
      const bool of_itself = r_.terms.find(code, r_.codes.disease.codes) != nullptr;
      if (const std::string words = of_itself ? contradiction(code, *tumour, r_.codes.disease.named) : denied(code, r_.codes.unspecified_cancer.named); !words.empty()) {
        r_.notices.add("display_mismatch", resource.label + ": " + shown_as(*tumour, words));
        left_out_.insert(resource.label + " contradicts itself.");
      } else if (!confirmed) {
        r_.notices.add("not_confirmed", name(resource) + ": the diagnosis is marked " + shown(verification) + ".");
        left_out_.insert(resource.label + " is marked " + shown(verification) + ".");
      } else if (over) {
        const std::string since = marked_as(json, true);
        r_.notices.add("not_active", name(resource) + ": the diagnosis is marked " + since + ".");
        left_out_.insert(resource.label + " is marked " + since + ".");
      } else {
        if (verification.empty()) r_.notices.add("no_verification", name(resource) + ": the record does not say that the diagnosis is confirmed.");
        if (clinical.empty()) r_.notices.add("no_clinical_status", name(resource) + ": the record does not say that the diagnosis is active.");
        if (clinical == "remission") r_.notices.add("remission", name(resource) + " is marked as in remission. Check whether the disease is stage 4 now.");
        r_.tumours.push_back(&resource);
        stage(resource, *tumour);
      }
      return;
    }
    if (r_.terms.find(code, r_.codes.in_situ.codes)) {
      if (confirmed && !over) keep(in_situ_, resource);
      return;
    }
    if (metastasis(resource, code, confirmed, over)) return;
    if (finding(resource, code, confirmed, over)) return;
    const Coding* other = r_.terms.find(code, r_.codes.other_cancer.codes);
    const bool named_other = longest_named(words, r_.codes.other_cancer.named) > 0 && !contains_any(words, r_.codes.not_a_diagnosis) && longest_named(words, r_.codes.disease.named) == 0;
    bool primary_profile = false;
    for (const auto& profile : json["meta"].list("profile"))
      if (profile.is_string() && profile.text.find("mcode-primary-cancer-condition") != std::string::npos) primary_profile = true;
    if (!other && !named_other && !primary_profile) return;
    if (over || clinical == "remission") r_.notices.add("earlier_cancer", "The record has another cancer that is marked " + marked_as(json, true) + " (" + name(resource) + "). Results and drugs may belong to it.");
    else if (!confirmed) r_.notices.add("not_confirmed", name(resource) + ": another cancer is marked " + shown(verification) + ".");
    else keep(other_, resource);
  }

  static bool abated(const Json& json) {
    for (const auto& [key, value] : json.fields)
      if (key.starts_with("abatement") && (value.kind != Json::Kind::boolean || value.truth)) return true;
    return false;
  }

  // Whether it may be of this cancer: a record may name the primary that it comes from.
  bool from_this_cancer(const Resource& resource) {
    for (const auto& extension : resource.json->list("extension")) {
      if (lower(extension.string("url")).find("related-primary-cancer") == std::string::npos && lower(extension.string("url")).find("relatedprimarycancer") == std::string::npos) continue;
      const Resource* primary = r_.pool.resolve(extension["valueReference"], resource);
      if (std::find(r_.tumours.begin(), r_.tumours.end(), primary) != r_.tumours.end()) continue;
      r_.notices.add("other_focus", name(resource) + ": a metastasis of another tumour, or of one that the record does not hold. It was not used.");
      return false;
    }
    return true;
  }

  // A stage that the diagnosis itself carries.
  void stage(const Resource& resource, const Coding& tumour) {
    for (const auto& fact : r_.codes.facts) {
      if (fact.fact != r_.codes.distant_fact) continue;
      for (const auto& item : resource.json->list("stage")) {
        const Concept summary = r_.terms.read(item["summary"]);
        for (const auto& test : fact.tests)
          for (const auto& answer : test.answers) {
            const CodedWord& word = r_.codes.answers[answer.word];
            const Coding* coding = r_.terms.find(summary, word.codes);
            if (!coding || word.codes.empty()) continue;
            std::size_t others = 0;
            for (const auto& other : r_.codes.answers)
              if (&other != &word) others = std::max(others, longest_named(lower(coding->display), other.named));
            if (!displays_fit(*coding, word.named) || others > longest_named(lower(coding->display), word.named)) {
              r_.stop(fact.fact, "display_mismatch", resource.label + ": " + shown_as(*coding, coding->display));
              continue;
            }
            Statement statement = r_.start(resource, &tumour, date_of(*resource.json, {"onsetDateTime", "onsetPeriod", "recordedDate", "assertedDate"}));
            statement.said.value = shown(coding->display.empty() ? coding->code : coding->display);
            statement.said.status = status_code((*resource.json)["verificationStatus"]);
            statement.said.inferred = true;
            r_.add(std::move(statement), fact.fact, answer.values);
          }
      }
    }
  }

  static std::string marked_as(const Json& json, bool confirmed) {
    const std::string status = status_code(json[confirmed ? "clinicalStatus" : "verificationStatus"]);
    return status.empty() ? "as ended" : shown(status);
  }

  bool metastasis(const Resource& resource, const Concept& code, bool confirmed, bool over) {
    const CodedSite* site = nullptr;
    const Coding* coding = nullptr;
    for (const auto& candidate : r_.codes.sites)
      if (const Coding* found = r_.terms.find(code, candidate.word.codes)) {
        site = &candidate;
        coding = found;
        // A code of its own beats a family of codes.
        if (std::any_of(candidate.word.codes.begin(), candidate.word.codes.end(), [&](const Code& c) { return !c.family && c.code == found->code; })) break;
      }
    const bool unspecified = !site && (coding = r_.terms.find(code, r_.codes.unspecified_metastasis.codes));
    if (unspecified)
      for (const auto& candidate : r_.codes.sites)
        if (body_is(resource, candidate.body)) site = &candidate;
    if (!coding) return false;
    if (!site) {
      r_.notices.add("site_not_known", name(resource) + ": a metastasis whose site the record does not say. It may be in the lymph nodes beside the breast, so nothing follows from it.");
      return true;
    }
    if (const std::string words = unspecified ? denied(code, {}) : contradiction(code, *coding, site->word.named); !words.empty()) {
      r_.notices.add("display_mismatch", resource.label + ": " + shown_as(*coding, words));
      for (const auto& statement : site->means) r_.out.stopped.insert(statement.fact);
      return true;
    }
    if (!confirmed || over) {
      r_.notices.add(confirmed ? "not_active" : "not_confirmed", name(resource) + ": this metastasis is marked " + marked_as(*resource.json, confirmed) + ". It was not used.");
      return true;
    }
    if (!from_this_cancer(resource)) return true;
    r_.metastases.push_back(&resource);
    r_.out.sites.insert(site->word.id);
    for (const auto& means : site->means) {
      Statement statement = r_.start(resource, coding, date_of(*resource.json, {"onsetDateTime", "onsetPeriod", "recordedDate", "assertedDate"}));
      statement.said.status = status_code((*resource.json)["clinicalStatus"]);
      statement.said.inferred = means.fact == r_.codes.distant_fact;
      statement.accumulates = !statement.said.inferred;
      r_.add(std::move(statement), means.fact, means.values);
    }
    return true;
  }

  // A condition that is a fact by itself, such as being past the menopause.
  bool finding(const Resource& resource, const Concept& code, bool confirmed, bool over) {
    bool any = false;
    for (const auto& fact : r_.codes.facts)
      for (const auto& test : fact.tests) {
        if (test.from != CodedTest::From::condition) continue;
        const Coding* coding = r_.terms.find(code, test.codes);
        if (!coding) continue;
        any = true;
        if (const std::string words = contradiction(code, *coding, fact.named); !words.empty()) {
          r_.stop(fact.fact, "display_mismatch", resource.label + ": " + shown_as(*coding, words));
        } else if (confirmed && !over) {
          Statement statement = r_.start(resource, coding, date_of(*resource.json, {"onsetDateTime", "onsetPeriod", "recordedDate", "assertedDate"}));
          statement.said.status = status_code((*resource.json)["clinicalStatus"]);
          r_.add(std::move(statement), fact.fact, test.means);
        }
      }
    return any;
  }

  Reading& r_;
  const Resource *other_ = nullptr, *in_situ_ = nullptr;
  std::set<std::string> left_out_;
};

}  // namespace

std::string shown_as(const Coding& coding, std::string_view words, const std::string& kind) {
  return "the " + kind + " " + shown(coding.name()) + " is shown as \"" + shown(words) + "\", which is something else.";
}

std::string date_of(const Json& resource, std::initializer_list<const char*> fields) {
  for (const char* field : fields) {
    const Json& value = resource[field];
    if (value.is_string() && !value.text.empty()) return shown(value.text);
    if (value.is_object()) {
      const std::string& from = value.string("start");
      const std::string& to = value.string("end");
      if (!from.empty() || !to.empty()) return shown(from.empty() ? to : from);
    }
  }
  return {};
}

Statement Reading::start(const Resource& resource, const Coding* coding, const std::string& date) const {
  Statement statement;
  statement.said.resource = resource.label;
  statement.said.status = shown(resource.json->string("status"));
  statement.said.date = date;
  statement.when = read_date(date);
  if (!date.empty() && !statement.when.known) notices.add("bad_date", resource.label + " has a date that is none (" + shown(date) + "). It counts as undated.");
  if (coding) {
    statement.said.code = shown(coding->name());
    statement.said.display = shown(coding->display);
    if (coding->probable) notices.add("probable_code", resource.label + " names its code system improperly (" + shown(coding->address) + "). The code was read all the same; check it.");
  }
  return statement;
}

void read_patient(Reading& reading) {
  const Resource& patient = reading.pool.patient();
  const Json& json = *patient.json;
  const std::string& birth = json.string("birthDate");
  if (const Days days = read_date(birth); days.known && birth.size() <= 10) {
    reading.out.birth_date = birth;
    if (reading.today.known) {
      const double youngest = (reading.today.first - days.last) / 365.25, oldest = (reading.today.last - days.first) / 365.25;
      if (youngest > 105 || oldest < 18) reading.notices.add("unlikely_age", "The date of birth (" + birth + ") gives an age that is unlikely here. Check that the record is the right one.");
    }
  } else if (json.has("birthDate")) {
    reading.notices.add("bad_date", "The date of birth in the record is no date.");
  }
  const Json& deceased = json["deceasedBoolean"];
  if (deceased.truth || json.has("deceasedDateTime")) reading.out.refusal = RecordNotice{"deceased", "The record says that the patient has died."};
  if (const Json& active = json["active"]; active.kind == Json::Kind::boolean && !active.truth) reading.notices.add("patient_not_active", "The record of the patient is marked as no longer in use.");

  std::vector<std::pair<CodedTest::From, std::string>> said;
  if (!json.string("gender").empty()) said.push_back({CodedTest::From::gender, json.string("gender")});
  for (const auto& extension : json.list("extension"))
    if (extension.string("url") == "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex") said.push_back({CodedTest::From::birth_sex, extension.string("valueCode")});
  for (const auto& fact : reading.codes.facts)
    for (const auto& test : fact.tests)
      for (const auto& [from, code] : said) {
        if (test.from != from) continue;
        for (const auto& answer : test.answers) {
          const auto& known = reading.codes.answers[answer.word].codes;
          if (std::none_of(known.begin(), known.end(), [&, wanted = code](const Code& c) { return c.code == wanted; })) continue;
          Statement statement = reading.start(patient, nullptr, {});
          statement.said.code = from == CodedTest::From::gender ? "Patient.gender" : "us-core-birthsex";
          statement.said.value = shown(code);
          statement.about_person = true;
          reading.add(std::move(statement), fact.fact, answer.values);
        }
      }
  const std::string& gender = json.string("gender");
  reading.out.sex = gender == "female" || gender == "male" ? gender : std::string();
}

void read_conditions(Reading& reading) { Conditions(reading).read(); }

}  // namespace waymark::record
