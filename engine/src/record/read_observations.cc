// Results: which fact a code asks about, and what the value says of it.
#include <algorithm>
#include <cmath>
#include <limits>

#include "record/reader.h"
#include "text/decimal.h"

namespace waymark::record {
namespace {

struct Value {
  ValueSet values = 0;
  std::string text;     // as the record has it
  std::string trouble;  // why the fact must stop
  bool said = false;    // an answer was understood, though it may say nothing of the fact
};

// A contained one is that result's own, whatever others call theirs.
std::string specimen_of(const Resource& resource) {
  const std::string& reference = (*resource.json)["specimen"].string("reference");
  return shown(reference.starts_with('#') ? resource.label + reference : reference);
}

// A panel's part counts as a result with the panel's date, status and subject.
struct Result {
  const Resource* resource;
  const Json* json;
};

class Observations {
 public:
  explicit Observations(Reading& reading) : r_(reading) {}

  void read() {
    for (const auto& resource : r_.pool.resources()) {
      if (resource.type != "Observation" || !r_.pool.about_patient(resource, r_.notices)) continue;
      if (r_.terms.find(r_.terms.read((*resource.json)["code"]), r_.codes.variant)) {
        read_variant(r_, resource);
        continue;
      }
      read({&resource, resource.json});
      for (const auto& component : resource.json->list("component"))
        if (component.list("modifierExtension").empty()) read({&resource, &component});
    }
  }

 private:
  void read(Result result) {
    const Concept code = r_.terms.read((*result.json)["code"]);
    const Resource& resource = *result.resource;
    struct Match {
      const CodedFact* fact;
      const CodedTest* test;
      const Coding* coding;
    };
    std::vector<Match> matches;
    bool never = false;
    for (const auto& fact : r_.codes.facts) {
      if (r_.terms.find(code, fact.never)) never = true;
      bool known = false;
      for (const auto& test : fact.tests) {
        if (test.from != CodedTest::From::observation) continue;
        if (const Coding* coding = r_.terms.find(code, test.codes); coding && !known) {
          matches.push_back({&fact, &test, coding});
          known = true;
        }
        if (!known && r_.terms.under_wrong_system(code, test.codes))
          r_.notices.add("wrong_system", resource.label + " has a code of " + r_.title(fact.fact) + " under the name of another code system. It was not used.");
      }
      if (!known && r_.terms.find(code, fact.look_at) && about_this_cancer(resource))
        r_.notices.add("read_yourself", resource.label + " may tell something about " + r_.title(fact.fact) + " (" + name(code) + ": " + plain_value(*result.json) + "). Read it yourself: the code does not say it clearly.");
    }
    site(result, code);
    if (matches.empty()) return;
    if (never) {
      r_.notices.add("other_test", resource.label + " (" + name(code) + ") is another kind of test. It was not used.");
      return;
    }
    if (!about_this_cancer(resource) || !usable(r_, resource, r_.title(matches[0].fact->fact))) return;
    for (const auto& match : matches)
      for (const auto& other : matches)
        if (other.fact != match.fact && !r_.terms.among(*match.coding, other.test->codes) && !r_.terms.among(*other.coding, match.test->codes)) {
          r_.stop(match.fact->fact, "codes_disagree", resource.label + " carries codes of different tests.");
          return stop_all(matches);
        }
    for (const auto& match : matches) take(result, code, *match.fact, *match.test, *match.coding);
  }
  template <class Matches>
  void stop_all(const Matches& matches) {
    for (const auto& match : matches) r_.out.stopped.insert(match.fact->fact);
  }

  void take(Result result, const Concept& code, const CodedFact& fact, const CodedTest& test, const Coding& coding) {
    const Resource& resource = *result.resource;
    if (const std::string wrong = wrong_display(code, fact, test); !wrong.empty())
      return r_.stop(fact.fact, "display_mismatch", resource.label + ": " + shown_as(coding, wrong));
    const Value value = read_value(*result.json, test, resource, r_.title(fact.fact));
    if (!value.trouble.empty()) return r_.stop(fact.fact, "value_unclear", resource.label + ": " + value.trouble);
    if (!value.said) return;
    std::string date = date_of(*resource.json, {"effectiveDateTime", "effectivePeriod", "effectiveInstant", "issued"});
    Statement statement = r_.start(resource, &coding, date);
    statement.said.value = shown(value.text);
    statement.said.inferred = test.inferred;
    statement.said.specimen = specimen_of(resource);
    statement.part = test.part;
    if (statement.when.known && r_.today.known && statement.when.first > r_.today.last + 1)
      r_.notices.add("future_date", resource.label + " has a date in the future (" + statement.said.date + "). Check it.");
    r_.add(std::move(statement), fact.fact, value.values);
  }

  // The display, of any known coding, or the text that names another thing; "" where all is well.
  std::string wrong_display(const Concept& code, const CodedFact& fact, const CodedTest& test) const {
    std::vector<std::string> named = fact.named;
    named.insert(named.end(), test.named.begin(), test.named.end());
    if (named.empty()) return {};
    for (const auto& coding : code.codings) {
      if (coding.display.empty() || coding.display == coding.code || !r_.terms.among(coding, test.codes)) continue;
      const std::string words = lower(coding.display);
      if (longest_named(words, named) == 0 || longest_named(words, test.not_named) > 0) return coding.display;
    }
    // A text of the hospital's own may use any words, but not those of another fact.
    const std::string words = lower(code.text);
    if (longest_named(words, test.not_named) > 0) return code.text;
    if (longest_named(words, named) == 0)
      for (const auto& other : r_.codes.facts)
        if (other.fact != fact.fact && longest_named(words, other.named) >= 4) return code.text;
    return {};
  }

  static std::string name(const Concept& code) {
    for (const auto& coding : code.codings)
      if (!coding.display.empty()) return shown(coding.display);
    return code.text.empty() ? (code.codings.empty() ? "?" : shown(code.codings[0].code)) : shown(code.text);
  }
  static std::string quantity(const Json& json) {
    const std::string& unit = json.string("unit").empty() ? json.string("code") : json.string("unit");
    return json.string("comparator") + (json["value"].is_number() ? text::decimal(json["value"].number) : "?") + (unit.empty() ? "" : " " + unit);
  }
  std::string plain_value(const Json& json) const {
    for (const auto& [key, value] : json.fields) {
      if (!key.starts_with("value")) continue;
      if (value.is_string()) return shown(value.text);
      if (value.is_number()) return text::decimal(value.number);
      if (key == "valueQuantity") return shown(quantity(value));
      if (key == "valueCodeableConcept") return name(r_.terms.read(value));
      if (key == "valueRatio") return shown(quantity(value["numerator"]) + " : " + quantity(value["denominator"]));
    }
    return "no value";
  }

  // A result with a focus is about that tumour only.
  bool about_this_cancer(const Resource& resource) {
    for (const auto& focus : resource.json->list("focus")) {
      const Resource* target = r_.pool.resolve(focus, resource);
      const auto among = [&](const std::vector<const Resource*>& list) { return std::find(list.begin(), list.end(), target) != list.end(); };
      if (target && (among(r_.tumours) || among(r_.metastases))) continue;
      r_.notices.add("other_focus", resource.label + " is about another tumour, or one that the record does not hold. It was not used.");
      return false;
    }
    return true;
  }

  // ---- values

  // The step that a number falls on; of a range all that it may fall on.
  ValueSet step_values(const NumberSteps& number, double low, double high, bool high_open) const {
    ValueSet values = 0;
    double from = -std::numeric_limits<double>::infinity();
    for (const auto& step : number.steps) {
      const bool touches = low < step.under && (high_open ? high > from : high >= from);
      if (touches && step.values == 0) return 0;  // says nothing
      if (touches) values |= step.values;
      from = step.under;
    }
    return values;
  }

  Value read_number(const Json& quantity, double number, bool whole, const std::string& unit, const CodedTest& test) const {
    Value value;
    const NumberSteps& steps = test.number;
    value.text = quantity.is_object() ? this->quantity(quantity) : text::decimal(number);
    if (steps.steps.empty()) {
      value.trouble = "a number (" + shown(value.text) + ") where none belongs.";
      return value;
    }
    if (!steps.units.empty() && std::find(steps.units.begin(), steps.units.end(), lower(unit)) == steps.units.end()) {
      value.trouble = unit.empty() ? "the number " + shown(value.text) + " has no unit." : "the unit '" + shown(unit) + "' does not belong here.";
      return value;
    }
    if (!std::isfinite(number) || number < steps.least || number > steps.most || (steps.whole && !whole && number != std::floor(number))) {
      value.trouble = "the number " + shown(value.text) + " cannot be right.";
      return value;
    }
    const bool percent = std::find(steps.units.begin(), steps.units.end(), "%") != steps.units.end();
    const std::string& comparator = quantity.string("comparator");
    if (percent && number > 0 && number < 1 && comparator.empty()) {
      value.trouble = "the number " + shown(value.text) + " may be a fraction or a percentage.";
      return value;
    }
    value.said = true;
    if (comparator == "<") value.values = step_values(steps, steps.least, number, true);
    else if (comparator == "<=") value.values = step_values(steps, steps.least, number, false);
    else if (comparator == ">" || comparator == ">=") value.values = step_values(steps, number, steps.most, false);
    else if (comparator.empty()) value.values = step_values(steps, number, number, false);
    else value.trouble = "the sign '" + shown(comparator) + "' before the number is not known.";
    return value;
  }

  // What codes say: of a value or of an interpretation, where other codes are nothing unusual.
  Value read_concept(const Json& json, const CodedTest& test, const Resource& resource, const std::string& title, bool interpretation) const {
    Value value;
    const Concept said = r_.terms.read(json);
    if (r_.terms.says(said, "unknown")) return value;
    bool first = true;
    int found = -1;
    for (const auto& answer : test.answers) {
      const CodedWord& word = r_.codes.answers[answer.word];
      const Coding* coding = r_.terms.find(said, word.codes);
      if (!coding) continue;
      const std::string& display = coding->display.empty() || coding->display == coding->code ? said.text : coding->display;
      const std::size_t own = longest_named(lower(display), word.named);
      std::size_t others = 0;
      for (std::size_t i = 0; i < r_.codes.answers.size(); ++i)
        if (static_cast<int>(i) != answer.word) others = std::max(others, longest_named(lower(display), r_.codes.answers[i].named));
      const bool has_display = !coding->display.empty() && coding->display != coding->code;
      if ((has_display && own == 0) || others > own) {
        value.trouble = shown_as(*coding, display);
        return value;
      }
      // The free text beside the coding may not say otherwise either.
      if (has_display && !said.text.empty()) {
        const std::string words = lower(said.text);
        const std::size_t mine = longest_named(words, word.named);
        for (const auto& rival : test.answers)
          if (rival.word != answer.word && longest_named(words, r_.codes.answers[rival.word].named) > mine && !(rival.values & answer.values)) {
            value.trouble = "the code says \"" + shown(coding->display) + "\", the text beside it \"" + shown(said.text) + "\".";
            return value;
          }
      }
      if (coding->probable) r_.notices.add("probable_code", resource.label + " names its code system improperly (" + shown(coding->address) + "). The code was read all the same; check it.");
      value.values = first ? answer.values : value.values & answer.values;
      if (!first && found >= 0 && value.values == 0) {
        value.trouble = "its codes disagree with each other.";
        return value;
      }
      value.text = coding->display.empty() ? coding->code : coding->display;
      found = answer.word;
      first = false;
    }
    value.said = found >= 0;
    if (!value.said && !interpretation)
      r_.notices.add(said.codings.empty() ? "text_only" : "value_not_known", resource.label + " (" + title + "): \"" + name(said) + "\" is not a value that can be taken over. Read it yourself.");
    return value;
  }

  Value read_value(const Json& json, const CodedTest& test, const Resource& resource, const std::string& title) const {
    Value value;
    int kinds = 0;
    for (const auto& [key, item] : json.fields) {
      if (!key.starts_with("value") || key.size() < 6 || key[5] < 'A' || key[5] > 'Z' || item.kind == Json::Kind::null) continue;
      if (++kinds > 1) {
        value = {};
        value.trouble = "it has two values at once.";
        return value;
      }
      if (key == "valueCodeableConcept") {
        value = read_concept(item, test, resource, title, false);
      } else if (key == "valueQuantity" && item["value"].is_number()) {
        const std::string& unit = item.string("unit");
        const std::string& code = item.string("code");
        value = read_number(item, item["value"].number, item["value"].whole, unit.empty() || !known_unit(test, unit) ? (code.empty() ? unit : code) : unit, test);
      } else if (key == "valueInteger" && item.is_number()) {
        // A whole number alone has no unit to check.
        if (test.number.units.empty()) value = read_number({}, item.number, item.whole, "", test);
        else value.trouble = "the number " + text::decimal(item.number) + " has no unit.";
      } else if (key == "valueRange" && item["low"]["value"].is_number() && item["high"]["value"].is_number()) {
        const Value low = read_number(item["low"], item["low"]["value"].number, item["low"]["value"].whole, item["low"].string("unit"), test);
        const Value high = read_number(item["high"], item["high"]["value"].number, item["high"]["value"].whole, item["high"].string("unit"), test);
        value = low.trouble.empty() ? high : low;
        if (value.trouble.empty() && item["low"]["value"].number > item["high"]["value"].number) value.trouble = "its range is upside down.";
        if (value.trouble.empty()) value.values = step_values(test.number, item["low"]["value"].number, item["high"]["value"].number, false);
        value.text = low.text + " to " + high.text;
      } else {
        r_.notices.add("text_only", resource.label + " (" + title + "): \"" + plain_value(json) + "\" is not a value that can be taken over. Read it yourself.");
      }
      if (!value.trouble.empty()) return value;
    }
    const bool absent = json.has("dataAbsentReason");
    if (absent && kinds > 0) {
      value.trouble = "it has a value, and a reason why it has none.";
      return value;
    }
    if (absent) return {};
    // An interpretation stands for a value that is left out, and may not contradict one that is there.
    const Json& given = json["interpretation"];
    for (std::size_t i = 0; i < (given.is_list() ? given.items.size() : given.is_object() ? 1 : 0); ++i) {
      const Value meant = read_concept(given.is_list() ? given.items[i] : given, test, resource, title, true);
      if (!meant.trouble.empty()) return meant;
      if (!meant.said) continue;
      if (value.said && (value.values & meant.values) == 0) {
        value.trouble = "its value (" + shown(value.text) + ") and its interpretation (" + shown(meant.text) + ") contradict each other.";
        return value;
      }
      if (kinds > 0 && !value.said) continue;  // a value that was not understood is not replaced
      value.values = value.said ? value.values & meant.values : meant.values;
      if (!value.said) value.text = meant.text;
      value.said = true;
    }
    return value;
  }
  static bool known_unit(const CodedTest& test, const std::string& unit) {
    return std::find(test.number.units.begin(), test.number.units.end(), lower(unit)) != test.number.units.end();
  }

  // A result whose value is the place of a metastasis.
  void site(Result result, const Concept& code) {
    if (!r_.terms.find(code, r_.codes.site_tests)) return;
    const Concept value = r_.terms.read((*result.json)["valueCodeableConcept"]);
    for (const auto& site : r_.codes.sites) {
      const Coding* coding = r_.terms.find(value, site.word.codes);
      if (!coding) coding = r_.terms.find(value, site.body);
      if (!coding) continue;
      if (!about_this_cancer(*result.resource) || !usable(r_, *result.resource, "metastasis")) return;
      if (!coding->display.empty() && longest_named(lower(coding->display), site.word.named) == 0) {
        r_.notices.add("display_mismatch", result.resource->label + ": " + shown_as(*coding, coding->display));
        for (const auto& means : site.means) r_.out.stopped.insert(means.fact);
        return;
      }
      r_.out.sites.insert(site.word.id);
      for (const auto& means : site.means) {
        Statement statement = r_.start(*result.resource, coding, date_of(*result.resource->json, {"effectiveDateTime", "effectivePeriod", "effectiveInstant", "issued"}));
        statement.said.inferred = means.fact == r_.codes.distant_fact;
        statement.accumulates = !statement.said.inferred;
        r_.add(std::move(statement), means.fact, means.values);
      }
    }
  }

  Reading& r_;
};

// One component, or the result itself, with one of the codes.
std::vector<Concept> component_values(const Reading& r, const Json& json, const std::vector<Code>& codes) {
  std::vector<Concept> found;
  for (const auto& component : json.list("component"))
    if (r.terms.find(r.terms.read(component["code"]), codes)) found.push_back(r.terms.read(component["valueCodeableConcept"]));
  return found;
}

}  // namespace

bool usable(Reading& reading, const Resource& resource, const std::string& what) {
  const std::string& status = resource.json->string("status");
  if (status == "final" || status == "amended" || status == "corrected") return true;
  if (status == "preliminary" || status == "registered") reading.notices.add("preliminary", resource.label + " (" + what + ") is not final yet (" + status + "). It was not used.");
  else if (status.empty()) reading.notices.add("no_status", resource.label + " (" + what + ") does not say whether it is final. It was not used.");
  else reading.notices.add("not_valid", resource.label + " (" + what + ") is marked " + shown(status) + ". It was not used.");
  return false;
}

// A variant says something of a gene only with all its parts: found or not, which gene, inherited or not, how sure.
void read_variant(Reading& r, const Resource& resource) {
  const Json& json = *resource.json;
  std::vector<Concept> genes = component_values(r, json, r.codes.gene_studied);
  if (genes.empty()) return;
  struct Hit {
    const CodedFact* fact;
    const CodedGene* gene;
    const Coding* coding;
  };
  std::vector<Hit> hits;
  std::set<std::string> names;
  for (const auto& gene : genes)
    for (const auto& coding : gene.codings) names.insert(coding.code);
  for (const auto& fact : r.codes.facts)
    for (const auto& gene : fact.genes)
      for (const auto& studied : genes)
        for (const auto& coding : studied.codings)
          if (coding.system >= 0 && r.terms.among(coding, gene.gene.codes)) hits.push_back({&fact, &gene, &coding});
  if (hits.empty()) return;
  const std::string title = r.title(hits[0].fact->fact);
  if (!usable(r, resource, title)) return;
  for (const auto& hit : hits)
    if (!hit.coding->display.empty() && longest_named(lower(hit.coding->display), hit.gene->gene.named) == 0) {
      const std::string text = resource.label + ": " + shown_as(*hit.coding, hit.coding->display, "gene code");
      for (const auto& other : hits) r.stop(other.fact->fact, "display_mismatch", text);
      return;
    }

  const auto says = [&](const std::vector<Concept>& list, const char* answer) {
    return std::any_of(list.begin(), list.end(), [&](const Concept& c) { return r.terms.says(c, answer); });
  };
  const auto stop = [&](const std::string& id, const std::string& text) {
    for (const auto& hit : hits) r.stop(hit.fact->fact, id, text);
  };
  const std::vector<Concept> result = {r.terms.read(json["valueCodeableConcept"])};
  const bool present = says(result, "present"), absent = says(result, "absent");
  for (const char* word : {"present", "absent"}) {
    const int index = r.terms.answer(word);
    if (index < 0) return;
    const Coding* coding = r.terms.find(result[0], r.codes.answers[index].codes);
    if (coding && !coding->display.empty() && longest_named(lower(coding->display), r.codes.answers[index].named) == 0)
      return stop("display_mismatch", resource.label + ": " + shown_as(*coding, coding->display));
    const int other = r.terms.answer(index == r.terms.answer("present") ? "absent" : "present");
    if (coding && longest_named(lower(coding->display), r.codes.answers[other].named) > longest_named(lower(coding->display), r.codes.answers[index].named))
      return stop("display_mismatch", resource.label + ": " + shown_as(*coding, coding->display));
  }
  if (present && absent) return stop("value_unclear", resource.label + ": its codes disagree with each other.");
  if (!present && !absent) {
    r.notices.add("value_not_known", resource.label + " (" + title + ") does not say whether a variant was found. Read it yourself.");
    return;
  }
  if (present && names.size() > 1 && hits.size() > 1 && genes.size() > 1) {
    r.notices.add("read_yourself", resource.label + " says that a variant was found in one of several genes, not in which. Read it yourself.");
    return;
  }
  // A test for one change alone says nothing of the rest of the gene.
  const auto is_about = [&](const Json& component, const std::vector<Code>& codes) { return r.terms.find(r.terms.read(component["code"]), codes) != nullptr; };
  const auto& components = json.list("component");
  if (absent && std::any_of(components.begin(), components.end(), [&](const Json& component) {
        return !is_about(component, r.codes.gene_studied) && !is_about(component, r.codes.origin_of_variant) && !is_about(component, r.codes.significance);
      })) {
    r.notices.add("read_yourself", resource.label + " (" + title + ") says that something was not found, and names more than the gene: perhaps one change only. Read it yourself.");
    return;
  }
  const std::vector<Concept> origins = component_values(r, json, r.codes.origin_of_variant);
  const bool germline = says(origins, "germline"), somatic = says(origins, "somatic");

  std::vector<Concept> significance = component_values(r, json, r.codes.significance);
  const Json& interpretation = json["interpretation"];
  for (const auto& item : interpretation.items) significance.push_back(r.terms.read(item));
  // The verdict may stand on a result of its own that is derived from this one.
  for (const auto& other : r.pool.resources()) {
    if (other.type != "Observation") continue;
    for (const auto& from : other.json->list("derivedFrom")) {
      const std::string& status = other.json->string("status");
      if (r.pool.resolve(from, other) != &resource || (status != "final" && status != "amended" && status != "corrected")) continue;
      if (r.terms.find(r.terms.read((*other.json)["code"]), r.codes.significance)) significance.push_back(r.terms.read((*other.json)["valueCodeableConcept"]));
      for (auto& value : component_values(r, *other.json, r.codes.significance)) significance.push_back(std::move(value));
    }
  }
  const bool pathogenic = says(significance, "pathogenic"), harmless = says(significance, "not_pathogenic");
  if (pathogenic && harmless) return stop("value_unclear", resource.label + ": it is called both pathogenic and not.");

  for (const auto& hit : hits) {
    const CodedFact& fact = *hit.fact;
    const std::string what = r.title(fact.fact);
    if (fact.origin == CodedFact::Origin::germline && !germline) {
      if (!somatic || present)
        r.notices.add("origin_not_germline", resource.label + (somatic ? " is a change of the tumour" : " does not say whether the gene change is inherited") + ". It says nothing of " + what + ".");
      continue;
    }
    if (fact.origin == CodedFact::Origin::somatic && !somatic) continue;
    if (fact.origin == CodedFact::Origin::any && germline) continue;
    if (germline && somatic) {
      r.stop(fact.fact, "value_unclear", resource.label + ": it is called both inherited and not.");
      continue;
    }
    Statement statement = r.start(resource, hit.coding, date_of(json, {"effectiveDateTime", "effectivePeriod", "effectiveInstant", "issued"}));
    statement.said.specimen = specimen_of(resource);
    statement.part = hit.gene->part;
    if (absent) {
      statement.said.value = "absent";
      r.add(std::move(statement), fact.fact, fact.not_found);
    } else if (harmless) {
      r.notices.add("not_pathogenic", resource.label + " (" + what + ") is not called pathogenic. It does not count as found.");
    } else if (fact.pathogenic && !pathogenic) {
      r.notices.add("significance_not_known", resource.label + " (" + what + ") does not say whether the variant is pathogenic. Read it yourself.");
    } else {
      statement.said.value = pathogenic ? "present, pathogenic" : "present";
      r.add(std::move(statement), fact.fact, fact.found);
    }
  }
}

void read_observations(Reading& reading) { Observations(reading).read(); }

}  // namespace waymark::record
