// What reading every section needs: names that are known, texts that were met, and polite refusals.
#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/issues.h"
#include "text/nearest.h"
#include "waymark/guideline.h"
#include "yaml/document.h"

namespace waymark::model {

// Ids of one kind, in the order of the guideline.
class Names {
 public:
  // -1 if the id is taken.
  int add(const std::string& id);
  int find(std::string_view id) const;
  const std::vector<std::string>& all() const { return names_; }

 private:
  std::vector<std::string> names_;
  std::map<std::string, int, std::less<>> index_;
};

struct Reader {
  Reader(Guideline& guideline, text::Issues& issues) : guideline(guideline), issues(issues) {}

  Guideline& guideline;
  text::Issues& issues;
  Names sources, figures, side_effects, trials, facts, groups, derived, constraints, alerts, decisions, options, information, question_guide, vignettes;
  Names rules;  // rules, cautions and stops share their names: an answer refers to them by id alone
  std::vector<Place> text_places;
  std::vector<char> source_used;
  // Every number that a text may show, by the name that stands between braces.
  std::map<std::string, std::string> numbers;

  // ---- shapes; each says what it found instead, and gives null or false ----
  bool is_map(const yaml::Node& node, const std::string& what);
  bool is_list(const yaml::Node& node, const std::string& what);
  std::string word(const yaml::Node& node, const std::string& what);  // a scalar that is not empty; "" after an issue
  // One of `allowed`, as its index; -1 after an issue.
  int choice(const yaml::Node& node, const std::string& what, std::span<const std::string_view> allowed);
  int choice(const yaml::Node& node, const std::string& what, std::initializer_list<std::string_view> allowed) { return choice(node, what, {allowed.begin(), allowed.end()}); }
  Figure::Checked checked(const yaml::Node& map, const std::string& what, Figure::Checked otherwise);
  std::string number(const yaml::Node& node, const std::string& what);  // digits as written; "" after an issue
  bool yes_no(const yaml::Node& node, const std::string& what);
  std::string date(const yaml::Node& node, const std::string& what);
  void known_keys(const yaml::Node& map, const std::string& what, std::span<const std::string_view> allowed);
  void known_keys(const yaml::Node& map, const std::string& what, std::initializer_list<std::string_view> allowed) { known_keys(map, what, {allowed.begin(), allowed.end()}); }
  const yaml::Node* required(const yaml::Node& map, std::string_view key, const std::string& what);
  // One item or a list of them.
  std::vector<const yaml::Node*> one_or_more(const yaml::Node& node);

  // ---- names ----
  // What was probably meant. Nothing once nobody will be told: to look costs more than anything else that a wrong name does.
  std::string suggestion(std::string_view name, const std::vector<std::string>& names) const { return issues.full() ? std::string() : text::suggestion(name, names); }
  bool good_id(const yaml::Entry& entry, const std::string& what);
  int refer(const yaml::Node& node, const std::string& what, const Names& names);
  std::vector<int> refer_all(const yaml::Node& node, const std::string& what, const Names& names);
  int value_of(const yaml::Node& node, const std::string& subject, const std::vector<std::string>& values);
  ValueSet values_of(const yaml::Node& node, const std::string& subject, const std::vector<std::string>& values);
  std::vector<std::string> value_ids(int fact) const;

  // ---- texts and sources ----
  enum class Need { required, optional };
  TextId text(const yaml::Node& map, std::string_view key, const std::string& path, const std::string& what, Need need);
  TextId add_text(const yaml::Node& node, const std::string& path);
  SourceIds source_list(const yaml::Node& map, const std::string& what, Need need);
  std::optional<Note> note(const yaml::Node& map, const std::string& path, const std::string& what);
};

// A condition written as YAML.
Condition read_condition(Reader& reader, const yaml::Node& node, const std::string& what);

// All documents' entries under one top-level key.
struct Section {
  std::vector<const yaml::Entry*> entries;  // the ids with their bodies
  std::vector<const yaml::Node*> bodies;    // the section's own nodes
};
using Sections = std::map<std::string, Section>;

void read_knowledge(Reader& reader, const Sections& sections);   // sources, figures, facts, groups, derived, constraints
void read_evidence(Reader& reader, const Sections& sections);    // side effects, trials
void read_logic(Reader& reader, const Sections& sections);       // stops, alerts, decisions, options, rules, cautions
void read_reading(Reader& reader, const Sections& sections);     // guideline, information, question_guide
void read_vignettes(Reader& reader, const Sections& sections);
void read_codes(Reader& reader, const Sections& sections);       // how records write the facts
void read_approvals(Reader& reader, const Sections& sections);   // who signed the guideline; after its digest is known
void read_locale(Reader& reader, const yaml::Node& body, const std::string& locale);

// After everything is read: figures into texts, circles, unused names, texts that a locale lacks.
void fill_in_figures(Reader& reader);
void check_whole(Reader& reader);

}  // namespace waymark::model
