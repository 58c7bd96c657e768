#include <algorithm>
#include <iostream>

#include "commands.h"
#include "files.h"
#include "text/nearest.h"

namespace waymark::cli {
namespace {

std::string wrapped(const std::string& text, std::size_t indent = 0, std::size_t width = 78) {
  std::string out, word;
  std::size_t column = indent;
  const auto flush = [&] {
    if (word.empty()) return;
    if (column > indent && column + 1 + word.size() > width) {
      out += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
    word.clear();
  };
  for (const char c : text) {
    if (c == ' ' || c == '\n') flush();
    else word += c;
  }
  flush();
  return std::string(indent, ' ') + out;
}

class Conversation {
 public:
  Conversation(const Engine& engine, std::string locale, Audience audience)
      : engine_(engine), guideline_(engine.guideline()), locale_(std::move(locale)), audience_(audience), answers_(guideline_.facts.size()), skipped_(guideline_.facts.size()) {}

  int run() {
    std::cout << say(guideline_.title) << " " << guideline_.version << " (" << guideline_.status << ")\n" << wrapped(say(guideline_.disclaimer)) << "\n\n"
              << "Type a number. b goes back, s shows the options so far, q ends with a summary.\n";
    while (true) {
      const Answer answer = engine_.answer(answers_);
      tell_alerts(answer);
      const int fact = next_fact(answer);
      if (fact < 0) break;
      if (!ask(fact)) break;
    }
    summary();
    return ok;
  }

 private:
  const std::string& say(TextId text) const { return guideline_.say(text, locale_, audience_); }

  void tell_alerts(const Answer& answer) {
    for (const int alert : answer.alerts) {
      if (std::find(told_.begin(), told_.end(), alert) != told_.end()) continue;
      told_.push_back(alert);
      std::cout << "\n!! " << wrapped(say(guideline_.alerts[alert].text), 3).substr(3) << '\n';
    }
  }

  // Groups that come first (they hold the emergencies), then what still matters, most useful first.
  int next_fact(const Answer& answer) const {
    if (answer.contradiction) return -1;
    for (const auto& group : guideline_.groups)
      if (group.when == Group::When::first)
        for (const auto& member : group.facts)
          if (answers_[member.fact] == 0 && !skipped_[member.fact]) return member.fact;
    for (const auto& missing : answer.missing)
      if (answers_[missing.fact] == 0 && !skipped_[missing.fact]) return missing.fact;
    return -1;
  }

  // False when the person ends, or there is nothing more to read.
  bool ask(int fact) {
    const Fact& asked = guideline_.facts[fact];
    std::cout << '\n' << wrapped(say(asked.question)) << '\n';
    if (asked.help != no_text) std::cout << wrapped(say(asked.help), 2) << '\n';
    std::vector<std::pair<std::string, ValueSet>> choices;
    for (std::size_t v = 0; v < asked.values.size(); ++v) choices.emplace_back(say(asked.values[v].text), ValueSet{1} << v);
    for (const auto& partial : asked.partial) choices.emplace_back(say(partial.text), partial.values);
    choices.emplace_back(asked.not_known != no_text ? say(asked.not_known) : "Not sure or not tested yet", 0);
    for (std::size_t i = 0; i < choices.size(); ++i) std::cout << "  " << i + 1 << "  " << wrapped(choices[i].first, 5).substr(5) << '\n';
    while (true) {
      std::cout << "> " << std::flush;
      std::string line;
      if (!std::getline(std::cin, line) || line == "q") {
        std::cout << '\n';
        return false;
      }
      if (line == "b") {
        if (history_.empty()) {
          std::cout << "This is the first question.\n";
          continue;
        }
        answers_[history_.back()] = 0;
        skipped_[history_.back()] = 0;
        history_.pop_back();
        return true;
      }
      if (line == "s") {
        show(engine_.answer(answers_));
        continue;
      }
      const bool number = !line.empty() && line.size() <= 3 && std::all_of(line.begin(), line.end(), [](char c) { return c >= '0' && c <= '9'; });
      const std::size_t choice = number ? std::stoul(line) : 0;
      if (choice < 1 || choice > choices.size()) {
        std::cout << "Please type a number from 1 to " << choices.size() << ", or b, s or q.\n";
        continue;
      }
      answers_[fact] = choices[choice - 1].second;
      skipped_[fact] = answers_[fact] == 0;
      history_.push_back(fact);
      return true;
    }
  }

  std::string named(const std::vector<FactValues>& facts) const {
    std::string text;
    for (const auto& fact : facts) text += (text.empty() ? "" : "; ") + say(guideline_.facts[fact.fact].title) + ": " + values(fact.fact, fact.values);
    return text;
  }
  std::string values(int fact, ValueSet values) const {
    std::vector<std::string> names;
    for (std::size_t v = 0; v < guideline_.facts[fact].values.size(); ++v)
      if (values >> v & 1) names.push_back(say(guideline_.facts[fact].values[v].text));
    return text::list(names, names.size());
  }

  void show(const Answer& answer) const {
    if (answer.contradiction) {
      std::cout << "\nThese answers cannot hold together; please look at them again:\n" << wrapped(named(*answer.contradiction), 2) << '\n';
      return;
    }
    for (const auto& stop : answer.stops)
      if (stop.holds == Applies::yes) std::cout << '\n' << wrapped(say(guideline_.stops[stop.stop].text)) << '\n';
    for (std::size_t d = 0; d < answer.decisions.size(); ++d) {
      bool headed = false;
      for (const auto& about : answer.decisions[d].options) {
        if (about.applies == Applies::no) continue;
        if (!headed) std::cout << '\n' << say(guideline_.decisions[d].title) << '\n';
        headed = true;
        std::cout << (about.applies == Applies::yes ? "  * " : "  ? ") << say(guideline_.options[about.option].title);
        if (about.applies == Applies::yes && about.strength) std::cout << " (" << name_of(*about.strength) << ")";
        std::cout << '\n';
        if (!about.because.empty()) std::cout << wrapped("because " + named(about.because), 6) << '\n';
        if (!about.depends_on.empty()) {
          std::vector<std::string> names;
          for (const auto& fact : about.depends_on) names.push_back(say(guideline_.facts[fact.fact].title));
          std::cout << wrapped("depends on " + text::list(names, names.size()), 6) << '\n';
        }
        for (const auto& check : about.checks)
          std::cout << wrapped(std::string("still to check: ") + say(guideline_.facts[check.fact].title) + " (" + name_of(check.strength) + " if: " + values(check.fact, check.values) + ")", 6) << '\n';
      }
    }
  }

  void summary() const {
    std::cout << "\n---- Your answers\n";
    for (std::size_t f = 0; f < answers_.size(); ++f)
      if (answers_[f] != 0) std::cout << wrapped(say(guideline_.facts[f].title) + ": " + values(static_cast<int>(f), answers_[f]), 2) << '\n';
    const Answer answer = engine_.answer(answers_);
    std::cout << "\n---- Options (* holds, ? depends on what is not known)\n";
    show(answer);
    if (!answer.missing.empty()) {
      std::cout << "\n---- Still open\n";
      for (const auto& missing : answer.missing) std::cout << wrapped(say(guideline_.facts[missing.fact].title), 2) << '\n';
    }
    std::cout << '\n' << wrapped(say(guideline_.disclaimer)) << '\n';
  }

  const Engine& engine_;
  const Guideline& guideline_;
  std::string locale_;
  Audience audience_;
  Answers answers_;
  std::vector<char> skipped_;
  std::vector<int> history_;
  std::vector<int> told_;
};

}  // namespace

int ask(const std::string& guideline, const std::string& locale, const std::string& audience) {
  const auto files = find_guideline(guideline);
  if (!files) return usage;
  const auto engine = load_or_explain(*files);
  if (!engine) return failed;
  if (!speaks_or_explain(*engine, locale)) return usage;
  return Conversation(*engine, locale, audience == "clinician" ? Audience::clinician : Audience::patient).run();
}

}  // namespace waymark::cli
