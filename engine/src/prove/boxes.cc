#include "prove/boxes.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "answer/reasons.h"
#include "diagram/memo.h"

namespace waymark::proving {

using diagram::Memo;
using diagram::no;
using diagram::Store;
using diagram::terminals;

namespace {

constexpr int never = std::numeric_limits<int>::max();

int distance(const Store& store, Ref node, Ref target, Memo& known) {
  if (node < terminals) return node == target ? 0 : never;
  if (const auto* far = known.find(node)) return static_cast<int>(*far);
  int best = never;
  for (const Ref child : store.children(node)) best = std::min(best, distance(store, child, target, known));
  if (best != never) ++best;
  known.set(node, static_cast<std::uint64_t>(best));
  return best;
}

// The children of a node, each with the values that lead to it.
std::vector<std::pair<Ref, ValueSet>> ways(const Store& store, Ref node) {
  std::vector<std::pair<Ref, ValueSet>> found;
  const auto children = store.children(node);
  for (std::size_t v = 0; v < children.size(); ++v) {
    const auto it = std::find_if(found.begin(), found.end(), [&](const auto& way) { return way.first == children[v]; });
    if (it == found.end()) found.emplace_back(children[v], ValueSet{1} << v);
    else it->second |= ValueSet{1} << v;
  }
  return found;
}

}  // namespace

std::vector<LevelValues> smallest_path(const Store& store, Ref root, Ref target) {
  Memo known;
  std::vector<LevelValues> path;
  distance(store, root, target, known);
  for (Ref node = root; node >= terminals;) {
    Ref next = node;
    ValueSet values = 0;
    int best = never;
    for (const auto& [child, leading] : ways(store, node))
      if (const int far = distance(store, child, target, known); far < best) {
        best = far;
        next = child;
        values = leading;
      }
    path.push_back({store.level(node), values});
    node = next;
  }
  return path;
}

// Whether the values leave a way to the target.
bool SmallestBox::walk(Ref root, const std::vector<ValueSet>& values, Ref target) {
  if (root < terminals) return root == target;
  seen_.clear();
  std::vector<Ref> open = {root};
  while (!open.empty()) {
    const Ref node = open.back();
    open.pop_back();
    const auto children = store_.children(node);
    for (std::size_t v = 0; v < children.size(); ++v) {
      if (!(values[store_.level(node)] >> v & 1)) continue;
      if (children[v] == target) return true;
      if (children[v] >= terminals && seen_.insert(children[v], children[v])) open.push_back(children[v]);
    }
  }
  return false;
}
bool SmallestBox::every(Ref node, const std::vector<ValueSet>& values) { return !walk(node, values, no); }
bool SmallestBox::any(Ref node, const std::vector<ValueSet>& values) { return walk(node, values, diagram::yes); }

// Whether `facts` values, chosen at different levels from here on, make `sure` yes while `some` is not no.
bool SmallestBox::search(Ref sure, Ref some, int facts) {
  if (some == no) return false;
  if (sure == diagram::yes) return true;
  if (sure == no || facts == 0 || steps_ == 0 || store_.overflowed()) return false;
  if (failed_.contains({sure, some, facts})) return false;
  --steps_;
  const int level = std::min(store_.level(sure), store_.level(some)), arity = store_.arity(level);
  const auto at = [&](Ref node, int v) { return store_.level(node) == level ? store_.child(node, v) : node; };
  if (store_.level(sure) == level)
    for (int v = 0; v < arity; ++v) {
      chosen_.push_back({level, ValueSet{1} << v});
      if (search(at(sure, v), at(some, v), facts - 1)) return true;
      chosen_.pop_back();
    }
  Ref all_sure = at(sure, 0), any_some = at(some, 0);
  for (int v = 1; v < arity; ++v) {
    all_sure = and_(all_sure, at(sure, v));
    any_some = or_(any_some, at(some, v));
  }
  if (search(all_sure, any_some, facts)) return true;
  if (steps_ > 0) failed_.insert({sure, some, facts});
  return false;
}

std::vector<LevelValues> SmallestBox::operator()(Ref wanted, Ref allowed) {
  const Ref sure = or_(wanted, diagram::negate(store_, allowed)), some = and_(wanted, allowed);
  std::vector<ValueSet> all;
  for (int level = 0; level < store_.levels(); ++level) all.push_back((ValueSet{1} << store_.arity(level)) - 1);

  // A path, without the facts that it can spare.
  std::vector<LevelValues> box;
  std::vector<ValueSet> values = all;
  for (const auto& step : smallest_path(store_, some, diagram::yes)) values[step.level] = step.values;
  for (int level = store_.levels() - 1; level >= 0; --level) {
    if (values[level] == all[level]) continue;
    const ValueSet kept = std::exchange(values[level], all[level]);
    if (every(sure, values)) continue;
    values[level] = kept;
    box.push_back({level, kept});
  }
  // Any box with fewer facts.
  for (int facts = 0; facts < static_cast<int>(box.size()); ++facts) {
    chosen_.clear();
    failed_.clear();
    steps_ = 4000;
    if (!search(sure, some, facts)) continue;
    box = chosen_;
    break;
  }
  values = all;
  for (const auto& fact : box) values[fact.level] = fact.values;
  for (auto& fact : box) {
    for (int v = 0; v < store_.arity(fact.level); ++v) {
      const ValueSet value = ValueSet{1} << v, before = values[fact.level];
      if (before & value) continue;
      values[fact.level] = value;
      const bool possible = any(some, values);
      values[fact.level] = before | value;
      if (!possible || !every(sure, values)) values[fact.level] = before;
    }
    fact.values = values[fact.level];
  }
  return box;
}

namespace {

class Boxes {
 public:
  Boxes(const Store& store, Ref target, std::size_t most) : store_(store), target_(target), most_(most) {}
  void walk(Ref node) {
    if (found.size() >= most_ || distance(store_, node, target_, known_) == never) return;
    if (node < terminals) {
      found.push_back(path_);
      return;
    }
    for (const auto& [child, values] : ways(store_, node)) {
      path_.push_back({store_.level(node), values});
      walk(child);
      path_.pop_back();
    }
  }
  std::vector<std::vector<LevelValues>> found;

 private:
  const Store& store_;
  Ref target_;
  std::size_t most_;
  std::vector<LevelValues> path_;
  Memo known_;
};

class Simplify {
 public:
  explicit Simplify(Store& store) : store_(store), or_(store) {}
  Ref operator()(Ref function, Ref care) {
    if (function < terminals || care == diagram::yes) return function;
    const std::uint64_t key = std::uint64_t{function} << 32 | care;
    if (const auto* known = known_.find(key)) return static_cast<Ref>(*known);
    Ref result;
    const int level = store_.level(function), care_level = store_.level(care);
    if (care_level < level) {
      // The function does not ask about this fact: care about what any of its values needs.
      Ref any = no;
      for (const Ref child : children(care)) any = or_(any, child);
      result = (*this)(function, any);
    } else {
      const auto function_children = children(function);
      std::vector<Ref> cares(function_children.size(), care);
      if (care_level == level) cares = children(care);
      std::vector<Ref> made(function_children.size(), diagram::unknown);
      Ref some = diagram::unknown;
      for (std::size_t v = 0; v < made.size(); ++v)
        if (cares[v] != no) {
          made[v] = (*this)(function_children[v], cares[v]);
          if (some == diagram::unknown) some = made[v];
        }
      for (auto& child : made)
        if (child == diagram::unknown) child = some;
      result = store_.make(level, made);
    }
    known_.set(key, result);
    return result;
  }

 private:
  std::vector<Ref> children(Ref node) const {
    const auto span = store_.children(node);
    return {span.begin(), span.end()};
  }
  Store& store_;
  diagram::Apply<diagram::Or> or_;
  Memo known_;
};

// The measure below a node, from its level on.
class Measure {
 public:
  Measure(const Store& store, Ref target, const std::vector<std::vector<double>>& weights) : store_(store), target_(target), weights_(weights), total_(weights.size()) {
    for (std::size_t level = 0; level < weights.size(); ++level)
      for (const double weight : weights[level]) total_[level] += weight;
  }
  double below(Ref node) {
    if (node < terminals) return node == target_ ? 1 : 0;
    if (const auto* known = known_.find(node)) return found_[*known];
    const int level = store_.level(node);
    double sum = 0;
    for (int v = 0; v < store_.arity(level); ++v) {
      const Ref child = store_.child(node, v);
      const double part = below(child);
      if (part > 0) sum += weights_[level][v] * part * skipped(level + 1, store_.level(child));
    }
    known_.set(node, found_.size());
    found_.push_back(sum);
    return sum;
  }
  double skipped(int from, int to) const {
    double product = 1;
    for (int level = from; level < to; ++level) product *= total_[level];
    return product;
  }

 private:
  const Store& store_;
  Ref target_;
  const std::vector<std::vector<double>>& weights_;
  std::vector<double> total_, found_;
  Memo known_;  // by node: the index into found_
};

}  // namespace

std::vector<std::vector<LevelValues>> boxes(const Store& store, Ref root, Ref target, std::size_t most) {
  Boxes boxes(store, target, most);
  boxes.walk(root);
  return std::move(boxes.found);
}

Ref simplify(Store& store, Ref function, Ref care) {
  if (care == no) return function;
  return Simplify(store)(function, care);
}

double measure(const Store& store, Ref root, Ref target, const std::vector<std::vector<double>>& weights) {
  Measure measure(store, target, weights);
  const double part = measure.below(root);
  return part > 0 ? part * measure.skipped(0, store.level(root)) : 0;
}

std::vector<FactValues> to_facts(const CompiledGuideline& compiled, const std::vector<LevelValues>& path) {
  std::vector<FactValues> facts;
  for (const auto& [level, values] : path) facts.push_back({compiled.fact_at[level], values});
  answering::put_in_file_order(facts);
  return facts;
}

std::string vignette_yaml(const Guideline& guideline, const std::string& id, const std::string& text, const std::vector<FactValues>& facts,
                          const std::vector<std::string>& expect) {
  std::string yaml = "  " + id + ":\n    text: " + text + "\n    facts: {";
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const Fact& fact = guideline.facts[facts[i].fact];
    std::string values;
    int count = 0;
    for (std::size_t v = 0; v < fact.values.size(); ++v)
      if (facts[i].values >> v & 1) values += (count++ ? ", " : "") + fact.values[v].id;
    yaml += (i ? ", " : "") + fact.id + ": " + (count == 1 ? values : "[" + values + "]");
  }
  yaml += "}\n    expect:\n";
  for (const auto& line : expect) yaml += "      " + line + "\n";
  return yaml;
}

}  // namespace waymark::proving
