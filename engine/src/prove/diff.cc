// In: two engines. Out: which patients get a different answer. Both guidelines are put over one vocabulary (the facts and
// values of both); the options whose rules are not the same word for word are compiled into one store, where equal functions
// are one node (Bryant 1986); a difference is then a diagram, and its paths are patients.
#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "prove/boxes.h"
#include "text/order.h"
#include "waymark/engine.h"

namespace waymark {
namespace {

using namespace proving;
using diagram::no;
using diagram::yes;

// The logic of a guideline, rewritten over the vocabulary and appended to the joint one.
class Join {
 public:
  explicit Join(Guideline& joint) : joint_(joint) {}

  void add(const Guideline& from) {
    for (const auto& fact : from.facts) {
      const int index = joint_.find_fact(fact.id);
      fact_.push_back(index);
      std::vector<int> values;
      for (const auto& value : fact.values) {
        const auto& known = joint_.facts[index].values;
        values.push_back(static_cast<int>(std::find_if(known.begin(), known.end(), [&](const FactValue& v) { return v.id == value.id; }) - known.begin()));
      }
      value_.push_back(std::move(values));
    }
    first_derived_ = joint_.derived.size();
    first_option_ = static_cast<int>(joint_.options.size());
    const int first_decision = static_cast<int>(joint_.decisions.size());
    for (const Derived& derived : from.derived) {
      Derived copy;
      copy.values = derived.values;
      copy.otherwise = derived.otherwise;
      for (const auto& item : derived.cases) copy.cases.push_back({item.value, moved(item.when)});
      joint_.derived.push_back(std::move(copy));
    }
    // This guideline knows nobody with a value that only the other one has.
    for (std::size_t f = 0; f < from.facts.size(); ++f) {
      ValueSet known = 0;
      for (const int value : value_[f]) known |= ValueSet{1} << value;
      const ValueSet all = joint_.facts[fact_[f]].all_values();
      if (known != all) {
        Constraint constraint;
        constraint.condition = {Condition::Kind::fact, fact_[f], all & ~known, {}, {}};
        joint_.constraints.push_back(std::move(constraint));
      }
    }
    for (const Constraint& constraint : from.constraints) {
      Constraint copy;
      copy.condition = moved(constraint.condition);
      if (constraint.consequence) copy.consequence = moved(*constraint.consequence);
      joint_.constraints.push_back(std::move(copy));
    }
    passes_.kind = Condition::Kind::all;
    for (const auto& stop : from.stops) passes_.parts.push_back({Condition::Kind::negation, -1, 0, {moved(stop.when)}, {}});
    rules_of_.resize(from.options.size());
    for (const Rule& rule : from.rules) {
      for (const auto& listing : rule.listings) rules_of_[listing.option].push_back(static_cast<int>(joint_.rules.size()));
      Rule copy;
      copy.lowers = rule.lowers;
      copy.when = passes_;
      copy.when.parts.push_back(moved(rule.when));
      copy.listings = rule.listings;
      for (auto& listing : copy.listings) listing.option += first_option_;
      joint_.rules.push_back(std::move(copy));
    }
    for (const Option& option : from.options) {
      Option copy;
      copy.decision = option.decision + first_decision;
      joint_.options.push_back(std::move(copy));
    }
    for (const Decision& decision : from.decisions) {
      Decision copy;
      copy.otherwise = decision.otherwise < 0 ? -1 : decision.otherwise + first_option_;
      for (const int option : decision.besides) copy.besides.push_back(option + first_option_);
      joint_.decisions.push_back(std::move(copy));
    }
  }
  const Condition& passes() const { return passes_; }
  // The index in the joint guideline.
  int option(int of_this) const { return first_option_ + of_this; }

  // Whether both say the same of an option in the same words, so that there is nothing to compile: rules alone list it, and
  // they are alike. (What is derived and who passes must be alike, too: `same_terms`.)
  bool same_rules(int mine, const Join& other, int its) const {
    const auto stands_in = [&](const Join& join, int option) {
      const Option& joint = joint_.options[join.option(option)];
      return joint_.decisions[joint.decision].otherwise == join.option(option);
    };
    if (stands_in(*this, mine) || stands_in(other, its)) return false;
    const auto same_listings = [&](const Rule& a, const Rule& b) {
      return std::equal(a.listings.begin(), a.listings.end(), b.listings.begin(), b.listings.end(), [&](const Listing& left, const Listing& right) {
        return left.strength == right.strength && (left.option == option(mine)) == (right.option == other.option(its));
      });
    };
    const auto same = [&](int a, int b) {
      const Rule &left = joint_.rules[a], &right = joint_.rules[b];
      return left.lowers == right.lowers && same_listings(left, right) && alike(left.when, right.when, other);
    };
    const auto &a = rules_of_[mine], &b = other.rules_of_[its];
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
  }
  bool same_terms(const Join& other, std::size_t derived) const {
    if (first_derived_ + derived != other.first_derived_ || other.first_derived_ + derived != joint_.derived.size()) return false;
    for (std::size_t d = 0; d < derived; ++d) {
      const Derived &a = joint_.derived[first_derived_ + d], &b = joint_.derived[other.first_derived_ + d];
      const auto same = [&](const Derived::Case& left, const Derived::Case& right) { return left.value == right.value && alike(left.when, right.when, other); };
      if (a.values.size() != b.values.size() || a.otherwise != b.otherwise || !std::equal(a.cases.begin(), a.cases.end(), b.cases.begin(), b.cases.end(), same)) return false;
    }
    return alike(passes_, other.passes_, other);
  }

 private:
  Condition moved(const Condition& condition) const {
    Condition copy;
    copy.kind = condition.kind;
    copy.subject = condition.subject;
    copy.values = condition.values;
    if (condition.kind == Condition::Kind::fact) {
      copy.subject = fact_[condition.subject];
      copy.values = 0;
      for (std::size_t v = 0; v < value_[condition.subject].size(); ++v)
        if (condition.values >> v & 1) copy.values |= ValueSet{1} << value_[condition.subject][v];
    }
    if (condition.kind == Condition::Kind::derived) copy.subject += static_cast<int>(first_derived_);
    for (const auto& part : condition.parts) copy.parts.push_back(moved(part));
    return copy;
  }
  // Word for word, where derived names of the same place count as the same.
  bool alike(const Condition& mine, const Condition& its, const Join& other) const {
    const bool derived = mine.kind == Condition::Kind::derived;
    const int my_subject = mine.subject - (derived ? static_cast<int>(first_derived_) : 0), its_subject = its.subject - (derived ? static_cast<int>(other.first_derived_) : 0);
    return mine.kind == its.kind && my_subject == its_subject && mine.values == its.values &&
           std::equal(mine.parts.begin(), mine.parts.end(), its.parts.begin(), its.parts.end(), [&](const Condition& a, const Condition& b) { return alike(a, b, other); });
  }

  Guideline& joint_;
  std::vector<int> fact_;
  std::vector<std::vector<int>> value_;
  std::vector<std::vector<int>> rules_of_;  // by this guideline's option: indexes of the joint one
  std::size_t first_derived_ = 0;
  int first_option_ = 0;
  Condition passes_;
};

// What the old guideline makes of a profile and what the new one does, as one leaf.
struct Pairs {
  Ref operator()(Ref a, Ref b) const { return a < diagram::terminals && b < diagram::terminals ? a * 5 + b : diagram::unknown; }
};

class Comparer {
 public:
  Comparer(const Guideline& old_guideline, const Guideline& new_guideline) : old_(old_guideline), new_(new_guideline) {}

  DiffReport run() && {
    merge_facts();
    Join old_join(joint_), new_join(joint_);
    old_join.add(old_);
    new_join.add(new_);
    compare_options(old_join, new_join);
    if (!report_.problem.empty()) return std::move(report_);
    compare_words();
    report_.vocabulary = joint_.facts;
    return std::move(report_);
  }

 private:
  void merge_facts() {
    joint_.facts = new_.facts;
    for (auto& fact : joint_.facts) {
      fact.title = fact.question = no_text;
      const int before = old_.find_fact(fact.id);
      if (before < 0) {
        report_.new_facts.push_back(fact.id);
        continue;
      }
      const auto has = [](const Fact& in, const std::string& id) { return std::any_of(in.values.begin(), in.values.end(), [&](const FactValue& v) { return v.id == id; }); };
      for (const auto& value : fact.values)
        if (!has(old_.facts[before], value.id)) report_.new_values.push_back(fact.id + ": " + value.id);
      for (const auto& value : old_.facts[before].values)
        if (!has(fact, value.id)) {
          report_.removed_values.push_back(fact.id + ": " + value.id);
          fact.values.push_back(value);
          if (!fact.prevalence.empty()) fact.prevalence.push_back(0);
        }
    }
    for (const auto& fact : old_.facts)
      if (joint_.find_fact(fact.id) < 0) {
        report_.removed_facts.push_back(fact.id);
        joint_.facts.push_back(fact);
      }
  }

  void compare_options(const Join& old_join, const Join& new_join) {
    CompiledGuideline work = diagram::not_yet_compiled(joint_);
    diagram::Compiler compiler(joint_, work.store, work.level_of);
    diagram::Apply<Pairs> pairs(work.store);
    Ref known = yes;
    for (const auto& constraint : joint_.constraints) known = compiler.both(known, compiler.allowed(constraint));
    // A decision's `otherwise` does not know its own stops here, so they are taken off again.
    const Ref old_open = compiler.condition(old_join.passes()), new_open = compiler.condition(new_join.passes());
    diagram::Apply<diagram::Where> where(work.store);

    std::vector<std::vector<double>> alike, weighted;
    for (int level = 0; level < work.store.levels(); ++level) {
      const Fact& fact = joint_.facts[work.fact_at[level]];
      alike.emplace_back(fact.values.size(), 1.0);
      weighted.push_back(fact.prevalence.empty() ? alike.back() : fact.prevalence);
    }
    const double all = measure(work.store, known, yes, alike), all_weighted = measure(work.store, known, yes, weighted);

    // Each option of the new guideline with its index in the old one, then those that the new one lacks.
    std::map<std::string_view, std::size_t> place;
    for (std::size_t o = 0; o < old_.options.size(); ++o) place.emplace(old_.options[o].id, o);
    std::vector<std::pair<int, int>> both_places;
    for (std::size_t o = 0; o < new_.options.size(); ++o) {
      const auto known = place.find(new_.options[o].id);
      both_places.emplace_back(known == place.end() ? -1 : static_cast<int>(known->second), static_cast<int>(o));
      if (known != place.end()) place.erase(known);
    }
    for (std::size_t o = 0; o < old_.options.size(); ++o)
      if (place.contains(old_.options[o].id)) both_places.emplace_back(static_cast<int>(o), -1);

    const bool same_terms = old_.derived.size() == new_.derived.size() && old_join.same_terms(new_join, old_.derived.size());
    for (const auto& [before, after] : both_places) {
      if (before >= 0 && after >= 0 && same_terms && old_join.same_rules(before, new_join, after)) continue;
      const auto& option = after < 0 ? old_.options[before] : new_.options[after];
      const std::string& id = option.id;
      if (before < 0) report_.new_options.push_back(id);
      if (after < 0) report_.removed_options.push_back(id);
      const Ref old_root = before < 0 ? no : where(old_open, compiler.option(old_join.option(before)));
      const Ref new_root = after < 0 ? no : where(new_open, compiler.option(new_join.option(after)));
      if (old_root == new_root) continue;
      const Ref both = pairs(old_root, new_root);
      const auto& decision = (after < 0 ? old_ : new_).decisions[option.decision].id;
      for (int from = 0; from < 5; ++from)
        for (int to = 0; to < 5; ++to) {
          if (from == to) continue;
          std::vector<Ref> pick(25, no);
          pick[from * 5 + to] = yes;
          const Ref changed = diagram::replace_terminals(work.store, both, pick);
          const Ref patients = compiler.both(changed, known);
          if (patients == no) continue;
          OptionDifference difference{id, decision, static_cast<Outcome>(from), static_cast<Outcome>(to), measure(work.store, patients, yes, alike) / all,
                                      all_weighted > 0 ? measure(work.store, patients, yes, weighted) / all_weighted : 0, {}};
          const Ref simple = simplify(work.store, changed, known);
          for (const auto& path : boxes(work.store, simple, yes, most_boxes)) {
            const double share = measure_box(work, compiler, path, known, alike) / all;
            if (share > 0) difference.boxes.push_back({to_facts(work, path), share});
          }
          text::put_in_order(difference.boxes, [](const Box& a, const Box& b) { return a.share > b.share; });
          report_.options.push_back(std::move(difference));
        }
    }
    if (work.store.overflowed()) report_.problem = "the two guidelines together need more diagram nodes than the engine's limit";
  }

  static double measure_box(CompiledGuideline& work, diagram::Compiler& compiler, const std::vector<LevelValues>& path, Ref known,
                            const std::vector<std::vector<double>>& alike) {
    Ref box = known;
    for (const auto& [level, values] : path) box = compiler.both(box, work.store.literal(level, values));
    return measure(work.store, box, yes, alike);
  }

  void compare_words() {
    // Most texts stand where they stood, or as much further down as the one before.
    std::map<std::string_view, std::size_t> place;
    std::vector<char> found(old_.texts.size());
    std::size_t expected = 0;
    const auto place_of = [&](const std::string& path) {
      if (expected < old_.texts.size() && old_.text_paths[expected] == path) return expected;
      if (place.empty())
        for (std::size_t i = 0; i < old_.texts.size(); ++i) place.emplace(old_.text_paths[i], i);
      const auto it = place.find(path);
      return it == place.end() ? old_.texts.size() : it->second;
    };
    for (std::size_t i = 0; i < new_.texts.size(); ++i) {
      const std::size_t at = place_of(new_.text_paths[i]);
      const bool is_new = at == old_.texts.size();
      if (is_new || old_.texts[at].patient != new_.texts[i].patient || old_.texts[at].clinician != new_.texts[i].clinician) report_.changed_texts.push_back(new_.text_paths[i]);
      if (is_new) continue;
      found[at] = 1;
      expected = at + 1;
    }
    std::set<std::string> removed;
    for (std::size_t i = 0; i < old_.texts.size(); ++i)
      if (!found[i]) removed.insert(old_.text_paths[i]);
    report_.changed_texts.insert(report_.changed_texts.end(), removed.begin(), removed.end());

    std::map<std::string, const Source*> sources;
    for (const auto& source : old_.sources) sources[source.id] = &source;
    for (const auto& source : new_.sources) {
      const auto it = sources.find(source.id);
      const auto same = [&](const Source& a) { return a.title == source.title && a.org == source.org && a.published == source.published && a.url == source.url && a.doi == source.doi && a.pmid == source.pmid; };
      if (it == sources.end() || !same(*it->second)) report_.changed_sources.push_back(source.id);
      if (it != sources.end()) sources.erase(it);
    }
    for (const auto& [id, source] : sources) report_.changed_sources.push_back(id);
  }

  static constexpr std::size_t most_boxes = 200;
  const Guideline &old_, &new_;
  Guideline joint_;
  DiffReport report_;
};

}  // namespace

DiffReport diff(const Engine& old_engine, const Engine& new_engine) { return Comparer(old_engine.guideline(), new_engine.guideline()).run(); }

}  // namespace waymark
