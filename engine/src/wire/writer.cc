#include "wire/writer.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace waymark::wire {

namespace {

// What must be written otherwise inside quotation marks.
constexpr bool special(char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; }

// Whether any of eight letters is such: all looked at together (Anderson, "Bit Twiddling Hacks": bytes below n, bytes equal to n).
constexpr std::uint64_t each = 0x0101010101010101u;
constexpr std::uint64_t below(std::uint64_t letters, std::uint64_t n) { return (letters - each * n) & ~letters & each * 0x80; }
constexpr bool any_special(std::uint64_t letters) {
  return (below(letters, 0x20) | below(letters ^ each * '"', 1) | below(letters ^ each * '\\', 1)) != 0;
}

}  // namespace

void Writer::enlarge(std::size_t by) {
  room_ = std::max<std::size_t>(16384, (used_ + by) * 2);
  std::unique_ptr<char[]> larger(new char[room_]);
  if (used_ > 0) std::memcpy(larger.get(), out_.get(), used_);
  out_ = std::move(larger);
}

void Writer::put(std::string_view text) {
  if (text.empty()) return;
  if (room_ - used_ < text.size()) enlarge(text.size());
  std::memcpy(out_.get() + used_, text.data(), text.size());
  used_ += text.size();
  last_ = text.back();
}

void Writer::escape(char c) {
  switch (c) {
    case '"': return put("\\\"");
    case '\\': return put("\\\\");
    case '\n': return put("\\n");
    case '\r': return put("\\r");
    case '\t': return put("\\t");
    default:
      put("\\u00");
      put("0123456789abcdef"[c >> 4]);
      put("0123456789abcdef"[c & 15]);
  }
}

void Writer::quote(std::string_view text) {
  put('"');
  if (room_ - used_ < text.size()) enlarge(text.size());
  const char* from = text.data();
  const char* const end = from + text.size();
  while (from != end) {
    std::uint64_t letters;
    if (end - from >= 8) {
      std::memcpy(&letters, from, 8);
      if (!any_special(letters)) {
        std::memcpy(out_.get() + used_, from, 8);
        used_ += 8;
        from += 8;
        continue;
      }
    }
    if (special(*from)) {
      escape(*from++);
      if (room_ - used_ < static_cast<std::size_t>(end - from)) enlarge(static_cast<std::size_t>(end - from));
    } else {
      out_[used_++] = *from++;
    }
  }
  put('"');
}

Writer& Writer::open(char bracket) {
  separate();
  put(bracket);
  return *this;
}
Writer& Writer::close(char bracket) {
  put(bracket);
  return *this;
}

Writer& Writer::key(std::string_view name) {
  separate();
  quote(name);
  put(':');
  return *this;
}

Writer& Writer::value(std::string_view text) {
  separate();
  quote(text);
  return *this;
}

Writer& Writer::raw(std::string_view json) {
  separate();
  put(json);
  return *this;
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
