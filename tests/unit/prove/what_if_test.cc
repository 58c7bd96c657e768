// What would change an answer: against the answer to the changed facts.
#include <bit>
#include <iostream>

#include "differential/random_guideline.h"
#include "unit/prove/small_guideline.h"

using namespace waymark;
using namespace waymark::testing;

namespace {

struct Standing {
  Applies applies;
  OutcomeSet strengths;
};
std::vector<Standing> standings(const Engine& engine, const Answer& answer) {
  std::vector<Standing> found(engine.guideline().options.size());
  for (const auto& decision : answer.decisions)
    for (const auto& option : decision.options) found[option.option] = {option.applies, option.strengths};
  return found;
}

}  // namespace

TEST_CASE("what if: each value of each fact is what the changed answers give") {
  int changes = 0, values = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const std::string yaml = RandomGuideline(seed).yaml();
    INFO("seed " << seed << "\n" << yaml);
    const Engine engine = engine_of(yaml);
    const Guideline& guideline = engine.guideline();
    Chance chance(seed);
    for (int i = 0; i < 4; ++i) {
      Answers answers(guideline.facts.size());
      for (std::size_t f = 0; f < answers.size(); ++f)
        if (i > 0 && chance.percent(60)) answers[f] = (ValueSet{1} << chance.below(static_cast<int>(guideline.facts[f].values.size()))) | (chance.percent(20) ? chance.next() & guideline.facts[f].all_values() : 0);
      const Answer now = engine.answer(answers);
      const std::vector<WhatIf> all = what_if(engine, answers);
      if (now.contradiction) {
        CHECK(all.empty());
        continue;
      }
      const auto before = standings(engine, now);
      std::vector<char> told(answers.size());
      for (const auto& what : all) {
        REQUIRE_FALSE(told[what.fact]);
        told[what.fact] = 1;
        ValueSet tried = 0;
        for (const auto& if_value : what.values) {
          REQUIRE(std::has_single_bit(if_value.value));
          tried |= if_value.value;
          ++values;
          Answers changed = answers;
          changed[what.fact] = if_value.value;
          const Answer then = engine.answer(changed);
          REQUIRE(if_value.possible == !then.contradiction.has_value());
          if (then.contradiction) {
            CHECK(if_value.options.empty());
            continue;
          }
          const auto after = standings(engine, then);
          std::size_t told_options = 0;
          for (std::size_t o = 0; o < after.size(); ++o) {
            if (after[o].applies == before[o].applies && after[o].strengths == before[o].strengths) continue;
            REQUIRE(told_options < if_value.options.size());
            const auto& change = if_value.options[told_options++];
            CHECK(change.option == static_cast<int>(o));
            CHECK(change.applies_before == before[o].applies);
            CHECK(change.applies_after == after[o].applies);
            CHECK(change.strengths_before == before[o].strengths);
            CHECK(change.strengths_after == after[o].strengths);
            ++changes;
          }
          CHECK(told_options == if_value.options.size());
        }
        const ValueSet settled = std::has_single_bit(answers[what.fact]) ? answers[what.fact] : 0;
        CHECK(tried == (guideline.facts[what.fact].all_values() & ~settled));
      }
      // Every fact that was answered is spoken of, and every open one that can still matter.
      for (std::size_t f = 0; f < answers.size(); ++f)
        CHECK((told[f] || answers[f] == 0 || guideline.facts[f].alert_only));
      for (const auto& missing : now.missing) CHECK(told[missing.fact]);
    }
  }
  std::cout << "what if: " << values << " values tried, " << changes << " changed options, 0 differences\n";
}

TEST_CASE("what if: the answer that keeps an option away is named") {
  const Engine engine = small_engine("er: positive negative; her2: positive low zero", "treat: a b",
                                     "rules:\n  r1: {when: {er: positive, her2: [low, zero]}, preferred: a}\n  r2: {when: {her2: positive}, option: b}\n");
  const auto changes = what_if(engine, {2, 2});  // negative, low: nothing applies
  REQUIRE(changes.size() == 2);
  REQUIRE(changes[0].values.size() == 1);  // er: positive
  REQUIRE(changes[0].values[0].options.size() == 1);
  CHECK(changes[0].values[0].options[0].option == 0);
  CHECK(changes[0].values[0].options[0].applies_after == Applies::yes);
  REQUIRE(changes[1].values.size() == 2);  // her2: positive, zero
  CHECK(changes[1].values[0].options.size() == 1);
  CHECK(changes[1].values[1].options.empty());
}
