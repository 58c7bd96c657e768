// Two guidelines compared: which patients get a different answer. Against a look at every profile of both.
#include <cmath>
#include <iostream>
#include <map>
#include <set>

#include "differential/random_guideline.h"
#include "reference/evaluator.h"
#include "unit/prove/small_guideline.h"

using namespace waymark;
using namespace waymark::testing;

namespace {

const char* outcome_name(Outcome outcome) { return outcome == not_listed ? "not_listed" : name_of(static_cast<Strength>(outcome)); }

using Lines = std::vector<std::string>;

// "a: not_listed -> preferred 0.25 [er: negative] [her2: zero, …]", one line a change.
Lines changes(const Engine& before, const Engine& after) {
  const DiffReport report = diff(before, after);
  CHECK(report.problem.empty());
  Lines lines;
  for (const auto& change : report.options) {
    std::ostringstream line;
    line << change.option << ": " << outcome_name(change.from) << " -> " << outcome_name(change.to) << " " << change.share;
    for (const auto& box : change.boxes) line << " [" << in_words(report.vocabulary, box.facts) << "]";
    lines.push_back(line.str());
  }
  CHECK(report.same_answers() == (lines.empty() && report.new_options.empty() && report.removed_options.empty()));
  return lines;
}

const std::string facts = "er: positive negative; her2: positive low zero; brca: yes no";

// What each guideline makes of a profile over the joint vocabulary; nothing where one of them knows nobody like that.
class Side {
 public:
  Side(const Guideline& guideline, const std::vector<Fact>& vocabulary) : guideline_(guideline), reference_(guideline) {
    for (const auto& fact : guideline.facts) {
      const auto at = std::find_if(vocabulary.begin(), vocabulary.end(), [&](const Fact& known) { return known.id == fact.id; });
      REQUIRE(at != vocabulary.end());
      fact_.push_back(static_cast<int>(at - vocabulary.begin()));
      std::vector<int> own(at->values.size(), -1);
      for (std::size_t v = 0; v < own.size(); ++v)
        for (std::size_t mine = 0; mine < fact.values.size(); ++mine)
          if (fact.values[mine].id == at->values[v].id) own[v] = static_cast<int>(mine);
      own_value_.push_back(std::move(own));
    }
  }
  std::optional<reference::Case> look(const std::vector<int>& joint) const {
    std::vector<int> profile;
    for (std::size_t f = 0; f < fact_.size(); ++f) {
      profile.push_back(own_value_[f][joint[fact_[f]]]);
      if (profile.back() < 0) return std::nullopt;
    }
    reference::Case seen = reference_.look_at(profile);
    if (!seen.allowed) return std::nullopt;
    return seen;
  }
  Outcome outcome(const reference::Case& seen, const std::string& option) const {
    const int index = guideline_.find_option(option);
    return index < 0 ? not_listed : seen.outcomes[index];
  }

 private:
  const Guideline& guideline_;
  reference::Evaluator reference_;
  std::vector<int> fact_;
  std::vector<std::vector<int>> own_value_;
};

// Compares the report with every profile; returns how many changed answers there are.
long check_against_every_profile(const Engine& before, const Engine& after) {
  const DiffReport report = diff(before, after);
  REQUIRE(report.problem.empty());
  const Side old_side(before.guideline(), report.vocabulary), new_side(after.guideline(), report.vocabulary);
  std::set<std::string> options;
  for (const auto& option : before.guideline().options) options.insert(option.id);
  for (const auto& option : after.guideline().options) options.insert(option.id);

  using Key = std::tuple<std::string, Outcome, Outcome>;
  std::map<Key, double> profiles, weights;
  double all = 0, all_weight = 0;
  long changed = 0;
  every_profile(report.vocabulary, [&](const std::vector<int>& profile) {
    const auto old_case = old_side.look(profile), new_case = new_side.look(profile);
    if (!old_case || !new_case) return;
    double weight = 1;
    for (std::size_t f = 0; f < profile.size(); ++f)
      if (!report.vocabulary[f].prevalence.empty()) weight *= report.vocabulary[f].prevalence[profile[f]];
    ++all;
    all_weight += weight;
    for (const auto& option : options) {
      const Outcome from = old_side.outcome(*old_case, option), to = new_side.outcome(*new_case, option);
      int boxes = 0;
      for (const auto& change : report.options)
        if (change.option == option && change.from == from && change.to == to)
          for (const auto& box : change.boxes) boxes += inside(box.facts, profile);
      // Disjoint, and together exactly those who get another answer.
      if (boxes != (from != to)) FAIL("an option's boxes hold a patient " << boxes << " times: " << option << " " << outcome_name(from) << " -> " << outcome_name(to));
      if (from == to) continue;
      ++changed;
      ++profiles[{option, from, to}];
      weights[{option, from, to}] += weight;
    }
  });
  CHECK(report.options.size() == profiles.size());
  for (const auto& change : report.options) {
    const Key key{change.option, change.from, change.to};
    CHECK(std::abs(change.share - profiles[key] / all) < 1e-9);
    if (all_weight > 0) CHECK(std::abs(change.weighted - weights[key] / all_weight) < 1e-9);
    double of_boxes = 0;
    for (const auto& box : change.boxes) of_boxes += box.share;
    CHECK(std::abs(of_boxes - change.share) < 1e-9);
  }
  return changed;
}

}  // namespace

TEST_CASE("diff: the same guideline twice") {
  const Engine engine = small_engine(facts, "treat: a b", "rules:\n  r1: {when: {er: positive}, preferred: a}\n  r2: {when: {brca: yes}, option: b}\n");
  CHECK(changes(engine, engine) == Lines{});
}

TEST_CASE("diff: rules rewritten without another meaning") {
  CHECK(changes(small_engine(facts, "treat: a", "rules:\n  r1: {when: {her2: [low, zero]}, preferred: a}\n"),
                small_engine(facts, "treat: a", "rules:\n  x: {when: {her2: low}, preferred: a}\n  y: {when: {not: {her2: [positive, low]}}, preferred: a}\n")) == Lines{});
}

TEST_CASE("diff: a narrower rule") {
  CHECK(changes(small_engine(facts, "treat: a", "rules:\n  r1: {when: {er: positive}, preferred: a}\n"),
                small_engine(facts, "treat: a", "rules:\n  r1: {when: {er: positive, her2: [low, zero]}, preferred: a}\n")) ==
        Lines{"a: preferred -> not_listed 0.166667 [er: positive, her2: positive]"});
}

TEST_CASE("diff: another strength, for whom it is another") {
  CHECK(changes(small_engine(facts, "treat: a", "rules:\n  r1: {when: {er: positive}, preferred: a}\n"),
                small_engine(facts, "treat: a", "rules:\n  r1: {when: {er: positive}, preferred: a}\ncautions:\n  k1: {when: {brca: yes}, avoid: a}\n")) ==
        Lines{"a: preferred -> avoid 0.25 [er: positive, brca: yes]"});
}

TEST_CASE("diff: two options change places") {
  CHECK(changes(small_engine(facts, "treat: a b", "rules:\n  r1: {when: {her2: zero}, preferred: a}\n  r2: {when: {her2: low}, preferred: b}\n"),
                small_engine(facts, "treat: a b", "rules:\n  r1: {when: {her2: zero}, preferred: b}\n  r2: {when: {her2: low}, preferred: a}\n")) ==
        Lines{"a: not_listed -> preferred 0.333333 [her2: low]", "a: preferred -> not_listed 0.333333 [her2: zero]",
              "b: not_listed -> preferred 0.333333 [her2: zero]", "b: preferred -> not_listed 0.333333 [her2: low]"});
}

TEST_CASE("diff: a new stop takes everything from whom it turns away") {
  CHECK(changes(small_engine(facts, "treat: a", "rules:\n  r1: {when: {her2: zero}, preferred: a}\n  r2: {when: {er: negative}, option: a}\n"),
                small_engine(facts, "treat: a", "stops:\n  s1: {when: {er: negative}}\nrules:\n  r1: {when: {her2: zero}, preferred: a}\n  r2: {when: {er: negative}, option: a}\n")) ==
        Lines{"a: option -> not_listed 0.5 [er: negative]"});
}

TEST_CASE("diff: shares are of those whom both guidelines know") {
  // The new guideline knows nobody who is positive in both, so of 10 profiles 2 change.
  CHECK(changes(small_engine(facts, "treat: a", "rules:\n  r1: {when: {her2: zero}, preferred: a}\n"),
                small_engine(facts, "treat: a", "constraints:\n  c1: {never: {er: positive, her2: positive}}\nrules:\n  r1: {when: {her2: zero, er: negative}, preferred: a}\n")) ==
        Lines{"a: preferred -> not_listed 0.2 [er: positive, her2: zero]"});
}

TEST_CASE("diff: new and removed facts, values and options are named") {
  const Engine before = small_engine("er: positive negative; her2: positive low zero; old: yes no", "treat: a b", "rules:\n  r1: {when: {her2: [low, zero]}, preferred: a}\n  r2: {when: {old: yes}, option: b}\n");
  const Engine after = small_engine("er: positive low_positive negative; her2: positive low; new: yes no", "treat: a c", "rules:\n  r1: {when: {her2: low}, preferred: a}\n  r2: {when: {new: yes}, option: c}\n");
  const DiffReport report = diff(before, after);
  CHECK(report.new_facts == Lines{"new"});
  CHECK(report.removed_facts == Lines{"old"});
  CHECK(report.new_values == Lines{"er: low_positive"});
  CHECK(report.removed_values == Lines{"her2: zero"});
  CHECK(report.new_options == Lines{"c"});
  CHECK(report.removed_options == Lines{"b"});
  CHECK(changes(before, after) == Lines{"c: not_listed -> option 0.5 [new: yes]", "b: option -> not_listed 0.5 [old: yes]"});
}

TEST_CASE("diff: prevalences weight the share") {
  const std::string before = small_guideline(facts, "treat: a", "rules:\n  r1: {when: {er: positive}, preferred: a}\n");
  std::string after = small_guideline(facts, "treat: a", "rules:\n  r1: {when: {er: positive, her2: [low, zero]}, preferred: a}\n");
  const std::string her2 = "her2: {title: T, question: T, sources: s, ";
  after.replace(after.find(her2), her2.size(), her2 + "prevalence: {values: {positive: 15, low: 60, zero: 25}, sources: s}, ");
  const DiffReport report = diff(engine_of(before), engine_of(after));
  REQUIRE(report.options.size() == 1);
  CHECK(report.options[0].share == Approx(1.0 / 6));
  CHECK(report.options[0].weighted == Approx(0.075));
}

TEST_CASE("diff: changed texts and sources are named") {
  const std::string before = small_guideline(facts, "treat: a", "rules:\n  r1: {when: {er: positive}, preferred: a}\n");
  std::string after = before;
  after.replace(after.find("s: {title: T}"), 13, "s: {title: U}");
  after.replace(after.find("text: T, sources: s}\n", after.find("options:")), 7, "text: U");
  const DiffReport report = diff(engine_of(before), engine_of(after));
  CHECK(report.same_answers());
  CHECK(report.changed_sources == Lines{"s"});
  CHECK(report.changed_texts == Lines{"options.a.text"});
}

TEST_CASE("diff: random pairs agree with a look at every profile") {
  long changed = 0;
  int pairs = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const std::string yaml = RandomGuideline(seed).yaml();
    const Engine before = engine_of(yaml);
    INFO("seed " << seed << "\n" << yaml);
    // A guideline with one rule less, and another guideline altogether.
    const std::size_t rule = yaml.find("\n  r1: ");
    if (rule != std::string::npos) {
      std::string fewer = yaml;
      fewer.erase(rule, fewer.find('\n', rule + 1) - rule);
      changed += check_against_every_profile(before, engine_of(fewer));
      ++pairs;
    }
    changed += check_against_every_profile(before, engine_of(RandomGuideline(seed + 100000).yaml()));
    ++pairs;
  }
  std::cout << "diff: " << pairs << " random pairs, " << changed << " changed answers, each in exactly one box\n";
}
