// Every partial answer of the founding guideline, and partial answers of every guideline that is shipped.
#include <catch2/catch.hpp>

#include <bit>
#include <cstdlib>
#include <iostream>

#include "answer/completions.h"
#include "differential/chance.h"
#include "differential/files.h"
#include "reference/differences.h"

using namespace waymark;
using namespace waymark::testing;

namespace {

// Without translations: they are no part of the logic.
Engine shipped(const std::string& name) {
  auto files = files_of(std::string(WAYMARK_GUIDELINES_DIR) + "/" + name);
  std::erase_if(files, [](const SourceText& file) { return file.name.starts_with("locales/"); });
  Loaded loaded = load(files);
  INFO(lines_of(loaded.issues));
  REQUIRE(loaded.engine);
  return std::move(*loaded.engine);
}

// Fails with everything that is needed to see the first difference again.
int compare_and_report(reference::Evaluator& reference, const Engine& engine, const Answers& answers) {
  const reference::Looked looked = reference::compare(reference, answers, engine.answer(answers, true));
  for (const auto& difference : looked.differences) UNSCOPED_INFO(difference);
  INFO("answers: " << reference::in_words(engine.guideline(), answers));
  CHECK(looked.differences.empty());
  return static_cast<int>(looked.differences.size());
}

// A complete profile that the constraints allow, value by value.
Answers random_patient(const Engine& engine, Chance& chance) {
  Answers answers(engine.guideline().facts.size());
  for (std::size_t f = 0; f < answers.size(); ++f) {
    const answering::Completions completions(engine.compiled(), answers);
    ValueSet possible = completions.possible(engine.compiled().level_of[f]);
    for (int skip = chance.below(std::popcount(possible)); skip > 0; --skip) possible &= possible - 1;
    answers[f] = possible & -possible;
  }
  return answers;
}

}  // namespace

TEST_CASE("essentials: every partial answer agrees with the reference in every field") {
  const Engine engine = shipped("essentials");
  const Guideline& guideline = engine.guideline();
  reference::Evaluator reference(guideline);
  int compared = 0, differences = 0;
  const std::function<void(Answers&, std::size_t)> each = [&](Answers& answers, std::size_t fact) {
    if (fact == answers.size()) {
      ++compared;
      differences += compare_and_report(reference, engine, answers);
      return;
    }
    answers[fact] = 0;
    each(answers, fact + 1);
    for (std::size_t v = 0; v < guideline.facts[fact].values.size(); ++v) {
      answers[fact] = ValueSet{1} << v;
      each(answers, fact + 1);
    }
    answers[fact] = 0;
  };
  Answers answers(guideline.facts.size());
  each(answers, 0);
  CHECK(compared == 2187);
  std::cout << "essentials: " << compared << " partial answers, " << differences << " differences\n";
}

TEST_CASE("essentials: an answer that names all values of a fact says no more than silence") {
  const Engine engine = shipped("essentials");
  const Guideline& guideline = engine.guideline();
  reference::Evaluator reference(guideline);
  Chance chance(7);
  for (int i = 0; i < 1000; ++i) {
    Answers answers(guideline.facts.size()), silent(guideline.facts.size());
    for (std::size_t f = 0; f < answers.size(); ++f) {
      answers[f] = static_cast<ValueSet>(chance.below(4));
      silent[f] = answers[f] == guideline.facts[f].all_values() ? 0 : answers[f];
    }
    const Answer told = engine.answer(answers), untold = engine.answer(silent);
    compare_and_report(reference, engine, answers);
    REQUIRE(told.missing.size() == untold.missing.size());
    for (std::size_t d = 0; d < told.decisions.size(); ++d)
      for (std::size_t o = 0; o < told.decisions[d].options.size(); ++o) {
        CHECK(told.decisions[d].options[o].applies == untold.decisions[d].options[o].applies);
        CHECK(told.decisions[d].options[o].strengths == untold.decisions[d].options[o].strengths);
      }
  }
}

TEST_CASE("every guideline shipped: what is taken over from nothing being known is what would be worked out anew") {
  for (const std::string name : {"essentials", "mbc"}) {
    const Engine engine = shipped(name);
    Chance chance(13);
    for (int i = 0; i < 300; ++i) {
      const Answers patient = random_patient(engine, chance);
      Answers answers(patient.size());
      for (int known = chance.below(5); known > 0; --known) {
        const int fact = chance.below(static_cast<int>(answers.size()));
        answers[fact] = patient[fact];
      }
      CHECK(answer_json(engine, engine.answer(answers), {}) == answer_json(engine, engine.answer(answers, true), {}));
    }
  }
}

TEST_CASE("every guideline shipped: profiles with few open facts agree with the reference") {
  for (const auto& folder : std::filesystem::directory_iterator(WAYMARK_GUIDELINES_DIR)) {
    if (!folder.is_directory() || !std::filesystem::exists(folder.path() / "guideline.yaml")) continue;
    const std::string name = folder.path().filename().string();
    const Engine engine = shipped(name);
    const Guideline& guideline = engine.guideline();
    reference::Evaluator reference(guideline);
    Chance chance(11);
    int contradictions = 0;
    constexpr int rounds = 400;
    for (int i = 0; i < rounds; ++i) {
      // Every fourth may contradict itself; the others are a patient's answers.
      Answers answers = i % 4 == 0 ? Answers(guideline.facts.size()) : random_patient(engine, chance);
      double profiles = 1;
      const int open = chance.between(0, 60);  // percent of facts left open, while few profiles are left
      for (std::size_t f = 0; f < answers.size(); ++f) {
        const int values = static_cast<int>(guideline.facts[f].values.size());
        if (chance.percent(open) && profiles * values <= 400) {
          answers[f] |= static_cast<ValueSet>(chance.next()) & guideline.facts[f].all_values();
          profiles *= values;
        } else if (answers[f] == 0) {
          answers[f] = ValueSet{1} << chance.below(values);
        }
      }
      const Answer answer = engine.answer(answers, true);
      if (answer.contradiction) ++contradictions;
      const reference::Looked looked = reference::compare(reference, answers, answer, 2000);
      for (const auto& difference : looked.differences) UNSCOPED_INFO(difference);
      CHECK(answer_json(engine, engine.answer(answers), {}) == answer_json(engine, answer, {}));
      INFO(name << ": " << reference::in_words(guideline, answers));
      CHECK(looked.differences.empty());
      reference.forget();
    }
    std::cout << name << ": " << rounds << " nearly complete answers, " << contradictions << " of them contradictory\n";
  }
}
