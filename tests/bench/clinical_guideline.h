// A guideline as YAML of the shape and size of a clinical one, made by chance: a gate, tumour findings, lines of treatment,
// biomarkers that each serve a few options, histories tied to the lines by constraints, health facts that only cautions
// read, warning signs that only alerts read. The same numbers give the same text everywhere.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "differential/chance.h"

namespace waymark::testing {

class ClinicalGuideline {
 public:
  // Rules include cautions. With `change` one rule in forty is another than without it: a new version, to be compared.
  ClinicalGuideline(int facts, int rules, std::uint64_t seed, bool change = false) : facts_(facts), rules_(rules), change_(change), chance_(seed) {}

  std::string yaml() && {
    out_ =
        "guideline: {id: clinical, version: \"1\", status: draft, date: 2026-11-24, title: T, summary: T, authors: T, funding: T, disclaimer: T}\n"
        "sources: {s: {title: T}}\n";
    facts();
    logic();
    decisions_and_options();
    rules();
    cautions();
    return std::move(out_);
  }

 private:
  void fact(const std::string& id, const std::string& values, const std::string& effort) {
    out_ += "  " + id + ": {title: " + id + ", question: Which one, values: {";
    std::string comma;
    for (std::size_t at = 0; at < values.size();) {
      const std::size_t end = std::min(values.find(' ', at), values.size());
      out_ += comma + values.substr(at, end - at) + ": T";
      comma = ", ";
      at = end + 1;
    }
    out_ += "}, effort: " + effort + ", sources: s}\n";
  }

  void facts() {
    out_ += "facts:\n";
    fact("metastasis", "m1 m0", "tell");
    fact("er", "positive low negative", "look_up");
    fact("pr", "positive negative", "look_up");
    fact("her2", "positive low ultralow zero", "look_up");
    fact("sex", "female male", "tell");
    fact("menopause", "before after", "tell");
    fact("lines", "none one two more", "tell");
    fact("endocrine", "sensitive adjuvant metastatic", "look_up");
    fact("crisis", "yes no", "look_up");
    fact("performance", "p0 p1 p2 p3 p4", "look_up");
    const int left = std::max(8, facts_ - 10);
    biomarkers_ = left * 35 / 100;
    histories_ = left * 25 / 100;
    signs_ = left * 10 / 100;
    cautions_ = left - biomarkers_ - histories_ - signs_;
    for (int i = 0; i < biomarkers_; ++i) fact("marker" + std::to_string(i), i % 7 == 3 ? "a b none" : "yes no", "test");
    for (int i = 0; i < histories_; ++i) fact("had" + std::to_string(i), i % 5 == 2 ? "no early late" : "no yes", "look_up");
    for (int i = 0; i < cautions_; ++i) fact("risk" + std::to_string(i), i % 9 == 4 ? "high some no" : "yes no", "look_up");
    for (int i = 0; i < signs_; ++i) fact("sign" + std::to_string(i), "yes no", "tell");
  }

  void logic() {
    out_ += "groups:\n  signs: {title: T, when: first, none_of_these: T, facts: {";
    for (int i = 0; i < signs_; ++i) out_ += (i ? ", sign" : "sign") + std::to_string(i) + ": no";
    out_ += "}}\n";
    out_ +=
        "derived:\n"
        "  subtype: {cases: [{value: her2_positive, when: {her2: positive}}, {value: hormone, when: {any: [{er: [positive, low]}, {pr: positive}]}}], otherwise: triple_negative}\n"
        "  endocrine_open: {when: {subtype: hormone, crisis: no, endocrine: [sensitive, adjuvant]}}\n"
        "constraints:\n"
        "  men_have_no_menopause: {if: {sex: male}, then: {menopause: after}, sources: s}\n"
        "  no_progress_before_a_line: {if: {lines: none}, then: {endocrine: [sensitive, adjuvant]}, sources: s}\n";
    for (int i = 0; i < histories_; ++i)
      if (i % 2 == 0) out_ += "  had" + std::to_string(i) + "_needs_a_line: {if: {lines: none}, then: {had" + std::to_string(i) + (i % 5 == 2 ? ": [no, early]" : ": no") + "}, sources: s}\n";
    for (int i = 0; i + 1 < biomarkers_; i += 6)
      out_ += "  markers" + std::to_string(i) + "_exclude_each_other: {never: {marker" + std::to_string(i) + ": " + value_of_marker(i) + ", marker" + std::to_string(i + 1) + ": " + value_of_marker(i + 1) + "}, sources: s}\n";
    out_ += "stops:\n  not_metastatic: {when: {metastasis: m0}, text: T, sources: s}\nalerts:\n";
    for (int i = 0; i < signs_; ++i) out_ += "  alert" + std::to_string(i) + ": {when: {sign" + std::to_string(i) + ": yes}, urgency: " + (i % 3 ? "urgent" : "emergency") + ", text: T, sources: s}\n";
    if (signs_ == 0) out_ += "  alert: {when: {crisis: yes}, urgency: urgent, text: T, sources: s}\n";
  }
  static std::string value_of_marker(int i) { return i % 7 == 3 ? "a" : "yes"; }

  void decisions_and_options() {
    out_ +=
        "decisions:\n"
        "  systemic: {title: T, complete: yes, otherwise: {option: discuss}}\n"
        "  local: {title: T}\n  supportive: {title: T}\n  tests: {title: T}\n"
        "options:\n  discuss: {decision: systemic, title: T, text: T, sources: s}\n";
    static const std::vector<std::string> classes = {"serd", "cdk46_inhibitor", "parp_inhibitor", "antibody_drug_conjugate", "chemotherapy", "immunotherapy", "her2_tki", "aromatase_inhibitor"};
    static const std::vector<std::string> decisions = {"systemic", "systemic", "systemic", "local", "supportive", "tests"};
    options_ = std::max(6, rules_ * 30 / 100);
    for (int i = 0; i < options_; ++i) {
      const std::string decision = decisions[static_cast<std::size_t>(i) % decisions.size()];
      out_ += "  option" + std::to_string(i) + ": {decision: " + decision + ", title: T, text: T, sources: s";
      if (decision == "systemic") {
        const std::string& of = chance_.one_of(classes);
        out_ += ", classes: [" + of + "]";
        if (std::find(used_classes_.begin(), used_classes_.end(), of) == used_classes_.end()) used_classes_.push_back(of);
      }
      out_ += "}\n";
    }
  }

  std::string some_of(const std::vector<std::string>& values) {
    std::string list;
    for (const auto& value : values)
      if (chance_.percent(50)) list += (list.empty() ? "" : ", ") + value;
    return list.empty() || list.size() > 40 ? "[" + chance_.one_of(values) + "]" : "[" + list + "]";
  }

  // An option belongs to one kind of tumour, and few markers and histories speak about it.
  void rules() {
    out_ += "rules:\n";
    listing_ = std::max(1, rules_ * 85 / 100);
    for (int r = 0; r < listing_; ++r) {
      const int option = r < options_ ? r : chance_.below(options_);
      Chance own(static_cast<std::uint64_t>(option) * 7919 + 17);  // the option's own taste
      static const std::vector<std::string> kinds = {"her2_positive", "hormone", "hormone", "triple_negative"};
      std::string when = "subtype: " + own.one_of(kinds);
      if (chance_.percent(70)) when += ", lines: " + some_of({"none", "one", "two", "more"});
      if (own.percent(35)) when += own.percent(60) ? ", endocrine_open: yes" : ", menopause: " + std::string(own.percent(50) ? "after" : "before");
      if (own.percent(15)) when += ", crisis: no";
      const int marker = biomarkers_ > 0 ? own.below(biomarkers_) : -1, history = histories_ > 0 ? own.below(histories_) : -1, second = biomarkers_ > 0 ? own.below(biomarkers_) : -1;
      if (marker >= 0 && chance_.percent(55)) when += ", marker" + std::to_string(marker) + ": " + (chance_.percent(70) ? value_of_marker(marker) : marker % 7 == 3 ? "none" : "no");
      if (history >= 0 && chance_.percent(45)) when += ", had" + std::to_string(history) + ": " + (chance_.percent(60) ? "no" : history % 5 == 2 ? "late" : "yes");
      if (second >= 0 && second != marker && chance_.percent(15)) when += ", any: [{marker" + std::to_string(second) + ": " + value_of_marker(second) + "}, {her2: " + some_of({"low", "ultralow", "zero"}) + "}]";
      if (chance_.percent(10)) when += ", performance: [p0, p1, p2]";
      const bool changed = change_ && r % 40 == 7;
      if (changed) when += ", pr: positive";
      const int strength = chance_.below(100);
      out_ += "  rule" + std::to_string(r) + ": {when: {" + when + "}, " + (strength < 40 ? "preferred" : strength < 92 ? "option" : "caution") + ": option" + std::to_string(option);
      if (chance_.percent(12)) {
        const int other = chance_.below(options_);
        if (other != option) out_ += std::string(", ") + (strength < 40 ? "option" : "preferred") + ": option" + std::to_string(other);
      }
      out_ += ", sources: s}\n";
    }
  }

  void cautions() {
    out_ += "cautions:\n";
    for (int c = 0; c < std::max(1, rules_ - listing_); ++c) {
      const int risk = chance_.below(cautions_);
      std::string when = "risk" + std::to_string(risk) + ": " + (risk % 9 == 4 ? "high" : "yes");
      if (chance_.percent(20)) when += ", performance: [p2, p3, p4]";
      const bool whole_class = c < static_cast<int>(used_classes_.size());
      out_ += "  caution" + std::to_string(c) + ": {when: {" + when + "}, " + (chance_.percent(50) ? "avoid" : "caution") + ": ";
      if (whole_class) {
        out_ += "[{class: " + used_classes_[static_cast<std::size_t>(c)] + "}]";
      } else {
        out_ += "[option" + std::to_string(chance_.below(options_));
        const int other = chance_.below(options_);
        out_ += ", option" + std::to_string(other) + "]";
      }
      out_ += ", text: T, sources: s}\n";
    }
  }

  int facts_, rules_;
  bool change_;
  Chance chance_;
  std::string out_;
  std::vector<std::string> used_classes_;
  int biomarkers_ = 0, histories_ = 0, cautions_ = 0, signs_ = 0, options_ = 0, listing_ = 0;
};

}  // namespace waymark::testing
