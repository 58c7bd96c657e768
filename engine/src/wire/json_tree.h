// In: JSON text that nobody vouches for. Out: a plain bounded tree, or what is wrong with the text. Nothing is thrown.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace waymark::wire {

struct JsonField;

struct Json {
  enum class Kind { null, boolean, number, string, list, object };
  Kind kind = Kind::null;
  bool truth = false;
  bool whole = false;  // a number written without point or exponent
  double number = 0;
  std::string text;    // of a string
  std::vector<Json> items;
  std::vector<JsonField> fields;

  bool is_object() const { return kind == Kind::object; }
  bool is_list() const { return kind == Kind::list; }
  bool is_string() const { return kind == Kind::string; }
  bool is_number() const { return kind == Kind::number; }
  // The field, or a null value where there is none or this is no object.
  const Json& operator[](std::string_view key) const;
  bool has(std::string_view key) const { return (*this)[key].kind != Kind::null; }
  // The text of a string field; "" where it is anything else.
  const std::string& string(std::string_view key) const;
  // The items of a list field; none where it is anything else.
  const std::vector<Json>& list(std::string_view key) const;
};

struct JsonField {
  std::string key;
  Json value;
};

struct TreeLimits {
  std::size_t bytes = std::size_t{20} << 20;
  int depth = 64;
  std::size_t values = 1'000'000;
  std::size_t keys = 1'000;  // in one object
};

struct JsonRead {
  std::optional<Json> tree;
  std::string problem;  // when there is no tree: a sentence about `what`
};

// `what` begins the sentence: "the record". Refused: text over the limits, bytes that are not UTF-8, control and bidirectional
// characters (escaped ones too), numbers that no double holds, a key twice in one object, and keys that only an attack on
// JavaScript has (__proto__, constructor, prototype).
JsonRead read_json(std::string_view text, const std::string& what, const TreeLimits& limits);

}  // namespace waymark::wire
