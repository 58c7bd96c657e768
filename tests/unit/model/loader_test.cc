// What is read from a guideline's files, section by section: every key arrives where the model has its place.
#include <catch2/catch.hpp>

#include <ctime>

#include "differential/chance.h"
#include "waymark/engine.h"

using namespace waymark;
using waymark::testing::Chance;

namespace {

const std::string whole = R"yaml(
guideline:
  id: whole
  version: "2026.1"
  status: approved
  date: 2026-11-24
  review_by: 2027-11-24
  language: en
  title: {patient: For you, clinician: For them}
  summary: One text for both
  authors: Authors
  funding: Nobody
  disclaimer: Not advice
  changes:
    - {version: "2026.1", date: 2026-11-24, text: First}
    - {version: "2026.0", date: 2026-02-28, text: Before}
sources:
  S12: {title: Source twelve, org: Org, kind: article, published: "2019", url: "https://example.org", doi: 10.1/x, pmid: "123", says: What it says}
  asco-2024_HR: {title: Guideline}
figures:
  survival: {value: 27.5, unit: percent, sources: [S12], checked: part, note: A note}
side_effects:
  neutropenia: {patient: Low white cells, clinician: Neutropenia}
trials:
  m2:
    name: MONALEESA-2
    sources: [S12]
    population: {patient: People, clinician: HR positive}
    arms: [{name: Ribociclib, people: 334}, {name: Placebo}]
    results:
      pfs_months: {treatment: 25.3, control: 16.0, hr: 0.568, ci95: [0.457, 0.704], checked: no}
      alive: {what: Alive at six years, unit: percent, treatment: 44.2}
    side_effects:
      neutropenia: {any: [74, 5], severe: [59, ~]}
    stopped_percent: {treatment: 7.5, control: 2.1}
    checked: yes
    note: Trial note
facts:
  her2:
    title: HER2
    question: {patient: "Is it?", clinician: "HER2?"}
    help: Help
    values: {positive: Yes it is, low: Low, zero: None}
    partial: [{values: [low, zero], text: Not positive}]
    not_known: Not tested
    effort: test
    prevalence: {values: {positive: 15, low: 60, zero: 25.5}, sources: [S12]}
    sources: [S12]
    note: {text: Newer, sources: [asco-2024_HR]}
  er: {title: ER, question: "ER?", values: {"yes": Y, "no": N}, effort: tell, sources: S12}
  cord: {title: Cord, question: "Cord?", values: {suspected: S, "no": N}, sources: S12}
groups:
  flags: {title: Flags, intro: Intro, when: first, none_of_these: None, facts: {cord: no, er: no}}
derived:
  open: {title: Open, when: {er: yes}}
  subtype: {cases: [{value: her2, when: {her2: positive}}, {value: hormone, when: {er: yes}}], otherwise: triple}
constraints:
  implied: {if: {her2: positive}, then: {er: no}, sources: S12}
  never_both: {never: {her2: low, er: yes}, sources: S12}
stops:
  stopped: {when: {her2: zero, er: no}, text: Stop, sources: S12}
alerts:
  cord_alert: {when: {cord: suspected}, urgency: emergency, text: Now, sources: S12}
decisions:
  treat: {title: Treat, about: About, none: None, complete: yes, otherwise: {option: other, besides: [trial]}, sources: [S12]}
options:
  pills:
    decision: treat
    title: Pills
    drugs: [[letrozole, anastrozole], [ribociclib]]
    classes: [aromatase_inhibitor, cdk46_inhibitor]
    text: "Helps {survival} of 100; {m2.pfs_months.treatment} months, {m2.pfs_months.treatment:round} or so"
    card: {needs: Needs, how_taken: Taken}
    trials: [m2]
    approvals: [{agency: FDA, date: 2017-03-13, text: Approved, sources: [S12], checked: yes}]
    sources: [S12]
    note: {text: Newer, sources: [asco-2024_HR]}
  trial: {decision: treat, title: Trial, text: T, classes: [clinical_trial], sources: S12}
  other: {decision: treat, title: Other, text: T, sources: S12}
rules:
  for_er: {when: {subtype: hormone}, preferred: pills, text: Because, sources: S12}
  for_all: {when: always, option: [trial], sources: S12}
  careful: {when: {open: no}, avoid: pills, overrides: for_er, sources: S12}
cautions:
  heart: {when: {er: yes, unless: {her2: zero}}, caution: {drug: ribociclib}, text: Heart, sources: S12}
information:
  survival: {title: Survival, shown: on_request, before: First, text: Text, sources: S12, note: {text: Newer, sources: S12}}
question_guide:
  about: {title: About, questions: ["What now?", {patient: "And then?", clinician: "Next?"}], sources: S12}
vignettes:
  case_one:
    text: A case
    facts: {her2: [low, zero]}
    expect:
      options: {pills: depends, trial: option, other: yes}
      absent: other
      only: {treat: [pills, trial]}
      alerts: [cord_alert]
      missing: er
      not_missing: [her2]
      first_question: er
      contradiction: [er, her2]
      states: {treat: open}
    sources: S12
)yaml";

Loaded read(const std::vector<SourceText>& files) { return load(files); }

std::string lines(const Loaded& loaded) {
  std::string text;
  for (const auto& issue : loaded.issues) text += to_line(issue) + '\n';
  return text;
}

Engine engine_of(const std::vector<SourceText>& files) {
  Loaded loaded = read(files);
  INFO(lines(loaded));
  REQUIRE(loaded.engine);
  return std::move(*loaded.engine);
}

std::string patient(const Guideline& guideline, TextId text, const std::string& locale = "") { return guideline.say(text, locale, Audience::patient); }
std::string clinician(const Guideline& guideline, TextId text, const std::string& locale = "") { return guideline.say(text, locale, Audience::clinician); }

// The smallest guideline, to which a test adds what it is about.
std::string small(const std::string& more) {
  return "guideline: {id: small, version: \"1\", status: draft, date: 2026-01-01, title: T, summary: T, authors: T, funding: T, disclaimer: T}\n"
         "sources: {s: {title: T}}\n"
         "facts: {x: {title: X, question: Q, values: {p: P, n: N}, sources: s}}\n"
         "decisions: {e: {title: E}}\n"
         "options: {a: {decision: e, title: A, text: T, sources: s}}\n"
         "rules: {r: {when: {x: p}, option: a, sources: s}}\n" + more;
}

}  // namespace

TEST_CASE("every section arrives whole in the model") {
  const Loaded loaded = read({{"whole.yaml", whole}});
  REQUIRE(loaded.engine);
  CHECK(lines(loaded) == "");
  const Guideline& g = loaded.engine->guideline();

  SECTION("the guideline's own page") {
    CHECK(g.id == "whole");
    CHECK(g.version == "2026.1");
    CHECK(g.status == "approved");
    CHECK(g.date == "2026-11-24");
    CHECK(g.review_by == "2027-11-24");
    CHECK(g.language == "en");
    CHECK(patient(g, g.title) == "For you");
    CHECK(clinician(g, g.title) == "For them");
    CHECK(patient(g, g.summary) == "One text for both");
    CHECK(clinician(g, g.summary) == "One text for both");
    CHECK(patient(g, g.authors) == "Authors");
    CHECK(patient(g, g.funding) == "Nobody");
    CHECK(patient(g, g.disclaimer) == "Not advice");
    REQUIRE(g.changes.size() == 2);
    CHECK(g.changes[1].version == "2026.0");
    CHECK(g.changes[1].date == "2026-02-28");
    CHECK(patient(g, g.changes[1].text) == "Before");
    CHECK(g.locales() == std::vector<std::string>{"en"});
    CHECK(g.sha256.size() == 64);
  }
  SECTION("sources and figures") {
    REQUIRE(g.sources.size() == 2);
    const Source& s = g.sources[0];
    CHECK(s.id + s.title + s.org + s.kind + s.published + s.url + s.doi + s.pmid == "S12Source twelveOrgarticle2019https://example.org10.1/x123");
    CHECK(patient(g, s.says) == "What it says");
    CHECK(g.sources[1].id == "asco-2024_HR");
    CHECK(g.sources[1].says == no_text);
    REQUIRE(g.figures.size() == 1);
    CHECK(g.figures[0].value + g.figures[0].unit == "27.5percent");
    CHECK(g.figures[0].checked == Figure::Checked::part);
    CHECK(g.figures[0].sources == SourceIds{0});
    CHECK(patient(g, g.figures[0].note) == "A note");
  }
  SECTION("what studies found") {
    REQUIRE(g.trials.size() == 1);
    const Trial& t = g.trials[0];
    CHECK(t.id + t.name == "m2MONALEESA-2");
    CHECK(clinician(g, t.population) == "HR positive");
    REQUIRE(t.arms.size() == 2);
    CHECK(t.arms[0].people == "334");
    CHECK(t.arms[1].people == "");
    CHECK(patient(g, t.arms[1].name) == "Placebo");
    REQUIRE(t.results.size() == 2);
    const TrialResult& pfs = t.results[0];
    CHECK(pfs.id + pfs.unit == "pfs_monthsmonths");
    CHECK(pfs.what == no_text);
    CHECK(pfs.value.treatment + " " + pfs.value.control + " " + pfs.hazard_ratio + " " + pfs.ci95_low + " " + pfs.ci95_high == "25.3 16.0 0.568 0.457 0.704");
    CHECK(pfs.checked == Figure::Checked::no);
    CHECK(patient(g, t.results[1].what) == "Alive at six years");
    CHECK(t.results[1].unit == "percent");
    CHECK(t.results[1].value.control == "");
    CHECK(t.results[1].checked == Figure::Checked::yes);  // the trial's
    REQUIRE(t.side_effects.size() == 1);
    CHECK(clinician(g, g.side_effects[t.side_effects[0].side_effect].text) == "Neutropenia");
    CHECK(t.side_effects[0].any.treatment + t.side_effects[0].any.control == "745");
    CHECK(t.side_effects[0].severe.treatment == "59");
    CHECK(t.side_effects[0].severe.control == "");
    CHECK(t.stopped_percent.treatment + " " + t.stopped_percent.control == "7.5 2.1");
    CHECK(patient(g, t.note) == "Trial note");
  }
  SECTION("facts and groups") {
    REQUIRE(g.facts.size() == 3);
    const Fact& her2 = g.facts[0];
    CHECK(her2.id == "her2");
    CHECK(clinician(g, her2.question) == "HER2?");
    CHECK(patient(g, her2.help) == "Help");
    CHECK(patient(g, her2.not_known) == "Not tested");
    REQUIRE(her2.values.size() == 3);
    CHECK(her2.values[1].id == "low");
    CHECK(patient(g, her2.values[2].text) == "None");
    REQUIRE(her2.partial.size() == 1);
    CHECK(her2.partial[0].values == 0b110);
    CHECK(patient(g, her2.partial[0].text) == "Not positive");
    CHECK(her2.effort == Effort::test);
    CHECK(her2.prevalence == std::vector<double>{15, 60, 25.5});
    REQUIRE(her2.note);
    CHECK(patient(g, her2.note->text) == "Newer");
    CHECK(her2.note->sources == SourceIds{1});
    CHECK(her2.all_values() == 0b111);
    CHECK(g.facts[1].effort == Effort::tell);
    CHECK(g.facts[2].effort == Effort::look_up);
    CHECK(g.facts[1].help == no_text);
    CHECK_FALSE(g.facts[1].alert_only);
    CHECK(g.facts[2].alert_only);
    CHECK(g.find_fact("cord") == 2);
    CHECK(g.find_fact("core") == -1);
    CHECK(g.value_names(0, 0b110) == "low or zero");
    REQUIRE(g.groups.size() == 1);
    CHECK(g.groups[0].when == Group::When::first);
    REQUIRE(g.groups[0].facts.size() == 2);
    CHECK(g.groups[0].facts[0].fact == 2);
    CHECK(g.groups[0].facts[0].none == 1);
    CHECK(patient(g, g.groups[0].none_of_these) == "None");
  }
  SECTION("derived names, constraints, stops and alerts") {
    REQUIRE(g.derived.size() == 2);
    CHECK(g.derived[0].values == std::vector<std::string>{"yes", "no"});
    CHECK(g.derived[0].otherwise == 1);
    CHECK(g.derived[1].values == std::vector<std::string>{"her2", "hormone", "triple"});
    CHECK(g.derived[1].cases.size() == 2);
    CHECK(g.derived[1].otherwise == 2);
    REQUIRE(g.constraints.size() == 2);
    CHECK(g.constraints[0].consequence.has_value());
    CHECK_FALSE(g.constraints[1].consequence.has_value());
    REQUIRE(g.stops.size() == 1);
    CHECK(condition_text(g, g.stops[0].when) == "her2: zero and er: no");
    REQUIRE(g.alerts.size() == 1);
    CHECK(g.alerts[0].urgency == Urgency::emergency);
    CHECK(patient(g, g.alerts[0].text) == "Now");
  }
  SECTION("decisions, options, rules and cautions") {
    REQUIRE(g.decisions.size() == 1);
    CHECK(g.decisions[0].complete);
    CHECK(g.decisions[0].otherwise == 2);
    CHECK(g.decisions[0].besides == std::vector<int>{1});
    CHECK(patient(g, g.decisions[0].about) + patient(g, g.decisions[0].none) == "AboutNone");
    REQUIRE(g.options.size() == 3);
    const Option& pills = g.options[0];
    CHECK(pills.drugs == std::vector<std::vector<std::string>>{{"letrozole", "anastrozole"}, {"ribociclib"}});
    CHECK(pills.classes == std::vector<std::string>{"aromatase_inhibitor", "cdk46_inhibitor"});
    REQUIRE(pills.card.size() == 2);
    CHECK(std::string(card_sections[pills.card[0].section]) == "how_taken");  // in the order of the card
    CHECK(patient(g, pills.card[1].text) == "Needs");
    CHECK(pills.trials == std::vector<int>{0});
    REQUIRE(pills.approvals.size() == 1);
    CHECK(pills.approvals[0].agency + pills.approvals[0].date == "FDA2017-03-13");
    CHECK(g.find_option("other") == 2);
    REQUIRE(g.rules.size() == 4);
    CHECK(g.rules[0].listings[0].strength == Strength::preferred);
    CHECK(g.rules[1].when.kind == Condition::Kind::always);
    CHECK(g.rules[2].overrides == std::vector<int>{0});
    CHECK(g.rules[3].lowers);
    CHECK(g.rules[3].listings.size() == 1);
    CHECK(condition_text(g, g.rules[3].when) == "er: yes and not (her2: zero)");
  }
  SECTION("what people read") {
    REQUIRE(g.information.size() == 1);
    CHECK(g.information[0].on_request);
    CHECK(patient(g, g.information[0].before) == "First");
    CHECK(g.information[0].note.has_value());
    REQUIRE(g.question_guide.size() == 1);
    REQUIRE(g.question_guide[0].questions.size() == 2);
    CHECK(clinician(g, g.question_guide[0].questions[1]) == "Next?");
  }
  SECTION("vignettes") {
    REQUIRE(g.vignettes.size() == 1);
    const Vignette& v = g.vignettes[0];
    CHECK(v.text == "A case");
    CHECK(v.facts == std::vector<std::pair<int, ValueSet>>{{0, 0b110}});
    REQUIRE(v.options.size() == 3);
    CHECK(v.options[0].kind == Vignette::ExpectedOption::Kind::depends);
    CHECK(v.options[1].strength == Strength::option);
    CHECK(v.options[2].kind == Vignette::ExpectedOption::Kind::yes);
    CHECK(v.absent == std::vector<int>{2});
    REQUIRE(v.only.size() == 1);
    CHECK(v.only[0].options == std::vector<int>{0, 1});
    CHECK(v.alerts == std::vector<int>{0});
    CHECK(v.missing == std::vector<int>{1});
    CHECK(v.not_missing == std::vector<int>{0});
    CHECK(v.first_question == 1);
    CHECK(v.contradiction == std::vector<int>{1, 0});
    CHECK(v.states.at(0).state == "open");
  }
  SECTION("numbers stand in texts as they were written, and rounded where that is asked") {
    CHECK(patient(g, g.options[0].text) == "Helps 27.5 of 100; 25.3 months, 25 or so");
  }
}

TEST_CASE("what may be left out may be left out") {
  const Engine engine = engine_of({{"small.yaml", small("")}});
  const Guideline& g = engine.guideline();
  CHECK(g.language == "en");
  CHECK(g.review_by == "");
  CHECK(g.facts[0].effort == Effort::look_up);
  CHECK(g.facts[0].prevalence.empty());
  CHECK_FALSE(g.facts[0].note);
  CHECK(g.decisions[0].otherwise == -1);
  CHECK_FALSE(g.decisions[0].complete);
  CHECK(g.rules[0].text == no_text);
  CHECK(g.options[0].drugs.empty());
}

TEST_CASE("one file, several documents and a folder of files give the same guideline") {
  const Engine one = engine_of({{"whole.yaml", whole}});
  std::string documents = whole;
  for (const char* section : {"\nfacts:", "\noptions:", "\nrules:", "\nvignettes:"}) documents.insert(documents.find(section) + 1, "---\n");
  const Engine several = engine_of({{"whole.yaml", documents}});
  const std::size_t cut = whole.find("\nfacts:"), last = whole.find("\nvignettes:");
  const Engine folder = engine_of({{"a.yaml", whole.substr(0, cut + 1)}, {"b.yaml", whole.substr(cut + 1, last - cut)}, {"vignettes/v.yaml", whole.substr(last + 1)}});
  // Where things stand and the digest differ, what is said does not.
  const auto without_digest = [](std::string text, const Engine& engine) {
    const auto at = text.find(engine.guideline().sha256);
    return text.erase(at, 64);
  };
  const std::string expected = without_digest(describe_json(one, ""), one);
  CHECK(without_digest(describe_json(several, ""), several) == expected);
  CHECK(without_digest(describe_json(folder, ""), folder) == expected);
  CHECK(folder.guideline().vignettes.size() == 1);
}

TEST_CASE("a section may be divided over files, and stays in the order of the files") {
  const Engine engine = engine_of({{"a.yaml", small("")}, {"b.yaml", "options: {b: {decision: e, title: B, text: T, sources: s}}\nrules: {q: {when: {x: n}, option: b, sources: s}}\n"}});
  REQUIRE(engine.guideline().options.size() == 2);
  CHECK(engine.guideline().options[1].id == "b");
  CHECK(engine.guideline().rules[1].id == "q");
}

TEST_CASE("a byte order mark and the line ends of Windows are taken as they are meant") {
  std::string windows = "\xEF\xBB\xBF";
  for (const char c : small("")) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const Engine engine = engine_of({{"small.yaml", windows}});
  CHECK(engine.guideline().id == "small");
  CHECK(engine.guideline().rules[0].place.line == 6);
}

TEST_CASE("the digest covers every file but the vignettes, names and bytes") {
  const auto digest = [](const std::vector<SourceText>& files) { return engine_of(files).guideline().sha256; };
  const SourceText base{"a.yaml", small("")};
  const std::string expected = digest({base});
  CHECK(digest({base}) == expected);
  CHECK(digest({base, {"vignettes/v.yaml", "vignettes: {v: {text: T, facts: {x: p}, expect: {options: {a: yes}}}}\n"}}) == expected);
  CHECK(digest({{"b.yaml", small("")}}) != expected);
  CHECK(digest({{"a.yaml", small("# a word\n")}}) != expected);
  CHECK(digest({base, {"b.yaml", "# nothing\nstops: {}\n"}}) != expected);
}

TEST_CASE("an approval says what it signs, and is itself no part of that") {
  const std::string key = "MCowBQYDK2VwAyEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", signature = std::string(86, 'A') + "==";
  const std::string entries = "approvals:\n  - {name: Ana, role: Doctor, organisation: \"O: P\", date: 2026-11-28, review_by: 2027-11-28, key: " + key + ", signature: " + signature +
                              "}\n  - {name: Bo, role: \"A=b\", date: 2026-11-29, review_by: 2026-11-29, key: " + key + ", signature: " + signature + "}\n";
  const Engine bare = engine_of({{"guideline.yaml", whole}}), signed_one = engine_of({{"approvals.yaml", entries}, {"guideline.yaml", whole}});
  const Guideline& g = signed_one.guideline();
  CHECK(bare.guideline().signed_approvals.empty());
  CHECK(g.sha256 == bare.guideline().sha256);
  REQUIRE(g.signed_approvals.size() == 2);
  const SignedApproval& first = g.signed_approvals[0];
  CHECK(first.signature == signature);
  CHECK(first.message == "waymark guideline approval 1\nsha256=" + g.sha256 + "\nname=Ana\nrole=Doctor\norganisation=O: P\ndate=2026-11-28\nreview_by=2027-11-28\nkey=" + key + "\n");
  CHECK(g.signed_approvals[1].message == "waymark guideline approval 1\nsha256=" + g.sha256 + "\nname=Bo\nrole=A=b\norganisation=\ndate=2026-11-29\nreview_by=2026-11-29\nkey=" + key + "\n");
}

TEST_CASE("figures follow the reader's language") {
  const std::string base = small(
      "figures: {share: {value: 27.5, unit: percent, checked: yes, sources: s}, whole: {value: 30, unit: percent, checked: yes, sources: s}, low: {value: -0.5, unit: percent, checked: yes, sources: s}}\n"
      "stops: {m: {when: {x: n}, text: {patient: \"{share} and {whole}, {low}, {share:round}\", clinician: \"{share} %\"}, sources: s}}\n");
  struct Row {
    const char *locale, *patient, *clinician;
  };
  for (const auto& [locale, told, to_clinician] : {
           Row{"en", "27.5 and 30, -0.5, 28", "27.5 %"}, Row{"es", "27,5 y 30, -0,5, 28", "27.5 %"}, Row{"pt-BR", "27,5 y 30, -0,5, 28", "27.5 %"}, Row{"zh", "27.5 y 30, -0.5, 28", "27.5 %"},
       }) {
    std::vector<SourceText> files = {{"a.yaml", base}};
    const std::string code = locale;
    if (code != "en")
      files.push_back({"locales/" + code + ".yaml", "locale: " + code +
                                                        "\nguideline: {title: T, summary: T, authors: T, funding: T, disclaimer: T}\nfacts: {x: {title: X, question: Q, values: {p: P, n: N}}}\n"
                                                        "decisions: {e: {title: E}}\noptions: {a: {title: A, text: T}}\nstops: {m: {text: {patient: \"{share} y {whole}, {low}, {share:round}\"}}}\n"});
    const Engine engine = engine_of(files);
    const Guideline& g = engine.guideline();
    INFO(locale);
    CHECK(patient(g, g.stops[0].text, locale) == told);
    CHECK(clinician(g, g.stops[0].text, locale) == to_clinician);  // not translated: the guideline's own language
  }
}

TEST_CASE("braces that name nothing stay as they are") {
  const Engine engine = engine_of({{"a.yaml", small("stops: {m: {when: {x: n}, text: \"{ } {a b} {} {a\", sources: s}}\n")}});
  CHECK(patient(engine.guideline(), engine.guideline().stops[0].text) == "{ } {a b} {} {a");
}

TEST_CASE("a guideline in one file keeps its translations in it") {
  const Engine engine = engine_of({{"a.yaml", small("locales:\n  es: {guideline: {title: Título, summary: T, authors: T, funding: T, disclaimer: T}, facts: {x: {title: X, question: Q, values: {p: Sí, n: No}}}, "
                                                    "decisions: {e: {title: E}}, options: {a: {title: A, text: T}}}\n")}});
  const Guideline& g = engine.guideline();
  CHECK(g.locales() == std::vector<std::string>{"en", "es"});
  CHECK(patient(g, g.title, "es") == "Título");
  CHECK(patient(g, g.title, "en") == "T");
  CHECK(patient(g, g.title, "fr") == "T");
  CHECK(patient(g, g.facts[0].values[0].text, "es") == "Sí");
}

TEST_CASE("a locale may be divided over files, and clinicians may be left the guideline's language") {
  const Engine engine = engine_of({{"a.yaml", small("stops: {m: {when: {x: n}, text: {patient: Stop, clinician: Halt}, sources: s}}\n")},
                                   {"locales/es-1.yaml", "locale: es\nguideline: {title: T, summary: T, authors: T, funding: T, disclaimer: T}\nfacts: {x: {title: X, question: Q, values: {p: P, n: N}}}\n"},
                                   {"locales/es-2.yaml", "locale: es\ndecisions: {e: {title: E}}\noptions: {a: {title: A, text: T}}\nstops: {m: {text: {patient: Alto}}}\n"}});
  const Guideline& g = engine.guideline();
  CHECK(patient(g, g.stops[0].text, "es") == "Alto");
  CHECK(clinician(g, g.stops[0].text, "es") == "Halt");
}

TEST_CASE("questions and changes are translated in their order") {
  const Engine engine = engine_of({{"a.yaml", small("question_guide: {q: {title: Q, questions: [One, Two], sources: s}}\n")},
                                   {"locales/es.yaml", "locale: es\nguideline: {title: T, summary: T, authors: T, funding: T, disclaimer: T}\nfacts: {x: {title: X, question: Q, values: {p: P, n: N}}}\n"
                                                       "decisions: {e: {title: E}}\noptions: {a: {title: A, text: T}}\nquestion_guide: {q: {title: P, questions: [Uno, Dos]}}\n"}});
  const Guideline& g = engine.guideline();
  CHECK(patient(g, g.question_guide[0].questions[1], "es") == "Dos");
}

TEST_CASE("no files at all, or a section with too many entries, are refused") {
  CHECK(lines(read({})) == "guideline: error: there is no file to read; give a guideline's folder or file\n");
  std::string many = "side_effects:\n";
  for (int i = 0; i < 1001; ++i) many += "  a" + std::to_string(i) + ": T\n";
  const Loaded loaded = read({{"a.yaml", small(many)}});
  CHECK_FALSE(loaded.engine);
  CHECK(lines(loaded) == "a.yaml:1008:3: error: 'side_effects' has more than 1000 entries; divide the guideline\n");
}

TEST_CASE("rules that no diagram of bearable size can hold are refused at the limit, not waited for") {
  // Chance alone ties every fact to every other, so no order of the facts helps.
  Chance chance(7);
  std::string text =
      "guideline: {id: g, version: \"1\", status: draft, date: 2026-01-01, title: T, summary: T, authors: T, funding: T, disclaimer: T}\n"
      "sources: {s: {title: T}}\nfacts:\n";
  for (int f = 0; f < 40; ++f) text += "  f" + std::to_string(f) + ": {title: T, question: T, values: {a: A, b: B}, sources: s}\n";
  text += "decisions: {d: {title: T}}\noptions: {o: {decision: d, title: T, text: T, sources: s}}\nrules:\n";
  for (int r = 0; r < 80; ++r) {
    text += "  r" + std::to_string(r) + ": {preferred: o, sources: s, when: {";
    for (int part = 0; part < 4; ++part)  // of four parts of the facts, so that no fact comes twice
      text += (part > 0 ? ", f" : "f") + std::to_string(10 * part + chance.below(10)) + (chance.percent(50) ? ": a" : ": b");
    text += "}}\n";
  }
  const Loaded loaded = read({{"a.yaml", text}});
  CHECK_FALSE(loaded.engine);
  CHECK(lines(loaded) ==
        "a.yaml: error: the rules depend on each other in more ways than 2000000 diagram nodes can hold; use derived names, or fewer facts in one rule\n");
}

TEST_CASE("guidelines of great size take no great time") {
  // What grows with the square of these would take minutes.
  std::string chain = "derived:\n  d0: {when: {x: p}}\n", unknown = "stops:\n  m: {when: {any: [", selections = "cautions:\n  k: {when: {x: n}, avoid: [";
  for (int i = 1; i < 1000; ++i) chain += "  d" + std::to_string(i) + ": {when: {d" + std::to_string(i - 1) + ": yes}}\n";
  for (int i = 0; i < 50'000; ++i) unknown += "{y: p}, ";
  for (int i = 0; i < 50'000; ++i) selections += "{decision: e}, ";
  const auto started = std::clock();
  CHECK(read({{"a.yaml", small(chain)}}).engine);
  CHECK_FALSE(read({{"a.yaml", small(unknown + "]}, text: T, sources: s}\n")}}).engine);
  CHECK(read({{"a.yaml", small(selections + "], text: T, sources: s}\n")}}).engine);
  CHECK(static_cast<double>(std::clock() - started) / CLOCKS_PER_SEC < 20);
}
