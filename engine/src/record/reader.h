// What reading each kind of resource shares.
#pragma once

#include "record/statements.h"

namespace waymark::record {

struct Reading {
  Reading(const Guideline& guideline, const Pool& pool, std::string_view today, Notices& notices)
      : guideline(guideline), codes(guideline.codes), pool(pool), terms(guideline.codes), today(read_date(today)), notices(notices) {}

  const Guideline& guideline;
  const Codes& codes;
  const Pool& pool;
  Terms terms;
  Days today;
  Notices& notices;
  Statements out;
  std::vector<const Resource*> tumours, metastases;  // conditions that are this cancer, and its spread

  std::string title(int fact) const { return guideline.say(guideline.facts[fact].title, "", Audience::clinician); }
  void stop(int fact, const std::string& id, const std::string& text) {
    out.stopped.insert(fact);
    notices.add(id, text + " Nothing is proposed for " + title(fact) + ".");
  }
  // A statement without values, to be filled in.
  Statement start(const Resource& resource, const Coding* coding, const std::string& date) const;
  void add(Statement statement, int fact, ValueSet values) {
    if (values == 0 || values == guideline.facts[fact].all_values()) return;
    statement.said.fact = fact;
    statement.said.values = values;
    out.all.push_back(std::move(statement));
  }
};

// That a code is shown as something else than it means, in words.
std::string shown_as(const Coding& coding, std::string_view words, const std::string& kind = "code");

// The best date that a resource gives, as written.
std::string date_of(const Json& resource, std::initializer_list<const char*> fields);

void read_patient(Reading& reading);
void read_conditions(Reading& reading);   // the gate too
void read_observations(Reading& reading);
void read_variant(Reading& reading, const Resource& resource);
void read_drugs(Reading& reading);

// Whether the status lets an observation count; tells why not where it does not.
bool usable(Reading& reading, const Resource& resource, const std::string& what);

}  // namespace waymark::record
