// Record -> JSON.
#include "wire/writer.h"
#include "waymark/record.h"

namespace waymark {
namespace {

void write_statement(wire::Writer& out, const Guideline& guideline, const RecordStatement& said, bool with_fact) {
  out.begin_object();
  if (with_fact) out.field("fact", guideline.facts[said.fact].id);
  out.key("values");
  wire::write_values(out, guideline, said.fact, said.values);
  out.field("resource", said.resource).field("code", said.code).field("display", said.display).field("value", said.value);
  if (said.date.empty()) out.key("date").null();
  else out.field("date", said.date);
  out.field("status", said.status);
  if (!said.specimen.empty()) out.field("specimen", said.specimen);
  if (said.inferred) out.field("inferred", true);
  out.end_object();
}

void write_text_or_null(wire::Writer& out, const char* key, const std::string& text) {
  out.key(key);
  if (text.empty()) out.null();
  else out.value(text);
}

}  // namespace

std::string record_json(const Engine& engine, const Record& record) {
  const Guideline& guideline = engine.guideline();
  wire::Writer out;
  out.begin_object().field("waymark", 1);
  out.key("guideline").begin_object().field("id", guideline.id).field("version", guideline.version).field("sha256", guideline.sha256).end_object();
  out.key("refused");
  if (record.refused) out.begin_object().field("id", record.refused->id).field("text", record.refused->text).end_object();
  else out.null();
  out.key("facts");
  wire::write_facts(out, guideline, record.facts);
  out.key("provenance").begin_list();
  for (const auto& said : record.provenance) write_statement(out, guideline, said, true);
  out.end_list().key("conflicts").begin_list();
  for (const auto& conflict : record.conflicts) {
    out.begin_object().field("fact", guideline.facts[conflict.fact].id).key("candidates").begin_list();
    for (const auto& candidate : conflict.candidates) write_statement(out, guideline, candidate, false);
    out.end_list().end_object();
  }
  out.end_list().key("changed_over_time").begin_list();
  for (const auto& change : record.changed_over_time) {
    out.begin_object().field("fact", guideline.facts[change.fact].id).key("older");
    write_statement(out, guideline, change.older, false);
    out.key("newer");
    write_statement(out, guideline, change.newer, false);
    out.end_object();
  }
  out.end_list().key("warnings").begin_list();
  for (const auto& warning : record.warnings) out.begin_object().field("id", warning.id).field("text", warning.text).end_object();
  out.end_list().key("patient").begin_object();
  write_text_or_null(out, "sex", record.sex);
  write_text_or_null(out, "birth_date", record.birth_date);
  out.end_object().field("prior_drugs", record.prior_drugs).field("metastasis_sites", record.metastasis_sites).end_object();
  return std::move(out).take();
}

}  // namespace waymark
