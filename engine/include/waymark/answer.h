// What the engine says about one patient, without words: indexes into the guideline, sets of values.
#pragma once

#include <optional>
#include <vector>

#include "waymark/guideline.h"

namespace waymark {

// The values still possible for each fact of the guideline, in its order; 0 where nothing was answered.
using Answers = std::vector<ValueSet>;

struct FactValues {
  int fact;
  ValueSet values;
};

enum class Applies { yes, depends, no };

// If the fact turned out to have one of these values, the option would be at best of this strength.
struct Check {
  int fact;
  ValueSet values;
  Strength strength;
};

struct OptionAnswer {
  int option = -1;
  Applies applies = Applies::no;
  std::optional<Strength> strength;   // none while open facts still decide it
  OutcomeSet strengths = 0;           // every strength that some completion gives (bit not_listed left out)
  std::vector<FactValues> because;    // minimal given answers that force `yes`
  std::vector<FactValues> depends_on;  // open facts that decide whether it applies, with the values that let it
  std::vector<Check> checks;          // open facts that can still change its strength
  std::vector<FactValues> why_not;    // minimal given answers that force `no`; when asked for
  std::vector<int> rules;             // rules that list it in some completion, cautions that hold in all of them
};

struct DecisionAnswer {
  enum class State { open, settled, not_applicable } state = State::open;
  std::vector<OptionAnswer> options;  // all of the decision's options, in the guideline's order
};

struct StopAnswer {
  int stop;
  Applies holds;  // yes or depends
};

struct MissingFact {
  int fact;
  double weight;             // expected share of what is still open that the answer settles, 0 to 1
  std::vector<int> changes;  // the options it can still change
};

struct Answer {
  Answers facts;  // as given
  std::optional<std::vector<FactValues>> contradiction;  // minimal given answers that nobody can have together
  std::vector<int> alerts;
  std::vector<int> alert_facts;           // open, read by alerts alone, and one answer would raise another alert
  std::vector<StopAnswer> stops;
  std::vector<DecisionAnswer> decisions;  // empty where there is a contradiction
  std::vector<MissingFact> missing;       // most useful first
};

}  // namespace waymark
