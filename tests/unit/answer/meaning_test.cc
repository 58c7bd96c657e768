// What an answer means, in small guidelines whose right answer can be read off. Each row is a sentence and an example of it.
#include <catch2/catch.hpp>

#include "unit/prove/small_guideline.h"

using namespace waymark;
using namespace waymark::testing;

namespace {

struct Example {
  const char* sentence;
  const char* facts;
  const char* options;
  const char* logic;
  const char* answers;  // JSON
  const char* expected;  // as told() writes it
};

std::string strengths(OutcomeSet set) {
  std::string text;
  for (const auto strength : {Strength::preferred, Strength::option, Strength::caution, Strength::avoid})
    if (set >> static_cast<int>(strength) & 1) text += (text.empty() ? "" : "|") + std::string(name_of(strength));
  return text;
}

// An answer in short lines, what is empty left out:
//   a yes preferred, because x: p / b depends option, on y: n / c no, because x: q / d yes preferred|avoid, check z: y -> avoid
std::string told(const Engine& engine, const Answer& answer) {
  const Guideline& guideline = engine.guideline();
  const auto facts = [&](const std::vector<FactValues>& list) { return in_words(guideline.facts, list); };
  std::string text;
  for (const int alert : answer.alerts) text += "alert " + guideline.alerts[alert].id + '\n';
  if (answer.contradiction) return text + "contradiction " + facts(*answer.contradiction) + '\n';
  for (const auto& stop : answer.stops) text += "stop " + guideline.stops[stop.stop].id + (stop.holds == Applies::yes ? "" : " depends") + '\n';
  for (std::size_t d = 0; d < answer.decisions.size(); ++d) {
    using State = DecisionAnswer::State;
    const State state = answer.decisions[d].state;
    text += guideline.decisions[d].id + (state == State::open ? " open\n" : state == State::settled ? " settled\n" : " not applicable\n");
    for (const auto& about : answer.decisions[d].options) {
      text += "  " + guideline.options[about.option].id + (about.applies == Applies::yes ? " yes" : about.applies == Applies::no ? " no" : " depends");
      if (about.strengths) text += " " + strengths(about.strengths);
      if (!about.because.empty()) text += ", because " + facts(about.because);
      if (!about.why_not.empty()) text += ", because " + facts(about.why_not);
      if (!about.depends_on.empty()) text += ", on " + facts(about.depends_on);
      for (const auto& check : about.checks) text += ", check " + facts({{check.fact, check.values}}) + " -> " + name_of(check.strength);
      text += '\n';
    }
  }
  std::vector<std::string> missing;
  for (const auto& fact : answer.missing) missing.push_back(guideline.facts[fact.fact].id);
  std::sort(missing.begin(), missing.end());
  for (const auto& fact : missing) text += (fact == missing.front() ? "missing " : " ") + fact;
  return missing.empty() ? text : text + '\n';
}

std::string trimmed(const std::string& text) {
  // The rows are written as raw strings that begin on a new line.
  return text.substr(0, 1) == "\n" ? text.substr(1) : text;
}

const Example examples[] = {
    {"silence means any value: an option of one value depends on the fact", "x: p n", "e: a", "rules:\n  r: {when: {x: p}, option: a}\n", "{}", R"(
e open
  a depends option, on x: p
missing x
)"},
    {"an answered value that the rule names makes the option certain, because of it", "x: p n", "e: a", "rules:\n  r: {when: {x: p}, option: a}\n", R"({"x": "p"})", R"(
e settled
  a yes option, because x: p
)"},
    {"another value makes the option fall away, because of it", "x: p n", "e: a", "rules:\n  r: {when: {x: p}, option: a}\n", R"({"x": "n"})", R"(
e not applicable
  a no, because x: n
)"},
    {"an answer may be a set: what all of its values agree on is certain", "x: p q n", "e: a", "rules:\n  r: {when: {x: [p, q]}, option: a}\n", R"({"x": ["p", "q"]})", R"(
e settled
  a yes option, because x: p or q
)"},
    {"what the values of a set do not agree on depends on the fact, although it was answered", "x: p q n", "e: a", "rules:\n  r: {when: {x: p}, option: a}\n", R"({"x": ["p", "q"]})", R"(
e open
  a depends option, on x: p
missing x
)"},
    {"null is no answer", "x: p n", "e: a", "rules:\n  r: {when: {x: p}, option: a}\n", R"({"x": null})", R"(
e open
  a depends option, on x: p
missing x
)"},
    {"all values together are no reason", "x: p n; y: p n", "e: a", "rules:\n  r: {when: {y: p}, option: a}\n", R"({"x": ["p", "n"], "y": "p"})", R"(
e settled
  a yes option, because y: p
)"},
    {"an option that a rule lists for everybody needs no reason", "x: p n", "e: a", "rules:\n  r: {when: always, preferred: a}\n", "{}", R"(
e settled
  a yes preferred
)"},
    {"two rules that together cover every value make the option certain without any answer", "x: p n", "e: a", "rules:\n  r: {when: {x: p}, option: a}\n  q: {when: {x: n}, option: a}\n", "{}", R"(
e settled
  a yes option
)"},
    {"of two strengths the more careful one wins", "x: p n", "e: a", "rules:\n  r: {when: always, preferred: a}\n  q: {when: {x: p}, caution: a}\n", R"({"x": "p"})", R"(
e settled
  a yes caution
)"},
    {"a strength that is still open keeps the decision open, and names what to check", "x: p n", "e: a", "rules:\n  r: {when: always, preferred: a}\n  q: {when: {x: p}, avoid: a}\n", "{}", R"(
e open
  a yes preferred|avoid, check x: p -> avoid
missing x
)"},
    {"a caution lowers what a rule lists", "x: p n; y: p n", "e: a", "rules:\n  r: {when: {x: p}, preferred: a}\ncautions:\n  k: {when: {y: p}, avoid: a}\n", R"({"x": "p", "y": "p"})", R"(
e settled
  a yes avoid, because x: p
)"},
    {"a caution lists nothing by itself", "x: p n; y: p n", "e: a", "rules:\n  r: {when: {x: p}, preferred: a}\ncautions:\n  k: {when: {y: p}, avoid: a}\n", R"({"x": "n", "y": "p"})", R"(
e not applicable
  a no, because x: n
)"},
    {"a caution makes nothing less careful than the rule said", "x: p n; y: p n", "e: a", "rules:\n  r: {when: {x: p}, avoid: a}\ncautions:\n  k: {when: {y: p}, caution: a}\n", R"({"x": "p", "y": "p"})", R"(
e settled
  a yes avoid, because x: p
)"},
    {"a caution that is not yet checked does not hide the option, nor let it look settled", "x: p n; y: p n", "e: a", "rules:\n  r: {when: {x: p}, preferred: a}\ncautions:\n  k: {when: {y: p}, caution: a}\n", R"({"x": "p"})", R"(
e open
  a yes preferred|caution, because x: p, check y: p -> caution
missing y
)"},
    {"a caution of an option that cannot apply is not worth asking about", "x: p n; y: p n", "e: a", "rules:\n  r: {when: {x: p}, preferred: a}\ncautions:\n  k: {when: {y: p}, caution: a}\n", R"({"x": "n"})", R"(
e not applicable
  a no, because x: n
)"},
    {"an option may depend on one fact while another decides its strength", "x: p n; y: p n", "e: a", "rules:\n  r: {when: {x: p}, preferred: a}\n  q: {when: {x: p, y: p}, avoid: a}\n", "{}", R"(
e open
  a depends preferred|avoid, on x: p, check y: p -> avoid
missing x y
)"},
    {"facts that lower the strength only together are all named", "x: p n; y: p n", "e: a", "rules:\n  r: {when: always, preferred: a}\n  q: {when: {x: p, y: p}, avoid: a}\n", "{}", R"(
e open
  a yes preferred|avoid, check x: p -> avoid, check y: p -> avoid
missing x y
)"},
    {"a fact that lowers further is named with each strength that it gives", "x: p q n", "e: a", "rules:\n  r: {when: always, preferred: a}\n  q: {when: {x: p}, avoid: a}\n  s: {when: {x: q}, caution: a}\n", "{}", R"(
e open
  a yes preferred|caution|avoid, check x: p -> avoid, check x: q -> caution
missing x
)"},
    {"the reason is as small as can be: what is not needed is left out", "x: p n; y: p n", "e: a", "rules:\n  r: {when: {any: [{x: p}, {y: p}]}, option: a}\n", R"({"x": "p", "y": "p"})", R"(
e settled
  a yes option, because x: p
)"},
    {"a reason of several facts names all of them", "x: p n; y: p n; z: p n", "e: a", "rules:\n  r: {when: {x: p, y: p}, option: a}\n", R"({"x": "p", "y": "p", "z": "p"})", R"(
e settled
  a yes option, because x: p, y: p
)"},
    {"a fact that no longer matters is not asked", "x: p n; y: p n", "e: a", "rules:\n  r: {when: {x: p, y: p}, option: a}\n", R"({"x": "n"})", R"(
e not applicable
  a no, because x: n
)"},
    {"unless excludes", "x: p n; y: p n", "e: a", "rules:\n  r: {when: {x: p, unless: {y: p}}, option: a}\n", R"({"x": "p"})", R"(
e open
  a depends option, on y: n
missing y
)"},
    {"not a value is any of the others", "x: p q n", "e: a", "rules:\n  r: {when: {x: {not: p}}, option: a}\n", R"({"x": ["q", "n"]})", R"(
e settled
  a yes option, because x: q or n
)"},
    {"not several values is any of the others", "x: p q n", "e: a", "rules:\n  r: {when: {x: {not: [p, q]}}, option: a}\n", R"({"x": "q"})", R"(
e not applicable
  a no, because x: q
)"},
    {"any and all nest", "x: p n; y: p n; z: p n", "e: a", "rules:\n  r: {when: {any: [{all: [{x: p}, {y: p}]}, {z: p, not: {x: p}}]}, option: a}\n", R"({"x": "n"})", R"(
e open
  a depends option, on z: p
missing z
)"},
    {"a derived name stands for its condition", "x: p n; y: p n", "e: a", "derived:\n  both: {when: {x: p, y: p}}\nrules:\n  r: {when: {both: no}, option: a}\n", R"({"y": "n"})", R"(
e settled
  a yes option, because y: n
)"},
    {"of the cases of a derived name the first that holds decides", "x: p n; y: p n", "e: a b c", "derived:\n  kind: {cases: [{value: one, when: {x: p}}, {value: two, when: {y: p}}], otherwise: three}\nrules:\n  r: {when: {kind: one}, option: a}\n  q: {when: {kind: two}, option: b}\n  s: {when: {kind: [three]}, option: c}\n", R"({"x": "p", "y": "p"})", R"(
e settled
  a yes option, because x: p
  b no, because x: p
  c no, because x: p
)"},
    {"a stop that holds leaves no option", "m: m0 m1; x: p n", "e: a", "stops:\n  s0: {when: {m: m0}}\nrules:\n  r: {when: {x: p}, option: a}\n", R"({"m": "m0", "x": "p"})", R"(
stop s0
e not applicable
  a no, because m: m0
)"},
    {"while a stop may hold nothing is certain", "m: m0 m1; x: p n", "e: a", "stops:\n  s0: {when: {m: m0}}\nrules:\n  r: {when: {x: p}, option: a}\n", R"({"x": "p"})", R"(
stop s0 depends
e open
  a depends option, on m: m1
missing m
)"},
    {"a stop that is excluded is part of the reason", "m: m0 m1; x: p n", "e: a", "stops:\n  s0: {when: {m: m0}}\nrules:\n  r: {when: {x: p}, option: a}\n", R"({"m": "m1", "x": "p"})", R"(
e settled
  a yes option, because m: m1, x: p
)"},
    {"constraints take away profiles that nobody has", "x: p n; y: p n", "e: a", "constraints:\n  c: {if: {x: p}, then: {y: p}}\nrules:\n  r: {when: {y: p}, option: a}\n", R"({"x": "p"})", R"(
e settled
  a yes option, because x: p
)"},
    {"a constraint works backwards too", "x: p n; y: p n", "e: a", "constraints:\n  c: {if: {x: p}, then: {y: p}}\nrules:\n  r: {when: {x: p}, option: a}\n", R"({"y": "n"})", R"(
e not applicable
  a no, because y: n
)"},
    {"what constraints make certain for everybody needs no reason", "x: p n; y: p n", "e: a", "constraints:\n  c: {never: {x: n}}\nrules:\n  r: {when: {x: p}, option: a}\n", "{}", R"(
e settled
  a yes option
)"},
    {"answers that no profile has together contradict each other, and the smallest such set is named", "x: p n; y: p n; z: p n", "e: a", "constraints:\n  c: {if: {x: p}, then: {y: p}}\nrules:\n  r: {when: {z: p}, option: a}\n", R"({"x": "p", "y": "n", "z": "p"})", R"(
contradiction x: p, y: n
)"},
    {"a contradiction may need sets of values", "x: p q n; y: p n", "e: a", "constraints:\n  c: {if: {x: {not: n}}, then: {y: p}}\nrules:\n  r: {when: {x: p}, option: a}\n", R"({"x": ["p", "q"], "y": "n"})", R"(
contradiction x: p or q, y: n
)"},
    {"where nobody fulfils the constraints no answer is to blame", "x: p n", "e: a", "constraints:\n  c: {never: {x: p}}\n  d: {never: {x: n}}\nrules:\n  r: {when: {x: p}, option: a}\n", R"({"x": "p"})", R"(
contradiction 
)"},
    {"two facts that go together are both worth asking", "x: p n; y: p n", "e: a", "constraints:\n  c: {if: {x: p}, then: {y: p}}\n  d: {if: {y: p}, then: {x: p}}\nrules:\n  r: {when: {x: p}, option: a}\n", "{}", R"(
e open
  a depends option, on x: p, y: p
missing x y
)"},
    {"facts that constraints tie so that none decides alone are worth asking together", "x: p n; y: p n; z: p n; w: p n", "e: a",
     "constraints:\n  c: {if: {x: p}, then: {y: p}}\n  d: {if: {y: p}, then: {x: p}}\n  f: {if: {z: p}, then: {w: p}}\n  g: {if: {w: p}, then: {z: p}}\nrules:\n  r: {when: {any: [{x: p, z: n}, {x: n, z: p}]}, option: a}\n", "{}", R"(
e open
  a depends option, on x: p or n, y: p or n, z: p or n, w: p or n
missing w x y z
)"},
    {"an alert shows when a value that was answered is enough", "x: p n; y: p n", "e: a", "alerts:\n  cord: {when: {x: p}, urgency: emergency}\nrules:\n  r: {when: {y: p}, option: a}\n", R"({"x": "p", "y": "n"})", R"(
alert cord
e not applicable
  a no, because y: n
)"},
    {"an alert never shows on silence", "x: p n; y: p n", "e: a", "alerts:\n  cord: {when: {x: p}, urgency: emergency}\nrules:\n  r: {when: {y: p}, option: a}\n", R"({"y": "n"})", R"(
e not applicable
  a no, because y: n
)"},
    {"an alert shows when one of several answered values is enough", "x: p q n; y: p n", "e: a", "alerts:\n  cord: {when: {x: p}, urgency: emergency}\nrules:\n  r: {when: {y: p}, option: a}\n", R"({"x": ["p", "q"], "y": "n"})", R"(
alert cord
e not applicable
  a no, because y: n
)"},
    {"an alert that needs two facts does not show on one", "x: p n; y: p n; z: p n", "e: a", "alerts:\n  cord: {when: {x: p, y: p}, urgency: emergency}\nrules:\n  r: {when: {z: p}, option: a}\n", R"({"x": "p", "z": "n"})", R"(
e not applicable
  a no, because z: n
)"},
    {"an alert does not show on what is not said", "x: p n; y: p n; z: p n", "e: a", "alerts:\n  cord: {when: {not: {x: p}}, urgency: emergency}\nrules:\n  r: {when: {z: p}, option: a}\n", R"({"z": "n"})", R"(
e not applicable
  a no, because z: n
)"},
    {"an alert shows in a contradiction and behind a stop too", "x: p n; y: p n; m: m0 m1", "e: a", "constraints:\n  c: {if: {x: p}, then: {y: p}}\nstops:\n  s0: {when: {m: m0}}\nalerts:\n  cord: {when: {m: m0, x: p}, urgency: emergency}\nrules:\n  r: {when: {x: p}, option: a}\n", R"({"x": "p", "y": "n", "m": "m0"})", R"(
alert cord
contradiction x: p, y: n
)"},
    {"a fact that alerts alone read is not missing", "x: p n; y: p n", "e: a", "alerts:\n  cord: {when: {x: p}, urgency: emergency}\nrules:\n  r: {when: {y: p}, option: a}\n", "{}", R"(
e open
  a depends option, on y: p
missing y
)"},
    {"otherwise stands in when nothing else is listed", "x: p n", "e: a z*", "rules:\n  r: {when: {x: p}, option: a}\n", R"({"x": "n"})", R"(
e settled
  a no, because x: n
  z yes option, because x: n
)"},
    {"otherwise stands in when everything else is at best a caution", "x: p n", "e: a b z*", "rules:\n  r: {when: {x: p}, caution: a, avoid: b}\n", "{}", R"(
e open
  a depends caution, on x: p
  b depends avoid, on x: p
  z yes option
missing x
)"},
    {"otherwise does not stand in beside an option", "x: p n", "e: a z*", "rules:\n  r: {when: {x: p}, option: a}\n", R"({"x": "p"})", R"(
e settled
  a yes option, because x: p
  z no, because x: p
)"},
    {"a caution brings otherwise back", "x: p n; y: p n", "e: a z*", "rules:\n  r: {when: {x: p}, preferred: a}\ncautions:\n  k: {when: {y: p}, avoid: a}\n", R"({"x": "p", "y": "p"})", R"(
e settled
  a yes avoid, because x: p
  z yes option, because y: p
)"},
    {"otherwise does not stand in behind a stop", "m: m0 m1; x: p n", "e: a z*", "stops:\n  s0: {when: {m: m0}}\nrules:\n  r: {when: {x: p}, option: a}\n", R"({"m": "m0"})", R"(
stop s0
e not applicable
  a no, because m: m0
  z no, because m: m0
)"},
    {"a decision is settled while another is open", "x: p n", "d: a; e: b", "rules:\n  r: {when: always, option: a}\n  q: {when: {x: p}, option: b}\n", "{}", R"(
d settled
  a yes option
e open
  b depends option, on x: p
missing x
)"},
};

}  // namespace

TEST_CASE("what answers mean") {
  for (const auto& example : examples) {
    const Engine engine = small_engine(example.facts, example.options, example.logic);
    const FactsRead facts = read_facts(engine, example.answers);
    INFO(example.sentence << "\n" << example.logic << example.answers);
    REQUIRE(facts.answers);
    CHECK(told(engine, engine.answer(*facts.answers, true)) == trimmed(example.expected));
  }
}

TEST_CASE("options that do not count beside `otherwise` leave it standing") {
  const Engine engine = engine_of(
      "guideline: {id: small, version: \"1\", status: draft, date: 2026-01-01, title: T, summary: T, authors: T, funding: T, disclaimer: T}\n"
      "sources: {s: {title: T}}\n"
      "facts: {x: {title: T, question: T, values: {p: P, n: N}, sources: s}}\n"
      "decisions: {e: {title: T, otherwise: {option: z, besides: [trial]}}}\n"
      "options:\n"
      "  a: {decision: e, title: T, text: T, sources: s}\n"
      "  trial: {decision: e, title: T, text: T, sources: s}\n"
      "  z: {decision: e, title: T, text: T, sources: s}\n"
      "rules:\n"
      "  r: {when: {x: p}, option: a, sources: s}\n"
      "  t: {when: always, preferred: trial, sources: s}\n");
  CHECK(told(engine, engine.answer({0b10}, true)) == "e settled\n  a no, because x: n\n  trial yes preferred\n  z yes option, because x: n\n");
  CHECK(told(engine, engine.answer({0b01}, true)) == "e settled\n  a yes option, because x: p\n  trial yes preferred\n  z no, because x: p\n");
}

TEST_CASE("selectors list every option of a drug, a class or a decision, but for those excepted") {
  const std::string base =
      "guideline: {id: small, version: \"1\", status: draft, date: 2026-01-01, title: T, summary: T, authors: T, funding: T, disclaimer: T}\n"
      "sources: {s: {title: T}}\n"
      "facts: {x: {title: T, question: T, values: {p: P, n: N}, sources: s}}\n"
      "decisions: {d: {title: T}, e: {title: T}}\n"
      "options:\n"
      "  a: {decision: d, title: T, text: T, drugs: [[letrozole, tamoxifen], [ribociclib]], classes: [serm, cdk46_inhibitor], sources: s}\n"
      "  b: {decision: d, title: T, text: T, drugs: [[ribociclib]], classes: [cdk46_inhibitor], sources: s}\n"
      "  c: {decision: e, title: T, text: T, classes: [surgery], sources: s}\n";
  struct Row {
    const char *rule, *listed;
  };
  for (const auto& [rule, listed] : {
           Row{"option: {drug: ribociclib}", "a=option b=option"}, Row{"option: {drug: tamoxifen}", "a=option"},
           Row{"option: {class: cdk46_inhibitor, except: a}", "b=option"}, Row{"preferred: {decision: d}", "a=preferred b=preferred"},
           Row{"preferred: [c, {decision: d, except: [b]}]", "c=preferred a=preferred"},
           Row{"preferred: {decision: d}, avoid: {drug: tamoxifen}", "a=avoid b=preferred"},
           Row{"preferred: [a], avoid: [{class: serm}, {class: surgery}]", "a=avoid c=avoid"},
       }) {
    const Engine engine = engine_of(base + "rules:\n  r: {when: {x: p}, " + rule + ", sources: s}\n");
    std::string found;
    for (const auto& listing : engine.guideline().rules[0].listings)
      found += (found.empty() ? "" : " ") + engine.guideline().options[listing.option].id + "=" + name_of(listing.strength);
    INFO(rule);
    CHECK(found == listed);
  }
}

TEST_CASE("an option tells the rules that list it and the cautions that surely hold") {
  const Engine engine = small_engine("x: p n; y: p n; z: p n", "e: a",
                                     "rules:\n  r: {when: {x: p}, option: a}\n  q: {when: {x: n}, preferred: a}\n  s: {when: {y: p}, caution: a}\n"
                                     "cautions:\n  k: {when: {y: p}, caution: a}\n  l: {when: {z: p}, avoid: a}\n");
  const auto rules = [&](const char* facts) {
    std::string text;
    const Answer answer = engine.answer(*read_facts(engine, facts).answers);
    for (const int rule : answer.decisions[0].options[0].rules) text += engine.guideline().rules[rule].id;
    return text;
  };
  CHECK(rules("{}") == "rqs");
  CHECK(rules(R"({"x": "p"})") == "rs");
  CHECK(rules(R"({"x": "p", "y": "n"})") == "r");
  CHECK(rules(R"({"x": "n", "y": "p"})") == "qsk");
  CHECK(rules(R"({"x": "n", "y": "p", "z": "p"})") == "qskl");
}

TEST_CASE("what is missing names the options that it can change, each fact once, with a weight from 0 to 1") {
  const Engine engine = small_engine("x: p n; y: p n; z: p n", "d: a b; e: c",
                                     "rules:\n  r: {when: {x: p}, option: [a, c]}\n  q: {when: {y: p}, option: [b, c]}\n  s: {when: {z: p}, caution: c}\n");
  const Answer answer = engine.answer(Answers(3));
  std::map<std::string, std::string> changes;
  for (const auto& missing : answer.missing) {
    CHECK(missing.weight > 0);
    CHECK(missing.weight <= 1);
    std::string text;
    for (const int option : missing.changes) text += engine.guideline().options[option].id;
    CHECK(changes.emplace(engine.guideline().facts[missing.fact].id, text).second);
  }
  CHECK(changes == std::map<std::string, std::string>{{"x", "ac"}, {"y", "bc"}, {"z", "c"}});
}

TEST_CASE("an engine may be shared and gives the same answer again") {
  const Engine engine = small_engine("x: p n; y: p n", "e: a b", "rules:\n  r: {when: {x: p}, option: a}\n  q: {when: {y: p}, preferred: b}\n");
  const Engine copy = engine;
  const std::string before = told(engine, engine.answer({0b01, 0}, true));
  CHECK(told(engine, engine.answer({0, 0b10}, true)) != before);
  CHECK(told(copy, copy.answer({0b01, 0}, true)) == before);
}
