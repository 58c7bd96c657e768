#include "answer/rank.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "text/order.h"

namespace waymark::answering {
namespace {

// Whether an option is one at all comes before how careful one must be with it.
constexpr double of_listing = 1.0, of_strength = 0.1;

double openness(OutcomeSet outcomes) {
  const int strengths = std::popcount(static_cast<unsigned>(outcomes & ~(1u << not_listed)));
  const bool undecided = (outcomes >> not_listed & 1) && strengths > 0;
  return (undecided ? of_listing : 0) + of_strength * std::max(0, strengths - 1);
}

double cost(Effort effort) {
  switch (effort) {
    case Effort::tell: return 1.0;
    case Effort::look_up: return 1.5;
    case Effort::test: return 2.5;
  }
  return 1.0;
}

}  // namespace

Rank::Rank(const Guideline& guideline, const CompiledGuideline& compiled) : guideline_(guideline), compiled_(compiled) {}

void Rank::note(int option, const Spread* spread) {
  if (openness(spread->outcomes) > 0) open_.emplace_back(option, spread);
}

std::vector<MissingFact> Rank::ranked(const Completions& completions, const Answers& answers) {
  const int levels = compiled_.store.levels();
  std::vector<double> closes(levels);
  std::vector<std::vector<int>> changes(levels);
  double all_open = 0;
  for (const auto& [option, at] : open_) {
    const Spread& spread = *at;
    const double open = openness(spread.outcomes);
    all_open += open;
    for (const auto& touch : spread.touches) {
      if (!touch.matters) continue;
      changes[touch.level].push_back(option);
      const Fact& fact = guideline_.facts[compiled_.fact_at[touch.level]];
      double total = 0, expected = 0;
      for (std::size_t v = 0; v < fact.values.size(); ++v) {
        if (!(completions.possible(touch.level) >> v & 1) || touch.if_value[v] == 0) continue;
        const double weight = fact.prevalence.empty() ? 1.0 : fact.prevalence[v];
        total += weight;
        expected += weight * (open - openness(touch.if_value[v]));
      }
      if (total > 0) closes[touch.level] += expected / total;
    }
  }
  std::vector<MissingFact> missing;
  for (int level = 0; level < levels; ++level)
    if (!changes[level].empty())
      missing.push_back({compiled_.fact_at[level], std::round(closes[level] / all_open * 10000) / 10000, std::move(changes[level])});
  // The author's own first questions, then the most useful, then what the author wants asked last.
  std::vector<int> turn(guideline_.facts.size(), static_cast<int>(guideline_.ask_first.size()));
  for (const auto& group : guideline_.groups)
    if (group.when == Group::When::last)
      for (const auto& member : group.facts) ++turn[member.fact];
  for (std::size_t i = 0; i < guideline_.ask_first.size(); ++i) turn[guideline_.ask_first[i]] = static_cast<int>(i);
  // What was answered in part is not asked again before anything else is.
  for (std::size_t f = 0; f < turn.size(); ++f)
    if (answers[f] != 0) turn[f] = static_cast<int>(guideline_.ask_first.size()) + 2;
  text::put_few_in_order(missing, [&](const MissingFact& a, const MissingFact& b) {
    if (turn[a.fact] != turn[b.fact]) return turn[a.fact] < turn[b.fact];
    const double left = a.weight / cost(guideline_.facts[a.fact].effort), right = b.weight / cost(guideline_.facts[b.fact].effort);
    return left != right ? left > right : a.fact < b.fact;
  });
  return missing;
}

}  // namespace waymark::answering
