#include "wire/json_tree.h"

#include <nlohmann/json.hpp>

#include "text/utf8.h"

namespace waymark::wire {
namespace {

const Json nothing;

class TreeReader : public nlohmann::json_sax<nlohmann::json> {
 public:
  TreeReader(const std::string& what, const TreeLimits& limits, JsonRead& out) : what_(what), limits_(limits), out_(out) {}

  Json take() { return std::move(root_); }

  bool null() override { return put({}) != nullptr; }
  bool boolean(bool value) override {
    Json json;
    json.kind = Json::Kind::boolean;
    json.truth = value;
    return put(std::move(json)) != nullptr;
  }
  bool number_integer(number_integer_t value) override { return number(static_cast<double>(value), true); }
  bool number_unsigned(number_unsigned_t value) override { return number(static_cast<double>(value), true); }
  bool number_float(number_float_t value, const string_t&) override { return number(value, false); }
  bool binary(binary_t&) override { return fail("holds binary data"); }
  bool string(string_t& value) override {
    if (text::first_unacceptable(value) != std::string_view::npos) return hidden();
    Json json;
    json.kind = Json::Kind::string;
    json.text = std::move(value);
    return put(std::move(json)) != nullptr;
  }
  bool start_object(std::size_t) override { return open(Json::Kind::object); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(Json::Kind::list); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    if (text::first_unacceptable(name) != std::string_view::npos) return hidden();
    if (name == "__proto__" || name == "constructor" || name == "prototype") return fail("has the key '" + name + "', which no record needs; it was not read");
    Json& object = *open_.back();
    if (object.fields.size() >= limits_.keys) return fail("has an object with more than " + std::to_string(limits_.keys) + " keys");
    for (const auto& [known, value] : object.fields)
      if (known == name) return fail("gives the key '" + text::shortened(name, 60) + "' twice in one object, and nobody can tell which one holds");
    key_ = std::move(name);
    return true;
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& fault) override {
    if (fault.id == 406) return fail("has a number that is too large (near character " + std::to_string(position) + ")");
    return fail("is not JSON (near character " + std::to_string(position) + "); check that it is complete");
  }

 private:
  bool hidden() { return fail("holds control characters or ones that reorder text invisibly; it may be damaged or forged"); }
  bool fail(const std::string& why) {
    if (out_.problem.empty()) out_.problem = what_ + " " + why;
    return false;
  }
  bool number(double value, bool whole) {
    Json json;
    json.kind = Json::Kind::number;
    json.number = value;
    json.whole = whole;
    return put(std::move(json)) != nullptr;
  }
  Json* put(Json json) {
    if (++values_ > limits_.values) {
      fail("has more than " + std::to_string(limits_.values) + " values; export less of it");
      return nullptr;
    }
    if (open_.empty()) {
      root_ = std::move(json);
      return &root_;
    }
    Json& into = *open_.back();
    if (into.is_list()) return &into.items.emplace_back(std::move(json));
    return &into.fields.emplace_back(JsonField{std::move(key_), std::move(json)}).value;
  }
  bool open(Json::Kind kind) {
    if (static_cast<int>(open_.size()) >= limits_.depth) return fail("is nested deeper than " + std::to_string(limits_.depth) + " levels");
    Json json;
    json.kind = kind;
    Json* at = put(std::move(json));
    if (at) open_.push_back(at);
    return at != nullptr;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  const std::string& what_;
  const TreeLimits& limits_;
  JsonRead& out_;
  Json root_;
  std::vector<Json*> open_;  // an open value is the last of its parent, which grows no more until it is closed
  std::string key_;
  std::size_t values_ = 0;
};

}  // namespace

const Json& Json::operator[](std::string_view key) const {
  for (const auto& [name, value] : fields)
    if (name == key) return value;
  return nothing;
}

const std::string& Json::string(std::string_view key) const {
  const Json& field = (*this)[key];
  return field.is_string() ? field.text : nothing.text;
}

const std::vector<Json>& Json::list(std::string_view key) const {
  const Json& field = (*this)[key];
  return field.is_list() ? field.items : nothing.items;
}

JsonRead read_json(std::string_view text, const std::string& what, const TreeLimits& limits) {
  JsonRead out;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (text.size() > limits.bytes) {
    out.problem = what + " is larger than " + std::to_string(limits.bytes >> 20) + " MB; export less of it";
    return out;
  }
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    out.problem = what + " is empty";
    return out;
  }
  if (text::first_unacceptable(text) != std::string_view::npos) {
    out.problem = what + " holds bytes that are not UTF-8 text, or characters that reorder text invisibly; it may be damaged or forged";
    return out;
  }
  TreeReader reader(what, limits, out);
  if (nlohmann::json::sax_parse(text.begin(), text.end(), &reader)) out.tree = reader.take();
  else if (out.problem.empty()) out.problem = what + " is not JSON";
  return out;
}

}  // namespace waymark::wire
