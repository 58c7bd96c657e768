#include "files.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "text/nearest.h"

namespace fs = std::filesystem;

namespace waymark::cli {
namespace {

bool is_yaml(const fs::path& path) { return path.extension() == ".yaml" || path.extension() == ".yml"; }

std::vector<fs::path> shipped_folders() {
  std::vector<fs::path> folders;
  if (const char* set = std::getenv("WAYMARK_GUIDELINES")) folders.emplace_back(set);
  folders.emplace_back(WAYMARK_GUIDELINES_DIR);
  folders.emplace_back(WAYMARK_DATA_DIR "/guidelines");
  return folders;
}

void add_folder(const fs::path& folder, const std::string& prefix, std::vector<SourceText>& files) {
  std::error_code fault;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder, fault))
    if (entry.is_regular_file(fault) && is_yaml(entry.path())) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  for (const auto& path : paths)
    if (auto text = read_file(path.string())) files.push_back({prefix + path.filename().string(), std::move(*text)});
}

}  // namespace

bool speaks_or_explain(const Engine& engine, const std::string& locale) {
  const auto locales = engine.guideline().locales();
  if (locale.empty() || std::find(locales.begin(), locales.end(), locale) != locales.end()) return true;
  std::cerr << "waymark: the guideline does not speak '" << locale << "'; use " << text::list(locales) << '\n';
  return false;
}

std::optional<std::string> facts_text_or_explain(const std::string& path) {
  auto text = read_file(path);
  if (!text) std::cerr << "waymark: the file '" << path << "' cannot be read; give a file of JSON facts, or - for standard input\n";
  return text;
}

std::optional<Answers> answers_or_explain(const Engine& engine, const std::string& text) {
  FactsRead read = read_facts(engine, text);
  if (!read.answers) std::cerr << "waymark: " << read.error.message << '\n';
  return std::move(read.answers);
}

std::optional<std::string> read_file(const std::string& path) {
  if (path == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::error_code fault;
  if (fs::is_directory(path, fault)) return std::nullopt;
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

bool write_file(const std::string& path, const std::string& text) {
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream << text;
  stream.flush();
  return stream.good();
}

std::optional<GuidelineFiles> find_guideline(const std::string& name) {
  std::error_code fault;
  fs::path found = name;
  if (!fs::exists(found, fault) && name.find('/') == std::string::npos)
    for (const auto& folder : shipped_folders())
      if (fs::exists(folder / name, fault)) {
        found = folder / name;
        break;
      }
  if (!fs::exists(found, fault)) {
    std::vector<std::string> names;
    for (const auto& folder : shipped_folders())
      for (const auto& entry : fs::directory_iterator(folder, fault))
        if (entry.is_directory()) names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::cerr << "waymark: there is no guideline '" << name << "'; " << text::suggestion(name, names) << " Or give the path of a folder or file.\n";
    return std::nullopt;
  }
  GuidelineFiles guideline{found.string(), fs::is_directory(found, fault), {}};
  if (guideline.folder) {
    add_folder(found, "", guideline.files);
    add_folder(found / "locales", "locales/", guideline.files);
    add_folder(found / "vignettes", "vignettes/", guideline.files);
    if (guideline.files.empty()) {
      std::cerr << "waymark: the folder '" << found.string() << "' holds no .yaml file; a guideline begins with guideline.yaml\n";
      return std::nullopt;
    }
  } else if (auto text = read_file(found.string())) {
    guideline.files.push_back({found.filename().string(), std::move(*text)});
  } else {
    std::cerr << "waymark: the file '" << found.string() << "' cannot be read\n";
    return std::nullopt;
  }
  return guideline;
}

std::string to_line(const GuidelineFiles& files, Issue issue) {
  const bool named = std::any_of(files.files.begin(), files.files.end(), [&](const SourceText& file) { return file.name == issue.file; });
  issue.file = !named ? files.path : files.folder ? (fs::path(files.path) / issue.file).string() : files.path;
  return waymark::to_line(issue);
}

std::optional<Engine> load_or_explain(const GuidelineFiles& files) {
  Loaded loaded = load(files.files);
  for (const auto& issue : loaded.issues)
    if (issue.severity == Severity::error || loaded.engine == std::nullopt) std::cerr << to_line(files, issue) << '\n';
  return std::move(loaded.engine);
}

std::string this_day() {
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  const auto two = [](unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return std::to_string(static_cast<int>(day.year())) + "-" + two(static_cast<unsigned>(day.month())) + "-" + two(static_cast<unsigned>(day.day()));
}

std::string page_template_path() {
  std::error_code fault;
  for (const char* path : {WAYMARK_PAGE_TEMPLATE, WAYMARK_DATA_DIR "/page-template/waymark-template.html"})
    if (fs::exists(path, fault)) return path;
  return {};
}

}  // namespace waymark::cli
