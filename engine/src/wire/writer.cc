#include "wire/writer.h"

#include <cstring>

namespace waymark::wire {

namespace {

// What must be written otherwise inside quotation marks.
constexpr bool special(char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; }

}  // namespace

void Writer::flush() {
  out_.append(chunk_, used_);
  used_ = 0;
}

void Writer::put(std::string_view text) {
  if (text.empty()) return;
  if (text.size() > sizeof chunk_ - used_) flush();
  if (text.size() > sizeof chunk_) {
    out_ += text;
  } else {
    std::memcpy(chunk_ + used_, text.data(), text.size());
    used_ += text.size();
  }
  last_ = text.back();
}

void Writer::quote(std::string_view text) {
  put('"');
  const char* written = text.data();
  const char* const end = written + text.size();
  for (const char* c = written; c != end; ++c) {
    if (!special(*c)) continue;
    put({written, static_cast<std::size_t>(c - written)});
    written = c + 1;
    switch (*c) {
      case '"': put("\\\""); break;
      case '\\': put("\\\\"); break;
      case '\n': put("\\n"); break;
      case '\r': put("\\r"); break;
      case '\t': put("\\t"); break;
      default:
        put("\\u00");
        put("0123456789abcdef"[*c >> 4]);
        put("0123456789abcdef"[*c & 15]);
    }
  }
  put({written, static_cast<std::size_t>(end - written)});
  put('"');
}

Writer& Writer::share(double number) {
  const int parts = static_cast<int>(number * 10000 + 0.5);
  std::string decimals = std::to_string(10000 + parts % 10000).substr(1);
  while (decimals.size() > 1 && decimals.back() == '0') decimals.pop_back();
  return raw(std::to_string(parts / 10000) + "." + decimals);
}

Writer& Writer::value(const std::vector<std::string>& texts) {
  begin_list();
  for (const auto& text : texts) value(std::string_view(text));
  return end_list();
}

void write_values(Writer& out, const Guideline& guideline, int fact, ValueSet values) {
  out.begin_list();
  for (std::size_t v = 0; v < guideline.facts[fact].values.size(); ++v)
    if (values >> v & 1) out.value(guideline.facts[fact].values[v].id);
  out.end_list();
}

void write_facts(Writer& out, const Guideline& guideline, const Answers& answers) {
  out.begin_object();
  for (std::size_t f = 0; f < answers.size(); ++f) {
    if (answers[f] == 0) continue;
    out.key(guideline.facts[f].id);
    write_values(out, guideline, static_cast<int>(f), answers[f]);
  }
  out.end_object();
}

void write_sources(Writer& out, const Guideline& guideline, const SourceIds& sources) {
  out.begin_list();
  for (const int source : sources) out.value(guideline.sources[source].id);
  out.end_list();
}

void write_fact_values(Writer& out, const Guideline& guideline, const std::vector<FactValues>& facts) {
  out.begin_list();
  for (const auto& fact : facts) {
    out.begin_object().field("fact", guideline.facts[fact.fact].id).key("values");
    write_values(out, guideline, fact.fact, fact.values);
    out.end_object();
  }
  out.end_list();
}

}  // namespace waymark::wire
