#include "model/load.h"

#include "model/reader.h"
#include "text/nearest.h"
#include "text/sha256.h"

namespace waymark::model {
namespace {

constexpr std::size_t most_bytes = std::size_t{16} << 20;
constexpr std::size_t most_files = 256;

constexpr std::string_view section_names[] = {"guideline", "sources", "figures", "side_effects", "trials", "facts", "groups", "derived", "constraints",
                                              "stops", "alerts", "decisions", "options", "rules", "cautions", "information",
                                              "question_guide", "codes", "locales", "vignettes"};

// What may change while the guideline stays what it is.
bool is_vignettes(std::string_view file) { return file.starts_with("vignettes/"); }
bool is_approvals(std::string_view file) { return file == "approvals.yaml"; }

// The guideline's identity: every file but vignettes and approvals, in name order as given, names and bytes.
std::string digest(std::span<const SourceText> files) {
  std::string all;
  for (const auto& file : files)
    if (!is_vignettes(file.name) && !is_approvals(file.name)) all += file.name + '\0' + std::to_string(file.text.size()) + '\0' + file.text;
  return text::sha256_hex(all);
}

void sort_into_sections(Reader& reader, const std::string& file, const yaml::Node& document, Sections& sections) {
  // A file that the digest leaves out holds nothing but what it is for: what no signature covers must not decide anything.
  const std::string_view only = is_vignettes(file) ? "vignettes" : is_approvals(file) ? "approvals" : "";
  const std::string what = only.empty() ? "a guideline file" : is_approvals(file) ? file : "a file in vignettes/";
  if (!reader.is_map(document, what)) return;
  const yaml::Node* misplaced = only.empty() ? document.find("approvals") : nullptr;
  if (misplaced) reader.issues.error(misplaced->place, "misplaced", "approvals are no part of what is approved", "move them to approvals.yaml, beside guideline.yaml");
  else if (only.empty()) reader.known_keys(document, what, section_names);
  else reader.known_keys(document, what, {only});
  for (const auto& entry : document.entries) {
    if (&entry.value == misplaced || (!only.empty() && entry.key != only)) continue;
    if (entry.key == "guideline" || entry.key == "approvals") {
      sections[entry.key].bodies.push_back(&entry.value);
      continue;
    }
    if (!reader.is_map(entry.value, "the section '" + entry.key + "'")) continue;
    Section& section = sections[entry.key];
    for (const auto& item : entry.value.entries) section.entries.push_back(&item);
  }
}

}  // namespace

Read read(std::span<const SourceText> files) {
  auto guideline = std::make_shared<Guideline>();
  for (const auto& file : files) guideline->files.push_back(file.name);
  text::Issues issues(guideline->files);
  Reader reader(*guideline, issues);

  std::size_t bytes = 0;
  for (const auto& file : files) bytes += file.text.size();
  if (files.empty()) issues.error({}, "no-file", "there is no file to read", "give a guideline's folder or file");
  if (bytes > most_bytes || files.size() > most_files)
    issues.error({}, "too-large", "the guideline is larger than " + std::to_string(most_bytes >> 20) + " MB or " + std::to_string(most_files) + " files", "remove what is not needed");

  const auto finished = [&]() -> Read {
    auto found = issues.take();
    const bool failed = has_errors(found);
    return {failed ? nullptr : std::move(guideline), std::move(found)};
  };
  if (files.empty() || bytes > most_bytes || files.size() > most_files) return finished();

  std::vector<std::vector<yaml::Node>> documents;
  for (std::size_t i = 0; i < files.size(); ++i) documents.push_back(yaml::read(files[i].text, static_cast<int>(i), {}, issues));

  Sections sections;
  std::vector<const yaml::Node*> locales;
  for (std::size_t i = 0; i < files.size(); ++i)
    for (const auto& document : documents[i]) {
      const bool is_locale = document.is_map() && document.find("locale") && !is_vignettes(files[i].name) && !is_approvals(files[i].name);
      if (is_locale) locales.push_back(&document);
      else if (document.kind != yaml::Node::Kind::empty) sort_into_sections(reader, files[i].name, document, sections);
    }

  // A file that could not be read hides what it defines: to name everything that it leaves unknown would bury the cause.
  if (issues.any())
    issues.silence({"unknown-fact", "unknown-option", "unknown-source", "unknown-decision", "unknown-figure", "unknown-alert", "unknown-value",
                    "unknown-trial", "unknown-side-effect", "unknown-rule", "unknown-drug", "unknown-coded-answer", "no-guideline",
                    "selects-nothing", "nothing-to-translate", "missing-translation", "unused-fact", "unused-source", "unused-figure",
                    "unused-derived", "unlisted-option", "empty-decision"});

  guideline->sha256 = digest(files);
  read_knowledge(reader, sections);
  read_evidence(reader, sections);
  read_logic(reader, sections);
  read_reading(reader, sections);
  read_vignettes(reader, sections);
  read_codes(reader, sections);
  read_approvals(reader, sections);
  for (const yaml::Node* document : locales)
    read_locale(reader, *document, reader.word(*document->find("locale"), "'locale'"));
  if (const auto it = sections.find("locales"); it != sections.end())
    for (const yaml::Entry* entry : it->second.entries)
      if (reader.is_map(entry->value, "a locale")) read_locale(reader, entry->value, entry->key);
  fill_in_figures(reader);
  check_whole(reader);
  return finished();
}

}  // namespace waymark::model
