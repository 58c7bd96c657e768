// Defects planted one at a time into small guidelines: each is found with the smallest counterexample, and nothing else is.
#include "unit/prove/small_guideline.h"

using namespace waymark;
using namespace waymark::testing;

namespace {

using Lines = std::vector<std::string>;

// "incomplete treat [er: negative]", one line a finding.
Lines findings(const std::string& facts, const std::string& options, const std::string& logic) {
  const Engine engine = small_engine(facts, options, logic);
  const ProofReport report = prove(engine);
  CHECK(report.doubts.empty());
  CHECK((report.sampled == 400 || report.profiles == 0));
  Lines lines;
  for (const auto& found : report.findings) {
    if (report.profiles > 0) CHECK(found.place.line > 0);
    CHECK_FALSE(found.message.empty());
    CHECK_FALSE(found.remedy.empty());
    lines.push_back(found.kind + " " + found.subject + " [" + in_words(engine.guideline().facts, found.counterexample) + "]");
  }
  return lines;
}

const std::string facts = "er: positive negative; her2: positive low zero; brca: yes no; crisis: yes no";

}  // namespace

// ---- a decision that claims to be complete and is not ----

TEST_CASE("planted: one value of one fact gets no option") {
  CHECK(findings(facts, "treat!: a", R"(
rules:
  r1: {when: {her2: [positive, low]}, preferred: a}
)") == Lines{"incomplete treat [her2: zero]"});
}

TEST_CASE("planted: two facts together get no option") {
  CHECK(findings(facts, "treat!: a b", R"(
rules:
  r1: {when: {er: positive}, preferred: a}
  r2: {when: {her2: positive}, preferred: b}
)") == Lines{"incomplete treat [er: negative, her2: low or zero]"});
}

TEST_CASE("planted: three facts together get no option") {
  CHECK(findings(facts, "treat!: a b c", R"(
rules:
  r1: {when: {er: positive}, preferred: a}
  r2: {when: {her2: [positive, low]}, preferred: b}
  r3: {when: {brca: yes}, preferred: c}
)") == Lines{"incomplete treat [er: negative, her2: zero, brca: no]"});
}

TEST_CASE("planted: the smallest gap is named although other facts are read more often") {
  CHECK(findings(facts, "treat!: a; care: b c", R"(
rules:
  r1: {when: {brca: yes, er: positive}, preferred: a}
  r2: {when: {brca: yes, her2: [positive, low]}, preferred: a}
  r3: {when: {er: positive, her2: zero, crisis: yes}, preferred: b}
  r4: {when: {er: negative, her2: low, crisis: no}, preferred: b}
  r5: {when: {er: negative, her2: positive, crisis: yes}, preferred: c}
  r6: {when: {er: positive, her2: [low, zero], crisis: no}, preferred: c}
)") == Lines{"incomplete treat [brca: no]"});
}

TEST_CASE("planted: the gap lies behind a stop") {
  CHECK(findings(facts, "treat!: a", R"(
stops:
  s1: {when: {er: negative}}
rules:
  r1: {when: {her2: [positive, low]}, preferred: a}
)") == Lines{"incomplete treat [er: positive, her2: zero]"});
}

TEST_CASE("planted: the gap leaves out whom the constraints forbid") {
  CHECK(findings(facts, "treat!: a b", R"(
constraints:
  c1: {if: {her2: positive}, then: {er: positive}}
rules:
  r1: {when: {er: positive}, preferred: a}
  r2: {when: {er: negative, her2: low}, preferred: b}
)") == Lines{"incomplete treat [er: negative, her2: zero]"});
}

TEST_CASE("planted: a constraint shortens the counterexample") {
  // Nobody with the mutation is in crisis, so "in crisis" is enough to say.
  CHECK(findings(facts, "treat!: a b", R"(
constraints:
  c1: {if: {crisis: yes}, then: {brca: no}}
rules:
  r1: {when: {crisis: no}, preferred: a}
  r2: {when: {brca: yes, her2: zero}, preferred: b}
)") == Lines{"incomplete treat [crisis: yes]"});
}

TEST_CASE("planted: one of two complete decisions has a gap") {
  CHECK(findings(facts, "treat!: a b; watch!: c", R"(
rules:
  r1: {when: {er: positive}, preferred: a}
  r2: {when: {er: negative}, preferred: b}
  r3: {when: {crisis: no}, preferred: c}
)") == Lines{"incomplete watch [crisis: yes]"});
}

TEST_CASE("planted: the constraints allow nobody") {
  CHECK(findings(facts, "treat!: a", R"(
constraints:
  c1: {never: {er: positive}}
  c2: {never: {er: negative}}
rules:
  r1: {when: {her2: zero}, preferred: a}
)") == Lines{"incomplete small []"});
}

// ---- rules that disagree ----

TEST_CASE("planted: one rule offers what another says to avoid") {
  CHECK(findings(facts, "treat: a", R"(
rules:
  r1: {when: {er: positive}, preferred: a}
  r2: {when: {her2: zero}, avoid: a}
)") == Lines{"conflict r2 [er: positive, her2: zero]"});
}

TEST_CASE("planted: a conflict of conditions with alternatives is shown by its fewest facts") {
  CHECK(findings(facts, "treat: a", R"(
rules:
  r1: {when: {any: [{brca: yes}, {er: positive, her2: positive}]}, option: a}
  r2: {when: {any: [{brca: yes}, {er: positive, her2: low}, {crisis: yes}]}, avoid: a}
)") == Lines{"conflict r2 [brca: yes]"});
}

TEST_CASE("planted: a conflict declared for one rule only") {
  CHECK(findings(facts, "treat: a", R"(
rules:
  r1: {when: {er: positive}, preferred: a}
  r2: {when: {brca: yes}, option: a}
  r3: {when: {her2: zero}, avoid: a, overrides: [r1]}
)") == Lines{"conflict r3 [her2: zero, brca: yes]"});
}

// ---- what nobody can reach ----

TEST_CASE("planted: a constraint forbids everyone that a rule speaks of") {
  CHECK(findings(facts, "treat: a", R"(
constraints:
  c1: {never: {er: positive, her2: zero}}
rules:
  r1: {when: {brca: yes}, preferred: a}
  r2: {when: {er: positive, her2: zero}, option: a}
  r3: {when: {er: negative, her2: low}, option: a}
)") == Lines{"unreachable-rule r2 []"});
}

TEST_CASE("planted: two constraints together forbid everyone that a rule speaks of") {
  CHECK(findings(facts, "treat: a", R"(
constraints:
  c1: {if: {er: positive}, then: {her2: [low, zero]}}
  c2: {if: {her2: [low, zero]}, then: {brca: no}}
rules:
  r1: {when: {crisis: yes}, preferred: a}
  r2: {when: {er: positive, brca: yes}, option: a}
)") == Lines{"unreachable-rule r2 []", "idle-question er []", "idle-question brca []"});
}

TEST_CASE("planted: a stop turns away everyone that a rule speaks of") {
  CHECK(findings(facts, "treat: a b", R"(
stops:
  s1: {when: {er: negative}}
rules:
  r1: {when: {her2: zero}, preferred: a}
  r2: {when: {er: negative, brca: yes}, option: a}
  r3: {when: {brca: yes}, option: b}
)") == Lines{"unreachable-rule r2 []"});
}

TEST_CASE("planted: a rule contradicts itself") {
  CHECK(findings(facts, "treat: a b", R"(
rules:
  r1: {when: {her2: zero}, preferred: a}
  r2: {when: {er: positive, all: [{er: negative}]}, option: a}
  r3: {when: {er: positive}, option: b}
)") == Lines{"unreachable-rule r2 []"});
}

TEST_CASE("planted: a rule needs a derived value that nobody has") {
  CHECK(findings(facts, "treat: a b", R"(
derived:
  kind: {cases: [{value: x, when: {er: positive}}, {value: y, when: {er: positive, her2: zero}}], otherwise: z}
rules:
  r1: {when: {kind: x}, preferred: a}
  r2: {when: {kind: y}, preferred: a}
  r3: {when: {her2: zero}, option: b}
)") == Lines{"unreachable-rule r2 []"});
}

TEST_CASE("planted: a caution that no patient can fulfil") {
  CHECK(findings(facts, "treat: a", R"(
constraints:
  c1: {never: {brca: yes, crisis: yes}}
rules:
  r1: {when: {her2: zero, brca: no}, preferred: a}
cautions:
  k1: {when: {brca: yes, crisis: yes}, avoid: a}
  k2: {when: {crisis: yes}, caution: a}
)") == Lines{"unreachable-rule k1 []"});
}

TEST_CASE("planted: an option that only an impossible rule lists") {
  CHECK(findings(facts, "treat: a b", R"(
constraints:
  c1: {never: {er: positive, her2: zero}}
rules:
  r1: {when: {er: positive}, preferred: a}
  r2: {when: {er: positive, her2: zero}, preferred: b}
  r3: {when: {her2: low}, option: a}
)") == Lines{"unreachable-rule r2 []", "unreachable-option b []"});
}

TEST_CASE("planted: the option for want of a better one is never wanted") {
  CHECK(findings(facts, "treat: a b c*", R"(
rules:
  r1: {when: {er: positive}, preferred: a}
  r2: {when: {er: negative}, option: b}
)") == Lines{"unreachable-option c []"});
}

TEST_CASE("planted: a value that the constraints take from everybody") {
  CHECK(findings(facts, "treat: a", R"(
constraints:
  c1: {if: {her2: zero}, then: {er: positive}}
  c2: {if: {her2: zero}, then: {er: negative}}
rules:
  r1: {when: {er: positive, her2: low}, preferred: a}
)") == Lines{"unreachable-value her2 []"});
}

TEST_CASE("planted: an alert for nobody") {
  CHECK(findings(facts, "treat: a", R"(
constraints:
  c1: {never: {er: positive, her2: zero}}
alerts:
  x1: {when: {er: positive, her2: zero}, urgency: urgent}
rules:
  r1: {when: {any: [{er: positive}, {her2: zero}]}, preferred: a}
)") == Lines{"unreachable-alert x1 []"});
}

// ---- conditions without effect ----

TEST_CASE("planted: a constraint already says one part of `all`") {
  CHECK(findings(facts, "treat: a b", R"(
constraints:
  c1: {if: {her2: positive}, then: {er: positive}}
rules:
  r1: {when: {her2: positive, er: positive, crisis: no}, preferred: a}
  r2: {when: {er: positive}, preferred: b}
)") == Lines{"redundant-condition r1 [her2: positive, crisis: no]"});
}

TEST_CASE("planted: a stop already says one part of `all`") {
  CHECK(findings(facts, "treat: a", R"(
stops:
  s1: {when: {er: negative}}
rules:
  r1: {when: {er: positive, her2: zero}, preferred: a}
)") == Lines{"redundant-condition r1 [er: positive, her2: zero]"});
}

TEST_CASE("planted: one alternative of `any` is inside another") {
  CHECK(findings(facts, "treat: a b", R"(
rules:
  r1: {when: {any: [{er: positive}, {er: positive, her2: zero}]}, preferred: a}
  r2: {when: {her2: zero}, preferred: b}
)") == Lines{"redundant-condition r1 [er: positive]"});
}

TEST_CASE("planted: a part inside `not` changes nothing") {
  CHECK(findings(facts, "treat: a b", R"(
rules:
  r1: {when: {her2: zero, not: {any: [{er: positive}, {er: positive, brca: yes}]}}, preferred: a}
  r2: {when: {brca: yes}, preferred: b}
)") == Lines{"redundant-condition r1 [er: negative, her2: zero]"});
}

TEST_CASE("planted: an alternative inside a derived name changes nothing") {
  CHECK(findings(facts, "treat: a b", R"(
derived:
  hormone: {when: {any: [{er: positive}, {er: positive, brca: yes}]}}
rules:
  r1: {when: {hormone: yes, her2: zero}, preferred: a}
  r2: {when: {brca: yes}, preferred: b}
)") == Lines{"redundant-condition hormone [er: positive]"});
}

TEST_CASE("planted: a later case of a derived name repeats what the earlier one settled") {
  CHECK(findings(facts, "treat: a b", R"(
derived:
  kind: {cases: [{value: x, when: {er: positive}}, {value: y, when: {er: negative, her2: zero}}], otherwise: z}
rules:
  r1: {when: {kind: x}, preferred: a}
  r2: {when: {kind: y}, preferred: b}
)") == Lines{"redundant-condition kind [er: negative, her2: zero]"});
}

TEST_CASE("planted: a part that a derived name already says") {
  CHECK(findings(facts, "treat: a", R"(
derived:
  hormone: {when: {er: positive, her2: [low, zero]}}
rules:
  r1: {when: {hormone: yes, her2: [low, zero], brca: yes}, preferred: a}
)") == Lines{"redundant-condition r1 [er: positive, her2: low or zero, brca: yes]"});
}

// ---- rules without effect ----

TEST_CASE("planted: a rule inside a wider one") {
  CHECK(findings(facts, "treat: a b", R"(
rules:
  r1: {when: {er: positive}, preferred: a}
  r2: {when: {er: positive, her2: zero}, preferred: a}
  r3: {when: {her2: zero}, preferred: b}
)") == Lines{"covered-rule r2 [er: positive, her2: zero]"});
}

TEST_CASE("planted: a rule covered by two others together") {
  const std::string logic = R"(
rules:
  r1: {when: {er: positive, her2: positive}, preferred: a}
  r2: {when: {er: positive, her2: low}, preferred: a}
  r3: {when: {er: positive, brca: yes, her2: [positive, low]}, preferred: a}
  r4: {when: {brca: yes}, preferred: b}
)";
  CHECK(findings(facts, "treat: a b", logic) == Lines{"covered-rule r3 [er: positive, her2: positive or low, brca: yes]"});
  const ProofReport report = prove(small_engine(facts, "treat: a b", logic));
  CHECK(report.findings.at(0).message.find("other rules together") != std::string::npos);
}

TEST_CASE("planted: the same rule twice") {
  CHECK(findings(facts, "treat: a", R"(
rules:
  r1: {when: {her2: [low, zero]}, preferred: a}
  r2: {when: {her2: {not: positive}}, preferred: a}
)") == Lines{"covered-rule r1 [her2: low or zero]", "covered-rule r2 [her2: low or zero]"});
}

TEST_CASE("planted: a rule less careful than another that always holds with it") {
  CHECK(findings(facts, "treat: a b", R"(
rules:
  r1: {when: {er: positive}, caution: a}
  r2: {when: {er: positive, brca: yes}, preferred: a}
  r3: {when: {brca: yes}, preferred: b}
)") == Lines{"covered-rule r2 [er: positive, brca: yes]"});
}

TEST_CASE("planted: a caution for an option that nobody has then") {
  CHECK(findings(facts, "treat: a b", R"(
rules:
  r1: {when: {er: positive}, preferred: a}
  r2: {when: {brca: yes}, preferred: b}
cautions:
  k1: {when: {er: negative, brca: yes}, avoid: a}
)") == Lines{"covered-rule k1 [er: negative, brca: yes]"});
}

TEST_CASE("planted: a caution that lowers nothing because the rule is as careful") {
  CHECK(findings(facts, "treat: a b", R"(
rules:
  r1: {when: {er: positive}, caution: a}
  r2: {when: {crisis: yes}, preferred: b}
cautions:
  k1: {when: {crisis: yes}, caution: a}
)") == Lines{"covered-rule k1 [crisis: yes]"});
}

// ---- questions and alerts ----

TEST_CASE("planted: a question whose answers all lead to the same") {
  CHECK(findings(facts, "treat: a b", R"(
rules:
  r1: {when: {brca: yes}, preferred: a}
  r2: {when: {brca: no}, preferred: a}
  r3: {when: {er: positive}, preferred: b}
)") == Lines{"idle-question brca []"});
}

TEST_CASE("planted: an alert on what nobody is asked") {
  CHECK(findings(facts, "treat: a", R"(
alerts:
  x1: {when: {crisis: yes}, urgency: urgent}
rules:
  r1: {when: {er: positive}, preferred: a}
)") == Lines{"missable-alert x1 [crisis: yes]"});
}

TEST_CASE("planted: an emergency that is asked last") {
  CHECK(findings(facts, "treat: a", R"(
groups:
  g: {title: T, when: last, facts: {crisis: no}}
alerts:
  x1: {when: {crisis: yes}, urgency: emergency}
rules:
  r1: {when: {er: positive}, preferred: a}
)") == Lines{"late-alert x1 [crisis: yes]"});
}

TEST_CASE("planted: several defects at once are told apart") {
  CHECK(findings(facts, "treat!: a b", R"(
alerts:
  x1: {when: {crisis: yes}, urgency: info}
rules:
  r1: {when: {er: positive}, preferred: a}
  r2: {when: {er: positive, her2: zero}, avoid: a}
  r3: {when: {brca: yes, all: [{brca: no}]}, option: a}
  r4: {when: {her2: low, er: negative}, preferred: b}
)") == Lines{"incomplete treat [er: negative, her2: positive or zero]", "conflict r2 [er: positive, her2: zero]", "unreachable-rule r3 []", "idle-question brca []",
             "missable-alert x1 [crisis: yes]"});
}

// ---- nothing is wrong ----

TEST_CASE("clean: nothing is reported of guidelines without defects") {
  const std::string clean[] = {R"(
rules:
  r1: {when: {er: positive}, preferred: a, option: b}
  r2: {when: {er: negative, her2: positive}, preferred: b}
  r3: {when: {er: negative, her2: [low, zero]}, option: [a, b]}
)",
                               R"(
constraints:
  c1: {if: {her2: positive}, then: {er: negative}}
rules:
  r1: {when: {her2: positive}, preferred: a}
  r2: {when: {er: positive}, preferred: b}
  r3: {when: {er: negative, her2: [low, zero], brca: yes}, option: a}
  r4: {when: {er: negative, her2: [low, zero], brca: no}, option: b}
)",
                               R"(
stops:
  s1: {when: {er: negative, her2: zero}}
rules:
  r1: {when: {er: positive}, preferred: a}
  r2: {when: {her2: [positive, low]}, preferred: b}
cautions:
  k1: {when: {crisis: yes}, avoid: b, caution: a}
)",
                               R"(
rules:
  r1: {when: always, preferred: a}
  r2: {when: {her2: zero}, avoid: a, overrides: [r1]}
  r3: {when: {er: positive, unless: {brca: yes, crisis: yes}}, option: b}
)",
                               R"(
groups:
  g: {title: T, when: first, facts: {crisis: no}}
alerts:
  x1: {when: {crisis: yes}, urgency: emergency}
  x2: {when: {brca: yes}, urgency: urgent}
derived:
  kind: {cases: [{value: x, when: {er: positive}}, {value: y, when: {her2: positive}}], otherwise: z}
rules:
  r1: {when: {kind: x}, preferred: a}
  r2: {when: {kind: y}, preferred: b}
  r3: {when: {kind: z, brca: yes}, option: a}
  r4: {when: {kind: z, brca: no}, option: b}
)"};
  for (const auto& logic : clean) {
    INFO(logic);
    CHECK(findings(facts, "treat!: a b", logic) == Lines{});
    const ProofReport report = prove(small_engine(facts, "treat!: a b", logic));
    for (const auto& claim : report.claims) CHECK(claim.holds);
  }
}

TEST_CASE("clean: a conflict that the constraints rule out is none") {
  CHECK(findings(facts, "treat: a", R"(
constraints:
  c1: {if: {her2: zero}, then: {er: negative}}
rules:
  r1: {when: {er: positive}, preferred: a}
  r2: {when: {her2: zero}, avoid: a}
)") == Lines{});
}

TEST_CASE("clean: an option for want of a better one makes a decision complete") {
  CHECK(findings(facts, "treat!: a b c*", R"(
rules:
  r1: {when: {er: positive}, preferred: a}
  r2: {when: {her2: positive}, option: b}
cautions:
  k1: {when: {crisis: yes}, avoid: b}
)") == Lines{});
}
