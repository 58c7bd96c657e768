// What is proved of a guideline as a whole, of two guidelines together, and of what would change an answer.
#pragma once

#include <string>
#include <vector>

#include "waymark/answer.h"
#include "waymark/guideline.h"
#include "waymark/issue.h"

namespace waymark {

class Engine;

// ---- proofs: waymark check ----

// One thing found wrong. The counterexample is a smallest set of facts that shows it (any patient with these facts, whatever
// else is true of them); empty where the point is that no such patient exists.
struct Finding {
  Severity severity = Severity::error;
  std::string kind;  // incomplete, conflict, unreachable-rule, unreachable-option, unreachable-value, unreachable-alert,
                     // redundant-condition, covered-rule, idle-question, missable-alert, late-alert
  Place place;
  std::string subject;  // the id that it is about
  std::string message, remedy;
  std::vector<FactValues> counterexample;
  std::string vignette;  // the counterexample as YAML, ready to paste; may be empty
};

// One claim that was looked at: "every patient gets an option of systemic_therapy".
struct Claim {
  std::string kind;
  std::string subject;
  bool holds = false;
};

struct ProofReport {
  std::vector<Finding> findings;
  std::vector<Claim> claims;
  double profiles = 0;        // complete profiles that the constraints allow
  std::size_t nodes = 0;      // of the diagrams that the proofs rest on
  std::size_t sampled = 0;    // random complete profiles on which a plain evaluator agreed with every claim that holds
  std::size_t confirmed = 0;  // counterexamples that the plain evaluator confirmed
  std::vector<std::string> doubts;  // where it did not: a fault of the engine, never of the guideline
};

ProofReport prove(const Engine& engine);

// ---- differences: waymark diff ----

struct Box {
  std::vector<FactValues> facts;  // indexes into DiffReport::vocabulary
  double share = 0;               // of all profiles that both guidelines know
};

struct OptionDifference {
  std::string option;
  std::string decision;
  Outcome from = not_listed, to = not_listed;
  double share = 0;     // of all profiles; every profile alike
  double weighted = 0;  // the same weighted by the prevalences that the new guideline gives
  std::vector<Box> boxes;  // disjoint
};

struct DiffReport {
  std::vector<Fact> vocabulary;  // the facts of both, titles in `texts`
  std::vector<std::string> new_facts, removed_facts, new_values, removed_values, new_options, removed_options;
  std::vector<OptionDifference> options;  // by option, then from, then to
  std::vector<std::string> changed_texts, changed_sources;  // paths and ids
  bool same_answers() const { return options.empty() && new_options.empty() && removed_options.empty(); }
  std::string problem;  // the comparison needs more than the engine's limit
};

DiffReport diff(const Engine& old_engine, const Engine& new_engine);

// ---- what would change this ----

struct OptionChange {
  int option;
  Applies applies_before, applies_after;
  OutcomeSet strengths_before, strengths_after;
};

struct IfValue {
  ValueSet value;  // one value of the fact
  bool possible;   // false: no profile has it together with the other answers
  std::vector<OptionChange> options;  // those that change
};

struct WhatIf {
  int fact;
  std::vector<IfValue> values;  // for a fact that was answered: every other value; for an open one: every value left
};

// For each fact that was answered, or can still matter: what another (or each) value would do to the options. The option that
// stands in when a decision has nothing better is left out while too much is open for it.
std::vector<WhatIf> what_if(const Engine& engine, const Answers& answers);

// ---- mutants: waymark test ----

// A guideline with one small fault put in, which no vignette notices.
struct Survivor {
  Place place;
  std::string rule, change;  // "her2_positive", "without `her2: positive`"
  std::vector<FactValues> profile;  // a smallest set of facts on which the fault shows
  std::string vignette;             // and the vignette that would notice it
};

struct MutationReport {
  int mutants = 0;     // that answer some patient otherwise than the original
  int noticed = 0;
  int equivalent = 0;  // answer every patient the same: not counted
  std::vector<Survivor> survivors;
};

MutationReport mutate(const Engine& engine);

}  // namespace waymark
