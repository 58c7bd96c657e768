// The engine is built in stages, each of which knows the ones before it only; what reads and writes is outside.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

// Earlier stages first. A source may include from its own stage and those before it.
const std::vector<std::string> stages = {"text", "yaml", "model", "diagram", "answer", "prove", "wire", "record", "cohort"};

// A file beside the folders, such as load.cc, ties them together: it is after all of them.
int stage_of(const std::string& folder) {
  if (folder.ends_with(".cc")) return static_cast<int>(stages.size());
  const auto at = std::find(stages.begin(), stages.end(), folder);
  return at == stages.end() ? -1 : static_cast<int>(at - stages.begin());
}

struct Include {
  std::string file;  // relative to engine/src
  std::string what;
  bool ours;  // between quotation marks
};

std::vector<Include> includes() {
  std::vector<Include> found;
  const fs::path source = WAYMARK_SOURCE_DIR "/engine/src";
  for (const auto& entry : fs::recursive_directory_iterator(source)) {
    if (entry.path().extension() != ".cc" && entry.path().extension() != ".h") continue;
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) {
      if (!line.starts_with("#include ") || line.size() < 12) continue;
      const std::size_t end = line.find_last_of("\">");
      found.push_back({fs::relative(entry.path(), source).generic_string(), line.substr(10, end - 10), line[9] == '"'});
    }
  }
  return found;
}

std::string folder_of(const std::string& path) { return path.substr(0, path.find('/')); }

}  // namespace

TEST_CASE("every folder of the engine is a stage") {
  for (const auto& entry : fs::directory_iterator(WAYMARK_SOURCE_DIR "/engine/src")) {
    INFO(entry.path());
    CHECK(stage_of(entry.path().filename().string()) >= 0);
  }
}

TEST_CASE("no stage includes a later one") {
  REQUIRE(includes().size() > 100);
  for (const auto& include : includes()) {
    if (!include.ours || folder_of(include.what) == "waymark") continue;
    INFO(include.file << " includes " << include.what);
    CHECK(stage_of(folder_of(include.what)) >= 0);
    CHECK(stage_of(folder_of(include.what)) <= stage_of(folder_of(include.file)));
  }
}

TEST_CASE("the engine reads no file and prints nothing, and keeps each library in one place") {
  for (const auto& include : includes()) {
    INFO(include.file << " includes " << include.what);
    for (const char* forbidden : {"iostream", "fstream", "cstdio", "stdio.h", "filesystem", "ctime", "locale", "thread"}) CHECK(include.what != forbidden);
    if (include.what.starts_with("yaml-cpp")) CHECK(folder_of(include.file) == "yaml");
    if (include.what.starts_with("nlohmann")) CHECK(folder_of(include.file) == "wire");
    if (include.what.starts_with("emscripten") || include.what.starts_with("CLI")) CHECK(include.what == "");
  }
}

TEST_CASE("the public headers stand alone: they include each other and the standard library only") {
  for (const auto& entry : fs::directory_iterator(WAYMARK_SOURCE_DIR "/engine/include/waymark")) {
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) {
      if (!line.starts_with("#include \"")) continue;
      INFO(entry.path() << ": " << line);
      CHECK(line.starts_with("#include \"waymark/"));
    }
  }
}
