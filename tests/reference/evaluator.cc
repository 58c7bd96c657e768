#include "reference/evaluator.h"

#include <algorithm>

namespace waymark::reference {
namespace {

bool has(ValueSet set, int value) { return set >> value & 1; }

std::vector<int> values_of(const Fact& fact, ValueSet answer) {
  std::vector<int> values;
  for (int v = 0; v < static_cast<int>(fact.values.size()); ++v)
    if (answer == 0 || has(answer, v)) values.push_back(v);
  return values;
}

bool is_listed(int outcome) { return outcome != not_listed; }

}  // namespace

Evaluator::Evaluator(const Guideline& guideline) : guideline_(guideline) {}

// ---- one profile ----

bool Evaluator::holds(const Condition& condition, const Profile& profile) const {
  switch (condition.kind) {
    case Condition::Kind::always: return true;
    case Condition::Kind::fact: return has(condition.values, profile[condition.subject]);
    case Condition::Kind::derived: return has(condition.values, derived(condition.subject, profile));
    case Condition::Kind::negation: return !holds(condition.parts.at(0), profile);
    case Condition::Kind::all:
      for (const auto& part : condition.parts)
        if (!holds(part, profile)) return false;
      return true;
    case Condition::Kind::any:
      for (const auto& part : condition.parts)
        if (holds(part, profile)) return true;
      return false;
  }
  return false;
}

int Evaluator::derived(int index, const Profile& profile) const {
  for (const auto& item : guideline_.derived[index].cases)
    if (holds(item.when, profile)) return item.value;
  return guideline_.derived[index].otherwise;
}

bool Evaluator::allowed(const Profile& profile) const {
  for (const auto& constraint : guideline_.constraints) {
    if (!holds(constraint.condition, profile)) continue;
    if (!constraint.consequence || !holds(*constraint.consequence, profile)) return false;
  }
  return true;
}

// The most careful listing of the rules that hold; cautions only make what is listed more careful.
Outcome Evaluator::by_rules(int option, const Profile& profile) const {
  int listed = not_listed, lowered = not_listed;
  for (const auto& rule : guideline_.rules)
    for (const auto& listing : rule.listings)
      if (listing.option == option && holds(rule.when, profile)) {
        int& so_far = rule.lowers ? lowered : listed;
        so_far = std::max(so_far, static_cast<int>(listing.strength));
      }
  return static_cast<Outcome>(is_listed(listed) ? std::max(listed, lowered) : not_listed);
}

// `otherwise` alone speaks for the option that it names: listed while no other option that counts is better than a caution.
Outcome Evaluator::outcome(int option, const Profile& profile) const {
  for (const auto& stop : guideline_.stops)
    if (holds(stop.when, profile)) return not_listed;
  const int decision_index = guideline_.options[option].decision;
  const Decision& decision = guideline_.decisions[decision_index];
  if (decision.otherwise != option) return by_rules(option, profile);
  for (int other = 0; other < static_cast<int>(guideline_.options.size()); ++other) {
    const bool besides = std::count(decision.besides.begin(), decision.besides.end(), other) > 0;
    if (other == option || besides || guideline_.options[other].decision != decision_index) continue;
    const Outcome of_other = by_rules(other, profile);
    if (is_listed(of_other) && of_other < static_cast<Outcome>(Strength::caution)) return not_listed;
  }
  return static_cast<Outcome>(Strength::option);
}

Case Evaluator::look_at(const Profile& profile) const {
  Case seen;
  seen.profile = profile;
  seen.allowed = allowed(profile);
  for (const auto& stop : guideline_.stops) seen.stops.push_back(holds(stop.when, profile));
  for (const auto& rule : guideline_.rules) seen.rules.push_back(holds(rule.when, profile));
  for (int option = 0; option < static_cast<int>(guideline_.options.size()); ++option) seen.outcomes.push_back(outcome(option, profile));
  return seen;
}

// ---- all profiles ----

double Evaluator::count(const Answers& answers) const {
  double product = 1;
  for (std::size_t f = 0; f < guideline_.facts.size(); ++f) product *= static_cast<double>(values_of(guideline_.facts[f], answers[f]).size());
  return product;
}

void Evaluator::for_each_profile(const Answers& answers, const std::function<void(const Profile&)>& use) const {
  Profile profile(guideline_.facts.size());
  const std::function<void(std::size_t)> choose = [&](std::size_t fact) {
    if (fact == profile.size()) return use(profile);
    for (const int value : values_of(guideline_.facts[fact], answers[fact])) {
      profile[fact] = value;
      choose(fact + 1);
    }
  };
  choose(0);
}

Cases Evaluator::completions(const Answers& answers) {
  Cases cases;
  for_each_profile(answers, [&](const Profile& profile) {
    auto at = seen_.find(profile);
    if (at == seen_.end()) at = seen_.emplace(profile, look_at(profile)).first;
    if (at->second.allowed) cases.push_back(&at->second);
  });
  return cases;
}

// ---- what still matters ----

// A fact matters when it has several values among the cases and
// - two cases that differ in it alone have different results, or
// - fixing it to one of its values leaves fewer results.
// Constraints can tie facts so tightly that several results are left and yet no fact matters by that. Then those facts
// matter that decide together: in which two cases of different results differ, where no two cases of different results
// differ in fewer of the same facts.
std::map<int, ResultsByValue> Evaluator::deciding(const Cases& cases, const Result& result) const {
  std::set<int> results;
  std::vector<ResultsByValue> by_value(guideline_.facts.size());
  for (const Case* a : cases) {
    results.insert(result(*a));
    for (std::size_t fact = 0; fact < by_value.size(); ++fact) by_value[fact][a->profile[fact]].insert(result(*a));
  }
  std::map<int, ResultsByValue> matter;
  if (results.size() < 2) return matter;

  for (int fact = 0; fact < static_cast<int>(by_value.size()); ++fact) {
    if (by_value[fact].size() < 2) continue;
    bool matters = false;
    for (const auto& [value, left] : by_value[fact])
      if (left != results) matters = true;
    std::map<Profile, std::set<int>> alike_but_for_it;
    for (const Case* a : cases) {
      Profile rest = a->profile;
      rest[fact] = -1;
      auto& seen = alike_but_for_it[rest];
      seen.insert(result(*a));
      if (seen.size() > 1) matters = true;
    }
    if (matters) matter[fact] = by_value[fact];
  }
  if (!matter.empty()) return matter;

  std::set<std::set<int>> differing;
  for (const Case* a : cases)
    for (const Case* b : cases) {
      if (result(*a) == result(*b)) continue;
      std::set<int> facts;
      for (int fact = 0; fact < static_cast<int>(by_value.size()); ++fact)
        if (a->profile[fact] != b->profile[fact]) facts.insert(fact);
      differing.insert(facts);
    }
  for (const auto& facts : differing) {
    const bool smallest = std::none_of(differing.begin(), differing.end(), [&](const std::set<int>& other) {
      return other != facts && std::includes(facts.begin(), facts.end(), other.begin(), other.end());
    });
    if (!smallest) continue;
    for (const int fact : facts) matter[fact] = by_value[fact];
  }
  return matter;
}

// Some pick among the possible values of the answered facts makes it true, whatever possible values the other facts have.
bool Evaluator::fires(const Alert& alert, const Answers& answers, const std::vector<std::set<int>>& possible) const {
  Answers box(answers.size());
  for (std::size_t fact = 0; fact < answers.size(); ++fact)
    for (const int value : possible[fact]) box[fact] |= ValueSet{1} << value;
  std::map<Profile, bool> always_true;  // by the pick among the answered facts
  for_each_profile(box, [&](const Profile& profile) {
    Profile pick = profile;
    for (std::size_t fact = 0; fact < answers.size(); ++fact)
      if (answers[fact] == 0) pick[fact] = -1;
    const auto at = always_true.emplace(pick, true).first;
    if (!holds(alert.when, profile)) at->second = false;
  });
  return std::any_of(always_true.begin(), always_true.end(), [](const auto& pick) { return pick.second; });
}

// Named in the condition, or in one of a derived name that it uses.
bool Evaluator::reads(const Condition& condition, int fact) const {
  const auto in = [&](const Condition& inner) { return reads(inner, fact); };
  if (condition.kind == Condition::Kind::fact) return condition.subject == fact;
  if (condition.kind == Condition::Kind::derived) {
    const auto& cases = guideline_.derived[condition.subject].cases;
    return std::any_of(cases.begin(), cases.end(), [&](const auto& item) { return in(item.when); });
  }
  return std::any_of(condition.parts.begin(), condition.parts.end(), in);
}

bool Evaluator::read_by_alerts_alone(int fact) const {
  const auto read = [&](const auto& item) { return reads(item.when, fact); };
  return std::any_of(guideline_.alerts.begin(), guideline_.alerts.end(), read) && std::none_of(guideline_.rules.begin(), guideline_.rules.end(), read) &&
         std::none_of(guideline_.stops.begin(), guideline_.stops.end(), read);
}

// ---- one option in all completions ----

ExpectedOption Evaluator::about(int option, const Cases& cases) const {
  ExpectedOption about;
  const Result outcome = [&](const Case& a) { return static_cast<int>(a.outcomes[option]); };
  const Result listed = [&](const Case& a) { return is_listed(a.outcomes[option]) ? 1 : 0; };
  Cases listing;
  std::set<int> strengths;
  for (const Case* a : cases) {
    if (!is_listed(outcome(*a))) continue;
    listing.push_back(a);
    strengths.insert(outcome(*a));
  }
  if (listing.empty()) return about;
  about.applies = listing.size() == cases.size() ? Applies::yes : Applies::depends;
  for (const int strength : strengths) about.strengths |= static_cast<OutcomeSet>(1 << strength);
  if (strengths.size() == 1) about.strength = static_cast<Strength>(*strengths.begin());

  // With the values that let it apply.
  for (const auto& [fact, by_value] : deciding(cases, listed)) {
    ValueSet values = 0;
    for (const auto& [value, left] : by_value)
      if (left.count(1)) values |= ValueSet{1} << value;
    about.depends_on[fact] = values;
  }

  // Each value that makes the best strength worse, with the best that it leaves. A fact that worsens nothing alone: the
  // values that leave the worst strength possible, with that.
  const int best = strengths.empty() ? 0 : *strengths.begin(), worst = strengths.empty() ? 0 : *strengths.rbegin();
  for (const auto& [fact, by_value] : deciding(listing, outcome)) {
    std::map<int, ValueSet> found;
    for (const auto& [value, left] : by_value)
      if (*left.begin() > best) found[*left.begin()] |= ValueSet{1} << value;
    if (found.empty())
      for (const auto& [value, left] : by_value)
        if (*left.rbegin() == worst) found[worst] |= ValueSet{1} << value;
    for (const auto& [strength, values] : found) about.checks[{fact, static_cast<Strength>(strength)}] = values;
  }

  for (int r = 0; r < static_cast<int>(guideline_.rules.size()); ++r) {
    const Rule& rule = guideline_.rules[r];
    const bool names_it = std::any_of(rule.listings.begin(), rule.listings.end(), [&](const Listing& l) { return l.option == option; });
    const auto holds_in = std::count_if(cases.begin(), cases.end(), [&](const Case* a) { return a->rules[r]; });
    if (names_it && (rule.lowers ? holds_in == static_cast<long>(cases.size()) : holds_in > 0)) about.rules.insert(r);
  }
  return about;
}

Expected Evaluator::expected(const Answers& answers) {
  Expected expected;
  const Cases cases = completions(answers);
  expected.contradiction = cases.empty();

  // What each fact can still be; where the answers contradict each other, what was answered.
  std::vector<std::set<int>> possible(guideline_.facts.size());
  for (const Case* a : cases)
    for (std::size_t fact = 0; fact < possible.size(); ++fact) possible[fact].insert(a->profile[fact]);
  if (expected.contradiction)
    for (std::size_t fact = 0; fact < possible.size(); ++fact) {
      const auto values = values_of(guideline_.facts[fact], answers[fact]);
      possible[fact] = {values.begin(), values.end()};
    }
  for (int alert = 0; alert < static_cast<int>(guideline_.alerts.size()); ++alert)
    if (fires(guideline_.alerts[alert], answers, possible)) expected.alerts.insert(alert);
  // A fact left open is asked if to pick its answer, too, would make an alert fire that does not yet.
  for (int fact = 0; fact < static_cast<int>(guideline_.facts.size()); ++fact) {
    if (answers[fact] != 0 || !read_by_alerts_alone(fact)) continue;
    Answers told = answers;
    told[fact] = guideline_.facts[fact].all_values();
    for (int alert = 0; alert < static_cast<int>(guideline_.alerts.size()); ++alert)
      if (!expected.alerts.contains(alert) && fires(guideline_.alerts[alert], told, possible)) expected.alert_facts.insert(fact);
  }
  if (expected.contradiction) return expected;

  for (int stop = 0; stop < static_cast<int>(guideline_.stops.size()); ++stop) {
    const auto holds_in = std::count_if(cases.begin(), cases.end(), [&](const Case* a) { return a->stops[stop]; });
    if (holds_in > 0) expected.stops[stop] = holds_in == static_cast<long>(cases.size()) ? Applies::yes : Applies::depends;
  }

  for (int option = 0; option < static_cast<int>(guideline_.options.size()); ++option) {
    expected.options.push_back(about(option, cases));
    for (const auto& [fact, by_value] : deciding(cases, [&](const Case& a) { return static_cast<int>(a.outcomes[option]); }))
      expected.missing[fact].insert(option);
  }

  // Settled: some option applies, and nothing about any option is open.
  for (int decision = 0; decision < static_cast<int>(guideline_.decisions.size()); ++decision) {
    bool open = false, applies = false;
    for (std::size_t option = 0; option < expected.options.size(); ++option) {
      if (guideline_.options[option].decision != decision) continue;
      const auto& about = expected.options[option];
      if (about.applies == Applies::depends) open = true;
      if (about.applies == Applies::yes) applies = true;
      if (about.applies == Applies::yes && !about.strength) open = true;
    }
    using State = DecisionAnswer::State;
    expected.states.push_back(open ? State::open : applies ? State::settled : State::not_applicable);
  }
  return expected;
}

}  // namespace waymark::reference
