// What decides: stops, alerts, decisions, options, rules and cautions.
#include <algorithm>

#include "model/section.h"
#include "text/nearest.h"
#include "text/order.h"

namespace waymark::model {
namespace {

using Need = Reader::Need;

constexpr std::string_view option_classes[] = {
    "aromatase_inhibitor", "serm", "serd", "ovarian_suppression", "cdk46_inhibitor", "mtor_inhibitor", "pi3k_inhibitor",
    "akt_inhibitor", "parp_inhibitor", "anti_her2_antibody", "her2_tki", "antibody_drug_conjugate", "immunotherapy",
    "chemotherapy", "trk_inhibitor", "ret_inhibitor", "bone_modifying_agent", "radiotherapy", "surgery", "palliative_care",
    "clinical_trial", "monitoring"};

void read_stop(Reader& reader, const yaml::Entry& entry) {
  const std::string what = title_of("stop", entry.key);
  if (!reader.is_map(entry.value, what)) return;
  reader.known_keys(entry.value, what, {"when", "text", "sources"});
  Stop stop{.id = entry.key, .when = {}, .sources = {}, .place = entry.place};
  if (const yaml::Node* when = reader.required(entry.value, "when", what)) stop.when = read_condition(reader, *when, what);
  stop.text = reader.text(entry.value, "text", "stops." + entry.key, what, Need::required);
  stop.sources = reader.source_list(entry.value, what, Need::required);
  reader.guideline.stops.push_back(std::move(stop));
}

void read_alert(Reader& reader, const yaml::Entry& entry) {
  const std::string what = title_of("alert", entry.key);
  if (!reader.is_map(entry.value, what)) return;
  reader.known_keys(entry.value, what, {"when", "urgency", "text", "sources"});
  Alert alert{.id = entry.key, .when = {}, .sources = {}, .place = entry.place};
  if (const yaml::Node* when = reader.required(entry.value, "when", what)) alert.when = read_condition(reader, *when, what);
  if (const yaml::Node* urgency = reader.required(entry.value, "urgency", what)) {
    const int choice = reader.choice(*urgency, "'urgency' of " + what, {"emergency", "urgent", "info"});
    if (choice >= 0) alert.urgency = static_cast<Urgency>(choice);
  }
  alert.text = reader.text(entry.value, "text", "alerts." + entry.key, what, Need::required);
  alert.sources = reader.source_list(entry.value, what, Need::required);
  reader.guideline.alerts.push_back(std::move(alert));
}

void read_decision(Reader& reader, int index, const yaml::Entry& entry) {
  Decision& decision = reader.guideline.decisions[index];
  const std::string what = title_of("decision", entry.key), path = "decisions." + entry.key;
  const yaml::Node& body = entry.value;
  reader.known_keys(body, what, {"title", "about", "complete", "none", "otherwise", "sources"});
  decision.title = reader.text(body, "title", path, what, Need::required);
  decision.about = reader.text(body, "about", path, what, Need::optional);
  decision.none = reader.text(body, "none", path, what, Need::optional);
  decision.sources = reader.source_list(body, what, Need::optional);
  if (const yaml::Node* complete = body.find("complete")) decision.complete = reader.yes_no(*complete, "'complete' of " + what);
  if (const yaml::Node* otherwise = body.find("otherwise"); otherwise && reader.is_map(*otherwise, "'otherwise' of " + what)) {
    reader.known_keys(*otherwise, "'otherwise' of " + what, {"option", "besides"});
    if (const yaml::Node* option = reader.required(*otherwise, "option", "'otherwise' of " + what))
      decision.otherwise = reader.refer(*option, "option", reader.options);
    if (const yaml::Node* besides = otherwise->find("besides")) decision.besides = reader.refer_all(*besides, "option", reader.options);
    if (decision.otherwise >= 0 && reader.guideline.options[decision.otherwise].decision != index)
      reader.issues.error(otherwise->place, "wrong-decision", "'otherwise' of " + what + " names an option of another decision", "name one of its own");
  }
}

void read_drugs(Reader& reader, const yaml::Node& node, Option& option, const std::string& what) {
  if (!reader.is_list(node, "the drugs of " + what)) return;
  for (const auto& choice : node.items) {
    std::vector<std::string> names;
    if (!choice.is_list())
      reader.issues.error(choice.place, "drugs-not-lists", "the drugs of " + what + " must be lists inside a list", "write `[[letrozole, anastrozole], [ribociclib]]`: each inner list is a choice of one");
    else
      for (const auto& drug : choice.items)
        if (std::string name = reader.word(drug, "a drug of " + what); !name.empty()) names.push_back(std::move(name));
    if (!names.empty()) option.drugs.push_back(std::move(names));
  }
}

void read_approvals(Reader& reader, const yaml::Node& node, Option& option, const std::string& path, const std::string& what) {
  if (!reader.is_list(node, "the approvals of " + what)) return;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const yaml::Node& item = node.items[i];
    const std::string name = "an approval of " + what;
    if (!reader.is_map(item, name)) continue;
    reader.known_keys(item, name, {"agency", "date", "text", "sources", "checked"});
    Approval approval;
    if (const yaml::Node* agency = reader.required(item, "agency", name)) approval.agency = reader.word(*agency, "the agency of " + name);
    if (const yaml::Node* date = reader.required(item, "date", name)) approval.date = reader.word(*date, "the date of " + name);
    approval.text = reader.text(item, "text", path + ".approvals." + std::to_string(i), name, Need::required);
    approval.sources = reader.source_list(item, name, Need::required);
    reader.required(item, "checked", name);
    approval.checked = reader.checked(item, name, Figure::Checked::no);
    option.approvals.push_back(std::move(approval));
  }
}

void read_option(Reader& reader, int index, const yaml::Entry& entry) {
  Option& option = reader.guideline.options[index];
  const std::string what = title_of("option", entry.key), path = "options." + entry.key;
  const yaml::Node& body = entry.value;
  reader.known_keys(body, what, {"decision", "title", "drugs", "classes", "text", "card", "trials", "approvals", "sources", "note"});
  if (const yaml::Node* decision = reader.required(body, "decision", what)) option.decision = reader.refer(*decision, "decision", reader.decisions);
  option.title = reader.text(body, "title", path, what, Need::required);
  option.text = reader.text(body, "text", path, what, Need::required);
  if (const yaml::Node* drugs = body.find("drugs")) read_drugs(reader, *drugs, option, what);
  if (const yaml::Node* classes = body.find("classes"); classes && reader.is_list(*classes, "the classes of " + what))
    for (const auto& item : classes->items)
      if (const int choice = reader.choice(item, "a class of " + what, option_classes); choice >= 0) option.classes.emplace_back(option_classes[choice]);
  if (const yaml::Node* card = body.find("card"); card && reader.is_map(*card, "the card of " + what)) {
    reader.known_keys(*card, "the card of " + what, card_sections);
    for (std::size_t i = 0; i < std::size(card_sections); ++i)
      if (const TextId text = reader.text(*card, card_sections[i], path + ".card", "the card of " + what, Need::optional); text != no_text)
        option.card.push_back({static_cast<int>(i), text});
  }
  if (const yaml::Node* trials = body.find("trials"))
    option.trials = reader.refer_all(*trials, "trial", reader.trials);
  if (const yaml::Node* approvals = body.find("approvals")) read_approvals(reader, *approvals, option, path, what);
  option.sources = reader.source_list(body, what, Need::required);
  option.note = reader.note(body, path, what);
}

std::vector<int> select(Reader& reader, const yaml::Node& node) {
  if (!node.is_map()) {
    const int option = reader.refer(node, "option", reader.options);
    return option < 0 ? std::vector<int>{} : std::vector<int>{option};
  }
  constexpr std::string_view keys[] = {"drug", "class", "decision", "except"};
  reader.known_keys(node, "a selection of options", keys);
  const auto known = [&](const yaml::Entry& entry) { return std::find(std::begin(keys), std::end(keys), entry.key) != std::end(keys); };
  if (!std::all_of(node.entries.begin(), node.entries.end(), known)) return {};
  const yaml::Node *drug = node.find("drug"), *cls = node.find("class"), *decision = node.find("decision");
  if ((drug != nullptr) + (cls != nullptr) + (decision != nullptr) != 1) {
    reader.issues.error(node.place, "bad-selection", "a selection of options needs one of `drug`, `class` or `decision`", "write an option's id, or `{drug: ribociclib}`");
    return {};
  }
  const std::string wanted = reader.word(drug ? *drug : cls ? *cls : *decision, "a selection of options");
  std::vector<int> except;
  if (const yaml::Node* list = node.find("except")) except = reader.refer_all(*list, "option", reader.options);
  std::vector<int> found;
  bool excepted = false;
  const auto& options = reader.guideline.options;
  for (int i = 0; i < static_cast<int>(options.size()); ++i) {
    const auto has_drug = [&](const std::vector<std::string>& choice) { return std::find(choice.begin(), choice.end(), wanted) != choice.end(); };
    const bool match = drug ? std::any_of(options[i].drugs.begin(), options[i].drugs.end(), has_drug)
                       : cls ? std::find(options[i].classes.begin(), options[i].classes.end(), wanted) != options[i].classes.end()
                             : options[i].decision >= 0 && reader.guideline.decisions[options[i].decision].id == wanted;
    if (!match) continue;
    if (std::find(except.begin(), except.end(), i) == except.end()) found.push_back(i);
    else excepted = true;
  }
  const std::string kind = drug ? "drug" : cls ? "class" : "decision";
  if (found.empty() && excepted) {
    reader.issues.error(node.place, "selects-nothing", "every option of the " + kind + " '" + wanted + "' is excepted", "remove an exception, or the selection");
  } else if (found.empty() && !wanted.empty()) {
    std::vector<std::string> names;
    if (drug) {
      for (const auto& option : options)
        for (const auto& choice : option.drugs) names.insert(names.end(), choice.begin(), choice.end());
      text::put_in_order(names);
      names.erase(std::unique(names.begin(), names.end()), names.end());
    } else {
      names = cls ? std::vector<std::string>(std::begin(option_classes), std::end(option_classes)) : reader.decisions.all();
    }
    const bool exists = std::find(names.begin(), names.end(), wanted) != names.end();
    reader.issues.error(node.place, "selects-nothing", "no option has the " + kind + " '" + wanted + "'", exists ? "give it to an option, or remove the selection" : reader.suggestion(wanted, names));
  }
  return found;
}

void read_rule(Reader& reader, const yaml::Entry& entry, bool lowers) {
  const std::string what = title_of(lowers ? "caution" : "rule", entry.key);
  if (!reader.is_map(entry.value, what)) return;
  constexpr std::string_view keys[] = {"preferred", "option", "caution", "avoid", "when", "text", "sources", "overrides"};
  // A caution only lowers, and overrides nothing.
  const std::span known = lowers ? std::span(keys).subspan(2, 5) : std::span(keys);
  const std::span strengths = known.first(lowers ? 2 : 4);
  reader.known_keys(entry.value, what, known);
  Rule rule{.id = entry.key, .lowers = lowers, .when = {}, .listings = {}, .overrides = {}, .sources = {}, .place = entry.place};
  if (const yaml::Node* when = reader.required(entry.value, "when", what)) rule.when = read_condition(reader, *when, what);
  bool names_some = false;  // whether they are known or not
  std::vector<int> listed_at(reader.guideline.options.size(), -1);
  for (const auto& name : strengths) {
    const yaml::Node* listed = entry.value.find(name);
    if (!listed) continue;
    const int strength = name == "preferred" ? 1 : name == "option" ? 2 : name == "caution" ? 3 : 4;
    for (const yaml::Node* item : reader.one_or_more(*listed)) {
      names_some = true;
      for (const int option : select(reader, *item)) {
        if (listed_at[option] >= 0) {
          Strength& before = rule.listings[listed_at[option]].strength;
          if (!item->is_map())
            reader.issues.warning(item->place, "named-twice", what + " lists '" + reader.options.all()[option] + "' twice", "keep the strength that is meant; the more careful one counts");
          before = std::max(before, static_cast<Strength>(strength));
        } else {
          listed_at[option] = static_cast<int>(rule.listings.size());
          rule.listings.push_back({option, static_cast<Strength>(strength)});
        }
      }
    }
  }
  if (!names_some) reader.issues.error(entry.place, "lists-nothing", what + " lists no option", "add `" + std::string(strengths.front()) + ": [option]`");
  rule.text = reader.text(entry.value, "text", (lowers ? "cautions." : "rules.") + entry.key, what, lowers ? Need::required : Need::optional);
  rule.sources = reader.source_list(entry.value, what, Need::required);
  reader.guideline.rules.push_back(std::move(rule));
}

// Once all rules have names.
void read_overrides(Reader& reader, const Sections& sections) {
  Names rules;
  for (const auto& rule : reader.guideline.rules) rules.add(rule.id);
  const auto it = sections.find("rules");
  if (it == sections.end()) return;
  for (const yaml::Entry* entry : it->second.entries) {
    const yaml::Node* overrides = entry->value.find("overrides");
    const int rule = rules.find(entry->key);
    if (overrides && rule >= 0) reader.guideline.rules[rule].overrides = reader.refer_all(*overrides, "rule", rules);
  }
}

}  // namespace

void read_logic(Reader& reader, const Sections& sections) {
  Guideline& guideline = reader.guideline;
  each(reader, sections, "stops", "stop", reader.rules, [&](const yaml::Entry& entry) { read_stop(reader, entry); });
  each(reader, sections, "alerts", "alert", reader.alerts, [&](const yaml::Entry& entry) { read_alert(reader, entry); });
  each(reader, sections, "decisions", "decision", reader.decisions, [&](const yaml::Entry& entry) {
    reader.is_map(entry.value, title_of("decision", entry.key));
    guideline.decisions.emplace_back();
    guideline.decisions.back().id = entry.key;
    guideline.decisions.back().place = entry.place;
  });
  each(reader, sections, "options", "option", reader.options, [&](const yaml::Entry& entry) {
    reader.is_map(entry.value, title_of("option", entry.key));
    guideline.options.emplace_back();
    guideline.options.back().id = entry.key;
    guideline.options.back().place = entry.place;
  });
  each_defined(sections, "options", reader.options, [&](int i, const yaml::Entry& entry) { read_option(reader, i, entry); });
  each_defined(sections, "decisions", reader.decisions, [&](int i, const yaml::Entry& entry) { read_decision(reader, i, entry); });
  each(reader, sections, "rules", "rule", reader.rules, [&](const yaml::Entry& entry) { read_rule(reader, entry, false); });
  each(reader, sections, "cautions", "caution", reader.rules, [&](const yaml::Entry& entry) { read_rule(reader, entry, true); });
  read_overrides(reader, sections);
}

}  // namespace waymark::model
