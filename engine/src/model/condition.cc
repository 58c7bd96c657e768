// A condition's YAML -> Condition.
#include "model/reader.h"
#include "text/nearest.h"
#include "text/utf8.h"

namespace waymark::model {
namespace {

Condition combine(Condition::Kind kind, std::vector<Condition> parts, Place place) {
  if (parts.size() == 1 && kind != Condition::Kind::negation) return std::move(parts.front());
  return {kind, -1, 0, std::move(parts), place};
}

Condition read_list(Reader& reader, const yaml::Entry& entry, Condition::Kind kind, const std::string& what) {
  std::vector<Condition> parts;
  if (reader.is_list(entry.value, "'" + entry.key + "'")) {
    if (entry.value.items.empty())
      reader.issues.error(entry.value.place, "empty-condition", "'" + entry.key + "' lists no condition", "list at least one");
    for (const auto& item : entry.value.items) parts.push_back(read_condition(reader, item, what));
  }
  if (parts.empty()) return {};
  return combine(kind, std::move(parts), entry.place);
}

Condition read_entry(Reader& reader, const yaml::Entry& entry, const std::string& what) {
  using Kind = Condition::Kind;
  if (entry.key == "any") return read_list(reader, entry, Kind::any, what);
  if (entry.key == "all") return read_list(reader, entry, Kind::all, what);
  if (entry.key == "not" || entry.key == "unless")
    return {Kind::negation, -1, 0, {read_condition(reader, entry.value, what)}, entry.place};
  if (const int fact = reader.facts.find(entry.key); fact >= 0) {
    return {Kind::fact, fact, reader.values_of(entry.value, entry.key, reader.value_ids(fact)), {}, entry.place};
  }
  if (const int derived = reader.derived.find(entry.key); derived >= 0) {
    return {Kind::derived, derived, reader.values_of(entry.value, entry.key, reader.guideline.derived[derived].values), {}, entry.place};
  }
  std::vector<std::string> names = reader.facts.all();
  names.insert(names.end(), reader.derived.all().begin(), reader.derived.all().end());
  for (const char* word : {"any", "all", "not", "unless"}) names.emplace_back(word);
  const bool either = entry.key == "or", both = entry.key == "and";
  reader.issues.error(entry.place, "unknown-fact", "there is no fact or derived name '" + entry.key + "'",
                      either ? "write `any: [{…}, {…}]`" : both ? "write all of it in one map, or `all: [{…}, {…}]`" : reader.suggestion(entry.key, names));
  return {};
}

}  // namespace

Condition read_condition(Reader& reader, const yaml::Node& node, const std::string& what) {
  if (node.is_scalar()) {
    if (node.scalar != "always")
      reader.issues.error(node.place, "bad-condition", "the condition of " + what + " is the text '" + text::shortened(node.scalar, 60) + "'",
                          "write `always`, or a map such as `{fact: value}`");
    return {Condition::Kind::always, -1, 0, {}, node.place};
  }
  if (node.is_list()) {
    reader.issues.error(node.place, "bad-condition", "the condition of " + what + " is a list", "write `any: […]` if one of them is enough, `all: […]` if not");
    return {};
  }
  if (!reader.is_map(node, "the condition of " + what)) return {};
  if (node.entries.empty()) {
    reader.issues.error(node.place, "empty-condition", "the condition of " + what + " is empty", "write `always` if it holds for everybody");
    return {};
  }
  std::vector<Condition> parts;
  for (const auto& entry : node.entries) parts.push_back(read_entry(reader, entry, what));
  return combine(Condition::Kind::all, std::move(parts), node.place);
}

}  // namespace waymark::model
