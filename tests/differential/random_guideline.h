// A small guideline as YAML, made by chance: every kind of condition, tight constraints, cautions, stops, alerts, derived
// names that use each other, selectors, `otherwise`. The same seed gives the same text everywhere.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "differential/chance.h"

namespace waymark::testing {

class RandomGuideline {
 public:
  explicit RandomGuideline(std::uint64_t seed) : chance_(seed) {}

  std::string yaml() && {
    heading();
    facts();
    derived();
    constraints();
    stops();
    alerts();
    decisions_and_options();
    rules();
    cautions();
    return std::move(out_);
  }

 private:
  struct Name {
    std::string id;
    std::vector<std::string> values;
  };
  struct Option {
    std::string id, decision;
    std::vector<std::string> drugs;
    std::string option_class;
    bool fallback = false;
  };

  void heading() {
    out_ +=
        "guideline: {id: random, version: \"1\", status: draft, date: 2026-01-01, title: T, summary: T, authors: T, funding: T, disclaimer: T}\n"
        "sources: {s: {title: T}}\n";
  }

  void facts() {
    out_ += "facts:\n";
    const int count = chance_.between(2, 6);
    int profiles = 1;
    for (int f = 0; f < count; ++f) {
      int values = chance_.between(2, 4);
      if (profiles * values > 700) values = 2;
      profiles *= values;
      Name fact{"f" + std::to_string(f), {}};
      out_ += "  " + fact.id + ": {title: T, question: T, values: {";
      for (int v = 0; v < values; ++v) {
        fact.values.push_back("v" + std::to_string(v));
        out_ += (v > 0 ? ", " : "") + fact.values.back() + ": T";
      }
      out_ += "}, sources: s";
      if (chance_.percent(30)) out_ += std::string(", effort: ") + chance_.one_of<std::string>({"tell", "look_up", "test"});
      if (chance_.percent(20)) {
        out_ += ", prevalence: {values: {";
        for (int v = 0; v < values; ++v) out_ += (v > 0 ? ", v" : "v") + std::to_string(v) + ": " + std::to_string(chance_.between(v == 0 ? 1 : 0, 50));
        out_ += "}, sources: s}";
      }
      out_ += "}\n";
      names_.push_back(std::move(fact));
    }
    facts_ = names_.size();
  }

  void derived() {
    const int count = chance_.percent(40) ? 0 : chance_.between(1, 3);
    if (count > 0) out_ += "derived:\n";
    for (int d = 0; d < count; ++d) {
      Name name{"d" + std::to_string(d), {}};
      if (chance_.percent(50)) {
        out_ += "  " + name.id + ": {when: " + condition(2) + "}\n";
        name.values = {"yes", "no"};
      } else {
        out_ += "  " + name.id + ": {cases: [";
        const int cases = chance_.between(1, 3);
        for (int c = 0; c < cases; ++c) {
          const std::string value = "w" + std::to_string(chance_.below(3));
          add_value(name, value);
          out_ += std::string(c > 0 ? ", " : "") + "{value: " + value + ", when: " + condition(1) + "}";
        }
        const std::string otherwise = "w" + std::to_string(chance_.below(3));
        add_value(name, otherwise);
        out_ += "], otherwise: " + otherwise + "}\n";
      }
      names_.push_back(std::move(name));
    }
  }
  static void add_value(Name& name, const std::string& value) {
    for (const auto& known : name.values)
      if (known == value) return;
    name.values.push_back(value);
  }

  void constraints() {
    const int count = chance_.percent(35) ? 0 : chance_.between(1, 4);
    std::string text;
    for (int c = 0; c < count; ++c) {
      const std::string id = "  c" + std::to_string(c);
      const int kind = chance_.below(8);
      if (kind >= 6) {  // of two or three facts an even number has its first value
        parity(id, text);
      } else if (kind <= 1) {  // an equivalence between two facts, or its opposite
        const std::string a = fact_is(), b = fact_is();
        const std::string not_b = "{not: " + b + "}", not_a = "{not: " + a + "}";
        const bool same = chance_.percent(60);
        text += id + "a: {if: " + a + ", then: " + (same ? b : not_b) + ", sources: s}\n";
        text += id + "b: {if: " + (same ? not_a : a) + ", then: " + not_b + ", sources: s}\n";
        if (!same) text += id + "c: {if: " + not_a + ", then: " + b + ", sources: s}\n";
      } else if (kind <= 3) {
        text += id + ": {if: " + condition(1) + ", then: " + condition(1) + ", sources: s}\n";
      } else {
        text += id + ": {never: " + condition(kind == 4 ? 0 : 2) + ", sources: s}\n";
      }
    }
    if (!text.empty()) out_ += "constraints:\n" + text;
  }

  void parity(const std::string& id, std::string& text) {
    std::vector<std::size_t> some;
    for (int i = chance_.between(2, 3); i > 0; --i) some.push_back(static_cast<std::size_t>(chance_.below(static_cast<int>(facts_))));
    std::sort(some.begin(), some.end());
    some.erase(std::unique(some.begin(), some.end()), some.end());
    for (int odd = 0; odd < 1 << some.size(); ++odd) {
      std::string condition;
      int firsts = 0;
      for (std::size_t i = 0; i < some.size(); ++i) {
        const bool first = odd >> i & 1;
        firsts += first;
        condition += (i > 0 ? ", " : "") + names_[some[i]].id + (first ? ": v0" : ": {not: v0}");
      }
      if (firsts % 2 == 1) text += id + "_" + std::to_string(odd) + ": {never: {" + condition + "}, sources: s}\n";
    }
  }

  void stops() {
    if (chance_.percent(60)) return;
    out_ += "stops:\n";
    const int count = chance_.between(1, 2);
    for (int i = 0; i < count; ++i) out_ += "  stop" + std::to_string(i) + ": {when: " + condition(chance_.below(2)) + ", text: T, sources: s}\n";
  }

  void alerts() {
    if (chance_.percent(40)) return;
    out_ += "alerts:\n";
    const int count = chance_.between(1, 3);
    for (int i = 0; i < count; ++i)
      out_ += "  alert" + std::to_string(i) + ": {when: " + condition(chance_.below(3)) + ", urgency: " + chance_.one_of<std::string>({"emergency", "urgent", "info"}) + ", text: T, sources: s}\n";
  }

  void decisions_and_options() {
    const int decisions = chance_.between(1, 2);
    const int count = chance_.between(decisions, 5);
    static const std::vector<std::string> classes = {"chemotherapy", "serm", "surgery"};
    static const std::vector<std::string> drugs = {"tamoxifen", "letrozole", "ribociclib"};
    for (int o = 0; o < count; ++o) {
      Option option{"o" + std::to_string(o), "e" + std::to_string(o < decisions ? o : chance_.below(decisions)), {}, {}, false};
      if (chance_.percent(50)) option.drugs.push_back(chance_.one_of(drugs));
      if (chance_.percent(50)) option.option_class = chance_.one_of(classes);
      options_.push_back(std::move(option));
    }
    out_ += "decisions:\n";
    for (int d = 0; d < decisions; ++d) {
      const std::string id = "e" + std::to_string(d);
      out_ += "  " + id + ": {title: T";
      std::vector<Option*> own;
      for (auto& option : options_)
        if (option.decision == id) own.push_back(&option);
      if (own.size() > 1 && chance_.percent(35)) {
        own.back()->fallback = true;
        out_ += ", otherwise: {option: " + own.back()->id;
        if (chance_.percent(40)) out_ += ", besides: " + own.front()->id;
        out_ += "}";
      }
      out_ += "}\n";
    }
    out_ += "options:\n";
    for (const auto& option : options_) {
      out_ += "  " + option.id + ": {decision: " + option.decision + ", title: T, text: T, sources: s";
      if (!option.drugs.empty()) out_ += ", drugs: [[" + option.drugs.front() + "]]";
      if (!option.option_class.empty()) out_ += ", classes: [" + option.option_class + "]";
      out_ += "}\n";
    }
  }

  void rules() {
    out_ += "rules:\n";
    const int count = chance_.between(1, 7);
    for (int r = 0; r < count; ++r) {
      out_ += "  r" + std::to_string(r) + ": {when: " + (chance_.percent(8) ? "always" : condition(chance_.below(4)));
      list({"preferred", "option", "caution", "avoid"});
      out_ += ", sources: s}\n";
    }
  }

  void cautions() {
    if (chance_.percent(35)) return;
    out_ += "cautions:\n";
    const int count = chance_.between(1, 3);
    for (int r = 0; r < count; ++r) {
      out_ += "  k" + std::to_string(r) + ": {when: " + (chance_.percent(5) ? "always" : condition(chance_.below(3)));
      list({"caution", "avoid"});
      out_ += ", text: T, sources: s}\n";
    }
  }

  // One or two strengths, each with one or two selections. The option that `otherwise` names is left to it.
  void list(const std::vector<std::string>& strengths) {
    std::vector<std::string> chosen;
    const std::size_t first = static_cast<std::size_t>(chance_.below(static_cast<int>(strengths.size())));
    for (std::size_t s = 0; s < strengths.size(); ++s) {
      if (s != first && !chance_.percent(15)) continue;
      std::string text;
      for (int i = chance_.percent(30) ? 2 : 1; i > 0; --i) {
        const std::string made = selection();
        if (std::find(chosen.begin(), chosen.end(), made) != chosen.end()) continue;
        chosen.push_back(made);
        text += (text.empty() ? "" : ", ") + made;
      }
      if (!text.empty()) out_ += ", " + strengths[s] + ": [" + text + "]";
    }
  }
  std::string selection() {
    std::vector<const Option*> open;
    for (const auto& option : options_)
      if (!option.fallback) open.push_back(&option);
    const Option& option = *chance_.one_of(open);
    const int kind = chance_.below(10);
    std::string selector;
    if (kind == 0) selector = "decision: " + option.decision;
    if (kind == 1 && !option.drugs.empty()) selector = "drug: " + option.drugs.front();
    if (kind == 2 && !option.option_class.empty()) selector = "class: " + option.option_class;
    if (selector.empty()) return option.id;
    std::string except;
    for (const auto& other : options_)
      if (other.fallback || (&other != &option && chance_.percent(20))) except += (except.empty() ? "" : ", ") + other.id;
    return "{" + selector + (except.empty() ? "" : ", except: [" + except + "]") + "}";
  }

  // ---- conditions ----

  std::string values(const Name& name) {
    const auto some = [&] {
      std::string text;
      for (const auto& value : name.values)
        if (chance_.percent(50)) text += (text.empty() ? "" : ", ") + value;
      return "[" + (text.empty() ? chance_.one_of(name.values) : text) + "]";
    };
    const int kind = chance_.below(10);
    if (kind < 6) return chance_.one_of(name.values);
    if (kind < 8) return some();
    return "{not: " + (kind == 8 ? chance_.one_of(name.values) : some()) + "}";
  }
  std::string fact_is() {
    const Name& fact = names_[static_cast<std::size_t>(chance_.below(static_cast<int>(facts_)))];
    return "{" + fact.id + ": " + values(fact) + "}";
  }

  // A map of one to three facts or derived names, and beside them, down to `depth`, any / all / not / unless.
  std::string condition(int depth) {
    if (chance_.percent(10)) return differ();
    std::string text;
    const auto add = [&](const std::string& entry) { text += (text.empty() ? "" : ", ") + entry; };
    const int plain = depth > 0 && chance_.percent(35) ? 0 : chance_.between(1, 2);
    std::vector<char> taken(names_.size());
    for (int i = 0; i < plain; ++i) {
      const std::size_t n = static_cast<std::size_t>(chance_.below(static_cast<int>(names_.size())));
      if (taken[n]) continue;
      taken[n] = 1;
      add(names_[n].id + ": " + values(names_[n]));
    }
    if (depth > 0)
      for (const char* word : {"any", "all", "not", "unless"}) {
        if (!chance_.percent(text.empty() ? 50 : 20)) continue;
        const bool list = word[0] == 'a';
        if (!list) {
          add(std::string(word) + ": " + condition(depth - 1));
          continue;
        }
        std::string items = condition(depth - 1);
        const int more = chance_.between(0, 2);
        for (int i = 0; i < more; ++i) items += ", " + condition(depth - 1);
        add(std::string(word) + ": [" + items + "]");
      }
    return text.empty() ? condition(0) : "{" + text + "}";
  }

  // One of two facts, and not both, has its first value: no value of one decides alone.
  std::string differ() {
    const std::string a = names_[static_cast<std::size_t>(chance_.below(static_cast<int>(facts_)))].id;
    const std::string b = names_[static_cast<std::size_t>(chance_.below(static_cast<int>(facts_)))].id;
    if (a == b) return fact_is();
    return "{any: [{" + a + ": v0, " + b + ": {not: v0}}, {" + a + ": {not: v0}, " + b + ": v0}]}";
  }

  Chance chance_;
  std::string out_;
  std::vector<Name> names_;  // facts, then derived names
  std::size_t facts_ = 0;
  std::vector<Option> options_;
};

}  // namespace waymark::testing
