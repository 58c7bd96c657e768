// Written cases: what is known of a patient, and what the author expects.
#include "model/section.h"
#include "text/nearest.h"

namespace waymark::model {
namespace {

using Expected = Vignette::ExpectedOption;

void read_facts(Reader& reader, const yaml::Node& node, Vignette& vignette, const std::string& what) {
  if (!reader.is_map(node, "the facts of " + what)) return;
  for (const auto& entry : node.entries) {
    const int fact = reader.refer(yaml::Node{yaml::Node::Kind::scalar, entry.place, entry.key, {}, {}}, "fact", reader.facts);
    if (fact < 0) continue;
    if (const ValueSet values = reader.values_of(entry.value, entry.key, reader.value_ids(fact))) vignette.facts.emplace_back(fact, values);
  }
}

void read_options(Reader& reader, const yaml::Node& node, Vignette& vignette, const std::string& what) {
  if (!reader.is_map(node, "'options' of " + what)) return;
  constexpr std::string_view answers[] = {"yes", "no", "depends", "preferred", "option", "caution", "avoid"};
  for (const auto& entry : node.entries) {
    const int option = reader.refer(yaml::Node{yaml::Node::Kind::scalar, entry.place, entry.key, {}, {}}, "option", reader.options);
    const int choice = reader.choice(entry.value, "the expectation for '" + entry.key + "'", answers);
    if (option < 0 || choice < 0) continue;
    Expected expected{option, Expected::Kind::strength};
    if (choice == 0) expected.kind = Expected::Kind::yes;
    else if (choice == 1) expected.kind = Expected::Kind::no;
    else if (choice == 2) expected.kind = Expected::Kind::depends;
    else expected.strength = static_cast<Strength>(choice - 2);
    vignette.options.push_back(expected);
  }
}

void read_expectations(Reader& reader, const yaml::Node& node, Vignette& vignette, const std::string& what) {
  if (!reader.is_map(node, "'expect' of " + what)) return;
  reader.known_keys(node, "'expect' of " + what, {"options", "absent", "only", "alerts", "missing", "not_missing", "first_question", "contradiction", "states"});
  if (node.entries.empty()) reader.issues.error(node.place, "expects-nothing", what + " expects nothing", "say which options should apply");
  if (const yaml::Node* options = node.find("options")) read_options(reader, *options, vignette, what);
  if (const yaml::Node* absent = node.find("absent")) vignette.absent = reader.refer_all(*absent, "option", reader.options);
  if (const yaml::Node* only = node.find("only"); only && reader.is_map(*only, "'only' of " + what))
    for (const auto& entry : only->entries)
      if (const int decision = reader.refer(yaml::Node{yaml::Node::Kind::scalar, entry.place, entry.key, {}, {}}, "decision", reader.decisions); decision >= 0)
        vignette.only.push_back({decision, reader.refer_all(entry.value, "option", reader.options)});
  if (const yaml::Node* alerts = node.find("alerts")) vignette.alerts = reader.refer_all(*alerts, "alert", reader.alerts);
  if (const yaml::Node* missing = node.find("missing")) vignette.missing = reader.refer_all(*missing, "fact", reader.facts);
  if (const yaml::Node* missing = node.find("not_missing")) vignette.not_missing = reader.refer_all(*missing, "fact", reader.facts);
  if (const yaml::Node* first = node.find("first_question")) vignette.first_question = reader.refer(*first, "fact", reader.facts);
  if (const yaml::Node* contradiction = node.find("contradiction")) vignette.contradiction = reader.refer_all(*contradiction, "fact", reader.facts);
  if (const yaml::Node* states = node.find("states"); states && reader.is_map(*states, "'states' of " + what))
    for (const auto& entry : states->entries) {
      const int decision = reader.refer(yaml::Node{yaml::Node::Kind::scalar, entry.place, entry.key, {}, {}}, "decision", reader.decisions);
      const int state = reader.choice(entry.value, "the state of '" + entry.key + "'", {"open", "settled", "not_applicable"});
      if (decision >= 0 && state >= 0) vignette.states.push_back({decision, entry.value.scalar});
    }
}

}  // namespace

void read_vignettes(Reader& reader, const Sections& sections) {
  each(reader, sections, "vignettes", "vignette", reader.vignettes, [&](const yaml::Entry& entry) {
    const std::string what = title_of("vignette", entry.key);
    if (!reader.is_map(entry.value, what)) return;
    reader.known_keys(entry.value, what, {"text", "facts", "expect", "sources"});
    Vignette vignette;
    vignette.id = entry.key;
    vignette.place = entry.place;
    if (const yaml::Node* text = reader.required(entry.value, "text", what)) vignette.text = reader.word(*text, "the text of " + what);
    if (const yaml::Node* facts = reader.required(entry.value, "facts", what)) read_facts(reader, *facts, vignette, what);
    if (const yaml::Node* expect = reader.required(entry.value, "expect", what)) read_expectations(reader, *expect, vignette, what);
    vignette.sources = reader.source_list(entry.value, what, Reader::Need::optional);
    reader.guideline.vignettes.push_back(std::move(vignette));
  });
}

}  // namespace waymark::model
