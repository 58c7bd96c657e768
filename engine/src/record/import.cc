// From statements to proposals: what the record says now, where it contradicts itself, and what has changed.
#include <algorithm>

#include "record/reader.h"
#include "text/order.h"
#include "wire/json_tree.h"

namespace waymark {
namespace record {
namespace {

// Results closer together than this are one look at the disease: if they differ nobody can tell which holds. Our choice.
constexpr int one_look_days = 30;

// By date, newest first, then by everything else: no trace of the order of entries is left.
bool before(const Statement& a, const Statement& b) {
  if (a.when.known != b.when.known) return a.when.known;
  if (a.when.first != b.when.first) return a.when.first > b.when.first;
  if (a.said.date != b.said.date) return a.said.date > b.said.date;
  const RecordStatement &x = a.said, &y = b.said;
  if (x.resource != y.resource) return x.resource < y.resource;
  if (x.code != y.code) return x.code < y.code;
  if (x.value != y.value) return x.value < y.value;
  if (x.display != y.display) return x.display < y.display;
  if (x.status != y.status) return x.status < y.status;
  return x.values < y.values;
}

bool equal(const RecordStatement& a, const RecordStatement& b) {
  return a.fact == b.fact && a.values == b.values && a.resource == b.resource && a.code == b.code && a.value == b.value && a.date == b.date && a.status == b.status && a.display == b.display;
}

class Decision {
 public:
  Decision(const Guideline& guideline, Record& out, Notices& notices, Days today) : guideline_(guideline), out_(out), notices_(notices), today_(today) {}

  void decide(int fact, std::vector<Statement> rows, bool several_tumours) {
    const CodedFact* coded = nullptr;
    for (const auto& item : guideline_.codes.facts)
      if (item.fact == fact) coded = &item;
    text::put_in_order(rows, before);
    const ValueSet sticky = coded ? coded->sticky : 0;

    // One look: everything that nothing else is clearly newer than.
    const bool dated = rows.front().when.known && !rows.front().about_person && !rows.front().accumulates;
    std::vector<Statement> look, older, undated;
    for (auto& row : rows) {
      const bool close = row.when.known && row.when.last + one_look_days >= rows.front().when.first;
      const bool same_specimen = !row.said.specimen.empty() && std::any_of(look.begin(), look.end(), [&](const Statement& other) { return other.said.specimen == row.said.specimen; });
      if (!dated || close || same_specimen || several_tumours || row.accumulates) look.push_back(std::move(row));
      else if (row.when.known) older.push_back(std::move(row));
      else undated.push_back(std::move(row));
    }
    if (coded && coded->together) {
      only_together(*coded, look);
      if (look.empty()) return;
    }

    ValueSet values = guideline_.facts[fact].all_values();
    for (const auto& row : look) values &= row.said.values;
    std::vector<Statement> against;
    for (const auto* list : {&older, &undated})
      for (const auto& row : *list) {
        const bool never_taken_back = sticky && (row.said.values & ~sticky) == 0, takes_back = sticky && list == &undated && (values & ~sticky) == 0;
        if ((row.said.values & values) == 0 && (never_taken_back || takes_back)) against.push_back(row);
      }
    if (values == 0 || !against.empty()) {
      RecordConflict conflict{fact, {}};
      for (const auto* list : {&look, &against})
        for (const auto& row : *list) conflict.candidates.push_back(row.said);
      out_.conflicts.push_back(std::move(conflict));
      return;
    }
    for (const auto& row : undated)
      if ((row.said.values & values) == 0)
        notices_.add("undated_disagrees", row.said.resource + " (" + title(fact) + ") has no date and says something else than the dated result that is proposed.");
    out_.facts[fact] = values;
    for (const auto& row : look)
      if (out_.provenance.empty() || !equal(out_.provenance.back(), row.said)) out_.provenance.push_back(row.said);
    const auto changed = std::find_if(older.begin(), older.end(), [&](const Statement& row) { return (row.said.values & values) == 0; });
    if (changed != older.end()) out_.changed_over_time.push_back({fact, changed->said, look.front().said});

    const Statement& newest = look.front();
    if (!newest.when.known && !newest.about_person) notices_.add("undated", newest.said.resource + " (" + title(fact) + ") has no date. Check that it is the latest result.");
    if (std::all_of(look.begin(), look.end(), [](const Statement& row) { return row.said.inferred; }))
      notices_.add("inferred", title(fact) + " is a conclusion from " + newest.said.resource + ", not said in so many words. Confirm it with care.");
    if (coded && coded->stale_after_months && newest.when.known && today_.known && newest.when.last + coded->stale_after_months * 61 / 2 < today_.first)
      notices_.add("stale", title(fact) + " was last noted on " + newest.said.date + ", more than " + std::to_string(coded->stale_after_months) + " months ago. Ask again.");
  }

 private:
  std::string title(int fact) const { return guideline_.say(guideline_.facts[fact].title, "", Audience::clinician); }

  // A value that only all the tests together can say is taken back where one of them is lacking.
  void only_together(const CodedFact& coded, std::vector<Statement>& look) const {
    const auto partial = [&](const Statement& row) { return row.part >= 0 && (row.said.values & ~coded.together) == 0; };
    std::string lacking;
    for (std::size_t part = 0; part < coded.parts.size(); ++part)
      if (std::none_of(look.begin(), look.end(), [&](const Statement& row) { return partial(row) && row.part == static_cast<int>(part); })) lacking += (lacking.empty() ? "" : ", ") + coded.parts[part];
    if (lacking.empty()) return;
    const auto gone = std::remove_if(look.begin(), look.end(), partial);
    const bool removed = gone != look.end();
    look.erase(gone, look.end());
    if (removed && look.empty()) notices_.add("not_all_tested", title(coded.fact) + ": the record has no such result for " + lacking + ".");
  }

  const Guideline& guideline_;
  Record& out_;
  Notices& notices_;
  Days today_;
};

Record decide(const Guideline& guideline, Statements& said, Notices& notices, Days today) {
  Record out;
  out.facts.resize(guideline.facts.size());
  out.sex = said.sex;
  out.birth_date = said.birth_date;
  const Codes& codes = guideline.codes;
  const int gate = codes.distant_fact;
  if (!said.refusal && gate >= 0 && !said.stopped.contains(gate)) {
    bool any = false, all_closed = true, direct = false;
    for (const auto& row : said.all)
      if (row.said.fact == gate) {
        any = true;
        direct = direct || !row.said.inferred;
        all_closed = all_closed && (row.said.values & ~codes.distant_closed) == 0;
      }
    if (any && all_closed)
      said.refusal = direct ? RecordNotice{"m0", "The record says that the cancer has not spread to distant parts (M0). This guideline is for stage 4 only."}
                            : RecordNotice{"not_stage_4", "The record gives a stage below 4 and no distant spread. This guideline is for stage 4 only."};
    else if (!any)
      notices.add("spread_not_known", "The record does not say whether the cancer has spread to distant parts. Answer that first.");
  }
  if (said.refusal) {
    out.refused = said.refusal;
    return out;
  }
  out.prior_drugs.assign(said.drugs.begin(), said.drugs.end());
  out.metastasis_sites.assign(said.sites.begin(), said.sites.end());
  Decision decision(guideline, out, notices, today);
  for (int fact = 0; fact < static_cast<int>(guideline.facts.size()); ++fact) {
    std::vector<Statement> rows;
    for (auto& row : said.all)
      if (row.said.fact == fact) rows.push_back(std::move(row));
    if (!rows.empty() && !said.stopped.contains(fact)) decision.decide(fact, std::move(rows), said.several_tumours);
  }
  return out;
}

}  // namespace

Statements read_statements(const Guideline& guideline, const Pool& pool, std::string_view today, Notices& notices) {
  Reading reading(guideline, pool, today, notices);
  read_patient(reading);
  read_conditions(reading);
  if (!reading.out.refusal) {
    read_observations(reading);
    read_drugs(reading);
  }
  return std::move(reading.out);
}

}  // namespace record

RecordRead import_record(const Engine& engine, std::string_view json, std::string_view today) {
  const Guideline& guideline = engine.guideline();
  RecordRead out;
  if (!guideline.codes.any() || guideline.codes.disease.codes.empty()) {
    out.error.message = "the guideline '" + guideline.id + "' does not say which codes records use; add a section `codes`";
    return out;
  }
  const wire::JsonRead read = wire::read_json(json, "the record", {});
  if (!read.tree) {
    out.error.message = read.problem;
    return out;
  }
  record::Notices notices;
  record::Pool pool;
  if (!pool.read(*read.tree, notices)) {
    if (!pool.problem.empty()) {
      out.error.message = pool.problem;
      return out;
    }
    out.record.emplace();
    out.record->facts.resize(guideline.facts.size());
    out.record->refused = pool.refusal;
  } else {
    record::Statements said = record::read_statements(guideline, pool, today, notices);
    out.record = record::decide(guideline, said, notices, record::read_date(today));
  }
  out.record->warnings = notices.take();
  return out;
}

}  // namespace waymark
