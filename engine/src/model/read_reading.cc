// What people read: the guideline's own page, information, questions for the appointment, and translations.
#include <algorithm>
#include <cctype>

#include "model/section.h"
#include "text/nearest.h"
#include "text/order.h"

namespace waymark::model {
namespace {

using Need = Reader::Need;

void read_changes(Reader& reader, const yaml::Node& node) {
  if (!reader.is_list(node, "'changes'")) return;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const yaml::Node& item = node.items[i];
    if (!reader.is_map(item, "a change")) continue;
    reader.known_keys(item, "a change", {"version", "date", "text"});
    Change change;
    if (const yaml::Node* version = reader.required(item, "version", "a change")) change.version = reader.word(*version, "the version of a change");
    if (const yaml::Node* date = reader.required(item, "date", "a change")) change.date = reader.date(*date, "the date of a change");
    change.text = reader.text(item, "text", "guideline.changes." + std::to_string(i), "a change", Need::required);
    reader.guideline.changes.push_back(std::move(change));
  }
}

void read_heading(Reader& reader, const yaml::Node& body) {
  Guideline& guideline = reader.guideline;
  const std::string what = "the guideline";
  if (!reader.is_map(body, "'guideline'")) return;
  reader.known_keys(body, "'guideline'", {"id", "version", "status", "date", "review_by", "language", "title", "summary", "authors", "funding", "disclaimer", "changes", "ask_first"});
  if (const yaml::Node* id = reader.required(body, "id", what)) {
    guideline.id = reader.word(*id, "the id of the guideline");
    if (!guideline.id.empty()) reader.good_id({guideline.id, id->place, {}}, "guideline");
  }
  if (const yaml::Node* version = reader.required(body, "version", what)) guideline.version = reader.word(*version, "the version");
  if (const yaml::Node* status = reader.required(body, "status", what)) {
    reader.choice(*status, "the status of the guideline", {"draft", "approved"});
    guideline.status = status->scalar;
  }
  if (const yaml::Node* date = reader.required(body, "date", what)) guideline.date = reader.date(*date, "the date of the guideline");
  if (const yaml::Node* date = body.find("review_by")) guideline.review_by = reader.date(*date, "'review_by'");
  if (const yaml::Node* language = body.find("language")) guideline.language = reader.word(*language, "the language");
  guideline.title = reader.text(body, "title", "guideline", what, Need::required);
  guideline.summary = reader.text(body, "summary", "guideline", what, Need::required);
  guideline.authors = reader.text(body, "authors", "guideline", what, Need::required);
  guideline.funding = reader.text(body, "funding", "guideline", what, Need::required);
  guideline.disclaimer = reader.text(body, "disclaimer", "guideline", what, Need::required);
  if (const yaml::Node* changes = body.find("changes")) read_changes(reader, *changes);
  if (const yaml::Node* first = body.find("ask_first")) guideline.ask_first = reader.refer_all(*first, "fact", reader.facts);
}

void read_information(Reader& reader, const yaml::Entry& entry) {
  const std::string what = title_of("information", entry.key), path = "information." + entry.key;
  if (!reader.is_map(entry.value, what)) return;
  reader.known_keys(entry.value, what, {"title", "shown", "before", "text", "sources", "note"});
  Information information{.id = entry.key, .sources = {}, .note = {}, .place = entry.place};
  information.title = reader.text(entry.value, "title", path, what, Need::required);
  if (const yaml::Node* shown = reader.required(entry.value, "shown", what))
    information.on_request = reader.choice(*shown, "'shown' of " + what, {"always", "on_request"}) == 1;
  information.before = reader.text(entry.value, "before", path, what, information.on_request ? Need::required : Need::optional);
  information.text = reader.text(entry.value, "text", path, what, Need::required);
  information.sources = reader.source_list(entry.value, what, Need::required);
  information.note = reader.note(entry.value, path, what);
  reader.guideline.information.push_back(std::move(information));
}

void read_question_guide(Reader& reader, const yaml::Entry& entry) {
  const std::string what = title_of("question guide", entry.key), path = "question_guide." + entry.key;
  if (!reader.is_map(entry.value, what)) return;
  reader.known_keys(entry.value, what, {"title", "questions", "sources"});
  QuestionGuide guide{.id = entry.key, .questions = {}, .sources = {}, .place = entry.place};
  guide.title = reader.text(entry.value, "title", path, what, Need::required);
  if (const yaml::Node* questions = reader.required(entry.value, "questions", what); questions && reader.is_list(*questions, "the questions of " + what))
    for (std::size_t i = 0; i < questions->items.size(); ++i)
      guide.questions.push_back(reader.add_text(questions->items[i], path + ".questions." + std::to_string(i)));
  guide.sources = reader.source_list(entry.value, what, Need::required);
  reader.guideline.question_guide.push_back(std::move(guide));
}

bool locale_code(const std::string& code) {
  return code.size() >= 2 && code.size() <= 16 && std::all_of(code.begin(), code.end(), [](unsigned char c) { return std::isalnum(c) || c == '-'; });
}

// Walks a translation beside the texts' paths.
class Translation {
 public:
  Translation(Reader& reader, std::vector<Text>& texts) : reader_(reader), texts_(texts) {
    const auto& paths = reader.guideline.text_paths;
    for (std::size_t i = 0; i < paths.size(); ++i) {
      index_.emplace(paths[i], static_cast<int>(i));
      for (std::size_t dot = paths[i].find('.'); dot != std::string::npos; dot = paths[i].find('.', dot + 1)) {
        auto& below = children_[paths[i].substr(0, dot)];
        const std::string name = paths[i].substr(dot + 1, paths[i].find('.', dot + 1) - dot - 1);
        if (below.empty() || below.back() != name) below.push_back(name);
      }
    }
  }
  void read(const yaml::Node& node, const std::string& path) {
    if (const auto it = index_.find(path); it != index_.end()) return take(node, it->second);
    if (node.is_map())
      for (const auto& entry : node.entries) enter(entry.value, path, entry.key, entry.place);
    else if (node.is_list())
      for (std::size_t i = 0; i < node.items.size(); ++i) enter(node.items[i], path, std::to_string(i), node.items[i].place);
    else
      reader_.issues.error(node.place, "not-a-text", "'" + path + "' is not a text of this guideline", "translate the texts under it");
  }

 private:
  void enter(const yaml::Node& node, const std::string& path, const std::string& name, Place place) {
    const std::string inner = path.empty() ? name : path + "." + name;
    if (index_.contains(inner) || children_.contains(inner)) return read(node, inner);
    auto names = children_[path];
    text::put_in_order(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    reader_.issues.error(place, "nothing-to-translate", "the guideline has no text at '" + inner + "'", reader_.suggestion(name, names));
  }
  void take(const yaml::Node& node, int text) {
    if (!node.is_map()) {
      texts_[text].patient = texts_[text].clinician = reader_.word(node, "a translation");
      return;
    }
    reader_.known_keys(node, "a translation", {"patient", "clinician"});
    if (const yaml::Node* patient = node.find("patient")) texts_[text].patient = reader_.word(*patient, "a translation");
    if (const yaml::Node* clinician = node.find("clinician")) texts_[text].clinician = reader_.word(*clinician, "a translation");
  }

  Reader& reader_;
  std::vector<Text>& texts_;
  std::map<std::string, int, std::less<>> index_;
  std::map<std::string, std::vector<std::string>> children_;
};

}  // namespace

void read_reading(Reader& reader, const Sections& sections) {
  if (const auto it = sections.find("guideline"); it != sections.end()) {
    if (it->second.bodies.size() > 1)
      reader.issues.error(it->second.bodies[1]->place, "defined-twice", "there is a second 'guideline' section", "keep one");
    read_heading(reader, *it->second.bodies.front());
  } else {
    reader.issues.error({0, 0, 0}, "no-guideline", "no file has a 'guideline' section", "add `guideline:` with id, version, status, date, title and the rest");
  }
  each(reader, sections, "information", "information", reader.information, [&](const yaml::Entry& entry) { read_information(reader, entry); });
  each(reader, sections, "question_guide", "question guide", reader.question_guide, [&](const yaml::Entry& entry) { read_question_guide(reader, entry); });
}

void read_locale(Reader& reader, const yaml::Node& body, const std::string& locale) {
  if (!locale_code(locale)) {
    reader.issues.error(body.place, "bad-locale", "'" + locale + "' is not a language code", "use a code such as es or pt-BR");
    return;
  }
  auto& texts = reader.guideline.translations[locale];
  texts.resize(reader.guideline.texts.size());
  Translation translation(reader, texts);
  for (const auto& entry : body.entries) {
    if (entry.key == "locale") continue;
    yaml::Node section;
    section.kind = yaml::Node::Kind::map;
    section.place = body.place;
    section.entries.push_back(entry);
    translation.read(section, "");
  }
}

}  // namespace waymark::model
