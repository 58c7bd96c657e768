#include "diagram/compile.h"

#include <numeric>

namespace waymark::diagram {
namespace {

class Compiler {
 public:
  Compiler(const Guideline& guideline, CompiledGuideline& out)
      : guideline_(guideline), out_(out), and_(out.store), or_(out.store), max_(out.store), lower_(out.store), where_(out.store) {}

  void compile() {
    derived_.resize(guideline_.derived.size());
    for (const auto& stop : guideline_.stops) out_.stops.push_back({condition(stop.when)});
    for (const auto& alert : guideline_.alerts) out_.alerts.push_back({condition(alert.when)});
    for (const auto& rule : guideline_.rules) out_.rules.push_back({condition(rule.when)});
    compile_options();
    compile_constraints();
    for (auto* functions : {&out_.options, &out_.rules, &out_.stops, &out_.alerts})
      for (auto& function : *functions) function.allowed = allowed_for(function.root);
  }

 private:
  Ref condition(const Condition& c) {
    using Kind = Condition::Kind;
    switch (c.kind) {
      case Kind::always: return yes;
      case Kind::fact: return out_.store.literal(out_.level_of[c.subject], c.values);
      case Kind::derived: return derived(c.subject, c.values);
      case Kind::negation: return negate(out_.store, condition(c.parts.front()));
      case Kind::all: {
        Ref all = yes;
        for (const auto& part : c.parts) all = and_(all, condition(part));
        return all;
      }
      case Kind::any: {
        Ref any = no;
        for (const auto& part : c.parts) any = or_(any, condition(part));
        return any;
      }
    }
    return no;
  }

  // One diagram a value of the derived name, made at first use.
  Ref derived(int index, ValueSet wanted) {
    auto& values = derived_[index];
    const Derived& definition = guideline_.derived[index];
    if (values.empty()) {
      std::vector<Ref> made(definition.values.size(), no);
      Ref rest = yes;
      for (const auto& item : definition.cases) {
        const Ref when = condition(item.when);
        made[item.value] = or_(made[item.value], and_(rest, when));
        rest = and_(rest, negate(out_.store, when));
      }
      made[definition.otherwise] = or_(made[definition.otherwise], rest);
      values = std::move(made);
    }
    Ref any = no;
    for (std::size_t v = 0; v < values.size(); ++v)
      if (wanted >> v & 1) any = or_(any, values[v]);
    return any;
  }

  void compile_options() {
    const Ref open = [&] {
      Ref stopped = no;
      for (const auto& stop : out_.stops) stopped = or_(stopped, stop.root);
      return negate(out_.store, stopped);
    }();
    std::vector<Ref> listed(guideline_.options.size(), no), lowered(guideline_.options.size(), no);
    for (std::size_t r = 0; r < guideline_.rules.size(); ++r) {
      const Rule& rule = guideline_.rules[r];
      for (const auto& listing : rule.listings) {
        auto& target = rule.lowers ? lowered[listing.option] : listed[listing.option];
        target = max_(target, where_(out_.rules[r].root, static_cast<Ref>(listing.strength)));
      }
    }
    for (std::size_t o = 0; o < guideline_.options.size(); ++o) out_.options.push_back({where_(open, lower_(listed[o], lowered[o]))});
    for (const auto& decision : guideline_.decisions)
      if (decision.otherwise >= 0) out_.options[decision.otherwise] = {where_(open, otherwise(decision))};
  }

  // Listed as an option where nothing else of the decision is better than a caution.
  Ref otherwise(const Decision& decision) {
    Ref better = no;
    const Ref map[] = {no, yes, yes, no, no};
    for (std::size_t o = 0; o < guideline_.options.size(); ++o) {
      const bool counts = guideline_.options[o].decision == &decision - guideline_.decisions.data() &&
                          static_cast<int>(o) != decision.otherwise &&
                          std::find(decision.besides.begin(), decision.besides.end(), static_cast<int>(o)) == decision.besides.end();
      if (counts) better = or_(better, replace_terminals(out_.store, out_.options[o].root, map));
    }
    const Ref invert[] = {static_cast<Ref>(Strength::option), no};
    return replace_terminals(out_.store, better, invert);
  }

  void compile_constraints() {
    std::vector<Ref> all;
    for (const auto& constraint : guideline_.constraints) {
      Ref forbidden = condition(constraint.condition);
      if (constraint.consequence) forbidden = and_(forbidden, negate(out_.store, condition(*constraint.consequence)));
      all.push_back(negate(out_.store, forbidden));
    }
    // Constraints that share a fact belong together.
    std::vector<int> parent(out_.store.levels());
    std::iota(parent.begin(), parent.end(), 0);
    const auto root = [&](int level) {
      while (parent[level] != level) level = parent[level] = parent[parent[level]];
      return level;
    };
    std::vector<std::vector<int>> read(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      read[i] = support(all[i]);
      for (const int level : read[i]) parent[root(level)] = root(read[i].front());
    }
    out_.part_of.assign(out_.store.levels(), -1);
    std::vector<int> part_at(out_.store.levels(), -1);
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (read[i].empty()) {
        if (all[i] == no) out_.allowed.push_back(no);
        continue;
      }
      int& part = part_at[root(read[i].front())];
      if (part < 0) {
        part = static_cast<int>(out_.allowed.size());
        out_.allowed.push_back(yes);
      }
      out_.allowed[part] = and_(out_.allowed[part], all[i]);
      for (const int level : read[i]) out_.part_of[level] = part;
    }
  }

  Ref allowed_for(Ref root) {
    std::vector<char> taken(out_.allowed.size());
    Ref all = yes;
    for (const int level : support(root)) {
      const int part = out_.part_of[level];
      if (part < 0 || taken[part]) continue;
      taken[part] = 1;
      all = and_(all, out_.allowed[part]);
    }
    return all;
  }

  std::vector<int> support(Ref root) const {
    std::vector<char> seen(out_.store.size()), levels(out_.store.levels());
    std::vector<Ref> open = {root};
    while (!open.empty()) {
      const Ref node = open.back();
      open.pop_back();
      if (node < terminals || seen[node]) continue;
      seen[node] = 1;
      levels[out_.store.level(node)] = 1;
      for (const Ref child : out_.store.children(node)) open.push_back(child);
    }
    std::vector<int> found;
    for (int level = 0; level < out_.store.levels(); ++level)
      if (levels[level]) found.push_back(level);
    return found;
  }

  const Guideline& guideline_;
  CompiledGuideline& out_;
  Apply<And> and_;
  Apply<Or> or_;
  Apply<Max> max_;
  Apply<Lower> lower_;
  Apply<Where> where_;
  std::vector<std::vector<Ref>> derived_;
};

}  // namespace

Compiled compile(const Guideline& guideline, std::size_t node_limit) {
  const std::vector<int> order = order_facts(guideline);
  std::vector<std::uint8_t> arity;
  std::vector<int> level_of(guideline.facts.size());
  for (std::size_t level = 0; level < order.size(); ++level) {
    arity.push_back(static_cast<std::uint8_t>(guideline.facts[order[level]].values.size()));
    level_of[order[level]] = static_cast<int>(level);
  }
  auto compiled = std::make_shared<CompiledGuideline>(CompiledGuideline{Store(std::move(arity), node_limit), std::move(level_of), order, {}, {}, {}, {}, {}, {}});
  Compiler(guideline, *compiled).compile();
  if (compiled->store.overflowed())
    return {nullptr, "the rules depend on each other in more ways than " + std::to_string(node_limit) + " diagram nodes can hold"};
  return {std::move(compiled), {}};
}

}  // namespace waymark::diagram
