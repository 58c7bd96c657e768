// Waymark's engine: read this header first.
//
// A guideline is text. Loading it gives an Engine, or every problem that the text has. An Engine answers one question:
// given what is known of a patient, which options hold, which depend on what, and what would be worth asking next?
//
//   const waymark::SourceText file{"guideline.yaml", text};
//   const waymark::Loaded loaded = waymark::load({&file, 1});
//   for (const auto& issue : loaded.issues) std::cerr << waymark::to_line(issue) << '\n';
//   if (!loaded.engine) return 1;
//
//   const auto facts = waymark::read_facts(*loaded.engine, R"({"her2": ["low", "zero"]})");
//   const waymark::Answer answer = loaded.engine->answer(*facts.answers);
//   std::cout << waymark::answer_json(*loaded.engine, answer, {}) << '\n';
//
// Answers are exact, not estimates. A *completion* is a profile with one value for every fact that agrees with the
// answers and that the guideline's constraints allow; "applies: yes" says that the option holds in every completion.
// Unknown never means no. How this is computed is the business of engine/src.
//
// Nothing here throws, prints, reads a file, a clock or a locale; an Engine never changes and may be shared.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "waymark/answer.h"
#include "waymark/guideline.h"
#include "waymark/issue.h"
#include "waymark/proof.h"

namespace waymark {

struct CompiledGuideline;
struct NothingKnown;

class Engine {
 public:
  Engine(std::shared_ptr<const Guideline> guideline, std::shared_ptr<const CompiledGuideline> compiled);

  const Guideline& guideline() const { return *guideline_; }
  const CompiledGuideline& compiled() const { return *compiled_; }

  // One entry a fact of the guideline; read_facts makes them from JSON. `why_not` also looks for the reasons of the options
  // that do not apply, which costs as much again.
  Answer answer(const Answers& answers, bool why_not = false) const;

 private:
  std::shared_ptr<const Guideline> guideline_;
  std::shared_ptr<const CompiledGuideline> compiled_;
  std::shared_ptr<const NothingKnown> nothing_known_;  // what an answer may take over for options whose facts it leaves open
};

struct Loaded {
  std::optional<Engine> engine;  // absent when there is an error among the issues
  std::vector<Issue> issues;
};

// Reads the files of one guideline: its sections from any file, `locales/…`, `vignettes/…`. Bounded: texts over 4 MB
// each or 16 MB together, nesting over 64 levels, aliases, bytes that are not UTF-8 and control characters are refused.
Loaded load(std::span<const SourceText> files);

// ---- a guideline's own cases ----

struct VignetteResult {
  int vignette;  // index into Guideline::vignettes
  std::vector<std::string> failures;  // empty: the answer is as expected
};

// A part of a rule's condition, and which of its two outcomes no vignette shows.
struct UncoveredCondition {
  int rule;
  Place place;
  std::string condition;  // "her2: low or zero"
  bool never_true, never_false;
};

struct TestReport {
  std::vector<VignetteResult> vignettes;
  std::vector<int> uncovered_rules;  // rules and cautions that no vignette makes hold
  std::vector<UncoveredCondition> uncovered_conditions;
  int conditions = 0;  // how many there are in all
};

TestReport test_vignettes(const Engine& engine);

// A condition in words: "her2 is low or zero, and (er is positive, or pr is positive)".
std::string condition_text(const Guideline& guideline, const Condition& condition);

// ---- JSON, the shapes of the contract ----

struct FactsError {
  std::string message;  // names the fact or value, and the nearest right name
  std::string fact, value, nearest;
};

struct FactsRead {
  std::optional<Answers> answers;
  FactsError error;  // when there are no answers
};

// {"fact": "value" | ["value", …] | null, …} -> answers. An empty list, an unknown fact or value, or text that is not a
// JSON object is an error; null means not answered.
FactsRead read_facts(const Engine& engine, std::string_view json);

struct Wording {
  std::string locale;  // "" is the guideline's own language
  Audience audience = Audience::patient;
  bool all = false;  // list also the options that do not apply, with `why_not`
};

std::string answer_json(const Engine& engine, const Answer& answer, const Wording& wording);
// Texts, questions and options for a screen: Description in engine/wasm/engine.d.ts.
std::string describe_json(const Engine& engine, std::string_view locale);
std::string test_json(const Engine& engine, const TestReport& report);
std::string proof_json(const Engine& engine, const ProofReport& report);
std::string what_if_json(const Engine& engine, const std::vector<WhatIf>& changes);
std::string diff_json(const Engine& old_engine, const Engine& new_engine, const DiffReport& report);
std::string mutation_json(const Engine& engine, const MutationReport& report);
std::string issues_json(const std::vector<Issue>& issues);
std::string error_json(const FactsError& error);

}  // namespace waymark
