// Thousands of guidelines made by chance, each with partial answers made by chance. The number of guidelines may be set
// by the environment (WAYMARK_RANDOM_GUIDELINES), and the first seed (WAYMARK_RANDOM_SEED).
#include <catch2/catch.hpp>

#include <cstdlib>
#include <iostream>

#include "differential/files.h"
#include "differential/random_answers.h"
#include "differential/random_guideline.h"
#include "reference/differences.h"

using namespace waymark;
using namespace waymark::testing;

namespace {

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

}  // namespace

TEST_CASE("random guidelines: partial answers agree with the reference in every field") {
  const std::uint64_t first = from_environment("WAYMARK_RANDOM_SEED", 1), count = from_environment("WAYMARK_RANDOM_GUIDELINES", 3000);
  constexpr int answers_each = 8;
  long compared = 0, contradictions = 0, settled = 0, alerts_open = 0, skipped = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const std::vector<SourceText> files = {{"random.yaml", RandomGuideline(seed).yaml()}};
    const Loaded loaded = load(files);
    INFO("seed " << seed << "\n" << files[0].text << lines_of(loaded.issues));
    REQUIRE(loaded.engine);
    const Guideline& guideline = loaded.engine->guideline();
    reference::Evaluator reference(guideline);
    const reference::Cases everybody = reference.completions(Answers(guideline.facts.size()));
    Chance chance(seed ^ 0xA5A5A5A5ull);
    for (int i = 0; i < answers_each; ++i) {
      const Answers answers = i == 0 ? Answers(guideline.facts.size()) : random_answers(chance, guideline, everybody);
      const Answer answer = loaded.engine->answer(answers, true);
      CHECK(answer_json(*loaded.engine, loaded.engine->answer(answers), {}) == answer_json(*loaded.engine, answer, {}));
      const reference::Looked looked = reference::compare(reference, answers, answer);
      ++compared;
      if (answer.contradiction) ++contradictions;
      else if (answer.missing.empty()) ++settled;
      if (!answer.alert_facts.empty()) ++alerts_open;
      skipped += looked.reasons_skipped;
      for (const auto& difference : looked.differences) UNSCOPED_INFO(difference);
      INFO("answers: " << reference::in_words(guideline, answers));
      REQUIRE(looked.differences.empty());
    }
  }
  CHECK(skipped == 0);
  // That the cases are worth comparing.
  CHECK(contradictions * 50 > compared);
  CHECK(settled * 20 > compared);
  CHECK(settled * 2 < compared);
  CHECK(alerts_open * 100 > compared);
  std::cout << "random: " << count << " guidelines, " << compared << " answers (" << contradictions << " contradictory, " << settled << " settled, " << alerts_open << " with facts open for alerts), 0 differences\n";
}
