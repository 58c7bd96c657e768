// Guidelines as the command line reads them: a folder's files with its locales and vignettes.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "waymark/engine.h"

namespace waymark::testing {

inline std::vector<SourceText> files_of(const std::filesystem::path& guideline) {
  namespace fs = std::filesystem;
  std::vector<SourceText> files;
  for (const std::string prefix : {"", "locales/", "vignettes/"}) {
    std::vector<fs::path> paths;
    std::error_code fault;
    for (const auto& entry : fs::directory_iterator(guideline / prefix, fault))
      if (entry.is_regular_file() && (entry.path().extension() == ".yaml" || entry.path().extension() == ".yml")) paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    for (const auto& path : paths) {
      std::ifstream stream(path, std::ios::binary);
      files.push_back({prefix + path.filename().string(), std::string(std::istreambuf_iterator<char>(stream), {})});
    }
  }
  return files;
}

inline std::string lines_of(const std::vector<Issue>& issues) {
  std::string text;
  for (const auto& issue : issues) text += to_line(issue) + '\n';
  return text;
}

}  // namespace waymark::testing
