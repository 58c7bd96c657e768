// Guidelines and other files on disk. Nothing clinical, nothing of the engine's inside.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "waymark/engine.h"

namespace waymark::cli {

// Exit codes of the contract.
inline constexpr int ok = 0, failed = 1, usage = 2;

struct GuidelineFiles {
  std::string path;    // what was found, to show before file names
  bool folder = false;
  std::vector<SourceText> files;  // names relative to the folder
};

// `name` is a folder, a file or the short name of a guideline that is shipped. Prints what is wrong and gives nothing
// where there is none.
std::optional<GuidelineFiles> find_guideline(const std::string& name);

// Loads it and prints its issues to standard error; nothing where it has errors.
std::optional<Engine> load_or_explain(const GuidelineFiles& files);

// Whether the guideline has this language ("" is its own); prints which ones it has where it does not.
bool speaks_or_explain(const Engine& engine, const std::string& locale);

// The text of a file of facts ("-" is standard input), and one patient's facts out of it; prints why where there is none.
std::optional<std::string> facts_text_or_explain(const std::string& path);
std::optional<Answers> answers_or_explain(const Engine& engine, const std::string& text);

// An issue with the path to its file as the user can open it.
std::string to_line(const GuidelineFiles& files, Issue issue);

std::optional<std::string> read_file(const std::string& path);  // "-" is standard input
bool write_file(const std::string& path, const std::string& text);

// The clock's day, as 2026-11-24.
std::string this_day();

// The page that `build` fills; "" where it is not found.
std::string page_template_path();

}  // namespace waymark::cli
