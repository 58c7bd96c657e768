#include "diagram/compile.h"

#include <numeric>

#include "diagram/pair_set.h"
#include "text/order.h"

namespace waymark::diagram {

Compiler::Compiler(const Guideline& guideline, Store& store, const std::vector<int>& level_of)
    : guideline_(guideline), store_(store), level_of_(level_of), and_(store), or_(store), max_(store), lower_(store), where_(store),
      derived_(guideline.derived.size()), rules_(guideline.rules.size(), unknown), options_(guideline.options.size(), unknown),
      rules_of_(guideline.options.size()) {
  for (std::size_t r = 0; r < guideline.rules.size(); ++r)
    for (const auto& listing : guideline.rules[r].listings) rules_of_[listing.option].push_back(static_cast<int>(r));
}

Ref Compiler::condition(const Condition& c) {
  using Kind = Condition::Kind;
  switch (c.kind) {
    case Kind::always: return yes;
    case Kind::fact: return store_.literal(level_of_[c.subject], c.values);
    case Kind::derived: return derived(c.subject, c.values);
    case Kind::negation: return negate(store_, condition(c.parts.front()));
    case Kind::all: {
      Ref all = yes;
      for (const Ref part : parts(c)) all = and_(part, all);
      return all;
    }
    case Kind::any: {
      Ref any = no;
      for (const Ref part : parts(c)) any = or_(part, any);
      return any;
    }
  }
  return no;
}

// From the bottom up: what is joined to the rest then stands above it, and a single node is made.
std::vector<Ref> Compiler::parts(const Condition& c) {
  std::vector<Ref> parts;
  for (const auto& part : c.parts) parts.push_back(condition(part));
  text::put_in_order(parts, [&](Ref a, Ref b) { return store_.level(a) > store_.level(b); });
  return parts;
}

std::vector<Ref> Compiler::values_of(const Derived& derived) {
  std::vector<Ref> made(derived.values.size(), no);
  Ref rest = yes;
  for (const auto& item : derived.cases) {
    const Ref when = condition(item.when);
    made[item.value] = or_(made[item.value], and_(rest, when));
    rest = and_(rest, negate(store_, when));
  }
  made[derived.otherwise] = or_(made[derived.otherwise], rest);
  return made;
}

Ref Compiler::derived(int index, ValueSet wanted) {
  const Derived& definition = guideline_.derived[index];
  if (derived_[index].empty()) derived_[index] = values_of(definition);
  Ref any = no;
  for (std::size_t v = 0; v < definition.values.size(); ++v)
    if (wanted >> v & 1) any = or_(any, derived_[index][v]);
  return any;
}

Ref Compiler::open() {
  if (open_ == unknown) {
    Ref stopped = no;
    for (const auto& stop : guideline_.stops) stopped = or_(stopped, condition(stop.when));
    open_ = negate(store_, stopped);
  }
  return open_;
}

Ref Compiler::rule(int index) {
  if (rules_[index] == unknown) rules_[index] = condition(guideline_.rules[index].when);
  return rules_[index];
}

Ref Compiler::option(int option, int replaced, const Rule* instead) {
  const bool as_written = replaced < 0;
  if (as_written && options_[option] != unknown) return options_[option];
  const Decision& decision = guideline_.decisions[guideline_.options[option].decision];
  Ref result;
  if (decision.otherwise == option) {
    result = where_(open(), otherwise(decision, replaced, instead));
  } else {
    Ref listed = no, lowered = no;
    for (const int r : rules_of_[option]) {
      const Rule& from = r == replaced ? *instead : guideline_.rules[r];
      const Ref when = r == replaced ? condition(instead->when) : rule(r);
      for (const auto& listing : from.listings) {
        if (listing.option != option) continue;
        Ref& target = from.lowers ? lowered : listed;
        target = max_(target, where_(when, static_cast<Ref>(listing.strength)));
      }
    }
    result = where_(open(), lower_(listed, lowered));
  }
  if (as_written) options_[option] = result;
  return result;
}

// Listed as an option where nothing else of the decision is better than a caution.
Ref Compiler::otherwise(const Decision& decision, int replaced, const Rule* instead) {
  Ref better = no;
  const Ref map[] = {no, yes, yes, no, no};
  for (std::size_t o = 0; o < guideline_.options.size(); ++o) {
    const int other = static_cast<int>(o);
    const bool counts = &guideline_.decisions[guideline_.options[o].decision] == &decision && other != decision.otherwise &&
                        std::find(decision.besides.begin(), decision.besides.end(), other) == decision.besides.end();
    if (counts) better = or_(better, replace_terminals(store_, option(other, replaced, instead), map));
  }
  const Ref invert[] = {static_cast<Ref>(Strength::option), no};
  return replace_terminals(store_, better, invert);
}

Ref Compiler::allowed(const Constraint& constraint) {
  Ref forbidden = condition(constraint.condition);
  if (constraint.consequence) forbidden = and_(forbidden, negate(store_, condition(*constraint.consequence)));
  return negate(store_, forbidden);
}

std::vector<int> support(const Store& store, std::span<const Ref> roots) {
  std::vector<char> levels(store.levels());
  walk(store, roots, [&](Ref node) { levels[store.level(node)] = 1; });
  std::vector<int> found;
  for (int level = 0; level < store.levels(); ++level)
    if (levels[level]) found.push_back(level);
  return found;
}

namespace {

// Constraints that share a fact belong together: the allowed profiles as independent parts.
void join_constraints(const Guideline& guideline, Compiler& compiler, CompiledGuideline& out) {
  const int levels = out.store.levels();
  std::vector<Ref> all;
  std::vector<std::vector<int>> read;
  for (const auto& constraint : guideline.constraints) {
    all.push_back(compiler.allowed(constraint));
    read.push_back(support(out.store, all.back()));
  }
  std::vector<int> parent(levels);
  std::iota(parent.begin(), parent.end(), 0);
  const auto root = [&](int level) {
    while (parent[level] != level) level = parent[level] = parent[parent[level]];
    return level;
  };
  for (const auto& facts : read)
    for (const int level : facts) parent[root(level)] = root(facts.front());
  out.part_of.assign(levels, -1);
  std::vector<int> part_at(levels, -1);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (read[i].empty()) {
      if (all[i] == no) out.allowed.push_back(no);
      continue;
    }
    int& part = part_at[root(read[i].front())];
    if (part < 0) {
      part = static_cast<int>(out.allowed.size());
      out.allowed.push_back(yes);
    }
    out.allowed[part] = compiler.both(out.allowed[part], all[i]);
    for (const int level : read[i]) out.part_of[level] = part;
  }
}

}  // namespace

CompiledGuideline::Function with_its_constraints(const CompiledGuideline& compiled, Compiler& compiler, Ref root) {
  if (compiled.allowed.empty()) return {root, yes};
  std::vector<char> taken(compiled.allowed.size());
  Ref all = yes;
  for (const int level : support(compiled.store, root)) {
    const int part = compiled.part_of[level];
    if (part < 0 || taken[part]) continue;
    taken[part] = 1;
    all = compiler.both(all, compiled.allowed[part]);
  }
  return {root, all};
}

namespace {

// Most nodes were steps on the way. Without them an answer's tables, one entry a node, stay small.
void drop_intermediate_results(CompiledGuideline& compiled) {
  std::vector<Ref*> roots;
  for (Ref& part : compiled.allowed) roots.push_back(&part);
  for (auto* functions : {&compiled.stops, &compiled.alerts, &compiled.rules, &compiled.options})
    for (auto& function : *functions) {
      roots.push_back(&function.root);
      roots.push_back(&function.allowed);
      if (function.joint != unknown) roots.push_back(&function.joint);
    }
  compiled.store = compacted(compiled.store, roots);
}

}  // namespace

CompiledGuideline not_yet_compiled(const Guideline& guideline, std::size_t node_limit) {
  std::vector<int> order = order_facts(guideline);
  std::vector<std::uint8_t> arity;
  std::vector<int> level_of(guideline.facts.size());
  for (std::size_t level = 0; level < order.size(); ++level) {
    arity.push_back(static_cast<std::uint8_t>(guideline.facts[order[level]].values.size()));
    level_of[order[level]] = static_cast<int>(level);
  }
  return {Store(std::move(arity), node_limit), std::move(level_of), std::move(order), {}, {}, {}, {}, {}, {}, {}};
}

Compiled compile(const Guideline& guideline, std::size_t node_limit) {
  auto out = std::make_shared<CompiledGuideline>(not_yet_compiled(guideline, node_limit));
  Compiler compiler(guideline, out->store, out->level_of);
  join_constraints(guideline, compiler, *out);
  Apply<Among> among(out->store);
  const auto add = [&](std::vector<CompiledGuideline::Function>& to, Ref root) {
    auto function = with_its_constraints(*out, compiler, root);
    const Ref both[] = {function.root, function.allowed};
    if (count_nodes(out->store, {&root, 1}) <= widest) function.joint = among(function.allowed, function.root);
    function.asks = support(out->store, root);
    function.levels = support(out->store, both);
    to.push_back(std::move(function));
  };
  for (const auto& stop : guideline.stops) add(out->stops, compiler.condition(stop.when));
  for (const auto& alert : guideline.alerts) add(out->alerts, compiler.condition(alert.when));
  out->rules_of.resize(guideline.options.size());
  for (std::size_t r = 0; r < guideline.rules.size(); ++r) {
    add(out->rules, compiler.condition(guideline.rules[r].when));
    for (const auto& listing : guideline.rules[r].listings) out->rules_of[listing.option].push_back(static_cast<int>(r));
  }
  for (std::size_t option = 0; option < guideline.options.size(); ++option) add(out->options, compiler.option(static_cast<int>(option)));
  if (out->store.overflowed())
    return {nullptr, "the rules depend on each other in more ways than " + std::to_string(node_limit) + " diagram nodes can hold"};
  drop_intermediate_results(*out);
  return {std::move(out), {}};
}

}  // namespace waymark::diagram
