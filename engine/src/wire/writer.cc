#include "wire/writer.h"

namespace waymark::wire {

namespace {

// What must be written otherwise inside quotation marks.
constexpr bool special(char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; }

}  // namespace

void Writer::quote(std::string_view text) {
  out_ += '"';
  std::size_t written = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (!special(c)) continue;
    out_.append(text, written, i - written);
    written = i + 1;
    switch (c) {
      case '"': out_ += "\\\""; break;
      case '\\': out_ += "\\\\"; break;
      case '\n': out_ += "\\n"; break;
      case '\r': out_ += "\\r"; break;
      case '\t': out_ += "\\t"; break;
      default:
        out_ += "\\u00";
        out_ += "0123456789abcdef"[c >> 4];
        out_ += "0123456789abcdef"[c & 15];
    }
  }
  out_.append(text, written);
  out_ += '"';
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
