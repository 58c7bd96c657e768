#include "model/reader.h"

#include <algorithm>
#include <cctype>
#include <chrono>

#include "text/nearest.h"
#include "text/utf8.h"

namespace waymark::model {
namespace {

std::string kind_of(const yaml::Node& node) {
  switch (node.kind) {
    case yaml::Node::Kind::empty: return "nothing";
    case yaml::Node::Kind::scalar: return "the text '" + text::shortened(node.scalar, 40) + "'";
    case yaml::Node::Kind::list: return "a list";
    case yaml::Node::Kind::map: return "a map";
  }
  return {};
}

bool lower_snake_case(std::string_view id) {
  if (id.empty() || id.size() > 80 || !std::islower(static_cast<unsigned char>(id[0]))) return false;
  return std::all_of(id.begin(), id.end(), [](unsigned char c) { return std::islower(c) || std::isdigit(c) || c == '_'; });
}

bool source_id(std::string_view id) {
  if (id.empty() || id.size() > 80 || !std::isalpha(static_cast<unsigned char>(id[0]))) return false;
  return std::all_of(id.begin(), id.end(), [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '-'; });
}

bool is_number(const std::string& word) {
  std::size_t i = word.size() > 1 && word[0] == '-' ? 1 : 0;
  bool digit = false, point = false;
  for (; i < word.size(); ++i) {
    if (std::isdigit(static_cast<unsigned char>(word[i]))) digit = true;
    else if (word[i] == '.' && !point && digit && i + 1 < word.size()) point = true;
    else return false;
  }
  const std::size_t start = word[0] == '-' ? 1 : 0;
  const bool leading_zero = word.size() > start + 1 && word[start] == '0' && word[start + 1] != '.';
  return digit && !leading_zero && word.size() <= 12;
}

}  // namespace

int Names::add(const std::string& id) {
  if (!index_.emplace(id, static_cast<int>(names_.size())).second) return -1;
  names_.push_back(id);
  return static_cast<int>(names_.size()) - 1;
}

int Names::find(std::string_view id) const {
  const auto it = index_.find(id);
  return it == index_.end() ? -1 : it->second;
}

bool Reader::is_map(const yaml::Node& node, const std::string& what) {
  if (node.is_map()) return true;
  if (node.kind == yaml::Node::Kind::empty) issues.error(node.place, "not-a-map", what + " is empty", "write `key: value` lines below it, or remove it");
  else issues.error(node.place, "not-a-map", what + " must be a map (`key: value` lines), not " + kind_of(node));
  return false;
}

bool Reader::is_list(const yaml::Node& node, const std::string& what) {
  if (node.is_list()) return true;
  issues.error(node.place, "not-a-list", what + " must be a list (`[a, b]` or `- a` lines), not " + kind_of(node));
  return false;
}

std::string Reader::word(const yaml::Node& node, const std::string& what) {
  if (node.is_scalar() && !node.scalar.empty()) return node.scalar;
  if (node.is_map() || node.is_list()) issues.error(node.place, "not-a-word", what + " must be a word or text, not " + kind_of(node));
  else issues.error(node.place, "not-a-word", what + " is empty", "write it, or remove the key");
  return {};
}

int Reader::choice(const yaml::Node& node, const std::string& what, std::span<const std::string_view> allowed) {
  const std::string given = word(node, what);
  if (given.empty()) return -1;
  const auto it = std::find(allowed.begin(), allowed.end(), given);
  if (it != allowed.end()) return static_cast<int>(it - allowed.begin());
  issues.error(node.place, "unknown-choice", what + " cannot be '" + given + "'", suggestion(given, {allowed.begin(), allowed.end()}));
  return -1;
}

bool Reader::yes_no(const yaml::Node& node, const std::string& what) { return choice(node, what, {"yes", "no"}) == 0; }

Figure::Checked Reader::checked(const yaml::Node& map, const std::string& what, Figure::Checked otherwise) {
  const yaml::Node* node = map.find("checked");
  if (!node) return otherwise;
  const int answer = choice(*node, "'checked' of " + what, {"yes", "no", "part"});
  return answer < 0 ? Figure::Checked::no : static_cast<Figure::Checked>(answer);
}

std::string Reader::number(const yaml::Node& node, const std::string& what) {
  const std::string given = word(node, what);
  if (given.empty() || is_number(given)) return given;
  issues.error(node.place, "not-a-number", what + " is not a number: '" + text::shortened(given, 40) + "'", "write digits with a decimal point, such as 25.3");
  return {};
}

std::string Reader::date(const yaml::Node& node, const std::string& what) {
  const std::string given = word(node, what);
  const auto digit = [&](std::size_t i) { return std::isdigit(static_cast<unsigned char>(given[i])) != 0; };
  bool good = given.size() == 10 && given[4] == '-' && given[7] == '-';
  for (const std::size_t i : {0, 1, 2, 3, 5, 6, 8, 9}) good = good && digit(i);
  if (good) {
    const int year = std::stoi(given.substr(0, 4)), month = std::stoi(given.substr(5, 2)), day = std::stoi(given.substr(8, 2));
    good = std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)).ok();
  }
  if (!given.empty() && !good)
    issues.error(node.place, "not-a-date", what + " is not a date: '" + given + "'", "write it as 2026-11-24");
  return good ? given : std::string();
}

void Reader::known_keys(const yaml::Node& map, const std::string& what, std::span<const std::string_view> allowed) {
  for (const auto& entry : map.entries)
    if (std::find(allowed.begin(), allowed.end(), entry.key) == allowed.end())
      issues.error(entry.place, "unknown-key", what + " has no key '" + entry.key + "'", suggestion(entry.key, {allowed.begin(), allowed.end()}));
}

const yaml::Node* Reader::required(const yaml::Node& map, std::string_view key, const std::string& what) {
  if (const yaml::Node* node = map.find(key); node && node->kind != yaml::Node::Kind::empty) return node;
  issues.error(map.place, "missing-key", what + " lacks '" + std::string(key) + "'", "add `" + std::string(key) + ": …`");
  return nullptr;
}

std::vector<const yaml::Node*> Reader::one_or_more(const yaml::Node& node) {
  std::vector<const yaml::Node*> nodes;
  if (node.is_list())
    for (const auto& item : node.items) nodes.push_back(&item);
  else
    nodes.push_back(&node);
  return nodes;
}

bool Reader::good_id(const yaml::Entry& entry, const std::string& what) {
  const bool source = what == "source";
  if (source ? source_id(entry.key) : lower_snake_case(entry.key)) return true;
  issues.error(entry.place, "bad-id", "'" + entry.key + "' cannot name a " + what,
               source ? "begin with a letter; use letters, digits, '_' and '-', no more than 80"
                      : "begin with a lower-case letter; use lower-case letters, digits and '_', no more than 80");
  return false;
}

int Reader::refer(const yaml::Node& node, const std::string& what, const Names& names) {
  const std::string id = word(node, "the name of a " + what);
  if (id.empty()) return -1;
  const int index = names.find(id);
  if (index < 0) {
    std::string code = "unknown-" + what;
    std::replace(code.begin(), code.end(), ' ', '-');
    issues.error(node.place, std::move(code), "there is no " + what + " '" + id + "'",
                 names.all().empty() ? "this guideline defines none" : suggestion(id, names.all()));
  }
  return index;
}

std::vector<int> Reader::refer_all(const yaml::Node& node, const std::string& what, const Names& names) {
  std::vector<int> found;
  for (const yaml::Node* item : one_or_more(node)) {
    const int index = refer(*item, what, names);
    if (index < 0) continue;
    if (std::find(found.begin(), found.end(), index) != found.end())
      issues.warning(item->place, "named-twice", what + " '" + item->scalar + "' is named twice in this list", "remove one");
    else
      found.push_back(index);
  }
  return found;
}

int Reader::value_of(const yaml::Node& node, const std::string& subject, const std::vector<std::string>& values) {
  const std::string given = word(node, "a value of '" + subject + "'");
  if (given.empty() || values.empty()) return -1;  // without values the fact itself was refused
  const auto it = std::find(values.begin(), values.end(), given);
  if (it != values.end()) return static_cast<int>(it - values.begin());
  std::string remedy = suggestion(given, values);
  if ((given == "true" || given == "false") && text::nearest(given, values).empty()) remedy += "; true and false do not stand for yes and no";
  issues.error(node.place, "unknown-value", "'" + subject + "' has no value '" + given + "'", remedy);
  return -1;
}

ValueSet Reader::values_of(const yaml::Node& node, const std::string& subject, const std::vector<std::string>& values) {
  if (node.is_map()) {
    known_keys(node, "a map of values of '" + subject + "'", {"not"});
    const yaml::Node* excluded = node.find("not");
    if (!excluded) {
      if (node.entries.empty()) issues.error(node.place, "no-values", "no value of '" + subject + "' is named", "name one");
      return 0;
    }
    const ValueSet all = (ValueSet{1} << values.size()) - 1;
    return all & ~values_of(*excluded, subject, values);
  }
  ValueSet set = 0;
  if (node.is_list() && node.items.empty()) issues.error(node.place, "no-values", "no value of '" + subject + "' is named", "name one");
  for (const yaml::Node* item : one_or_more(node)) {
    const int value = value_of(*item, subject, values);
    if (value < 0) continue;
    if (set >> value & 1) issues.warning(item->place, "named-twice", "value '" + item->scalar + "' is named twice in this list", "remove one");
    set |= ValueSet{1} << value;
  }
  return set;
}

std::vector<std::string> Reader::value_ids(int fact) const {
  std::vector<std::string> ids;
  for (const auto& value : guideline.facts[fact].values) ids.push_back(value.id);
  return ids;
}

TextId Reader::add_text(const yaml::Node& node, const std::string& path) {
  Text text;
  if (node.is_map()) {
    known_keys(node, "a text", {"patient", "clinician"});
    if (const yaml::Node* patient = node.find("patient")) text.patient = word(*patient, "the patient's text");
    else issues.error(node.place, "missing-text", path + " has no text for the patient", "add `patient: …`");
    const yaml::Node* clinician = node.find("clinician");
    text.clinician = clinician ? word(*clinician, "the clinician's text") : text.patient;
  } else {
    text.patient = text.clinician = word(node, path);
  }
  guideline.texts.push_back(std::move(text));
  guideline.text_paths.push_back(path);
  text_places.push_back(node.place);
  return static_cast<TextId>(guideline.texts.size()) - 1;
}

TextId Reader::text(const yaml::Node& map, std::string_view key, const std::string& path, const std::string& what, Need need) {
  const yaml::Node* node = map.find(key);
  if (node && node->kind != yaml::Node::Kind::empty) return add_text(*node, path + "." + std::string(key));
  if (node || need == Need::required)
    issues.error(node ? node->place : map.place, "missing-text", what + " has no " + std::string(key),
                 "add `" + std::string(key) + ": …`");
  return no_text;
}

SourceIds Reader::source_list(const yaml::Node& map, const std::string& what, Need need) {
  SourceIds ids;
  if (const yaml::Node* node = map.find("sources")) ids = refer_all(*node, "source", sources);
  else if (need == Need::required)
    issues.error(map.place, "missing-source", what + " names no source", "add `sources: [id, …]`");
  for (const int id : ids) source_used[id] = 1;
  return ids;
}

std::optional<Note> Reader::note(const yaml::Node& map, const std::string& path, const std::string& what) {
  const yaml::Node* node = map.find("note");
  if (!node || !is_map(*node, "a note")) return std::nullopt;
  known_keys(*node, "a note", {"text", "sources"});
  Note note;
  note.text = text(*node, "text", path + ".note", "the note of " + what, Need::required);
  note.sources = source_list(*node, "the note of " + what, Need::required);
  return note;
}

}  // namespace waymark::model
