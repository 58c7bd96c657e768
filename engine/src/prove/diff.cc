// In: two engines. Out: which patients get a different answer. Both guidelines are put over one vocabulary (the facts and
// values of both) and compiled into one store; a difference is then a diagram, and its paths are patients.
#include <algorithm>
#include <map>
#include <set>

#include "prove/boxes.h"
#include "waymark/engine.h"

namespace waymark {
namespace {

using namespace proving;
using diagram::no;
using diagram::yes;

// A guideline rewritten over the vocabulary, appended to the joint one.
class Join {
 public:
  Join(Guideline& joint, const std::string& prefix) : joint_(joint), prefix_(prefix) {}

  void add(const Guideline& from) {
    from_ = &from;
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
    const int first_derived = static_cast<int>(joint_.derived.size()), first_option = static_cast<int>(joint_.options.size()),
              first_decision = static_cast<int>(joint_.decisions.size());
    derived_shift_ = first_derived;
    for (Derived derived : from.derived) {
      for (auto& item : derived.cases) item.when = moved(item.when);
      joint_.derived.push_back(std::move(derived));
    }
    // This guideline knows nobody with a value that only the other one has.
    for (std::size_t f = 0; f < from.facts.size(); ++f) {
      ValueSet known = 0;
      for (const int value : value_[f]) known |= ValueSet{1} << value;
      const ValueSet all = joint_.facts[fact_[f]].all_values();
      if (known != all) {
        Constraint constraint;
        constraint.id = prefix_ + "knows_" + from.facts[f].id;
        constraint.condition = {Condition::Kind::fact, fact_[f], all & ~known, {}, {}};
        joint_.constraints.push_back(std::move(constraint));
      }
    }
    for (Constraint constraint : from.constraints) {
      constraint.condition = moved(constraint.condition);
      if (constraint.consequence) constraint.consequence = moved(*constraint.consequence);
      joint_.constraints.push_back(std::move(constraint));
    }
    Condition passes{Condition::Kind::all, -1, 0, {}, {}};
    for (const auto& stop : from.stops) passes.parts.push_back({Condition::Kind::negation, -1, 0, {moved(stop.when)}, {}});
    for (Rule rule : from.rules) {
      Condition when = passes;
      when.parts.push_back(moved(rule.when));
      rule.when = std::move(when);
      for (auto& listing : rule.listings) listing.option += first_option;
      joint_.rules.push_back(std::move(rule));
    }
    for (Option option : from.options) {
      option.id = prefix_ + option.id;
      option.decision += first_decision;
      joint_.options.push_back(std::move(option));
    }
    for (Decision decision : from.decisions) {
      if (decision.otherwise >= 0) decision.otherwise += first_option;
      for (int& option : decision.besides) option += first_option;
      joint_.decisions.push_back(std::move(decision));
    }
    passes_ = std::move(passes);
  }
  const Condition& passes() const { return passes_; }

 private:
  Condition moved(const Condition& condition) const {
    Condition copy = condition;
    if (condition.kind == Condition::Kind::fact) {
      copy.subject = fact_[condition.subject];
      copy.values = 0;
      for (std::size_t v = 0; v < value_[condition.subject].size(); ++v)
        if (condition.values >> v & 1) copy.values |= ValueSet{1} << value_[condition.subject][v];
    }
    if (condition.kind == Condition::Kind::derived) copy.subject += derived_shift_;
    for (auto& part : copy.parts) part = moved(part);
    return copy;
  }

  Guideline& joint_;
  std::string prefix_;
  const Guideline* from_ = nullptr;
  std::vector<int> fact_;
  std::vector<std::vector<int>> value_;
  int derived_shift_ = 0;
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
    Join old_join(joint_, "old:"), new_join(joint_, "new:");
    old_join.add(old_);
    new_join.add(new_);
    const auto compiled = diagram::compile(joint_);
    if (!compiled.guideline) {
      report_.problem = compiled.problem;
      return std::move(report_);
    }
    compare_options(*compiled.guideline, old_join, new_join);
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

  void compare_options(const CompiledGuideline& compiled, const Join& old_join, const Join& new_join) {
    CompiledGuideline work = compiled;
    diagram::Compiler compiler(joint_, work.store, work.level_of);
    diagram::Apply<Pairs> pairs(work.store);
    Ref known = yes;
    for (const Ref part : work.allowed) known = compiler.both(known, part);
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

    std::vector<std::string> ids;
    for (const auto& option : new_.options) ids.push_back(option.id);
    for (const auto& option : old_.options)
      if (new_.find_option(option.id) < 0) ids.push_back(option.id);
    for (const auto& id : ids) {
      const int before = joint_.find_option("old:" + id), after = joint_.find_option("new:" + id);
      if (before < 0) report_.new_options.push_back(id);
      if (after < 0) report_.removed_options.push_back(id);
      const Ref old_root = before < 0 ? no : where(old_open, work.options[before].root);
      const Ref new_root = after < 0 ? no : where(new_open, work.options[after].root);
      if (old_root == new_root) continue;
      const Ref both = pairs(old_root, new_root);
      const auto& option = after < 0 ? old_.options[old_.find_option(id)] : new_.options[new_.find_option(id)];
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
          std::stable_sort(difference.boxes.begin(), difference.boxes.end(), [](const Box& a, const Box& b) { return a.share > b.share; });
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
    std::map<std::string, const Text*> before;
    for (std::size_t i = 0; i < old_.texts.size(); ++i) before[old_.text_paths[i]] = &old_.texts[i];
    for (std::size_t i = 0; i < new_.texts.size(); ++i) {
      const auto it = before.find(new_.text_paths[i]);
      if (it == before.end() || it->second->patient != new_.texts[i].patient || it->second->clinician != new_.texts[i].clinician) report_.changed_texts.push_back(new_.text_paths[i]);
      if (it != before.end()) before.erase(it);
    }
    for (const auto& [path, text] : before) report_.changed_texts.push_back(path);

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
