// The JSON that other people's tools rely on: its keys, their order, what may be null.
#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "differential/files.h"
#include "unit/prove/small_guideline.h"

using namespace waymark;
using namespace waymark::testing;
using Json = nlohmann::ordered_json;

namespace {

Json parsed(const std::string& text) {
  INFO(text.substr(0, 400));
  CHECK(text.find('\n') == std::string::npos);  // one answer, one line
  return Json::parse(text);
}

std::string keys(const Json& object) {
  std::string text;
  for (const auto& [key, value] : object.items()) text += (text.empty() ? "" : " ") + key;
  return text;
}

const Engine& essentials() {
  static const Engine engine = [] {
    Loaded loaded = load(files_of(WAYMARK_GUIDELINES_DIR "/essentials"));
    REQUIRE(loaded.engine);
    return std::move(*loaded.engine);
  }();
  return engine;
}

Json answer(const Engine& engine, const std::string& facts, const Wording& wording = {}) {
  const FactsRead read = read_facts(engine, facts);
  REQUIRE(read.answers);
  return parsed(answer_json(engine, engine.answer(*read.answers, wording.all), wording));
}

Engine with_everything() {
  return small_engine("m: m0 m1; x: p n; y: p q n", "e: a b z*",
                      "stops:\n  s0: {when: {m: m0}}\nconstraints:\n  c: {if: {x: p}, then: {y: [p, q]}}\n"
                      "alerts:\n  cord: {when: {y: n}, urgency: emergency}\nrules:\n  r: {when: {x: p}, preferred: a}\n  q: {when: {y: p}, option: b}\n"
                      "cautions:\n  k: {when: {y: q}, avoid: a}\n");
}

}  // namespace

TEST_CASE("an answer has the contract's keys in the contract's order") {
  const Json told = answer(with_everything(), R"({"x": "p", "m": ["m0", "m1"]})");
  CHECK(keys(told) == "waymark guideline facts alerts alert_facts stops decisions missing");
  CHECK(told["waymark"] == 1);
  CHECK(keys(told["guideline"]) == "id version status sha256");
  CHECK(told["facts"].dump() == R"({"m":["m0","m1"],"x":["p"]})");
  CHECK(keys(told["stops"][0]) == "id holds text sources");
  CHECK(told["stops"][0]["holds"] == "depends");
  REQUIRE(told["decisions"].size() == 1);
  CHECK(keys(told["decisions"][0]) == "id title state options");
  const Json& options = told["decisions"][0]["options"];
  REQUIRE(options.size() == 3);
  for (const auto& option : options) CHECK(keys(option) == "id title drugs classes applies strength strengths because depends_on checks rules sources text");
  CHECK(options[0].dump() ==
        R"({"id":"a","title":"T","drugs":[],"classes":[],"applies":"depends","strength":null,"strengths":["preferred","avoid"],"because":[],)"
        R"("depends_on":[{"fact":"m","values":["m1"]}],"checks":[{"fact":"y","values":["q"],"strength":"avoid"}],"rules":["r"],"sources":["s"],"text":"T"})");
  REQUIRE(told["missing"].size() == 2);
  int order = 1;
  for (const auto& missing : told["missing"]) {
    CHECK(keys(missing) == "fact ask_order changes weight");
    CHECK(missing["ask_order"] == order++);
    CHECK(missing["weight"].is_number_float());
    CHECK(missing["weight"] >= 0);
    CHECK(missing["weight"] <= 1);
  }
}

TEST_CASE("options that do not apply are told when they are asked for, with the reason") {
  const Engine engine = with_everything();
  CHECK(answer(engine, R"({"x": "n", "m": "m1", "y": "n"})")["decisions"][0]["options"].size() == 1);
  const Json all = answer(engine, R"({"x": "n", "m": "m1", "y": "n"})", {"", Audience::patient, true});
  REQUIRE(all["decisions"][0]["options"].size() == 3);
  const Json& no = all["decisions"][0]["options"][0];
  CHECK(keys(no) == "id title drugs classes applies strength strengths because depends_on checks why_not rules sources text");
  CHECK(no["applies"] == "no");
  CHECK(no["strength"].is_null());
  CHECK(no["why_not"].dump() == R"([{"fact":"x","values":["n"]}])");
  CHECK(keys(all["alerts"][0]) == "id urgency text sources");
  CHECK(all["alerts"][0]["urgency"] == "emergency");
}

TEST_CASE("a contradiction is told in the place of options") {
  const Json told = answer(with_everything(), R"({"x": "p", "y": "n", "m": "m1"})");
  CHECK(keys(told) == "waymark guideline facts contradiction alerts alert_facts stops decisions missing");
  CHECK(told["contradiction"].dump() == R"([{"fact":"x","values":["p"]},{"fact":"y","values":["n"]}])");
  CHECK(told["alerts"].size() == 1);
  CHECK(told["stops"].empty());
  CHECK(told["decisions"].empty());
  CHECK(told["missing"].empty());
}

TEST_CASE("what only alerts read is asked for once an answer to it would raise one") {
  const Engine engine = engine_of(small_guideline("x: p n; y: p n; z: p n", "e: a", "rules:\n  r: {when: {x: p}, option: a}\n") +
                                  "groups: {g: {title: T, each: [y, z]}}\n"
                                  "alerts: {both: {when: {x: p, y: p}, urgency: info, text: T, sources: s}, one: {when: {z: p}, urgency: urgent, text: T, sources: s}}\n");
  const auto asked = [&](const char* facts) { return answer(engine, facts)["alert_facts"].dump(); };
  CHECK(asked("{}") == R"(["z"])");
  CHECK(asked(R"({"x": "n"})") == R"(["z"])");
  CHECK(asked(R"({"x": "p"})") == R"(["y","z"])");
  CHECK(asked(R"({"x": "p", "y": "n"})") == R"(["z"])");
  CHECK(asked(R"({"x": "p", "y": "p", "z": "n"})") == "[]");
}

TEST_CASE("what a decision says where nothing applies comes with it") {
  const Json told = answer(essentials(), R"({"distant_metastasis": "m0"})");
  for (const auto& decision : told["decisions"]) {
    CHECK(keys(decision) == "id title state none options");
    CHECK(decision["state"] == "not_applicable");
    CHECK(decision["options"].empty());
  }
}

TEST_CASE("texts are those of the audience and the locale") {
  const auto title = [](const Wording& wording) { return answer(essentials(), "{}", wording)["decisions"][0]["title"].get<std::string>(); };
  const std::string patient = title({"", Audience::patient}), clinician = title({"", Audience::clinician}), spanish = title({"es", Audience::patient});
  CHECK(patient != clinician);
  CHECK(patient != spanish);
  CHECK(title({"en", Audience::patient}) == patient);
  CHECK(title({"xx", Audience::patient}) == patient);
}

TEST_CASE("text of every kind survives its way into JSON and back") {
  std::string yaml = small_guideline("x: p n", "e: a", "rules:\n  r: {when: {x: p}, option: a}\n");
  const std::string odd = R"(quote \" backslash \\ newline\n tab\t Sí 漢字 🎗 </script>)";
  yaml.replace(yaml.find("a: {decision: e, title: T"), 25, "a: {decision: e, title: \"" + odd + "\"");
  const Engine engine = engine_of(yaml);
  const std::string expected = "quote \" backslash \\ newline\n tab\t Sí 漢字 🎗 </script>";
  CHECK(answer(engine, "{}")["decisions"][0]["options"][0]["title"] == expected);
  CHECK(parsed(describe_json(engine, ""))["options"]["a"]["title"]["patient"] == expected);
}

TEST_CASE("a description has every key of its type, and null where a text is left out") {
  const Json told = parsed(describe_json(essentials(), "es"));
  CHECK(keys(told) == "waymark locale locales guideline approvals sources facts trials groups decisions options rules information question_guide");
  CHECK(told["locale"] == "es");
  CHECK(told["locales"].dump() == R"(["en","es"])");
  CHECK(keys(told["guideline"]) == "id version status sha256 date review_by title summary authors funding disclaimer changes");
  CHECK(told["approvals"].dump() == "[]");
  CHECK(keys(told["guideline"]["title"]) == "patient clinician");
  CHECK(keys(told["guideline"]["changes"][0]) == "version date text");
  for (const auto& [id, fact] : told["facts"].items()) {
    CHECK(keys(fact) == "title question help values partial not_known effort alert_only sources note");
    CHECK(keys(fact["values"][0]) == "id text");
  }
  for (const auto& decision : told["decisions"]) CHECK(keys(decision) == "id title about none otherwise besides sources");
  for (const auto& [id, option] : told["options"].items()) {
    CHECK(keys(option) == "decision title text drugs classes card trials approvals sources note");
    if (!option["note"].is_null()) CHECK(keys(option["note"]) == "text sources");
  }
  for (const auto& [id, rule] : told["rules"].items()) CHECK(keys(rule) == "text sources");
  CHECK(told["rules"].contains("not_stage_4"));  // stops too
  for (const auto& item : told["information"]) CHECK(keys(item) == "id title shown before text sources note");
  for (const auto& part : told["question_guide"]) CHECK(keys(part) == "id title questions sources");

  const Json plain = parsed(describe_json(with_everything(), "xx"));
  CHECK(plain["locale"] == "en");
  CHECK(plain["guideline"]["review_by"].is_null());
  CHECK(plain["facts"]["x"]["help"].is_null());
  CHECK(plain["facts"]["x"]["note"].is_null());
  CHECK(plain["decisions"][0]["about"].is_null());
  CHECK(plain["sources"].dump() == R"({"s":{"title":"T"}})");
}

TEST_CASE("trials and groups are described with numbers as they were written") {
  const Engine engine = engine_of(small_guideline("x: p n; y: p n", "e: a", "rules:\n  r: {when: {x: p}, option: a}\n") +
                                  "side_effects: {n: N}\ngroups: {g: {title: T, facts: {x: n}}, h: {title: T, when: in_turn, each: [y]}}\n"
                                  "trials: {t: {name: T, sources: s, population: P, arms: [{name: A, people: 10}], checked: part, results: {pfs_months: {treatment: 16.0, hr: 0.5, ci95: [0.40, 0.6]}}, side_effects: {n: {any: 7}}}}\n");
  const Json told = parsed(describe_json(engine, ""));
  const std::string raw = describe_json(engine, "");
  const Json& trial = told["trials"]["t"];
  CHECK(keys(trial) == "name population arms results side_effects stopped_percent checked note sources");
  CHECK(keys(trial["results"][0]) == "id what unit treatment control hr ci95_low ci95_high checked");
  CHECK(raw.find(R"("treatment":16.0,"control":null,"hr":0.5,"ci95_low":0.40,"ci95_high":0.6)") != std::string::npos);
  CHECK(trial["side_effects"][0]["any"].dump() == R"({"treatment":7,"control":null})");
  CHECK(trial["side_effects"][0]["severe"].dump() == R"({"treatment":null,"control":null})");
  CHECK(trial["checked"] == "part");
  CHECK(told["groups"][1].dump() == R"({"id":"h","title":{"patient":"T","clinician":"T"},"intro":null,"when":"in_turn","facts":[{"fact":"y","none":null}],"none_of_these":null})");
  CHECK(told["groups"][0].dump() == R"({"id":"g","title":{"patient":"T","clinician":"T"},"intro":null,"when":"last","facts":[{"fact":"x","none":"n"}],"none_of_these":null})");
}

TEST_CASE("issues and errors keep to their keys") {
  CHECK(issues_json({}) == "[]");
  CHECK(issues_json({{Severity::warning, "c", "f.yaml", 3, 4, "m", "r"}}) == R"([{"severity":"warning","code":"c","file":"f.yaml","line":3,"column":4,"message":"m","remedy":"r"}])");
  CHECK(issues_json({{Severity::error, "c", "f.yaml", 0, 0, "m", ""}}) == R"([{"severity":"error","code":"c","file":"f.yaml","line":0,"column":0,"message":"m"}])");
  CHECK(error_json({"m", "f", "v", "n"}) == R"({"error":{"message":"m","fact":"f","value":"v","nearest":"n"}})");
  CHECK(error_json({"m", "", "", ""}) == R"({"error":{"message":"m"}})");
}

TEST_CASE("codes of issues are words joined by hyphens") {
  // Tools select by them; a space once slipped in.
  const SourceText file{"a.yaml", small_guideline("x: p n", "e: a", "rules:\n  r: {when: {x: p}, option: [a, b]}\n") + "trials: {t: {name: T, sources: t, population: P, arms: [], checked: yes, side_effects: {n: {any: 7}}}}\n"};
  const Loaded loaded = load({&file, 1});
  CHECK(loaded.issues.size() == 3);
  for (const auto& issue : loaded.issues)
    for (const char c : issue.code) CHECK(((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'));
}

TEST_CASE("facts are read into sets of values") {
  const Engine engine = with_everything();
  struct Row {
    const char* json;
    Answers answers;
  };
  for (const auto& [json, answers] : {
           Row{"{}", {0, 0, 0}}, Row{R"({"x":"p"})", {0, 0b01, 0}}, Row{R"( { "y" : [ "n", "p" ] } )", {0, 0, 0b101}}, Row{R"({"y":["p","p"]})", {0, 0, 0b001}},
           Row{R"({"x":null,"y":["q"],"m":"m1"})", {0b10, 0, 0b010}}, Row{R"({"y":["p","q","n"]})", {0, 0, 0b111}}, Row{"\r\n{}\n", {0, 0, 0}}, Row{R"({"x":"\u0070"})", {0, 0b01, 0}},
       }) {
    INFO(json);
    const FactsRead read = read_facts(engine, json);
    REQUIRE(read.answers);
    CHECK(*read.answers == answers);
  }
}

TEST_CASE("numbers of profiles are exact while a number can be, then told in powers of ten") {
  const auto profiles = [](int facts, const std::string& values) {
    std::string vocabulary;
    for (int i = 0; i < facts; ++i) vocabulary += (i ? "; f" : "f") + std::to_string(i) + ":" + values;
    const Engine engine = small_engine(vocabulary, "d: o", "rules:\n  r: {when: always, option: o}\n");
    const std::string json = proof_json(engine, prove(engine));
    const auto from = json.find("\"profiles\":") + 11;
    return json.substr(from, json.find(',', from) - from);
  };
  const std::string two = " a b", ten = " a b c d e f g h i j";
  CHECK(profiles(52, two) == "4503599627370496");
  CHECK(profiles(53, two) == "9.01e15");
  CHECK(profiles(54, two) == "1.80e16");
  CHECK(profiles(16, ten) == "1.00e16");
  CHECK(profiles(93, two) == "9.90e27");
  CHECK(profiles(400, ten) == "1e300");
}
