// A good order of facts keeps diagrams small: facts that many rules read come first, and facts that rules read together
// stay together (the aim of FORCE, Aloul, Markov and Sakallah 2003).
#include <numeric>

#include "diagram/compile.h"
#include "text/order.h"

namespace waymark::diagram {
namespace {

class Reading {
 public:
  explicit Reading(const Guideline& guideline) : guideline_(guideline) {}
  // The facts that the condition reads, derived names followed down.
  std::vector<int> facts(const Condition& condition) {
    seen_.assign(guideline_.facts.size(), 0);
    walk(condition);
    std::vector<int> found;
    for (std::size_t i = 0; i < seen_.size(); ++i)
      if (seen_[i]) found.push_back(static_cast<int>(i));
    return found;
  }

 private:
  void walk(const Condition& condition) {
    if (condition.kind == Condition::Kind::fact) seen_[condition.subject] = 1;
    if (condition.kind == Condition::Kind::derived)
      for (const auto& item : guideline_.derived[condition.subject].cases) walk(item.when);
    for (const auto& part : condition.parts) walk(part);
  }
  const Guideline& guideline_;
  std::vector<char> seen_;
};

}  // namespace

std::vector<int> order_facts(const Guideline& guideline) {
  Reading reading(guideline);
  std::vector<double> weight(guideline.facts.size());
  const auto count = [&](const Condition& condition, double share) {
    for (const int fact : reading.facts(condition)) weight[fact] += share;
  };
  for (const auto& stop : guideline.stops) count(stop.when, 1e6);
  // What a caution reads only lowers strengths: it belongs at the bottom, where it does not split what lies above.
  for (const auto& rule : guideline.rules) count(rule.when, (rule.lowers ? 0.01 : 1.0) * static_cast<double>(rule.listings.size()));
  // Facts tied to each other by constraints end up in every joint diagram: they belong together, near the top.
  constexpr double tied = 20;
  for (const auto& constraint : guideline.constraints) {
    count(constraint.condition, tied);
    if (constraint.consequence) count(*constraint.consequence, tied);
  }
  std::vector<int> order(guideline.facts.size());
  std::iota(order.begin(), order.end(), 0);
  text::put_in_order(order, [&](int a, int b) { return weight[a] > weight[b]; });
  return order;
}

}  // namespace waymark::diagram
