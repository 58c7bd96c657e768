// In: an engine. Out: which small faults in its rules no vignette would notice (mutation analysis; DeMillo, Lipton and
// Sayward 1978). A mutant is one rule with one change; only the options that the rule lists are made anew.
#include <algorithm>
#include <bit>
#include <memory>
#include <optional>

#include "answer/completions.h"
#include "prove/boxes.h"
#include "waymark/engine.h"

namespace waymark {
namespace {

using namespace proving;
using diagram::no;
using diagram::yes;

struct NotEqual {
  Ref operator()(Ref a, Ref b) const {
    if (a == b) return no;
    return a < diagram::terminals && b < diagram::terminals ? yes : diagram::unknown;
  }
};

struct Mutant {
  int rule;
  Rule with;
  std::string change;
};

// Each way to change a condition by one step, with what was done in words.
void change_condition(const Guideline& guideline, const Condition& condition, std::vector<std::pair<Condition, std::string>>& out) {
  using Kind = Condition::Kind;
  if (condition.kind == Kind::fact || condition.kind == Kind::derived) {
    const std::size_t count = condition.kind == Kind::fact ? guideline.facts[condition.subject].values.size() : guideline.derived[condition.subject].values.size();
    for (std::size_t v = 0; v < count; ++v) {
      Condition changed = condition;
      changed.values ^= ValueSet{1} << v;
      if (changed.values == 0) continue;
      out.emplace_back(changed, "`" + condition_text(guideline, condition) + "` becomes `" + condition_text(guideline, changed) + "`");
    }
  }
  if (condition.kind == Kind::all || condition.kind == Kind::any) {
    for (std::size_t i = 0; i < condition.parts.size(); ++i) {
      Condition shorter = condition;
      shorter.parts.erase(shorter.parts.begin() + static_cast<std::ptrdiff_t>(i));
      out.emplace_back(std::move(shorter), "without `" + condition_text(guideline, condition.parts[i]) + "`");
    }
    Condition other = condition;
    other.kind = condition.kind == Kind::all ? Kind::any : Kind::all;
    out.emplace_back(std::move(other), condition.kind == Kind::all ? "any of its parts instead of all" : "all of its parts instead of any");
  }
  if (condition.kind == Kind::negation) out.emplace_back(condition.parts.front(), "without the `not`");
  for (std::size_t i = 0; i < condition.parts.size(); ++i) {
    std::vector<std::pair<Condition, std::string>> inner;
    change_condition(guideline, condition.parts[i], inner);
    for (auto& [part, words] : inner) {
      Condition whole = condition;
      whole.parts[i] = std::move(part);
      out.emplace_back(std::move(whole), std::move(words));
    }
  }
}

std::vector<Mutant> mutants_of(const Guideline& guideline, int index) {
  const Rule& rule = guideline.rules[index];
  std::vector<Mutant> mutants;
  std::vector<std::pair<Condition, std::string>> conditions;
  change_condition(guideline, rule.when, conditions);
  for (auto& [condition, words] : conditions) {
    Mutant mutant{index, rule, std::move(words)};
    mutant.with.when = std::move(condition);
    mutants.push_back(std::move(mutant));
  }
  for (std::size_t l = 0; l < rule.listings.size(); ++l) {
    const std::string& option = guideline.options[rule.listings[l].option].id;
    for (int strength = rule.lowers ? 3 : 1; strength <= 4; ++strength) {
      if (strength == static_cast<int>(rule.listings[l].strength)) continue;
      Mutant mutant{index, rule, "'" + option + "' as " + name_of(static_cast<Strength>(strength)) + " instead of " + name_of(rule.listings[l].strength)};
      mutant.with.listings[l].strength = static_cast<Strength>(strength);
      mutants.push_back(std::move(mutant));
    }
    Mutant mutant{index, rule, "without '" + option + "'"};
    mutant.with.listings.erase(mutant.with.listings.begin() + static_cast<std::ptrdiff_t>(l));
    mutants.push_back(std::move(mutant));
  }
  return mutants;
}

// What one vignette says about an option, to be asked of any function in the option's place.
struct Expectation {
  int vignette;
  bool absent = false;  // must not apply
  bool may_apply = false;  // must apply at least in some completion
  std::optional<Vignette::ExpectedOption> expected;

  bool met(OutcomeSet outcomes) const {
    const bool listed = outcomes & 0b11110, open = outcomes & 1;
    if (absent && listed) return false;
    if (may_apply && !listed) return false;
    if (!expected) return true;
    using Kind = Vignette::ExpectedOption::Kind;
    switch (expected->kind) {
      case Kind::yes: return listed && !open;
      case Kind::no: return !listed;
      case Kind::depends: return listed && open;
      case Kind::strength: return outcomes == 1u << static_cast<int>(expected->strength);
    }
    return true;
  }
};

// A copy of the diagrams in which mutants may leave their nodes; thrown away when it has grown too large.
struct Workshop {
  explicit Workshop(const Engine& engine)
      : work(engine.compiled()), compiler(engine.guideline(), work.store, work.level_of), not_equal(work.store), smallest_box(work.store) {}
  CompiledGuideline work;
  diagram::Compiler compiler;
  diagram::Apply<NotEqual> not_equal;
  SmallestBox smallest_box;
};

// An option that a mutant changes, and for whom.
struct Changed {
  int option;
  CompiledGuideline::Function function, difference;
};

class Mutation {
 public:
  explicit Mutation(const Engine& engine) : engine_(engine), guideline_(engine.guideline()) { collect_expectations(); }

  MutationReport run() && {
    const auto& allowed = engine_.compiled().allowed;
    if (std::find(allowed.begin(), allowed.end(), no) != allowed.end()) return std::move(report_);  // the constraints allow nobody
    for (std::size_t r = 0; r < guideline_.rules.size(); ++r)
      for (const auto& mutant : mutants_of(guideline_, static_cast<int>(r))) {
        if (!shop_ || shop_->work.store.size() > engine_.compiled().store.size() + spare_nodes) shop_ = std::make_unique<Workshop>(engine_);
        try_out(mutant);
      }
    return std::move(report_);
  }

 private:
  static constexpr std::size_t spare_nodes = 200'000;
  void collect_expectations() {
    by_option_.resize(guideline_.options.size());
    for (std::size_t v = 0; v < guideline_.vignettes.size(); ++v) {
      const Vignette& vignette = guideline_.vignettes[v];
      if (vignette.contradiction) continue;
      const int index = static_cast<int>(v);
      for (const auto& expected : vignette.options) by_option_[expected.option].push_back({index, false, false, expected});
      for (const int option : vignette.absent) by_option_[option].push_back({index, true, false, {}});
      for (const auto& only : vignette.only)
        for (std::size_t o = 0; o < guideline_.options.size(); ++o)
          if (guideline_.options[o].decision == only.decision) {
            const bool named = std::find(only.options.begin(), only.options.end(), static_cast<int>(o)) != only.options.end();
            by_option_[o].push_back({index, !named, named, {}});
          }
    }
  }

  void try_out(const Mutant& mutant) {
    std::vector<Changed> changed;
    for (const int option : affected(mutant)) {
      const Ref root = shop_->compiler.option(option, mutant.rule, &mutant.with);
      const Ref difference = shop_->not_equal(root, shop_->work.options[option].root);
      if (difference == no) continue;
      const auto patients = with_its_constraints(shop_->work, shop_->compiler, difference);
      if (shop_->compiler.both(patients.root, patients.allowed) == no) continue;
      changed.push_back({option, with_its_constraints(shop_->work, shop_->compiler, root), patients});
    }
    if (changed.empty()) {
      ++report_.equivalent;
      return;
    }
    ++report_.mutants;
    if (noticed(changed)) {
      ++report_.noticed;
      return;
    }
    survive(mutant, changed);
  }

  std::vector<int> affected(const Mutant& mutant) const {
    std::vector<int> options;
    for (const auto& listing : guideline_.rules[mutant.rule].listings) options.push_back(listing.option);
    for (const auto& decision : guideline_.decisions)
      if (decision.otherwise >= 0 && std::any_of(options.begin(), options.end(), [&](int o) { return &guideline_.decisions[guideline_.options[o].decision] == &decision; }))
        options.push_back(decision.otherwise);
    return options;
  }

  bool noticed(const std::vector<Changed>& changed) {
    for (const auto& one : changed)
      for (const auto& expectation : by_option_[one.option])
        if (!expectation.met(outcomes(expectation.vignette, one.function))) return true;
    return false;
  }

  // Walks the mutant's own diagram: only a few facts of a vignette are open, so the walk is short.
  OutcomeSet outcomes(int vignette, const CompiledGuideline::Function& function) {
    std::vector<ValueSet> values;
    for (int level = 0; level < shop_->work.store.levels(); ++level) values.push_back((ValueSet{1} << shop_->work.store.arity(level)) - 1);
    for (const auto& [fact, given] : guideline_.vignettes[vignette].facts) values[shop_->work.level_of[fact]] = given;
    std::vector<std::uint64_t> seen;
    OutcomeSet found = 0;
    walk(function.allowed, function.root, values, seen, found);
    return found;
  }
  void walk(Ref allowed, Ref node, const std::vector<ValueSet>& values, std::vector<std::uint64_t>& seen, OutcomeSet& found) {
    if (allowed == no) return;
    if (node < diagram::terminals && (allowed == yes || (found >> node & 1))) {
      found |= static_cast<OutcomeSet>(1u << node);
      return;
    }
    const std::uint64_t key = std::uint64_t{allowed} << 32 | node;
    const auto at = std::lower_bound(seen.begin(), seen.end(), key);
    if (at != seen.end() && *at == key) return;
    seen.insert(at, key);
    const int level = std::min(shop_->work.store.level(allowed), shop_->work.store.level(node));
    for (int v = 0; v < shop_->work.store.arity(level); ++v)
      if (values[level] >> v & 1)
        walk(shop_->work.store.level(allowed) == level ? shop_->work.store.child(allowed, v) : allowed, shop_->work.store.level(node) == level ? shop_->work.store.child(node, v) : node, values, seen, found);
  }

  // Of the patients whom the mutant answers otherwise, the smallest set that the original answers all alike.
  void survive(const Mutant& mutant, const std::vector<Changed>& changed) {
    std::optional<std::vector<LevelValues>> smallest;
    int option = -1;
    Outcome outcome = not_listed;
    for (std::size_t i = 0; i < changed.size() && i < most_options; ++i)
      for (Outcome is = 0; is <= static_cast<Outcome>(Strength::avoid); ++is) {
        std::vector<Ref> only(diagram::terminals, no);
        only[is] = yes;
        const Ref original = diagram::replace_terminals(shop_->work.store, shop_->work.options[changed[i].option].root, only);
        const Ref wanted = shop_->compiler.both(original, changed[i].difference.root);
        const auto patients = with_its_constraints(shop_->work, shop_->compiler, wanted);
        if (shop_->compiler.both(wanted, patients.allowed) == no) continue;
        auto box = shop_->smallest_box(wanted, patients.allowed);
        if (smallest && smallest->size() <= box.size()) continue;
        smallest = std::move(box);
        option = changed[i].option;
        outcome = is;
      }
    if (!smallest) return;  // the diagrams' limit was reached
    const std::string& id = guideline_.options[option].id;
    const std::string& rule = guideline_.rules[mutant.rule].id;
    Survivor survivor{guideline_.rules[mutant.rule].place, rule, mutant.change, to_facts(shop_->work, *smallest), {}};
    survivor.vignette = vignette_yaml(guideline_, rule + "_" + std::to_string(report_.survivors.size() + 1), "Tells the rule " + rule + " from a version of it with a fault.", survivor.profile,
                                      {outcome == not_listed ? "absent: [" + id + "]" : "options: {" + id + ": " + name_of(static_cast<Strength>(outcome)) + "}"});
    report_.survivors.push_back(std::move(survivor));
  }

  static constexpr std::size_t most_options = 4;
  const Engine& engine_;
  const Guideline& guideline_;
  std::unique_ptr<Workshop> shop_;
  std::vector<std::vector<Expectation>> by_option_;
  MutationReport report_;
};

}  // namespace

MutationReport mutate(const Engine& engine) { return Mutation(engine).run(); }

}  // namespace waymark
