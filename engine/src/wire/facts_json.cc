// JSON facts -> Answers, or what is wrong with them.
#include <nlohmann/json.hpp>

#include "text/nearest.h"
#include "text/utf8.h"
#include "waymark/engine.h"

namespace waymark {
namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 20;

// Builds flat facts straight from the parser's events: no nesting to bound, duplicate names seen, nothing thrown.
class FactsReader : public nlohmann::json_sax<nlohmann::json> {
 public:
  FactsReader(const Guideline& guideline, FactsRead& out) : guideline_(guideline), out_(out), answers_(guideline.facts.size()) {}

  Answers take() { return std::move(answers_); }

  bool null() override {
    if (depth_ != 1 || in_list_) return wrong_value("null");
    return true;
  }
  bool boolean(bool value) override { return wrong_value(value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override { return wrong_value(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return wrong_value(std::to_string(value)); }
  bool number_float(number_float_t, const string_t& text) override { return wrong_value(text); }
  bool binary(binary_t&) override { return wrong_value("binary"); }
  bool string(string_t& value) override {
    if (depth_ != 1) return not_an_object();
    const Fact& fact = guideline_.facts[fact_];
    for (std::size_t v = 0; v < fact.values.size(); ++v)
      if (fact.values[v].id == value) {
        answers_[fact_] |= ValueSet{1} << v;
        return true;
      }
    std::vector<std::string> ids;
    for (const auto& known : fact.values) ids.push_back(known.id);
    return fail("the fact '" + fact.id + "' has no value '" + shown(value) + "'; " + text::suggestion(value, ids), fact.id, shown(value), text::nearest(value, ids));
  }
  bool start_object(std::size_t) override {
    if (depth_ != 0) return wrong_value("an object");
    depth_ = 1;
    return true;
  }
  bool key(string_t& name) override {
    fact_ = guideline_.find_fact(name);
    if (fact_ < 0) {
      std::vector<std::string> ids;
      for (const auto& fact : guideline_.facts) ids.push_back(fact.id);
      return fail("there is no fact '" + shown(name) + "'; " + text::suggestion(name, ids), shown(name), "", text::nearest(name, ids));
    }
    if (seen_.empty()) seen_.resize(guideline_.facts.size());
    if (seen_[fact_]) return fail("the fact '" + name + "' is given twice; keep one", name);
    seen_[fact_] = 1;
    return true;
  }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override {
    if (depth_ != 1) return not_an_object();
    if (in_list_) return wrong_value("a list inside a list");
    in_list_ = true;
    return true;
  }
  bool end_array() override {
    in_list_ = false;
    if (answers_[fact_] != 0) return true;
    return fail("the list of values of '" + guideline_.facts[fact_].id + "' is empty; name a value, or leave the fact out if nothing is known", guideline_.facts[fact_].id);
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    return fail("the facts are not JSON (near character " + std::to_string(position) + "); write {\"fact\": \"value\"}");
  }

 private:
  static std::string shown(const std::string& text) { return text::shortened(text, 60); }
  bool not_an_object() { return fail("the facts must be one JSON object; write {\"fact\": \"value\"}"); }
  bool wrong_value(const std::string& what) {
    if (depth_ != 1) return not_an_object();
    const Fact& fact = guideline_.facts[fact_];
    return fail("the value of '" + fact.id + "' must be a text or a list of texts, not " + what + "; write \"" + fact.values.front().id + "\"", fact.id, what);
  }
  bool fail(std::string message, std::string fact = {}, std::string value = {}, std::string nearest = {}) {
    if (out_.error.message.empty()) out_.error = {std::move(message), std::move(fact), std::move(value), std::move(nearest)};
    return false;
  }

  const Guideline& guideline_;
  FactsRead& out_;
  Answers answers_;
  std::vector<char> seen_;
  int fact_ = -1;
  int depth_ = 0;
  bool in_list_ = false;
};

}  // namespace

FactsRead read_facts(const Engine& engine, std::string_view json) {
  FactsRead out;
  if (json.size() > most_bytes) {
    out.error.message = "the facts are larger than 1 MB; a patient needs a few lines";
    return out;
  }
  if (json.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    out.error.message = "there are no facts; write {} if nothing is known";
    return out;
  }
  if (text::first_unacceptable(json) != std::string_view::npos) {
    out.error.message = "the facts hold bytes that are not UTF-8 text; save them as UTF-8";
    return out;
  }
  FactsReader reader(engine.guideline(), out);
  if (nlohmann::json::sax_parse(json.begin(), json.end(), &reader)) out.answers = reader.take();
  else if (out.error.message.empty()) out.error.message = "the facts are not JSON; write {\"fact\": \"value\"}";
  return out;
}

}  // namespace waymark
