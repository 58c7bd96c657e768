// What is proved of guidelines made by chance, against a look at every profile that there is.
#include <algorithm>
#include <iostream>
#include <set>

#include "differential/random_guideline.h"
#include "reference/evaluator.h"
#include "unit/prove/small_guideline.h"
#include "waymark/packed.h"

using namespace waymark;
using namespace waymark::testing;
using reference::Case;

namespace {

using Shows = std::function<bool(const Case&)>;
using Lines = std::vector<std::string>;

// A condition without one of its parts, for each part at any depth; the path to the part tells which lies inside which.
struct Shorter {
  Condition condition;
  std::vector<std::size_t> path;
};
void leave_out(const Condition& condition, std::vector<std::size_t> path, const std::function<void(Condition, std::vector<std::size_t>)>& use) {
  for (std::size_t i = 0; i < condition.parts.size(); ++i) {
    auto here = path;
    here.push_back(i);
    if (condition.parts.size() > 1) {
      Condition shorter = condition;
      shorter.parts.erase(shorter.parts.begin() + static_cast<std::ptrdiff_t>(i));
      use(shorter, here);
    }
    leave_out(condition.parts[i], here, [&](Condition part, std::vector<std::size_t> inner) {
      Condition whole = condition;
      whole.parts[i] = std::move(part);
      use(std::move(whole), std::move(inner));
    });
  }
}

// The findings that there should be, by looking at each profile; each kind and subject with what its counterexample shows.
class Expected {
 public:
  explicit Expected(const Guideline& guideline) : guideline_(guideline), reference_(guideline) {
    every_profile(guideline.facts, [&](const std::vector<int>& profile) {
      Case seen = reference_.look_at(profile);
      const bool stopped = std::count(seen.stops.begin(), seen.stops.end(), true) > 0;
      if (seen.allowed) allowed_.push_back(seen);
      if (seen.allowed && !stopped) patients_.push_back(seen);
      all_.push_back(std::move(seen));
    });
  }

  const std::vector<Case>& allowed() const { return allowed_; }
  const std::vector<Case>& patients() const { return patients_; }
  struct Item {
    std::string kind, subject;
    Shows shows;  // empty: no counterexample
    bool among_all = false;  // the counterexample is anybody whom the constraints allow, not only who passes the stops
    std::string line() const { return kind + " " + subject; }
  };
  std::vector<Item> items;

  void collect() {
    incomplete();
    conflicts();
    unreachable();
    redundant();
    covered();
    idle();
    alerts();
  }

 private:
  bool some(const Shows& shows) const { return std::any_of(patients_.begin(), patients_.end(), shows); }
  void incomplete() {
    for (std::size_t d = 0; d < guideline_.decisions.size(); ++d) {
      if (!guideline_.decisions[d].complete) continue;
      const Shows nothing = [this, d](const Case& a) {
        for (std::size_t o = 0; o < guideline_.options.size(); ++o)
          if (guideline_.options[o].decision == static_cast<int>(d) && a.outcomes[o] != not_listed) return false;
        return true;
      };
      if (some(nothing)) items.push_back({"incomplete", guideline_.decisions[d].id, nothing});
    }
  }
  void conflicts() {
    for (std::size_t b = 0; b < guideline_.rules.size(); ++b)
      for (std::size_t a = 0; a < guideline_.rules.size(); ++a) {
        const Rule &good = guideline_.rules[a], &bad = guideline_.rules[b];
        if (a == b || good.lowers || bad.lowers || std::count(bad.overrides.begin(), bad.overrides.end(), static_cast<int>(a))) continue;
        bool disagree = false;
        for (const auto& offered : good.listings)
          for (const auto& avoided : bad.listings)
            disagree = disagree || (offered.option == avoided.option && offered.strength <= Strength::option && avoided.strength == Strength::avoid);
        const Shows both = [a, b](const Case& c) { return c.rules[a] && c.rules[b]; };
        if (disagree && some(both)) items.push_back({"conflict", bad.id, both});
      }
  }
  void unreachable() {
    for (std::size_t r = 0; r < guideline_.rules.size(); ++r)
      if (!some([&](const Case& a) { return a.rules[r]; })) items.push_back({"unreachable-rule", guideline_.rules[r].id, {}});
    for (std::size_t o = 0; o < guideline_.options.size(); ++o)
      if (!some([&](const Case& a) { return a.outcomes[o] != not_listed; })) items.push_back({"unreachable-option", guideline_.options[o].id, {}});
    for (const auto& alert : guideline_.alerts)
      if (std::none_of(allowed_.begin(), allowed_.end(), [&](const Case& a) { return reference_.holds(alert.when, a.profile); })) items.push_back({"unreachable-alert", alert.id, {}});
    for (std::size_t f = 0; f < guideline_.facts.size(); ++f)
      for (std::size_t v = 0; v < guideline_.facts[f].values.size(); ++v)
        if (std::none_of(allowed_.begin(), allowed_.end(), [&](const Case& a) { return a.profile[f] == static_cast<int>(v); })) items.push_back({"unreachable-value", guideline_.facts[f].id, {}});
  }
  bool dead(std::size_t rule) const {
    return !some([&](const Case& a) { return a.rules[rule]; });
  }
  void parts(const Condition& condition, const std::string& subject, const Shows& shows, const std::function<bool(const Condition&)>& same_without) {
    std::vector<std::vector<std::size_t>> found;
    leave_out(condition, {}, [&](const Condition& shorter, const std::vector<std::size_t>& path) {
      for (const auto& outer : found)
        if (outer.size() <= path.size() && std::equal(outer.begin(), outer.end(), path.begin())) return;
      if (!same_without(shorter)) return;
      found.push_back(path);
      items.push_back({"redundant-condition", subject, shows});
    });
  }
  int value(const Derived& derived, const Case& a) const {
    for (const auto& item : derived.cases)
      if (reference_.holds(item.when, a.profile)) return item.value;
    return derived.otherwise;
  }
  void redundant() {
    for (std::size_t r = 0; r < guideline_.rules.size(); ++r) {
      if (dead(r)) continue;
      parts(guideline_.rules[r].when, guideline_.rules[r].id, [r](const Case& a) { return a.rules[r]; },
            [&](const Condition& shorter) { return !some([&](const Case& a) { return reference_.holds(shorter, a.profile) != a.rules[r]; }); });
    }
    for (const auto& derived : guideline_.derived)
      for (std::size_t c = 0; c < derived.cases.size(); ++c) {
        const Shows reaches = [this, &derived, c](const Case& a) {
          for (std::size_t before = 0; before < c; ++before)
            if (reference_.holds(derived.cases[before].when, a.profile)) return false;
          return reference_.holds(derived.cases[c].when, a.profile);
        };
        if (!some(reaches)) continue;
        parts(derived.cases[c].when, derived.id, reaches, [&](const Condition& shorter) {
          Derived changed = derived;
          changed.cases[c].when = shorter;
          return !some([&](const Case& a) { return value(changed, a) != value(derived, a); });
        });
      }
  }
  void covered() {
    for (std::size_t r = 0; r < guideline_.rules.size(); ++r) {
      if (dead(r)) continue;
      Guideline without = guideline_;
      without.rules[r].listings.clear();
      const reference::Evaluator changed(without);
      if (!some([&](const Case& a) { return changed.look_at(a.profile).outcomes != a.outcomes; })) items.push_back({"covered-rule", guideline_.rules[r].id, [r](const Case& a) { return a.rules[r]; }});
    }
  }
  void idle() {
    const auto expected = reference_.expected(Answers(guideline_.facts.size()));
    for (std::size_t f = 0; f < guideline_.facts.size(); ++f)
      if (guideline_.facts[f].used && !guideline_.facts[f].alert_only && !expected.missing.contains(static_cast<int>(f))) items.push_back({"idle-question", guideline_.facts[f].id, {}});
  }
  // No group asks anything here, so what only alerts read is never asked and no emergency is asked first.
  void alerts() {
    for (const auto& alert : guideline_.alerts)
      for (std::size_t f = 0; f < guideline_.facts.size(); ++f) {
        const bool read = std::any_of(all_.begin(), all_.end(), [&](const Case& a) {
          auto other = a.profile;
          for (std::size_t v = 0; v < guideline_.facts[f].values.size(); ++v) {
            other[f] = static_cast<int>(v);
            if (reference_.holds(alert.when, other) != reference_.holds(alert.when, a.profile)) return true;
          }
          return false;
        });
        if (!read || (!guideline_.facts[f].alert_only && alert.urgency != Urgency::emergency)) continue;
        const Shows holds = [this, &alert](const Case& a) { return reference_.holds(alert.when, a.profile); };
        const bool possible = std::any_of(allowed_.begin(), allowed_.end(), holds);
        items.push_back({guideline_.facts[f].alert_only ? "missable-alert" : "late-alert", alert.id, possible ? holds : Shows{}, true});
      }
  }

  const Guideline& guideline_;
  mutable reference::Evaluator reference_;
  std::vector<Case> all_, allowed_, patients_;
};

// Whether some box with this many facts holds a case of `good` and no case of `bad`.
bool box_exists(const Guideline& guideline, const std::vector<const Case*>& good, const std::vector<const Case*>& bad, std::size_t first, int facts) {
  if (facts < 0 || good.empty()) return false;
  if (bad.empty()) return true;
  if (facts == 0) return false;
  for (std::size_t f = first; f < guideline.facts.size(); ++f)
    for (std::size_t v = 0; v < guideline.facts[f].values.size(); ++v) {
      const auto with = [&](const std::vector<const Case*>& cases) {
        std::vector<const Case*> left;
        for (const Case* a : cases)
          if (a->profile[f] == static_cast<int>(v)) left.push_back(a);
        return left;
      };
      if (box_exists(guideline, with(good), with(bad), f + 1, facts - 1)) return true;
    }
  return false;
}

}  // namespace

TEST_CASE("random guidelines: everything proved agrees with a look at every profile") {
  int found = 0, clean = 0, shown = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    std::string yaml = RandomGuideline(seed).yaml();
    // Half of the decisions claim to be complete.
    if (seed % 2 == 0) yaml.replace(yaml.find("  e0: {title: T"), 15, "  e0: {title: T, complete: yes");
    INFO("seed " << seed << "\n" << yaml);
    const Engine engine = engine_of(yaml);
    const Guideline& guideline = engine.guideline();
    Expected expected(guideline);
    const ProofReport report = prove(engine);
    for (const auto& doubt : report.doubts) UNSCOPED_INFO(doubt);
    CHECK(report.doubts.empty());
    CHECK(report.profiles == static_cast<double>(expected.allowed().size()));
    if (expected.allowed().empty()) continue;
    expected.collect();

    Lines engine_lines, expected_lines;
    for (const auto& finding : report.findings) engine_lines.push_back(finding.kind + " " + finding.subject);
    for (const auto& item : expected.items) expected_lines.push_back(item.line());
    std::sort(engine_lines.begin(), engine_lines.end());
    std::sort(expected_lines.begin(), expected_lines.end());
    REQUIRE(engine_lines == expected_lines);
    found += static_cast<int>(engine_lines.size());
    clean += engine_lines.empty();

    for (const auto& finding : report.findings) {
      INFO(finding.kind << " " << finding.subject << " [" << in_words(guideline.facts, finding.counterexample) << "]");
      bool right = false, shows_nothing = false;
      for (const auto& item : expected.items) {
        if (item.line() != finding.kind + " " + finding.subject) continue;
        if (!item.shows) {
          shows_nothing = true;
          continue;
        }
        std::vector<const Case*> good, bad;
        bool holds_somebody = false, holds_other = false;
        for (const Case& a : expected.allowed()) {
          const bool shows = item.shows(a) && (item.among_all || std::count(a.stops.begin(), a.stops.end(), true) == 0);
          (shows ? good : bad).push_back(&a);
          if (inside(finding.counterexample, a.profile)) (shows ? holds_somebody : holds_other) = true;
        }
        right = right || (holds_somebody && !holds_other &&
                          !box_exists(guideline, good, bad, 0, static_cast<int>(finding.counterexample.size()) - 1));
      }
      CHECK((right || (shows_nothing && finding.counterexample.empty())));
      shown += right;
    }
  }
  std::cout << "prove: " << found << " findings in 400 random guidelines (" << clean << " without any), " << shown << " smallest counterexamples\n";
  CHECK(found > 400);
}

TEST_CASE("random guidelines: the packed form agrees with the reference on every profile") {
  long profiles = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const Engine engine = engine_of(RandomGuideline(seed).yaml());
    const Guideline& guideline = engine.guideline();
    const reference::Evaluator reference(guideline);
    const auto packed = Packed::make(engine);
    REQUIRE(packed);
    every_profile(guideline.facts, [&](const std::vector<int>& profile) {
      const auto expected = reference.look_at(profile).outcomes;
      std::vector<Outcome> outcomes(guideline.options.size());
      for (const auto& listing : packed->outcomes().at(packed->outcome(packed->pack(profile)))) outcomes[listing.option] = static_cast<Outcome>(listing.strength);
      ++profiles;
      if (outcomes != expected) FAIL("seed " << seed);
    });
  }
  std::cout << "packed: " << profiles << " profiles, 0 differences\n";
}
