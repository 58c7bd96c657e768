// What only shows once everything is read: figures in texts, circles, unused names, texts that a locale lacks.
#include <algorithm>
#include <cmath>
#include <string_view>

#include "model/reader.h"
#include "text/decimal.h"
#include "text/nearest.h"

namespace waymark::model {
namespace {

// What may stand between the braces of a placeholder; capitals too, so that a slip of the pen is told and not printed.
bool id_character(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

// Languages that write the decimal sign as a comma (Unicode CLDR).
bool decimal_comma(const std::string& locale) {
  constexpr std::string_view languages[] = {"es", "fr", "de", "it", "pt", "nl", "pl", "sv", "da", "nb", "fi", "cs", "ru", "tr", "el", "hu", "ro", "uk", "ca"};
  return std::find(std::begin(languages), std::end(languages), locale.substr(0, locale.find('-'))) != std::end(languages);
}

class Figures {
 public:
  explicit Figures(Reader& reader) : reader_(reader), used_(reader.guideline.figures.size()) {}

  void fill(std::string& text, const std::string& locale, Place place) {
    std::string filled;
    for (std::size_t i = 0; i < text.size();) {
      std::size_t end = i + 1;
      if (text[i] == '{')
        while (end < text.size() && (id_character(text[end]) || text[end] == '.')) ++end;
      const bool rounded = text[i] == '{' && text.compare(end, 7, ":round}") == 0;
      if (text[i] != '{' || end == i + 1 || end == text.size() || (text[end] != '}' && !rounded)) {
        filled += text[i++];
        continue;
      }
      filled += show(text.substr(i + 1, end - i - 1), rounded, locale, place);
      i = end + (rounded ? 7 : 1);
    }
    text = std::move(filled);
  }
  void warn_of_unused() const {
    for (std::size_t i = 0; i < used_.size(); ++i)
      if (!used_[i])
        reader_.issues.warning(reader_.guideline.figures[i].place, "unused-figure", "no text shows the figure '" + reader_.guideline.figures[i].id + "'",
                               "write {" + reader_.guideline.figures[i].id + "} in a text, or remove it");
  }

 private:
  std::string show(const std::string& id, bool rounded, const std::string& locale, Place place) {
    if (const int figure = reader_.figures.find(id); figure >= 0) used_[figure] = 1;
    const auto it = reader_.numbers.find(id);
    if (it == reader_.numbers.end()) {
      std::vector<std::string> names;
      for (const auto& [name, number] : reader_.numbers) names.push_back(name);
      const std::string near = reader_.issues.full() ? "" : text::nearest(id, names);
      const std::string where = locale == reader_.guideline.language ? "" : " (in the locale '" + locale + "')";
      reader_.issues.error(place, "unknown-figure", "there is no figure '" + id + "'" + where,
                           near.empty() ? "name one of `figures`, or trial.result.treatment" : "did you mean '" + near + "'?");
      return {};
    }
    std::string value = rounded ? std::to_string(std::lround(text::value_of(it->second))) : it->second;
    if (decimal_comma(locale)) std::replace(value.begin(), value.end(), '.', ',');
    return value;
  }

  Reader& reader_;
  std::vector<char> used_;
};

// What a set of conditions reads, derived names followed down to the facts.
class Usage {
 public:
  explicit Usage(const Guideline& guideline) : guideline_(guideline), facts(guideline.facts.size()), derived(guideline.derived.size()) {}
  void read(const Condition& condition) {
    if (condition.kind == Condition::Kind::fact) facts[condition.subject] = 1;
    if (condition.kind == Condition::Kind::derived && !derived[condition.subject]) {
      derived[condition.subject] = 1;
      for (const auto& item : guideline_.derived[condition.subject].cases) read(item.when);
    }
    for (const auto& part : condition.parts) read(part);
  }

 private:
  const Guideline& guideline_;

 public:
  std::vector<char> facts, derived;
};

class Circle {
 public:
  explicit Circle(const Guideline& guideline) : guideline_(guideline), done_(guideline.derived.size()) {}

  // Names of a circle of derived names, closed ("a, b, a"); empty if there is none from here.
  std::vector<int> from(int start) {
    start_ = start;
    if (visit(start)) path_.push_back(start);
    return path_;
  }

 private:
  bool visit(int at) {
    if (std::find(path_.begin(), path_.end(), at) != path_.end()) return at == start_;
    if (done_[at]) return false;
    path_.push_back(at);
    for (const auto& item : guideline_.derived[at].cases)
      if (look(item.when)) return true;
    path_.pop_back();
    done_[at] = 1;
    return false;
  }
  bool look(const Condition& condition) {
    if (condition.kind == Condition::Kind::derived && visit(condition.subject)) return true;
    return std::any_of(condition.parts.begin(), condition.parts.end(), [&](const Condition& part) { return look(part); });
  }

  const Guideline& guideline_;
  int start_ = 0;
  std::vector<int> path_;
  std::vector<char> done_;
};

bool check_circles(Reader& reader) {
  const Guideline& guideline = reader.guideline;
  std::vector<char> told(guideline.derived.size());
  bool any = false;
  for (int i = 0; i < static_cast<int>(guideline.derived.size()); ++i) {
    if (told[i]) continue;
    const std::vector<int> circle = Circle(guideline).from(i);
    if (circle.empty()) continue;
    any = true;
    std::string names;
    for (const int name : circle) {
      told[name] = 1;
      names += (names.empty() ? "" : " -> ") + guideline.derived[name].id;
    }
    reader.issues.error(guideline.derived[i].place, "circle", "derived names define each other in a circle: " + names, "let one of them use facts only");
  }
  return any;
}

void check_usage(Reader& reader) {
  Guideline& guideline = reader.guideline;
  Usage for_options(guideline), for_anything(guideline);
  const auto decide = [&](const Condition& condition) {
    for_options.read(condition);
    for_anything.read(condition);
  };
  for (const auto& rule : guideline.rules) decide(rule.when);
  for (const auto& stop : guideline.stops) decide(stop.when);
  for (const auto& alert : guideline.alerts) for_anything.read(alert.when);
  for (std::size_t i = 0; i < guideline.facts.size(); ++i) {
    Fact& fact = guideline.facts[i];
    fact.used = for_anything.facts[i];
    fact.alert_only = for_anything.facts[i] && !for_options.facts[i];
    if (!for_anything.facts[i])
      reader.issues.warning(fact.place, "unused-fact", "no rule, caution, stop or alert uses the fact '" + fact.id + "'", "use it, or remove it: nobody will be asked");
  }
  // Constraints may be the only reader of a derived name, and that is fine.
  for (const auto& constraint : guideline.constraints) {
    for_anything.read(constraint.condition);
    if (constraint.consequence) for_anything.read(*constraint.consequence);
  }
  for (std::size_t i = 0; i < guideline.derived.size(); ++i)
    if (!for_anything.derived[i])
      reader.issues.warning(guideline.derived[i].place, "unused-derived", "no condition uses the derived name '" + guideline.derived[i].id + "'", "use it, or remove it");

  std::vector<char> listed(guideline.options.size());
  for (const auto& rule : guideline.rules)
    if (!rule.lowers)
      for (const auto& listing : rule.listings) listed[listing.option] = 1;
  for (const auto& decision : guideline.decisions)
    if (decision.otherwise >= 0) listed[decision.otherwise] = 1;
  std::vector<char> filled(guideline.decisions.size());
  for (std::size_t i = 0; i < guideline.options.size(); ++i) {
    if (guideline.options[i].decision >= 0) filled[guideline.options[i].decision] = 1;
    if (!listed[i])
      reader.issues.warning(guideline.options[i].place, "unlisted-option", "no rule lists the option '" + guideline.options[i].id + "'", "add a rule that does, or remove it");
  }
  for (std::size_t i = 0; i < guideline.decisions.size(); ++i)
    if (!filled[i])
      reader.issues.warning(guideline.decisions[i].place, "empty-decision", "the decision '" + guideline.decisions[i].id + "' has no option", "add options with `decision: " + guideline.decisions[i].id + "`, or remove it");
  for (std::size_t i = 0; i < guideline.sources.size(); ++i)
    if (!reader.source_used[i])
      reader.issues.warning(guideline.sources[i].place, "unused-source", "nothing refers to the source '" + guideline.sources[i].id + "'", "refer to it, or remove it");

  std::vector<int> group_of(guideline.facts.size(), -1);
  for (std::size_t g = 0; g < guideline.groups.size(); ++g)
    for (const auto& member : guideline.groups[g].facts) {
      if (group_of[member.fact] >= 0)
        reader.issues.error(guideline.groups[g].place, "in-two-groups", "the fact '" + guideline.facts[member.fact].id + "' is in the groups '" + guideline.groups[group_of[member.fact]].id + "' and '" + guideline.groups[g].id + "'", "ask it in one of them");
      group_of[member.fact] = static_cast<int>(g);
    }
}

void check_translations(Reader& reader) {
  const Guideline& guideline = reader.guideline;
  for (const auto& [locale, texts] : guideline.translations)
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const std::string& path = guideline.text_paths[i];
      const bool for_authors = path.starts_with("sources.") || path.starts_with("figures.") || path.starts_with("derived.");
      if (texts[i].patient.empty() && !for_authors)
        reader.issues.error(reader.text_places[i], "missing-translation", "the locale '" + locale + "' has no text for the patient at '" + path + "'", "add it to locales/" + locale + ".yaml");
    }
}

}  // namespace

void fill_in_figures(Reader& reader) {
  Guideline& guideline = reader.guideline;
  Figures figures(reader);
  const auto fill = [&](Text& text, const std::string& locale, Place place) {
    const bool same = text.clinician == text.patient;
    figures.fill(text.patient, locale, place);
    if (same) text.clinician = text.patient;
    else figures.fill(text.clinician, locale, place);
  };
  for (std::size_t i = 0; i < guideline.texts.size(); ++i) fill(guideline.texts[i], guideline.language, reader.text_places[i]);
  for (auto& [locale, texts] : guideline.translations)
    for (std::size_t i = 0; i < texts.size(); ++i) fill(texts[i], locale, reader.text_places[i]);
  figures.warn_of_unused();
}

void check_whole(Reader& reader) {
  if (check_circles(reader)) return;
  check_usage(reader);
  check_translations(reader);
}

}  // namespace waymark::model
