// Proofs, differences, what-if and mutants -> JSON.
#include <algorithm>

#include "wire/writer.h"

namespace waymark {
namespace {

using wire::Writer;

const char* name_of(Applies applies) { return applies == Applies::yes ? "yes" : applies == Applies::depends ? "depends" : "no"; }
const char* name_of_outcome(Outcome outcome) { return outcome == not_listed ? "not_listed" : waymark::name_of(static_cast<Strength>(outcome)); }

void write_strengths(Writer& out, OutcomeSet strengths) {
  out.begin_list();
  for (const auto strength : {Strength::preferred, Strength::option, Strength::caution, Strength::avoid})
    if (strengths >> static_cast<int>(strength) & 1) out.value(waymark::name_of(strength));
  out.end_list();
}

void write_place(Writer& out, const Guideline& guideline, Place place) {
  out.field("file", place.file >= 0 ? guideline.files[place.file] : "").field("line", place.line).field("column", place.column);
}

// Whole numbers up to 9e15 exactly, larger ones in powers of ten, and 1e300 for all beyond it.
std::string large_number(double number) {
  if (number < 9e15) return std::to_string(static_cast<long long>(number));
  if (!(number < 1e300)) return "1e300";
  // Without logarithms, whose tables are large: this is precise enough for three digits.
  int exponent = 0;
  for (; number >= 9.995; number /= 10) ++exponent;
  const int hundredths = static_cast<int>(number * 100 + 0.5);
  return std::to_string(hundredths / 100) + "." + std::to_string(100 + hundredths % 100).substr(1) + "e" + std::to_string(exponent);
}

// The facts of two guidelines have no one Guideline to be written with.
void write_box(Writer& out, const std::vector<Fact>& vocabulary, const std::vector<FactValues>& facts) {
  out.begin_object();
  for (const auto& fact : facts) {
    out.key(vocabulary[fact.fact].id).begin_list();
    for (std::size_t v = 0; v < vocabulary[fact.fact].values.size(); ++v)
      if (fact.values >> v & 1) out.value(vocabulary[fact.fact].values[v].id);
    out.end_list();
  }
  out.end_object();
}

}  // namespace

std::string proof_json(const Engine& engine, const ProofReport& report) {
  const Guideline& guideline = engine.guideline();
  Writer out;
  out.begin_object().field("waymark", 1).key("claims").begin_list();
  for (const auto& claim : report.claims) out.begin_object().field("claim", claim.kind).field("subject", claim.subject).field("holds", claim.holds).end_object();
  out.end_list().key("findings").begin_list();
  for (const auto& finding : report.findings) {
    out.begin_object().field("severity", finding.severity == Severity::error ? "error" : "warning").field("kind", finding.kind);
    write_place(out, guideline, finding.place);
    out.field("subject", finding.subject).field("message", finding.message).field("remedy", finding.remedy).key("counterexample");
    wire::write_fact_values(out, guideline, finding.counterexample);
    if (!finding.vignette.empty()) out.field("vignette", finding.vignette);
    out.end_object();
  }
  out.end_list().key("profiles").raw(large_number(report.profiles)).field("nodes", report.nodes).field("sampled", report.sampled);
  out.field("confirmed", report.confirmed).field("doubts", report.doubts).end_object();
  return std::move(out).take();
}

std::string what_if_json(const Engine& engine, const std::vector<WhatIf>& changes) {
  const Guideline& guideline = engine.guideline();
  Writer out;
  out.begin_object().field("waymark", 1).key("facts").begin_list();
  for (const auto& what : changes) {
    out.begin_object().field("fact", guideline.facts[what.fact].id).key("values").begin_list();
    for (const auto& value : what.values) {
      out.begin_object().key("values");
      wire::write_values(out, guideline, what.fact, value.value);
      out.field("possible", value.possible).key("options").begin_list();
      for (const auto& change : value.options) {
        out.begin_object().field("id", guideline.options[change.option].id).key("before").begin_object().field("applies", name_of(change.applies_before)).key("strengths");
        write_strengths(out, change.strengths_before);
        out.end_object().key("after").begin_object().field("applies", name_of(change.applies_after)).key("strengths");
        write_strengths(out, change.strengths_after);
        out.end_object().end_object();
      }
      out.end_list().end_object();
    }
    out.end_list().end_object();
  }
  out.end_list().end_object();
  return std::move(out).take();
}

std::string diff_json(const Engine& old_engine, const Engine& new_engine, const DiffReport& report) {
  Writer out;
  const auto name = [&](const char* key, const Guideline& guideline) {
    out.key(key).begin_object().field("id", guideline.id).field("version", guideline.version).field("sha256", guideline.sha256).end_object();
  };
  out.begin_object().field("waymark", 1);
  name("old", old_engine.guideline());
  name("new", new_engine.guideline());
  out.field("same_answers", report.same_answers());
  out.field("new_facts", report.new_facts).field("removed_facts", report.removed_facts).field("new_values", report.new_values).field("removed_values", report.removed_values);
  out.field("new_options", report.new_options).field("removed_options", report.removed_options).key("options").begin_list();
  for (const auto& difference : report.options) {
    out.begin_object().field("option", difference.option).field("decision", difference.decision).field("from", name_of_outcome(difference.from)).field("to", name_of_outcome(difference.to));
    out.key("share").share(difference.share).key("weighted_share").share(difference.weighted).key("patients").begin_list();
    for (const auto& box : difference.boxes) {
      out.begin_object().key("facts");
      write_box(out, report.vocabulary, box.facts);
      out.key("share").share(box.share).end_object();
    }
    out.end_list().end_object();
  }
  out.end_list().field("changed_texts", report.changed_texts).field("changed_sources", report.changed_sources);
  if (!report.problem.empty()) out.field("problem", report.problem);
  out.end_object();
  return std::move(out).take();
}

std::string mutation_json(const Engine& engine, const MutationReport& report) {
  const Guideline& guideline = engine.guideline();
  Writer out;
  out.begin_object().field("mutants", report.mutants).field("noticed", report.noticed).field("equivalent", report.equivalent);
  out.key("score").share(report.mutants == 0 ? 1 : static_cast<double>(report.noticed) / report.mutants).key("survivors").begin_list();
  for (const auto& survivor : report.survivors) {
    out.begin_object().field("rule", survivor.rule).field("change", survivor.change);
    write_place(out, guideline, survivor.place);
    out.key("profile");
    wire::write_fact_values(out, guideline, survivor.profile);
    out.field("vignette", survivor.vignette).end_object();
  }
  out.end_list().end_object();
  return std::move(out).take();
}

}  // namespace waymark
