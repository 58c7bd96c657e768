#include "reference/differences.h"

#include <algorithm>

namespace waymark::reference {
namespace {

const char* name(Applies applies) { return applies == Applies::yes ? "yes" : applies == Applies::depends ? "depends" : "no"; }

const char* name(DecisionAnswer::State state) {
  using State = DecisionAnswer::State;
  return state == State::open ? "open" : state == State::settled ? "settled" : "not_applicable";
}

class Comparison {
 public:
  Comparison(Evaluator& reference, const Answers& given, const Answer& answer, double most_profiles)
      : reference_(reference), guideline_(reference.guideline()), given_(given), answer_(answer), most_profiles_(most_profiles),
        expected_(reference.expected(given)) {}

  Looked run() && {
    if (answer_.facts != given_) differ("facts are not those given");
    same("alerts", ids(guideline_.alerts, std::set<int>(answer_.alerts.begin(), answer_.alerts.end())), ids(guideline_.alerts, expected_.alerts));
    same("alert_facts", ids(guideline_.facts, std::set<int>(answer_.alert_facts.begin(), answer_.alert_facts.end())), ids(guideline_.facts, expected_.alert_facts));
    if (!std::is_sorted(answer_.alert_facts.begin(), answer_.alert_facts.end())) differ("alert_facts are not in the guideline's order");
    if (answer_.contradiction.has_value() != expected_.contradiction) {
      differ(expected_.contradiction ? "the contradiction was not found" : "found a contradiction that is none");
      return std::move(looked_);
    }
    if (answer_.contradiction) {
      reason("contradiction", *answer_.contradiction, [](const Cases& cases) { return cases.empty(); });
      if (!answer_.decisions.empty() || !answer_.missing.empty() || !answer_.stops.empty()) differ("says more than the contradiction");
      return std::move(looked_);
    }
    stops();
    decisions();
    missing();
    return std::move(looked_);
  }

 private:
  void differ(std::string what) { looked_.differences.push_back(std::move(what)); }
  void same(const std::string& field, const std::string& engine, const std::string& reference) {
    if (engine != reference) differ(field + ": engine [" + engine + "], reference [" + reference + "]");
  }

  template <class Items>
  static std::string ids(const Items& items, const std::set<int>& which) {
    std::string text;
    for (const int i : which) text += (text.empty() ? "" : " ") + items.at(i).id;
    return text;
  }
  std::string fact(int index, ValueSet values) const {
    std::string text = guideline_.facts.at(index).id + ":";
    for (std::size_t v = 0; v < guideline_.facts[index].values.size(); ++v)
      if (values >> v & 1) text += " " + guideline_.facts[index].values[v].id;
    return text;
  }
  static std::string strengths(OutcomeSet set) {
    std::string text;
    for (int s = 1; s <= 4; ++s)
      if (set >> s & 1) text += (text.empty() ? "" : " ") + std::string(name_of(static_cast<Strength>(s)));
    if (set & 1) text += " (not listed)";
    return text;
  }

  void stops() {
    std::string engine, reference;
    for (const auto& stop : answer_.stops) engine += guideline_.stops.at(stop.stop).id + " " + name(stop.holds) + "; ";
    for (const auto& [stop, holds] : expected_.stops) reference += guideline_.stops.at(stop).id + " " + name(holds) + "; ";
    same("stops", engine, reference);
  }

  void decisions() {
    if (answer_.decisions.size() != guideline_.decisions.size()) return differ("decisions are not those of the guideline");
    std::vector<int> listed;
    for (std::size_t d = 0; d < answer_.decisions.size(); ++d) {
      const auto& decision = answer_.decisions[d];
      same("state of " + guideline_.decisions[d].id, name(decision.state), name(expected_.states[d]));
      int last = -1;
      for (const auto& about : decision.options) {
        if (guideline_.options.at(about.option).decision != static_cast<int>(d)) differ("an option stands in another decision than its own");
        if (about.option <= last) differ("options are not in the guideline's order");
        last = about.option;
        listed.push_back(about.option);
        option(about, expected_.options.at(about.option));
      }
    }
    if (listed.size() != guideline_.options.size()) differ("options are not those of the guideline");
  }

  void option(const OptionAnswer& about, const ExpectedOption& expected) {
    const std::string id = guideline_.options[about.option].id;
    same(id + " applies", name(about.applies), name(expected.applies));
    same(id + " strengths", strengths(about.strengths), strengths(expected.strengths));
    same(id + " strength", about.strength ? name_of(*about.strength) : "none", expected.strength ? name_of(*expected.strength) : "none");

    std::set<std::string> engine, reference;
    for (const auto& on : about.depends_on) engine.insert(fact(on.fact, on.values));
    for (const auto& [f, values] : expected.depends_on) reference.insert(fact(f, values));
    same(id + " depends_on", joined(engine), joined(reference));
    if (engine.size() != about.depends_on.size()) differ(id + " depends_on names a fact twice");

    engine.clear();
    reference.clear();
    for (const auto& check : about.checks) engine.insert(fact(check.fact, check.values) + " -> " + name_of(check.strength));
    for (const auto& [key, values] : expected.checks) reference.insert(fact(key.first, values) + " -> " + name_of(key.second));
    same(id + " checks", joined(engine), joined(reference));
    if (engine.size() != about.checks.size()) differ(id + " checks name a fact twice");

    same(id + " rules", ids(guideline_.rules, {about.rules.begin(), about.rules.end()}), ids(guideline_.rules, expected.rules));

    const auto listed = [&](const Case* a) { return a->outcomes[about.option] != not_listed; };
    if (expected.applies == Applies::yes)
      reason(id + " because", about.because, [&](const Cases& cases) { return std::all_of(cases.begin(), cases.end(), listed); });
    else if (!about.because.empty())
      differ(id + " has a because without being certain");
    if (expected.applies == Applies::no)
      reason(id + " why_not", about.why_not, [&](const Cases& cases) { return std::none_of(cases.begin(), cases.end(), listed); });
    else if (!about.why_not.empty())
      differ(id + " has a why_not although it may apply");
  }

  static std::string joined(const std::set<std::string>& parts) {
    std::string text;
    for (const auto& part : parts) text += (text.empty() ? "" : "; ") + part;
    return text;
  }

  // The reason must be given answers; after them `follows`, and after all of them but any one it does not.
  template <class Follows>
  void reason(const std::string& what, const std::vector<FactValues>& reason, Follows follows) {
    Answers kept(given_.size());
    for (const auto& part : reason) {
      if (part.values == 0 || given_.at(part.fact) != part.values) return differ(what + " names what was not answered: " + fact(part.fact, part.values));
      if (kept[part.fact] != 0) return differ(what + " names a fact twice");
      kept[part.fact] = part.values;
    }
    if (const auto follows_from = ask(kept, follows); follows_from && !*follows_from)
      differ(what + " is not enough: " + in_words(guideline_, kept));
    for (const auto& part : reason) {
      Answers fewer = kept;
      fewer[part.fact] = 0;
      if (const auto follows_from = ask(fewer, follows); follows_from && *follows_from)
        differ(what + " needs no " + guideline_.facts[part.fact].id + ": " + in_words(guideline_, kept));
    }
  }
  template <class Follows>
  std::optional<bool> ask(const Answers& answers, Follows follows) {
    if (reference_.count(answers) > most_profiles_) {
      ++looked_.reasons_skipped;
      return std::nullopt;
    }
    return follows(reference_.completions(answers));
  }

  void missing() {
    std::string engine, reference;
    std::map<int, std::set<int>> found;
    for (const auto& missing : answer_.missing) {
      if (!found.emplace(missing.fact, std::set<int>(missing.changes.begin(), missing.changes.end())).second) differ("missing names a fact twice");
      if (!(missing.weight >= 0 && missing.weight <= 1)) differ("the weight of " + guideline_.facts.at(missing.fact).id + " is no share");
    }
    for (const auto& [fact, options] : found) engine += guideline_.facts.at(fact).id + " (" + ids(guideline_.options, options) + ") ";
    for (const auto& [fact, options] : expected_.missing) reference += guideline_.facts.at(fact).id + " (" + ids(guideline_.options, options) + ") ";
    same("missing", engine, reference);
  }

  Evaluator& reference_;
  const Guideline& guideline_;
  const Answers& given_;
  const Answer& answer_;
  double most_profiles_;
  Expected expected_;
  Looked looked_;
};

}  // namespace

Looked compare(Evaluator& reference, const Answers& given, const Answer& answer, double most_profiles) {
  return Comparison(reference, given, answer, most_profiles).run();
}

std::string in_words(const Guideline& guideline, const Answers& answers) {
  std::string text;
  for (std::size_t f = 0; f < answers.size(); ++f) {
    if (answers[f] == 0) continue;
    text += (text.empty() ? "" : "; ") + guideline.facts[f].id + ": " + guideline.value_names(static_cast<int>(f), answers[f]);
  }
  return text.empty() ? "nothing answered" : text;
}

}  // namespace waymark::reference
