// In: an engine. Out: what is proved of its guideline, with a smallest counterexample where a claim fails.
#include <algorithm>
#include <bit>
#include <cmath>
#include <random>
#include <set>

#include "answer/completions.h"
#include "prove/boxes.h"
#include "prove/plain.h"
#include "text/order.h"
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

bool is_good(Strength strength) { return strength == Strength::preferred || strength == Strength::option; }

class Prover {
 public:
  explicit Prover(const Engine& engine)
      : engine_(engine), guideline_(engine.guideline()), work_(engine.compiled()), compiler_(guideline_, work_.store, work_.level_of),
        not_equal_(work_.store), smallest_box_(work_.store), plain_(guideline_) {}

  ProofReport run() && {
    count_profiles();
    if (report_.profiles == 0) {
      finding(Severity::error, "incomplete", {0, 0, 0}, guideline_.id, "the constraints together allow no patient at all", "loosen them", {});
      return std::move(report_);
    }
    prove_complete();
    prove_free_of_conflicts();
    prove_reachable();
    prove_conditions_needed();
    prove_rules_needed();
    prove_questions_matter();
    prove_alerts_are_asked();
    sample();
    const std::vector<Ref> roots = [&] {
      std::vector<Ref> all;
      for (const auto& option : work_.options) all.push_back(option.root);
      return all;
    }();
    report_.nodes = diagram::count_nodes(work_.store, roots);
    if (work_.store.overflowed()) report_.doubts.push_back("the proofs need more diagram nodes than the engine's limit; what is said is incomplete");
    return std::move(report_);
  }

 private:
  using Function = CompiledGuideline::Function;

  // Of the profiles that pass the stops, those in which the condition is yes.
  Function patients(Ref condition) { return with_its_constraints(work_, compiler_, compiler_.both(compiler_.open(), condition)); }
  bool nobody(const Function& wanted) { return wanted.root == no || compiler_.both(wanted.root, wanted.allowed) == no; }
  bool nobody(Ref condition) { return condition == no || nobody(patients(condition)); }

  Finding& finding(Severity severity, std::string kind, Place place, std::string subject, std::string message, std::string remedy, std::vector<FactValues> counterexample) {
    report_.findings.push_back({severity, std::move(kind), place, std::move(subject), std::move(message), std::move(remedy), std::move(counterexample), {}});
    return report_.findings.back();
  }
  void claim(const char* kind, const std::string& subject, bool holds) { report_.claims.push_back({kind, subject, holds}); }

  std::vector<FactValues> smallest(const Function& wanted) { return to_facts(work_, smallest_box_(wanted.root, wanted.allowed)); }

  // Some complete profile with these facts, for the plain evaluator. What they leave open is free to meet the constraints.
  std::optional<Profile> complete(const std::vector<FactValues>& facts) {
    std::vector<ValueSet> values;
    for (const int fact : work_.fact_at) values.push_back(guideline_.facts[fact].all_values());
    for (const auto& fact : facts) values[work_.level_of[fact.fact]] = fact.values;
    for (const Ref part : work_.allowed) {
      Ref within = part;
      for (const int level : diagram::support(work_.store, part)) within = compiler_.both(within, work_.store.literal(level, values[level]));
      if (within == no) return std::nullopt;
      for (const auto& step : smallest_path(work_.store, within, yes)) values[step.level] &= step.values;
    }
    Profile profile(guideline_.facts.size());
    for (std::size_t level = 0; level < values.size(); ++level) profile[work_.fact_at[level]] = std::countr_zero(values[level]);
    return profile;
  }

  // The plain evaluator has the last word on a counterexample.
  template <class Shows>
  void confirm(const Finding& finding, Shows shows) {
    const auto profile = complete(finding.counterexample);
    if (profile && plain_.allowed(*profile) && shows(*profile)) ++report_.confirmed;
    else report_.doubts.push_back("the counterexample for " + finding.kind + " of '" + finding.subject + "' is not confirmed by the plain evaluator");
  }

  void count_profiles() {
    std::vector<std::vector<double>> alike;
    double all = 1;
    for (int level = 0; level < work_.store.levels(); ++level) {
      alike.emplace_back(work_.store.arity(level), 1.0);
      all *= work_.store.arity(level);
    }
    // The parts share no fact, so their shares of all profiles multiply.
    report_.profiles = all;
    for (const Ref part : work_.allowed) report_.profiles *= measure(work_.store, part, yes, alike) / all;
    report_.profiles = report_.profiles < 9e15 ? std::round(report_.profiles) : report_.profiles;
  }

  void prove_complete() {
    const Ref none_listed[] = {yes, no, no, no, no};
    for (std::size_t d = 0; d < guideline_.decisions.size(); ++d) {
      const Decision& decision = guideline_.decisions[d];
      if (!decision.complete) continue;
      std::vector<Ref> options;
      for (std::size_t o = 0; o < guideline_.options.size(); ++o)
        if (guideline_.options[o].decision == static_cast<int>(d)) options.push_back(work_.options[o].root);
      // Small diagrams first: an option for everybody settles it at once.
      std::vector<std::pair<std::size_t, Ref>> sized;
      for (const Ref root : options) sized.emplace_back(diagram::count_nodes(work_.store, {&root, 1}), root);
      text::put_in_order(sized);
      Ref nothing = compiler_.open();
      for (const auto& [size, root] : sized) {
        nothing = compiler_.both(nothing, diagram::replace_terminals(work_.store, root, none_listed));
        if (nothing == no) break;
      }
      const Function left_out = patients(nothing);
      const bool holds = nobody(left_out);
      claim("complete", decision.id, holds);
      if (holds) continue;
      auto& found = finding(Severity::error, "incomplete", decision.place, decision.id, "the decision '" + decision.id + "' claims to be complete, but some patients get no option",
                            "add a rule for them, or an option for everybody", smallest(left_out));
      found.vignette = vignette_yaml(guideline_, "no_option_of_" + decision.id, "A patient to whom no option of " + decision.id + " applies.", found.counterexample,
                                     {"states: {" + decision.id + ": settled}"});
      confirm(found, [&](const Profile& profile) {
        if (plain_.stopped(profile)) return false;
        const std::vector<Outcome> outcomes = plain_.outcomes(profile);
        for (std::size_t o = 0; o < guideline_.options.size(); ++o)
          if (guideline_.options[o].decision == static_cast<int>(d) && outcomes[o] != not_listed) return false;
        return true;
      });
    }
  }

  void prove_free_of_conflicts() {
    bool any = false;
    std::vector<std::vector<int>> offering(guideline_.options.size());
    for (std::size_t r = 0; r < guideline_.rules.size(); ++r)
      for (const auto& listing : guideline_.rules[r].listings)
        if (!guideline_.rules[r].lowers && is_good(listing.strength)) offering[listing.option].push_back(static_cast<int>(r));
    for (std::size_t b = 0; b < guideline_.rules.size(); ++b) {
      const Rule& bad = guideline_.rules[b];
      std::set<int> seen = {static_cast<int>(b)};
      for (const auto& avoided : bad.listings) {
        if (bad.lowers || avoided.strength != Strength::avoid) continue;
        for (const int a : offering[avoided.option]) {
          if (is_declared(bad, a) || !seen.insert(a).second) continue;
          const Function disagreeing = patients(compiler_.both(work_.rules[a].root, work_.rules[b].root));
          if (nobody(disagreeing)) continue;
          any = true;
          const Rule& good = guideline_.rules[a];
          const std::string& id = guideline_.options[avoided.option].id;
          auto& found = finding(Severity::error, "conflict", bad.place, bad.id, "for some patients '" + good.id + "' offers '" + id + "' and '" + bad.id + "' says to avoid it",
                                "narrow one of the rules, make '" + bad.id + "' a caution, or declare it with `overrides: [" + good.id + "]`", smallest(disagreeing));
          found.vignette = vignette_yaml(guideline_, "conflict_about_" + id, "Rules disagree about " + id + ".", found.counterexample, {"options: {" + id + ": avoid}"});
          confirm(found, [&](const Profile& profile) { return plain_.holds(good.when, profile) && plain_.holds(bad.when, profile) && !plain_.stopped(profile); });
        }
      }
    }
    claim("free of conflicts", guideline_.id, !any);
  }
  static bool is_declared(const Rule& rule, int other) { return std::find(rule.overrides.begin(), rule.overrides.end(), other) != rule.overrides.end(); }

  void prove_reachable() {
    bool all = true;
    const auto unreachable = [&](const char* kind, Place place, const std::string& id, std::string message, std::string remedy) {
      all = false;
      finding(Severity::error, kind, place, id, std::move(message), std::move(remedy), {});
    };
    dead_rules_.assign(guideline_.rules.size(), 0);
    for (std::size_t r = 0; r < guideline_.rules.size(); ++r)
      if (nobody(work_.rules[r].root)) {
        dead_rules_[r] = 1;
        const Rule& rule = guideline_.rules[r];
        unreachable("unreachable-rule", rule.place, rule.id, std::string("no patient can fulfil the ") + (rule.lowers ? "caution '" : "rule '") + rule.id + "' (" + condition_text(guideline_, rule.when) + ")",
                    "its condition contradicts itself, a stop or a constraint: mend or remove it");
      }
    const Ref listed[] = {no, yes, yes, yes, yes};
    for (std::size_t o = 0; o < guideline_.options.size(); ++o) {
      const Option& option = guideline_.options[o];
      if (nobody(diagram::replace_terminals(work_.store, work_.options[o].root, listed)))
        unreachable("unreachable-option", option.place, option.id, "no patient can get the option '" + option.id + "'", "add a rule that lists it for somebody, or remove it");
    }
    for (std::size_t a = 0; a < guideline_.alerts.size(); ++a) {
      if (nobody(work_.alerts[a]))
        unreachable("unreachable-alert", guideline_.alerts[a].place, guideline_.alerts[a].id, "no patient can fulfil the alert '" + guideline_.alerts[a].id + "'", "mend its condition or remove it");
    }
    for (std::size_t f = 0; f < guideline_.facts.size(); ++f)
      for (std::size_t v = 0; v < guideline_.facts[f].values.size(); ++v) {
        if (nobody(with_its_constraints(work_, compiler_, work_.store.literal(work_.level_of[f], ValueSet{1} << v))))
          unreachable("unreachable-value", guideline_.facts[f].place, guideline_.facts[f].id, "the constraints allow nobody to have '" + guideline_.facts[f].id + ": " + guideline_.facts[f].values[v].id + "'",
                      "loosen the constraint, or remove the value");
      }
    claim("all reachable", guideline_.id, all);
  }

  // ---- parts of conditions that follow from the rest ----

  struct Without {
    Condition condition;
    const Condition* part;
  };
  // The condition without one of its parts, for each part at any depth.
  static void leave_out(const Condition& condition, std::vector<Without>& out) {
    for (std::size_t i = 0; i < condition.parts.size(); ++i) {
      if (condition.parts.size() > 1) {
        Condition shorter = condition;
        shorter.parts.erase(shorter.parts.begin() + static_cast<std::ptrdiff_t>(i));
        out.push_back({std::move(shorter), &condition.parts[i]});
      }
      std::vector<Without> inner;
      leave_out(condition.parts[i], inner);
      for (auto& without : inner) {
        Condition whole = condition;
        whole.parts[i] = std::move(without.condition);
        out.push_back({std::move(whole), without.part});
      }
    }
  }

  static bool is_inside(const Condition* part, const Condition& whole) {
    return part == &whole || std::any_of(whole.parts.begin(), whole.parts.end(), [&](const Condition& inner) { return is_inside(part, inner); });
  }

  // Each part of `condition` that could be left out: `difference` says for whom the answer would change without it. What lies
  // inside a part already found is not named again.
  template <class Difference>
  bool parts_needed(const Condition& condition, const std::string& subject, Ref shown_by, Difference difference) {
    std::vector<Without> shorter;
    leave_out(condition, shorter);
    std::vector<const Condition*> idle;
    for (const auto& without : shorter) {
      if (std::any_of(idle.begin(), idle.end(), [&](const Condition* outer) { return is_inside(without.part, *outer); })) continue;
      if (!nobody(difference(without.condition))) continue;
      idle.push_back(without.part);
      finding(Severity::warning, "redundant-condition", without.part->place, subject,
              "in '" + subject + "' the part `" + condition_text(guideline_, *without.part) + "` changes nothing: the rest, the stops and the constraints already decide it", "leave it out", smallest(patients(shown_by)));
    }
    return idle.empty();
  }

  void prove_conditions_needed() {
    bool all = true;
    for (std::size_t r = 0; r < guideline_.rules.size(); ++r) {
      if (dead_rules_[r]) continue;
      const Ref root = work_.rules[r].root;
      all &= parts_needed(guideline_.rules[r].when, guideline_.rules[r].id, root, [&](const Condition& shorter) { return not_equal_(compiler_.condition(shorter), root); });
    }
    // A case of a derived name speaks of those whom no earlier case settles.
    for (const Derived& derived : guideline_.derived) {
      const std::vector<Ref> values = compiler_.values_of(derived);
      Ref rest = yes;
      for (std::size_t c = 0; c < derived.cases.size(); ++c) {
        const Ref when = compiler_.both(rest, compiler_.condition(derived.cases[c].when));
        if (!nobody(when))
          all &= parts_needed(derived.cases[c].when, derived.id, when, [&](const Condition& shorter) {
            Derived changed = derived;
            changed.cases[c].when = shorter;
            const std::vector<Ref> others = compiler_.values_of(changed);
            Ref difference = no;
            for (std::size_t v = 0; v < values.size(); ++v) difference = compiler_.either(difference, not_equal_(values[v], others[v]));
            return difference;
          });
        rest = compiler_.both(rest, compiler_.opposite(compiler_.condition(derived.cases[c].when)));
      }
    }
    claim("no redundant condition", guideline_.id, all);
  }

  void prove_rules_needed() {
    bool all = true;
    for (std::size_t r = 0; r < guideline_.rules.size(); ++r) {
      const Rule& rule = guideline_.rules[r];
      if (dead_rules_[r]) continue;
      Rule nothing = rule;
      nothing.listings.clear();
      bool needed = false;
      for (const auto& listing : rule.listings)
        needed = needed || !nobody(not_equal_(compiler_.option(listing.option, static_cast<int>(r), &nothing), work_.options[listing.option].root));
      if (needed) continue;
      all = false;
      const std::string other = covering(static_cast<int>(r));
      finding(Severity::warning, "covered-rule", rule.place, rule.id, std::string("the ") + (rule.lowers ? "caution '" : "rule '") + rule.id + "' changes no answer: " + (other.empty() ? "other rules together cover it" : "'" + other + "' covers it"),
              "remove it, or join its reason and sources to the other", smallest(patients(work_.rules[r].root)));
    }
    claim("every rule counts", guideline_.id, all);
  }
  // A single rule that says at least as much whenever this one holds.
  std::string covering(int r) {
    const Rule& rule = guideline_.rules[r];
    for (std::size_t other = 0; other < guideline_.rules.size(); ++other) {
      const Rule& wide = guideline_.rules[other];
      if (static_cast<int>(other) == r || wide.lowers != rule.lowers) continue;
      const bool lists_all = std::all_of(rule.listings.begin(), rule.listings.end(), [&](const Listing& mine) {
        return std::any_of(wide.listings.begin(), wide.listings.end(), [&](const Listing& its) { return its.option == mine.option && its.strength >= mine.strength; });
      });
      if (lists_all && nobody(compiler_.both(work_.rules[r].root, compiler_.opposite(work_.rules[other].root)))) return wide.id;
    }
    return {};
  }

  void prove_questions_matter() {
    answering::Completions everybody(engine_.compiled(), Answers(guideline_.facts.size()));
    std::vector<char> matters(guideline_.facts.size());
    // A wide option that stands in for a decision's others depends on no fact that they do not depend on.
    for (std::size_t o = 0; o < guideline_.options.size(); ++o) {
      const bool stands_in = guideline_.decisions[guideline_.options[o].decision].otherwise == static_cast<int>(o);
      if (stands_in && everybody.wider_than(engine_.compiled().options[o], answering::widest)) continue;
      for (const auto& touch : everybody.spread(everybody.restrict_to(engine_.compiled().options[o])).touches)
        if (touch.matters) matters[engine_.compiled().fact_at[touch.level]] = 1;
    }
    bool all = true;
    for (std::size_t f = 0; f < guideline_.facts.size(); ++f) {
      const Fact& fact = guideline_.facts[f];
      if (fact.alert_only || !fact.used || matters[f]) continue;
      all = false;
      finding(Severity::warning, "idle-question", fact.place, fact.id, "no answer to '" + fact.id + "' can change any option", "remove the fact, or the conditions that read it without effect", {});
    }
    claim("every question matters", guideline_.id, all);
  }

  // What only alerts read is never asked for the sake of options, so a group must ask it; an emergency is asked first.
  void prove_alerts_are_asked() {
    std::vector<const Group*> group_of(guideline_.facts.size());
    for (const auto& group : guideline_.groups)
      for (const auto& member : group.facts) group_of[member.fact] = &group;
    bool all = true;
    for (std::size_t a = 0; a < guideline_.alerts.size(); ++a) {
      const Alert& alert = guideline_.alerts[a];
      const Ref root = work_.alerts[a].root;
      for (const int level : diagram::support(work_.store, root)) {
        const int fact = work_.fact_at[level];
        const bool asked = group_of[fact] || !guideline_.facts[fact].alert_only;
        const bool asked_first = group_of[fact] && group_of[fact]->when == Group::When::first;
        if (asked && (asked_first || alert.urgency != Urgency::emergency)) continue;
        all = false;
        const std::string& id = guideline_.facts[fact].id;
        auto& found = finding(asked ? Severity::warning : Severity::error, asked ? "late-alert" : "missable-alert", alert.place, alert.id,
                              asked ? "the emergency '" + alert.id + "' rests on '" + id + "', which no group asks first" : "the alert '" + alert.id + "' rests on '" + id + "', which nobody is asked",
                              asked ? "put '" + id + "' into a group with `when: first`" : "put '" + id + "' into a group", nobody(work_.alerts[a]) ? std::vector<FactValues>{} : smallest(work_.alerts[a]));
        if (!nobody(work_.alerts[a])) confirm(found, [&](const Profile& profile) { return plain_.holds(alert.when, profile); });
      }
    }
    claim("no alert can be missed", guideline_.id, all);
  }

  // Random complete profiles, evaluated without diagrams, must agree with the claims that hold and with the diagrams.
  void sample() {
    std::mt19937_64 random(20261124);
    // So many profiles that a check at every keystroke stays quick: the report says how many they were.
    constexpr std::size_t most_profiles = 400, fewest_profiles = 25, most_rules_looked_at = 200'000;
    const std::size_t tries = std::clamp(most_rules_looked_at / std::max<std::size_t>(1, guideline_.rules.size()), fewest_profiles, most_profiles);
    for (std::size_t t = 0; t < tries; ++t) {
      Profile profile(guideline_.facts.size());
      std::vector<int> at_level(guideline_.facts.size());
      std::vector<Ref> within = work_.allowed;  // where the values so far lead in each part
      for (int level = 0; level < work_.store.levels(); ++level) {
        const int arity = work_.store.arity(level), part = work_.part_of[level];
        int value = static_cast<int>(random() % static_cast<unsigned>(arity));
        if (part >= 0 && work_.store.level(within[part]) == level) {
          Ref& node = within[part];
          while (work_.store.child(node, value) == no) value = (value + 1) % arity;
          node = work_.store.child(node, value);
        }
        at_level[level] = value;
        profile[work_.fact_at[level]] = value;
      }
      if (!agrees(profile, at_level)) return;
      ++report_.sampled;
    }
  }
  bool agrees(const Profile& profile, const std::vector<int>& at_level) {
    if (!plain_.allowed(profile)) {
      report_.doubts.push_back("the plain evaluator forbids a profile that the diagrams allow");
      return false;
    }
    std::vector<char> answered(guideline_.decisions.size());
    const std::vector<Outcome> outcomes = plain_.outcomes(profile);
    for (std::size_t o = 0; o < guideline_.options.size(); ++o) {
      Ref node = work_.options[o].root;
      while (node >= diagram::terminals) node = work_.store.child(node, at_level[work_.store.level(node)]);
      const Outcome outcome = outcomes[o];
      if (outcome != node) {
        report_.doubts.push_back("the plain evaluator and the diagrams disagree about '" + guideline_.options[o].id + "'");
        return false;
      }
      if (outcome != not_listed) answered[guideline_.options[o].decision] = 1;
    }
    for (const auto& claim : report_.claims)
      for (std::size_t d = 0; d < guideline_.decisions.size(); ++d)
        if (claim.kind == "complete" && claim.holds && claim.subject == guideline_.decisions[d].id && !answered[d] && !plain_.stopped(profile)) {
          report_.doubts.push_back("a random profile contradicts the completeness of '" + claim.subject + "'");
          return false;
        }
    return true;
  }

  const Engine& engine_;
  const Guideline& guideline_;
  CompiledGuideline work_;
  diagram::Compiler compiler_;
  diagram::Apply<NotEqual> not_equal_;
  SmallestBox smallest_box_;
  Plain plain_;
  std::vector<char> dead_rules_;
  ProofReport report_;
};

}  // namespace

ProofReport prove(const Engine& engine) { return Prover(engine).run(); }

}  // namespace waymark
