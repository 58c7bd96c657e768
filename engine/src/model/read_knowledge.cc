// What may be known: sources, figures, facts, groups of questions, derived names, constraints.
#include <algorithm>
#include <cctype>

#include "model/section.h"
#include "text/decimal.h"

namespace waymark::model {
namespace {

using Need = Reader::Need;

std::string optional_word(Reader& reader, const yaml::Node& map, std::string_view key, const std::string& what) {
  const yaml::Node* node = map.find(key);
  return node ? reader.word(*node, "'" + std::string(key) + "' of " + what) : std::string();
}

void declare_values(Reader& reader, const yaml::Entry& entry, Fact& fact) {
  const std::string what = title_of("fact", entry.key);
  const yaml::Node* values = reader.required(entry.value, "values", what);
  if (!values || !reader.is_map(*values, "the values of " + what)) return;
  for (const auto& value : values->entries) {
    if (value.key.empty() || value.key == "not") {
      reader.issues.error(value.place, "bad-id", "'" + value.key + "' cannot name a value" + (value.key.empty() ? "" : ": conditions use the word"), "use a word such as `positive`");
      continue;
    }
    fact.values.push_back({value.key, no_text});
  }
  if (fact.values.size() < 2)
    reader.issues.error(values->place, "too-few-values", what + " has fewer than two values", "a question needs at least two answers");
  if (fact.values.size() > max_values_per_fact) {
    reader.issues.error(values->place, "too-many-values", what + " has more than " + std::to_string(max_values_per_fact) + " values", "divide the fact");
    fact.values.resize(max_values_per_fact);
  }
}

void read_source(Reader& reader, int index, const yaml::Entry& entry) {
  Source& source = reader.guideline.sources[index];
  const std::string what = title_of("source", entry.key);
  reader.known_keys(entry.value, what, {"title", "org", "kind", "published", "url", "doi", "pmid", "says"});
  if (const yaml::Node* title = reader.required(entry.value, "title", what)) source.title = reader.word(*title, "the title of " + what);
  source.org = optional_word(reader, entry.value, "org", what);
  source.kind = optional_word(reader, entry.value, "kind", what);
  source.published = optional_word(reader, entry.value, "published", what);
  source.url = optional_word(reader, entry.value, "url", what);
  source.doi = optional_word(reader, entry.value, "doi", what);
  source.pmid = optional_word(reader, entry.value, "pmid", what);
  source.says = reader.text(entry.value, "says", "sources." + entry.key, what, Need::optional);
}

void read_figure(Reader& reader, int index, const yaml::Entry& entry) {
  Figure& figure = reader.guideline.figures[index];
  const std::string what = title_of("figure", entry.key);
  reader.known_keys(entry.value, what, {"value", "unit", "sources", "checked", "note"});
  if (const yaml::Node* value = reader.required(entry.value, "value", what)) figure.value = reader.number(*value, "the value of " + what);
  reader.numbers[figure.id] = figure.value;
  if (const yaml::Node* unit = reader.required(entry.value, "unit", what)) figure.unit = reader.word(*unit, "the unit of " + what);
  reader.required(entry.value, "checked", what);
  figure.checked = reader.checked(entry.value, what, Figure::Checked::no);
  figure.note = reader.text(entry.value, "note", "figures." + entry.key, what, Need::optional);
  figure.sources = reader.source_list(entry.value, what, Need::required);
}

void read_prevalence(Reader& reader, const yaml::Node& node, Fact& fact, const std::string& what) {
  if (!reader.is_map(node, "the prevalence of " + what)) return;
  reader.known_keys(node, "the prevalence of " + what, {"values", "sources", "note"});
  const yaml::Node* values = reader.required(node, "values", "the prevalence of " + what);
  reader.source_list(node, "the prevalence of " + what, Need::required);
  if (!values || !reader.is_map(*values, "the values of the prevalence of " + what)) return;
  std::vector<std::string> ids;
  for (const auto& value : fact.values) ids.push_back(value.id);
  fact.prevalence.assign(ids.size(), 0);
  std::vector<char> given(ids.size());
  for (const auto& entry : values->entries) {
    const int value = reader.value_of(yaml::Node{yaml::Node::Kind::scalar, entry.place, entry.key, {}, {}}, fact.id, ids);
    const std::string number = reader.number(entry.value, "a prevalence");
    if (value >= 0) given[value] = 1;
    if (!number.empty() && number[0] == '-') reader.issues.error(entry.value.place, "not-a-number", "a prevalence is negative: " + number, "write a share such as 12.5");
    else if (value >= 0 && !number.empty()) fact.prevalence[value] = text::value_of(number);
  }
  double sum = 0;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (!given[i])
      reader.issues.error(values->place, "missing-key", "the prevalence of " + what + " lacks '" + ids[i] + "'", "give one number for each value");
    sum += fact.prevalence[i];
  }
  if (sum <= 0) fact.prevalence.clear();
}

void read_fact(Reader& reader, int index, const yaml::Entry& entry) {
  Fact& fact = reader.guideline.facts[index];
  const std::string what = title_of("fact", entry.key), path = "facts." + entry.key;
  const yaml::Node& body = entry.value;
  reader.known_keys(body, what, {"title", "question", "help", "values", "partial", "not_known", "effort", "prevalence", "sources", "note"});
  fact.title = reader.text(body, "title", path, what, Need::required);
  fact.question = reader.text(body, "question", path, what, Need::required);
  fact.help = reader.text(body, "help", path, what, Need::optional);
  fact.not_known = reader.text(body, "not_known", path, what, Need::optional);
  if (const yaml::Node* values = body.find("values"); values && values->is_map())
    for (auto& value : fact.values) {
      const yaml::Node* text = values->find(value.id);
      if (text->kind == yaml::Node::Kind::empty)
        reader.issues.error(text->place, "missing-text", "value '" + value.id + "' of " + what + " has no text", "write what the answer says, such as `" + value.id + ": Yes, it does`");
      else
        value.text = reader.add_text(*text, path + ".values." + value.id);
    }
  if (const yaml::Node* partial = body.find("partial"); partial && reader.is_list(*partial, "'partial' of " + what)) {
    for (std::size_t i = 0; i < partial->items.size(); ++i) {
      const yaml::Node& item = partial->items[i];
      if (!reader.is_map(item, "a partial answer")) continue;
      reader.known_keys(item, "a partial answer", {"values", "text"});
      PartialAnswer answer;
      if (const yaml::Node* values = reader.required(item, "values", "a partial answer"))
        answer.values = reader.values_of(*values, fact.id, reader.value_ids(index));
      answer.text = reader.text(item, "text", path + ".partial." + std::to_string(i), "a partial answer of " + what, Need::required);
      if (answer.values == fact.all_values())
        reader.issues.error(item.place, "partial-says-nothing", "this partial answer of " + what + " leaves every value open", "that is what `not_known` is for");
      fact.partial.push_back(answer);
    }
  }
  if (const yaml::Node* effort = body.find("effort")) {
    const int choice = reader.choice(*effort, "'effort' of " + what, {"tell", "look_up", "test"});
    if (choice >= 0) fact.effort = static_cast<Effort>(choice);
  }
  if (const yaml::Node* prevalence = body.find("prevalence")) read_prevalence(reader, *prevalence, fact, what);
  fact.sources = reader.source_list(body, what, Need::required);
  fact.note = reader.note(body, path, what);
}

void read_group(Reader& reader, const yaml::Entry& entry) {
  Group group{.id = entry.key, .facts = {}, .place = entry.place};
  const std::string what = title_of("group", entry.key), path = "groups." + entry.key;
  if (!reader.is_map(entry.value, what)) return;
  reader.known_keys(entry.value, what, {"title", "intro", "when", "each", "facts", "none_of_these"});
  group.title = reader.text(entry.value, "title", path, what, Need::required);
  group.intro = reader.text(entry.value, "intro", path, what, Need::optional);
  group.none_of_these = reader.text(entry.value, "none_of_these", path, what, Need::optional);
  if (const yaml::Node* when = entry.value.find("when")) {
    const int choice = reader.choice(*when, "'when' of " + what, {"first", "last", "in_turn"});
    if (choice >= 0) group.when = static_cast<Group::When>(choice);
  }
  const yaml::Node* each = entry.value.find("each");
  if (each)
    for (const int fact : reader.refer_all(*each, "fact", reader.facts)) group.facts.push_back({fact, -1});
  const yaml::Node* facts = each ? entry.value.find("facts") : reader.required(entry.value, "facts", what);
  if (facts && reader.is_map(*facts, "the facts of " + what)) {
    for (const auto& member : facts->entries) {
      const int fact = reader.refer(yaml::Node{yaml::Node::Kind::scalar, member.place, member.key, {}, {}}, "fact", reader.facts);
      if (fact < 0) continue;
      const int none = reader.value_of(member.value, member.key, reader.value_ids(fact));
      if (none >= 0) group.facts.push_back({fact, none});
    }
  }
  reader.guideline.groups.push_back(std::move(group));
}

// Values first, so that conditions anywhere can use the name.
void declare_derived(Reader& reader, const yaml::Entry& entry) {
  Derived derived{.id = entry.key, .values = {}, .cases = {}, .place = entry.place};
  const std::string what = title_of("derived name", entry.key);
  if (reader.is_map(entry.value, what)) {
    reader.known_keys(entry.value, what, {"title", "when", "cases", "otherwise"});
    const yaml::Node* when = entry.value.find("when");
    const yaml::Node* cases = entry.value.find("cases");
    if ((when != nullptr) == (cases != nullptr))
      reader.issues.error(entry.value.place, "bad-derived", what + " needs either `when` or `cases`", "`when: {…}` gives yes or no; `cases: [{value: …, when: {…}}]` with `otherwise` gives other values");
    if (cases && reader.is_list(*cases, "the cases of " + what)) {
      const auto declare = [&](const yaml::Node* value) {
        if (!value) return;
        const std::string id = reader.word(*value, "a value of " + what);
        if (!id.empty() && std::find(derived.values.begin(), derived.values.end(), id) == derived.values.end()) derived.values.push_back(id);
      };
      for (const auto& item : cases->items)
        if (reader.is_map(item, "a case of " + what)) declare(reader.required(item, "value", "a case of " + what));
      declare(reader.required(entry.value, "otherwise", what));
      if (derived.values.size() > max_values_per_fact) {
        reader.issues.error(cases->place, "too-many-values", what + " has more than " + std::to_string(max_values_per_fact) + " values", "divide it");
        derived.values.resize(max_values_per_fact);
      }
    } else {
      derived.values = {"yes", "no"};
    }
  }
  if (reader.facts.find(entry.key) >= 0)
    reader.issues.error(entry.place, "defined-twice", "'" + entry.key + "' is both a fact and a derived name", "rename one");
  reader.guideline.derived.push_back(std::move(derived));
}

void read_derived(Reader& reader, int index, const yaml::Entry& entry) {
  const std::string what = title_of("derived name", entry.key);
  std::vector<Derived::Case> cases;
  int otherwise = 1;
  if (const yaml::Node* when = entry.value.find("when")) cases.push_back({0, read_condition(reader, *when, what)});
  const std::vector<std::string> values = reader.guideline.derived[index].values;
  if (const yaml::Node* list = entry.value.find("cases"); list && list->is_list()) {
    for (const auto& item : list->items) {
      if (!item.is_map()) continue;
      reader.known_keys(item, "a case of " + what, {"value", "when"});
      const yaml::Node* value = item.find("value");
      const yaml::Node* when = reader.required(item, "when", "a case of " + what);
      if (value && value->is_scalar() && when) cases.push_back({reader.value_of(*value, entry.key, values), read_condition(reader, *when, what)});
    }
    if (const yaml::Node* value = entry.value.find("otherwise"); value && value->is_scalar()) otherwise = reader.value_of(*value, entry.key, values);
  }
  Derived& derived = reader.guideline.derived[index];
  derived.title = reader.text(entry.value, "title", "derived." + entry.key, what, Need::optional);
  derived.cases = std::move(cases);
  derived.otherwise = otherwise;
}

void read_constraint(Reader& reader, const yaml::Entry& entry) {
  Constraint constraint{.id = entry.key, .condition = {}, .consequence = {}, .sources = {}, .place = entry.place};
  const std::string what = title_of("constraint", entry.key);
  if (!reader.is_map(entry.value, what)) return;
  reader.known_keys(entry.value, what, {"if", "then", "never", "sources"});
  constraint.sources = reader.source_list(entry.value, what, Need::required);
  const yaml::Node *never = entry.value.find("never"), *condition = entry.value.find("if"), *then = entry.value.find("then");
  if (never && !condition && !then) {
    constraint.condition = read_condition(reader, *never, what);
  } else if (!never && condition && then) {
    constraint.condition = read_condition(reader, *condition, what);
    constraint.consequence = read_condition(reader, *then, what);
  } else {
    reader.issues.error(entry.value.place, "bad-constraint", what + " needs `if` with `then`, or `never` alone", "write `if: {…}` and `then: {…}`, or `never: {…}`");
    return;
  }
  reader.guideline.constraints.push_back(std::move(constraint));
}

}  // namespace

void read_knowledge(Reader& reader, const Sections& sections) {
  Guideline& guideline = reader.guideline;
  each(reader, sections, "sources", "source", reader.sources, [&](const yaml::Entry& entry) {
    reader.is_map(entry.value, title_of("source", entry.key));
    guideline.sources.emplace_back();
    guideline.sources.back().id = entry.key;
    guideline.sources.back().place = entry.place;
  });
  reader.source_used.resize(guideline.sources.size());
  each_defined(sections, "sources", reader.sources, [&](int i, const yaml::Entry& entry) { read_source(reader, i, entry); });

  each(reader, sections, "figures", "figure", reader.figures, [&](const yaml::Entry& entry) {
    reader.is_map(entry.value, title_of("figure", entry.key));
    guideline.figures.emplace_back();
    guideline.figures.back().id = entry.key;
    guideline.figures.back().place = entry.place;
  });
  each_defined(sections, "figures", reader.figures, [&](int i, const yaml::Entry& entry) { read_figure(reader, i, entry); });

  each(reader, sections, "facts", "fact", reader.facts, [&](const yaml::Entry& entry) {
    for (const char* word : {"any", "all", "not", "unless"})
      if (entry.key == word)
        reader.issues.error(entry.place, "bad-id", "'" + entry.key + "' cannot name a fact: conditions use the word", "choose another name");
    Fact fact;
    fact.id = entry.key;
    fact.place = entry.place;
    if (reader.is_map(entry.value, title_of("fact", entry.key))) declare_values(reader, entry, fact);
    guideline.facts.push_back(std::move(fact));
  });
  each_defined(sections, "facts", reader.facts, [&](int i, const yaml::Entry& entry) { read_fact(reader, i, entry); });

  each(reader, sections, "groups", "group", reader.groups, [&](const yaml::Entry& entry) { read_group(reader, entry); });
  each(reader, sections, "derived", "derived name", reader.derived, [&](const yaml::Entry& entry) { declare_derived(reader, entry); });
  each_defined(sections, "derived", reader.derived, [&](int i, const yaml::Entry& entry) { read_derived(reader, i, entry); });
  each(reader, sections, "constraints", "constraint", reader.constraints, [&](const yaml::Entry& entry) { read_constraint(reader, entry); });
}

}  // namespace waymark::model
