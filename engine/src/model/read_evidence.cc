// What studies found: side effects by name, trials with their numbers.
#include "model/section.h"

namespace waymark::model {
namespace {

using Need = Reader::Need;

// Remembers a number under the name that texts use for it.
std::string counted(Reader& reader, const yaml::Node& node, const std::string& name, const std::string& what) {
  const std::string number = reader.number(node, what);
  if (!number.empty()) reader.numbers[name] = number;
  return number;
}

Pair read_pair(Reader& reader, const yaml::Node& map, const std::string& name, const std::string& what) {
  Pair pair;
  if (const yaml::Node* treatment = map.find("treatment")) pair.treatment = counted(reader, *treatment, name + ".treatment", "the treatment's number of " + what);
  if (const yaml::Node* control = map.find("control")) pair.control = counted(reader, *control, name + ".control", "the control's number of " + what);
  return pair;
}

// [treatment, control], or one number; `null` (~) where a trial did not report one of them.
Pair read_percent(Reader& reader, const yaml::Node& node, const std::string& name, const std::string& what) {
  Pair pair;
  const auto items = reader.one_or_more(node);
  if (items.size() > 2) reader.issues.error(node.place, "too-many-values", what + " has more than two numbers", "write [treatment, control]");
  const auto known = [](const yaml::Node& item) { return item.kind != yaml::Node::Kind::empty; };
  if (!items.empty() && known(*items[0])) pair.treatment = counted(reader, *items[0], name + ".treatment", what);
  if (items.size() > 1 && known(*items[1])) pair.control = counted(reader, *items[1], name + ".control", what);
  return pair;
}

void read_arms(Reader& reader, const yaml::Node& body, Trial& trial, const std::string& path, const std::string& what) {
  const yaml::Node* arms = reader.required(body, "arms", what);
  if (!arms || !reader.is_list(*arms, "the arms of " + what)) return;
  for (std::size_t i = 0; i < arms->items.size(); ++i) {
    const yaml::Node& item = arms->items[i];
    if (!reader.is_map(item, "an arm of " + what)) continue;
    reader.known_keys(item, "an arm", {"name", "people"});
    Trial::Arm arm;
    arm.name = reader.text(item, "name", path + ".arms." + std::to_string(i), "an arm of " + what, Need::required);
    if (const yaml::Node* people = item.find("people"))
      arm.people = counted(reader, *people, trial.id + ".arms." + std::to_string(i) + ".people", "'people' of an arm of " + what);
    trial.arms.push_back(std::move(arm));
  }
}

void read_results(Reader& reader, const yaml::Node& results, Trial& trial, const std::string& path, const std::string& what) {
  if (!reader.is_map(results, "the results of " + what)) return;
  for (const auto& entry : results.entries) {
    const std::string name = "result '" + entry.key + "' of " + what;
    if (!reader.good_id(entry, "result") || !reader.is_map(entry.value, name)) continue;
    reader.known_keys(entry.value, name, {"what", "unit", "treatment", "control", "hr", "ci95", "checked"});
    TrialResult result;
    result.id = entry.key;
    const bool well_known = entry.key == "pfs_months" || entry.key == "os_months" || entry.key == "orr_percent";
    result.what = reader.text(entry.value, "what", path + ".results." + entry.key, name, well_known ? Need::optional : Need::required);
    result.unit = well_known ? entry.key.substr(entry.key.find('_') + 1) : "";
    if (const yaml::Node* unit = well_known ? entry.value.find("unit") : reader.required(entry.value, "unit", name)) result.unit = reader.word(*unit, "the unit of " + name);
    const std::string figure = trial.id + "." + entry.key;
    result.value = read_pair(reader, entry.value, figure, name);
    if (const yaml::Node* ratio = entry.value.find("hr")) result.hazard_ratio = counted(reader, *ratio, figure + ".hr", "the hazard ratio of " + name);
    if (const yaml::Node* range = entry.value.find("ci95"); range && reader.is_list(*range, "'ci95' of " + name)) {
      if (range->items.size() != 2) {
        reader.issues.error(range->place, "not-a-range", "'ci95' of " + name + " needs two numbers", "write [low, high]");
      } else {
        result.ci95_low = counted(reader, range->items[0], figure + ".ci95_low", "'ci95' of " + name);
        result.ci95_high = counted(reader, range->items[1], figure + ".ci95_high", "'ci95' of " + name);
      }
    }
    result.checked = reader.checked(entry.value, name, trial.checked);
    trial.results.push_back(std::move(result));
  }
}

void read_side_effects(Reader& reader, const yaml::Node& effects, Trial& trial, const std::string& what) {
  if (!reader.is_map(effects, "the side effects of " + what)) return;
  for (const auto& entry : effects.entries) {
    const int effect = reader.refer(yaml::Node{yaml::Node::Kind::scalar, entry.place, entry.key, {}, {}}, "side effect", reader.side_effects);
    const std::string name = "side effect '" + entry.key + "' of " + what;
    if (effect < 0 || !reader.is_map(entry.value, name)) continue;
    reader.known_keys(entry.value, name, {"any", "severe"});
    TrialSideEffect counts{effect, {}, {}};
    const std::string figure = trial.id + ".side_effects." + entry.key;
    if (const yaml::Node* any = entry.value.find("any")) counts.any = read_percent(reader, *any, figure + ".any", name);
    if (const yaml::Node* severe = entry.value.find("severe")) counts.severe = read_percent(reader, *severe, figure + ".severe", name);
    trial.side_effects.push_back(std::move(counts));
  }
}

void read_trial(Reader& reader, const yaml::Entry& entry) {
  Trial trial;
  trial.id = entry.key;
  trial.place = entry.place;
  const std::string what = title_of("trial", entry.key), path = "trials." + entry.key;
  const yaml::Node& body = entry.value;
  if (reader.is_map(body, what)) {
    reader.known_keys(body, what, {"name", "sources", "population", "arms", "results", "side_effects", "stopped_percent", "checked", "note"});
    if (const yaml::Node* name = reader.required(body, "name", what)) trial.name = reader.word(*name, "the name of " + what);
    trial.sources = reader.source_list(body, what, Need::required);
    reader.required(body, "checked", what);
    trial.checked = reader.checked(body, what, Figure::Checked::no);
    trial.population = reader.text(body, "population", path, what, Need::required);
    read_arms(reader, body, trial, path, what);
    if (const yaml::Node* results = body.find("results")) read_results(reader, *results, trial, path, what);
    if (const yaml::Node* effects = body.find("side_effects")) read_side_effects(reader, *effects, trial, what);
    if (const yaml::Node* stopped = body.find("stopped_percent"); stopped && reader.is_map(*stopped, "'stopped_percent' of " + what)) {
      reader.known_keys(*stopped, "'stopped_percent'", {"treatment", "control"});
      trial.stopped_percent = read_pair(reader, *stopped, trial.id + ".stopped_percent", "'stopped_percent' of " + what);
    }
    trial.note = reader.text(body, "note", path, what, Need::optional);
  }
  reader.guideline.trials.push_back(std::move(trial));
}

}  // namespace

void read_evidence(Reader& reader, const Sections& sections) {
  each(reader, sections, "side_effects", "side effect", reader.side_effects, [&](const yaml::Entry& entry) {
    SideEffect effect{entry.key, no_text, entry.place};
    effect.text = reader.add_text(entry.value, "side_effects." + entry.key);
    reader.guideline.side_effects.push_back(std::move(effect));
  });
  each(reader, sections, "trials", "trial", reader.trials, [&](const yaml::Entry& entry) { read_trial(reader, entry); });
}

}  // namespace waymark::model
