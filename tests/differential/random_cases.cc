// Prints guidelines made by chance, a line each, with partial answers and what the engine says to them, for the browser's
// engine to say the same: {"guideline": YAML, "cases": [[facts, answer], …]}.
// Usage: random_cases FIRST_SEED GUIDELINES
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>

#include "differential/random_answers.h"
#include "differential/random_guideline.h"

using namespace waymark;
using namespace waymark::testing;

namespace {

std::string facts_json(const Guideline& guideline, const Answers& answers) {
  auto facts = nlohmann::json::object();
  for (std::size_t f = 0; f < answers.size(); ++f) {
    const Fact& fact = guideline.facts[f];
    for (std::size_t v = 0; v < fact.values.size(); ++v)
      if (answers[f] >> v & 1) facts[fact.id].push_back(fact.values[v].id);
  }
  return facts.dump();
}

}  // namespace

int main(int, char** argv) {
  const std::uint64_t first = std::strtoull(argv[1], nullptr, 10), count = std::strtoull(argv[2], nullptr, 10);
  constexpr int answers_each = 8;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const std::vector<SourceText> files = {{"random.yaml", RandomGuideline(seed).yaml()}};
    const Loaded loaded = load(files);
    if (!loaded.engine) return 1;
    const Guideline& guideline = loaded.engine->guideline();
    reference::Evaluator reference(guideline);
    const reference::Cases everybody = reference.completions(Answers(guideline.facts.size()));
    Chance chance(seed ^ 0xA5A5A5A5ull);
    auto cases = nlohmann::json::array();
    for (int i = 0; i < answers_each; ++i) {
      const Answers answers = random_answers(chance, guideline, everybody);
      cases.push_back({facts_json(guideline, answers), answer_json(*loaded.engine, loaded.engine->answer(answers), {})});
    }
    std::cout << nlohmann::json{{"guideline", files[0].text}, {"cases", cases}}.dump() << '\n';
  }
}
