// Guidelines from their logic alone, for tests: everything that is only text or source is filled in.
#pragma once

#include <catch2/catch.hpp>

#include <sstream>
#include <string>
#include <vector>

#include "waymark/engine.h"

namespace waymark::testing {

inline std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, at);) parts.push_back(part);
  return parts;
}
inline std::vector<std::string> words(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> found;
  for (std::string word; in >> word;) found.push_back(word);
  return found;
}

// facts: "er: positive negative; her2: positive low zero". options by decision: "treat!: a b; care: c", where `!` claims that
// the decision is complete. logic: any other sections; an entry on a line of its own ("  id: {…}") of a section of rules
// or constraints gets its text and sources.
inline std::string small_guideline(const std::string& facts, const std::string& options, const std::string& logic) {
  std::string yaml =
      "guideline: {id: small, version: \"1\", status: draft, date: 2026-01-01, title: T, summary: T, authors: T, funding: T, disclaimer: T}\n"
      "sources: {s: {title: T}}\n"
      "facts:\n";
  for (const auto& fact : split(facts, ';')) {
    const auto parts = split(fact, ':');
    yaml += "  " + words(parts[0])[0] + ": {title: T, question: T, sources: s, values: {";
    std::string comma;
    for (const auto& value : words(parts[1])) {
      yaml += comma + value + ": T";
      comma = ", ";
    }
    yaml += "}}\n";
  }
  std::string decision_lines = "decisions:\n", option_lines = "options:\n";
  for (const auto& decision : split(options, ';')) {
    const auto parts = split(decision, ':');
    std::string id = words(parts[0])[0];
    const bool complete = id.back() == '!';
    if (complete) id.pop_back();
    decision_lines += "  " + id + ": {title: T" + (complete ? ", complete: yes" : "");
    for (const auto& option : words(parts[1])) {
      // "a*" is what the decision says when nothing else is better than a caution.
      const bool otherwise = option.back() == '*';
      const std::string name = otherwise ? option.substr(0, option.size() - 1) : option;
      if (otherwise) decision_lines += ", otherwise: {option: " + name + "}";
      option_lines += "  " + name + ": {decision: " + id + ", title: T, text: T, sources: s}\n";
    }
    decision_lines += "}\n";
  }
  yaml += decision_lines + option_lines;
  std::string section;
  for (const auto& line : split(logic, '\n')) {
    if (!line.empty() && line[0] != ' ') section = line.substr(0, line.find(':'));
    const bool entry = line.size() > 3 && line[0] == ' ' && line.back() == '}';
    const bool sourced = section == "rules" || section == "cautions" || section == "stops" || section == "alerts" || section == "constraints";
    yaml += entry && sourced ? line.substr(0, line.size() - 1) + (section == "constraints" ? "" : ", text: T") + ", sources: s}" : line;
    yaml += '\n';
  }
  return yaml;
}

inline Engine engine_of(const std::string& yaml) {
  const SourceText file{"small.yaml", yaml};
  Loaded loaded = load({&file, 1});
  std::string problems = yaml;
  for (const auto& issue : loaded.issues) problems += to_line(issue) + '\n';
  INFO(problems);
  REQUIRE(loaded.engine);
  return std::move(*loaded.engine);
}
inline Engine small_engine(const std::string& facts, const std::string& options, const std::string& logic) {
  return engine_of(small_guideline(facts, options, logic));
}

// "er: negative, her2: low or zero"
inline std::string in_words(const std::vector<Fact>& facts, const std::vector<FactValues>& box) {
  std::string text;
  for (const auto& [fact, values] : box) {
    text += (text.empty() ? "" : ", ") + facts[fact].id + ":";
    std::string between = " ";
    for (std::size_t v = 0; v < facts[fact].values.size(); ++v)
      if (values >> v & 1) {
        text += between + facts[fact].values[v].id;
        between = " or ";
      }
  }
  return text;
}

// Calls `use` with every complete profile, whether the constraints allow it or not.
template <class Use>
void every_profile(const std::vector<Fact>& facts, Use use) {
  std::vector<int> profile(facts.size());
  while (true) {
    use(profile);
    std::size_t f = 0;
    while (f < facts.size() && ++profile[f] == static_cast<int>(facts[f].values.size())) profile[f++] = 0;
    if (f == facts.size()) return;
  }
}

inline bool inside(const std::vector<FactValues>& box, const std::vector<int>& profile) {
  for (const auto& [fact, values] : box)
    if (!(values >> profile[fact] & 1)) return false;
  return true;
}

}  // namespace waymark::testing
