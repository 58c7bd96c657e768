// Reads the catalogues of bad inputs (guidelines.txt and facts.txt say how they are written).
#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "waymark/engine.h"

namespace waymark::testing {

// %{10000*[} and %{x00} written out.
inline std::string written_out(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (text.compare(i, 2, "%{") != 0) {
      out += text[i++];
      continue;
    }
    if (text[i + 2] == 'x') {
      out += static_cast<char>(std::stoi(text.substr(i + 3, 2), nullptr, 16));
      i += 6;
      continue;
    }
    const std::size_t star = text.find('*', i), end = text.find('}', star + 2);
    const std::string part = text.substr(star + 1, end - star - 1);
    for (int times = std::stoi(text.substr(i + 2, star - i - 2)); times > 0; --times) out += part;
    i = end + 1;
  }
  return out;
}

struct BadInput {
  std::string name;
  std::vector<SourceText> parts;      // files, or the facts
  std::vector<std::string> expected;  // lines
  std::size_t expect_line = 0;        // where the lines begin in the catalogue, and how many it has
};

struct Catalogue {
  std::string path;
  std::vector<std::string> lines;
  std::vector<BadInput> entries;

  // The entries' expected lines put in the place of those that were there.
  void write(const std::vector<std::vector<std::string>>& found) const {
    std::ofstream out(path, std::ios::binary);
    std::size_t line = 0;
    for (std::size_t e = 0; e < entries.size(); ++e) {
      for (; line < entries[e].expect_line; ++line) out << lines[line] << '\n';
      for (const auto& text : found[e]) out << text << '\n';
      line += entries[e].expected.size();
    }
    for (; line < lines.size(); ++line) out << lines[line] << '\n';
  }
};

inline Catalogue read_catalogue(const std::string& path) {
  Catalogue catalogue{path, {}, {}};
  std::ifstream in(path, std::ios::binary);
  for (std::string line; std::getline(in, line);) catalogue.lines.push_back(line);
  bool expecting = false;
  for (std::size_t i = 0; i < catalogue.lines.size(); ++i) {
    const std::string& line = catalogue.lines[i];
    if (line.starts_with("=== ")) {
      catalogue.entries.push_back({line.substr(4), {}, {}, 0});
      expecting = false;
    } else if (line == "--- expect") {
      catalogue.entries.back().expect_line = i + 1;
      expecting = true;
    } else if (line.starts_with("--- ")) {
      catalogue.entries.back().parts.push_back({line.substr(4), {}});
    } else if (expecting) {
      if (!line.empty() && line[0] != '#') catalogue.entries.back().expected.push_back(line);
    } else if (!catalogue.entries.empty() && !catalogue.entries.back().parts.empty()) {
      catalogue.entries.back().parts.back().text += line + '\n';
    }
  }
  for (auto& entry : catalogue.entries)
    for (auto& part : entry.parts) part.text = written_out(part.text);
  return catalogue;
}

// The base's files with those of the entry added, or in the place of the ones of the same name; in name order.
inline std::vector<SourceText> files_of(const BadInput& base, const BadInput& entry) {
  std::vector<SourceText> files = entry.parts;
  for (const auto& file : base.parts) {
    bool replaced = false;
    for (const auto& own : entry.parts) replaced = replaced || own.name == file.name;
    if (!replaced) files.insert(files.begin(), file);
  }
  return files;
}

}  // namespace waymark::testing
