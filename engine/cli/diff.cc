#include <cstdio>
#include <iostream>

#include "commands.h"
#include "files.h"
#include "text/nearest.h"

namespace waymark::cli {
namespace {

std::string percent(double share) {
  char text[32];
  if (share > 0 && share < 0.0001) return "less than 0.01 %";
  std::snprintf(text, sizeof text, "%.*f %%", share < 0.1 ? 2 : 1, share * 100);
  return text;
}

const char* words(Outcome outcome) { return outcome == not_listed ? "not listed" : name_of(static_cast<Strength>(outcome)); }

// A box of facts as a clinician says it: titles and values of the guideline that knows the fact.
class Words {
 public:
  Words(const Guideline& old_guideline, const Guideline& new_guideline, const std::vector<Fact>& vocabulary) : old_(old_guideline), new_(new_guideline), vocabulary_(vocabulary) {}
  std::string operator()(const std::vector<FactValues>& facts) const {
    std::string text;
    for (const auto& fact : facts) {
      const std::string& id = vocabulary_[fact.fact].id;
      const Guideline& from = new_.find_fact(id) >= 0 ? new_ : old_;
      const Fact& known = from.facts[from.find_fact(id)];
      std::vector<std::string> values;
      for (std::size_t v = 0; v < vocabulary_[fact.fact].values.size(); ++v) {
        if (!(fact.values >> v & 1)) continue;
        const std::string& value = vocabulary_[fact.fact].values[v].id;
        std::string named = value;
        for (const auto& item : known.values)
          if (item.id == value) named = from.say(item.text, "", Audience::clinician);
        values.push_back(named);
      }
      text += (text.empty() ? "" : "; ") + from.say(known.title, "", Audience::clinician) + ": " + text::list(values, values.size());
    }
    return text.empty() ? "every patient" : text;
  }

 private:
  const Guideline &old_, &new_;
  const std::vector<Fact>& vocabulary_;
};

void print_names(const char* what, const std::vector<std::string>& names, std::size_t most = 1000) {
  if (names.empty()) return;
  std::cout << what << ": ";
  for (std::size_t i = 0; i < names.size() && i < most; ++i) std::cout << (i ? ", " : "") << names[i];
  if (names.size() > most) std::cout << " and " << names.size() - most << " more";
  std::cout << '\n';
}

}  // namespace

int diff(const std::string& old_name, const std::string& new_name, bool json) {
  const auto old_files = find_guideline(old_name), new_files = find_guideline(new_name);
  if (!old_files || !new_files) return usage;
  const auto old_engine = load_or_explain(*old_files), new_engine = load_or_explain(*new_files);
  if (!old_engine || !new_engine) return usage;
  const DiffReport report = waymark::diff(*old_engine, *new_engine);
  if (!report.problem.empty()) {
    std::cerr << "waymark: " << report.problem << '\n';
    return usage;
  }
  const int result = report.same_answers() ? ok : failed;
  if (json) {
    std::cout << diff_json(*old_engine, *new_engine, report) << '\n';
    return result;
  }
  print_names("New facts", report.new_facts);
  print_names("Removed facts", report.removed_facts);
  print_names("New values", report.new_values);
  print_names("Removed values", report.removed_values);
  print_names("New options", report.new_options);
  print_names("Removed options", report.removed_options);
  const Words say(old_engine->guideline(), new_engine->guideline(), report.vocabulary);
  constexpr std::size_t most_boxes = 12;
  for (const auto& difference : report.options) {
    std::cout << '\n' << difference.option << " (" << difference.decision << "): " << words(difference.from) << " -> " << words(difference.to) << " for " << percent(difference.share) << " of all profiles";
    if (difference.weighted != difference.share) std::cout << " (" << percent(difference.weighted) << " weighted by prevalence)";
    std::cout << '\n';
    for (std::size_t b = 0; b < difference.boxes.size() && b < most_boxes; ++b) std::cout << "  - " << say(difference.boxes[b].facts) << " (" << percent(difference.boxes[b].share) << ")\n";
    if (difference.boxes.size() > most_boxes) std::cout << "  - and " << difference.boxes.size() - most_boxes << " smaller groups (all of them with --json)\n";
  }
  if (!report.options.empty()) std::cout << '\n';
  print_names("Texts changed", report.changed_texts, 20);
  print_names("Sources changed", report.changed_sources, 20);
  if (report.same_answers()) std::cout << "Every patient gets the same answer.\n";
  return result;
}

}  // namespace waymark::cli
