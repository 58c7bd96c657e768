// Faults put into rules on purpose, and the vignettes that would notice them.
#include <algorithm>
#include <iostream>

#include "differential/random_guideline.h"
#include "unit/prove/small_guideline.h"

using namespace waymark;
using namespace waymark::testing;

namespace {

using Lines = std::vector<std::string>;
const std::string facts = "er: positive negative; her2: positive low zero";
const std::string rules = "rules:\n  r1: {when: {er: positive, her2: [low, zero]}, preferred: a}\n";

Lines survivors(const Engine& engine) {
  Lines lines;
  for (const auto& survivor : mutate(engine).survivors) lines.push_back(survivor.change + " [" + in_words(engine.guideline().facts, survivor.profile) + "]");
  return lines;
}

std::string with_suggestions(std::string yaml, const MutationReport& report) {
  if (yaml.find("vignettes:") == std::string::npos && !report.survivors.empty()) yaml += "vignettes:\n";
  for (const auto& survivor : report.survivors) yaml += survivor.vignette;
  return yaml;
}

}  // namespace

TEST_CASE("mutants: without vignettes every mutant that changes an answer survives") {
  const Engine engine = small_engine(facts, "treat: a", rules);
  const MutationReport report = mutate(engine);
  CHECK(report.noticed == 0);
  CHECK(report.mutants == static_cast<int>(report.survivors.size()));
  CHECK(report.mutants + report.equivalent == 11);
  CHECK(survivors(engine) == Lines{
                                 "without `er: positive` [er: negative, her2: low or zero]",
                                 "without `her2: low or zero` [er: positive, her2: positive]",
                                 "any of its parts instead of all [er: positive, her2: positive]",
                                 "`er: positive` becomes `er: positive or negative` [er: negative, her2: low or zero]",
                                 "`her2: low or zero` becomes `her2: positive, low or zero` [er: positive, her2: positive]",
                                 "`her2: low or zero` becomes `her2: zero` [er: positive, her2: low]",
                                 "`her2: low or zero` becomes `her2: low` [er: positive, her2: zero]",
                                 "'a' as option instead of preferred [er: positive, her2: low or zero]",
                                 "'a' as caution instead of preferred [er: positive, her2: low or zero]",
                                 "'a' as avoid instead of preferred [er: positive, her2: low or zero]",
                                 "without 'a' [er: positive, her2: low or zero]",
                             });
}

TEST_CASE("mutants: weak vignettes leave the survivors that they must leave") {
  // One case where the option is preferred, and none where it is absent: faults that widen the rule are not noticed.
  const std::string weak = R"(
vignettes:
  v1: {text: T, facts: {er: positive, her2: low}, expect: {options: {a: preferred}}}
  v2: {text: T, facts: {er: positive, her2: zero}, expect: {options: {a: yes}}}
)";
  CHECK(survivors(small_engine(facts, "treat: a", rules + weak)) == Lines{
                                                                         "without `er: positive` [er: negative, her2: low or zero]",
                                                                         "without `her2: low or zero` [er: positive, her2: positive]",
                                                                         "any of its parts instead of all [er: positive, her2: positive]",
                                                                         "`er: positive` becomes `er: positive or negative` [er: negative, her2: low or zero]",
                                                                         "`her2: low or zero` becomes `her2: positive, low or zero` [er: positive, her2: positive]",
                                                                     });
}

TEST_CASE("mutants: strong vignettes leave none") {
  const std::string strong = R"(
vignettes:
  v1: {text: T, facts: {er: positive, her2: low}, expect: {options: {a: preferred}}}
  v2: {text: T, facts: {er: positive, her2: zero}, expect: {options: {a: preferred}}}
  v3: {text: T, facts: {er: negative}, expect: {absent: [a]}}
  v4: {text: T, facts: {er: positive, her2: positive}, expect: {only: {treat: []}}}
)";
  const MutationReport report = mutate(small_engine(facts, "treat: a", rules + strong));
  CHECK(report.survivors.empty());
  CHECK(report.noticed == report.mutants);
}

TEST_CASE("mutants: a mutant that nobody could tell is not counted") {
  // The constraint makes `er: positive` follow from the rest.
  const Engine engine = small_engine(facts, "treat: a", "constraints:\n  c1: {if: {her2: [low, zero]}, then: {er: positive}}\n" + rules);
  const MutationReport report = mutate(engine);
  CHECK(report.equivalent >= 2);
  for (const auto& survivor : report.survivors) CHECK(survivor.change != "without `er: positive`");
}

TEST_CASE("mutants: every suggested vignette holds of the original and notices its mutant") {
  int suggested = 0;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    const std::string yaml = RandomGuideline(seed).yaml();
    INFO("seed " << seed << "\n" << yaml);
    const MutationReport report = mutate(engine_of(yaml));
    CHECK(report.noticed == 0);
    CHECK(static_cast<int>(report.survivors.size()) == report.mutants);
    // One mutant alone: its vignette must notice it.
    if (!report.survivors.empty()) {
      MutationReport first = report;
      first.survivors.resize(1);
      const MutationReport after = mutate(engine_of(with_suggestions(yaml, first)));
      CHECK(after.noticed >= 1);
      CHECK(std::none_of(after.survivors.begin(), after.survivors.end(), [&](const Survivor& left) {
        return left.rule == first.survivors[0].rule && left.change == first.survivors[0].change && left.vignette == first.survivors[0].vignette;
      }));
    }
    const Engine engine = engine_of(with_suggestions(yaml, report));
    for (const auto& result : test_vignettes(engine).vignettes) {
      INFO(engine.guideline().vignettes[result.vignette].id);
      for (const auto& failure : result.failures) UNSCOPED_INFO(failure);
      CHECK(result.failures.empty());
    }
    const MutationReport after = mutate(engine);
    CHECK(after.survivors.empty());
    CHECK(after.noticed == report.mutants);
    suggested += static_cast<int>(report.survivors.size());
  }
  std::cout << "mutants: " << suggested << " suggested vignettes hold, and notice all mutants\n";
}
