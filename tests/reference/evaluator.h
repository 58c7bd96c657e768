// The slow and obvious evaluator that the engine is compared with. Never shipped.
//
// It lists every profile and looks. It reads the public model of a guideline (waymark/guideline.h) and shares nothing with
// how the engine answers: no diagram, no cleverness. Where the two differ, this one states what was meant.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "waymark/answer.h"
#include "waymark/guideline.h"

namespace waymark::reference {

// The value of every fact, by index.
using Profile = std::vector<int>;

// One profile and what the guideline makes of it.
struct Case {
  Profile profile;
  bool allowed = false;           // by the constraints
  std::vector<bool> stops, rules;  // which hold
  std::vector<Outcome> outcomes;  // of every option
};
using Cases = std::vector<const Case*>;

// What a case counts as in a question about all of them: an option's outcome, or listed or not.
using Result = std::function<int(const Case&)>;

// A fact that still matters: what results are left when it has a value. Values that no case has are absent.
using ResultsByValue = std::map<int, std::set<int>>;

struct ExpectedOption {
  Applies applies = Applies::no;
  OutcomeSet strengths = 0;
  std::optional<Strength> strength;
  std::map<int, ValueSet> depends_on;                     // by fact
  std::map<std::pair<int, Strength>, ValueSet> checks;  // by fact and strength
  std::set<int> rules;
};

// All of an answer but the minimal sets, which are not unique: those are checked by what they must do (differences.h).
struct Expected {
  bool contradiction = false;
  std::set<int> alerts;
  std::set<int> alert_facts;                          // open, read by alerts alone, and an answer would raise another one
  std::map<int, Applies> stops;
  std::vector<ExpectedOption> options;               // by option; empty where there is a contradiction
  std::vector<DecisionAnswer::State> states;          // by decision; likewise
  std::map<int, std::set<int>> missing;               // by fact: the options that it can still change
};

class Evaluator {
 public:
  explicit Evaluator(const Guideline& guideline);

  const Guideline& guideline() const { return guideline_; }

  // How many profiles agree with the answers, whether the constraints allow them or not.
  double count(const Answers& answers) const;
  // The allowed profiles that agree with the answers.
  Cases completions(const Answers& answers);
  Expected expected(const Answers& answers);
  // Gives back the memory of all profiles seen; the cases handed out are gone.
  void forget() { seen_.clear(); }

  Case look_at(const Profile& profile) const;
  bool holds(const Condition& condition, const Profile& profile) const;

 private:
  int derived(int index, const Profile& profile) const;
  bool allowed(const Profile& profile) const;
  Outcome by_rules(int option, const Profile& profile) const;
  Outcome outcome(int option, const Profile& profile) const;

  void for_each_profile(const Answers& answers, const std::function<void(const Profile&)>& use) const;
  std::map<int, ResultsByValue> deciding(const Cases& cases, const Result& result) const;
  bool reads(const Condition& condition, int fact) const;
  bool read_by_alerts_alone(int fact) const;
  bool fires(const Alert& alert, const Answers& answers, const std::vector<std::set<int>>& possible) const;
  ExpectedOption about(int option, const Cases& cases) const;

  const Guideline& guideline_;
  std::map<Profile, Case> seen_;
};

}  // namespace waymark::reference
