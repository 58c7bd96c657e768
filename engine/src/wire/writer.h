// Writes JSON text straight away, keys in the order given. Ours because building a tree first made the browser's engine a
// fifth larger and each answer several times slower; reading JSON is left to nlohmann's parser.
#pragma once

#include <concepts>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "waymark/engine.h"

namespace waymark::wire {

class Writer {
 public:
  Writer& begin_object() { return open('{'); }
  Writer& end_object() { return close('}'); }
  Writer& begin_list() { return open('['); }
  Writer& end_list() { return close(']'); }
  Writer& key(std::string_view name);
  Writer& value(std::string_view text);
  Writer& value(const char* text) { return value(std::string_view(text)); }
  template <std::same_as<bool> Bool>
  Writer& value(Bool truth) {
    return raw(truth ? "true" : "false");
  }
  template <std::integral Integer>
    requires(!std::same_as<Integer, bool>)
  Writer& value(Integer number) {
    return raw(std::to_string(number));
  }
  Writer& null() { return raw("null"); }
  // A number from 0 to 1 with at most four decimals.
  Writer& share(double number);
  // JSON that is already written.
  Writer& raw(std::string_view json);
  template <class Value>
  Writer& field(std::string_view name, const Value& of) {
    key(name);
    return value(of);
  }
  Writer& value(const std::vector<std::string>& texts);

  std::string take() && { return {out_.get(), used_}; }

 private:
  // Not inline: compiled for speed, once (browser.cmake).
  Writer& open(char bracket);
  Writer& close(char bracket);
  void separate() {
    if (last_ != '{' && last_ != '[' && last_ != ':') put(',');
  }
  void quote(std::string_view text);
  void put(char c) {
    if (used_ == room_) enlarge(1);
    out_[used_++] = last_ = c;
  }
  void put(std::string_view text);
  void escape(char c);
  void enlarge(std::size_t by);

  // Larger than what is written: adding to a string letter by letter took a fifth of an answer's time in the browser.
  std::unique_ptr<char[]> out_;
  std::size_t used_ = 0, room_ = 0;
  char last_ = '[';
};

// The parts that several shapes share.
void write_values(Writer& out, const Guideline& guideline, int fact, ValueSet values);
void write_facts(Writer& out, const Guideline& guideline, const Answers& answers);  // {"fact": ["value"]}, those answered
void write_sources(Writer& out, const Guideline& guideline, const SourceIds& sources);
void write_fact_values(Writer& out, const Guideline& guideline, const std::vector<FactValues>& facts);

}  // namespace waymark::wire
