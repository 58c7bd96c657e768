// In: a diagram. Out: sets of profiles as people read them (a smallest one, disjoint boxes) and how many there are.
#pragma once

#include <set>
#include <tuple>
#include <vector>

#include "diagram/compile.h"
#include "diagram/pair_set.h"
#include "waymark/answer.h"

namespace waymark::proving {

using diagram::Ref;

struct LevelValues {
  int level;
  ValueSet values;
};

// The path to `target` with the fewest facts, values that go on alike taken together; the root must lead there. A box with
// fewer facts need not be a path: see SmallestBox.
std::vector<LevelValues> smallest_path(const diagram::Store& store, Ref root, Ref target);

// Finds smallest boxes; keeps what it learns between questions.
class SmallestBox {
 public:
  explicit SmallestBox(diagram::Store& store) : store_(store), and_(store), or_(store) {}

  // A box with as few facts as any that holds some allowed profile and only wanted ones among the allowed; each fact with as
  // many values as that lets it have. Some profile must be both. Where the search grows too long the box is still one in
  // which no fact can be left out.
  std::vector<LevelValues> operator()(Ref wanted, Ref allowed);

 private:
  bool search(Ref sure, Ref some, int facts);
  bool every(Ref node, const std::vector<ValueSet>& values);
  bool any(Ref node, const std::vector<ValueSet>& values);
  bool walk(Ref node, const std::vector<ValueSet>& values, Ref target);

  diagram::Store& store_;
  diagram::Apply<diagram::And> and_;
  diagram::Apply<diagram::Or> or_;
  std::vector<LevelValues> chosen_;
  std::set<std::tuple<Ref, Ref, int>> failed_;
  diagram::PairSet seen_;  // by the walk that is under way
  std::size_t steps_ = 0;
};

// The paths to `target`, as disjoint boxes; stops after `most`.
std::vector<std::vector<LevelValues>> boxes(const diagram::Store& store, Ref root, Ref target, std::size_t most);

// The function where `care` is yes, and whatever makes it simplest elsewhere (restrict; Coudert and Madre 1990).
Ref simplify(diagram::Store& store, Ref function, Ref care);

// The sum over all profiles that lead to `target` of the product of their values' weights (all 1: their number).
double measure(const diagram::Store& store, Ref root, Ref target, const std::vector<std::vector<double>>& weights);

std::vector<FactValues> to_facts(const CompiledGuideline& compiled, const std::vector<LevelValues>& path);

// A vignette in YAML with these facts, expecting what `expect` says (lines of YAML below `expect:`).
std::string vignette_yaml(const Guideline& guideline, const std::string& id, const std::string& text, const std::vector<FactValues>& facts,
                          const std::vector<std::string>& expect);

}  // namespace waymark::proving
