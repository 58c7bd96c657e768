// A condition in words, for messages and graphs.
#include "text/nearest.h"
#include "waymark/engine.h"

namespace waymark {
namespace {

std::string join(const Guideline& guideline, const std::vector<Condition>& parts, const char* word) {
  std::string text;
  for (const auto& part : parts) {
    const bool nested = part.kind == Condition::Kind::all || part.kind == Condition::Kind::any;
    const std::string inner = condition_text(guideline, part);
    text += (text.empty() ? "" : word) + (nested ? "(" + inner + ")" : inner);
  }
  return text;
}

}  // namespace

std::string condition_text(const Guideline& guideline, const Condition& condition) {
  using Kind = Condition::Kind;
  switch (condition.kind) {
    case Kind::always: return "always";
    case Kind::fact: return guideline.facts[condition.subject].id + ": " + guideline.value_names(condition.subject, condition.values);
    case Kind::derived: {
      const Derived& derived = guideline.derived[condition.subject];
      std::vector<std::string> names;
      for (std::size_t v = 0; v < derived.values.size(); ++v)
        if (condition.values >> v & 1) names.push_back(derived.values[v]);
      return derived.id + ": " + text::list(names, names.size());
    }
    case Kind::all: return join(guideline, condition.parts, " and ");
    case Kind::any: return join(guideline, condition.parts, " or ");
    case Kind::negation: return "not (" + condition_text(guideline, condition.parts.front()) + ")";
  }
  return {};
}

}  // namespace waymark
