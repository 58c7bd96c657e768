// Every bad guideline and every bad set of facts of the catalogues gets exactly the lines that the catalogue expects.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <ctime>
#include <iostream>

#include "unit/bad-input/catalogue.h"

using namespace waymark;
using namespace waymark::testing;

namespace {

const std::string folder = WAYMARK_SOURCE_DIR "/tests/unit/bad-input/";

std::vector<std::string> lines_of(const std::vector<Issue>& issues) {
  std::vector<std::string> lines;
  for (const auto& issue : issues) lines.push_back(to_line(issue));
  return lines;
}

template <class Find>
void compare(const Catalogue& catalogue, std::size_t first, Find find) {
  const bool writing = std::getenv("WAYMARK_WRITE_EXPECTED") != nullptr;
  std::vector<std::vector<std::string>> all;
  for (std::size_t e = 0; e < catalogue.entries.size(); ++e) {
    const BadInput& entry = catalogue.entries[e];
    const std::vector<std::string> found = find(entry);
    all.push_back(found);
    if (writing) continue;
    INFO(entry.name);
    CHECK(found == entry.expected);
    if (e >= first) CHECK_FALSE(entry.expected.empty());
  }
  if (writing) catalogue.write(all);
  std::cout << catalogue.entries.size() - first << " bad inputs of " << catalogue.path.substr(folder.size()) << '\n';
}

}  // namespace

TEST_CASE("bad guidelines get the lines that the catalogue expects") {
  const Catalogue catalogue = read_catalogue(folder + "guidelines.txt");
  REQUIRE(catalogue.entries.size() > 100);
  const BadInput& base = catalogue.entries.front();
  compare(catalogue, 1, [&](const BadInput& entry) {
    const Loaded loaded = load(files_of(base, &entry == &base ? BadInput{} : entry));
    CHECK(loaded.engine.has_value() == !has_errors(loaded.issues));
    return lines_of(loaded.issues);
  });
}

TEST_CASE("bad facts get the message that the catalogue expects") {
  const Loaded loaded = load(read_catalogue(folder + "guidelines.txt").entries.front().parts);
  REQUIRE(loaded.engine);
  const Catalogue catalogue = read_catalogue(folder + "facts.txt");
  REQUIRE(catalogue.entries.size() > 20);
  compare(catalogue, 0, [&](const BadInput& entry) {
    const FactsRead read = read_facts(*loaded.engine, entry.parts.at(0).text);
    CHECK_FALSE(read.answers);
    return std::vector<std::string>{error_json(read.error)};
  });
}

// The catalogue holds what yaml-cpp takes for broken; the scale of what it must bear is here, where time can be seen.
TEST_CASE("hostile files are refused in a moment") {
  const auto started = std::clock();
  for (const std::string& text : {
           std::string(10'000, '['), std::string(3'000'000, '['), std::string(3'000'000, '{'), std::string(3'000'000, '"'),
           std::string(3'000'000, '\n'), std::string(3'000'000, '-'), std::string(1'000'000, '?'), std::string(3'000'000, '&'),
           "a: " + std::string(3'000'000, 'x'), "a: >\n" + std::string(3'000'000, ' '), std::string(1'000'000, '\t'), std::string("\xEF\xBB\xBF"),
       }) {
    const SourceText file{"hostile.yaml", text};
    const Loaded loaded = load({&file, 1});
    CHECK_FALSE(loaded.engine);
    CHECK(has_errors(loaded.issues));
    for (const auto& issue : loaded.issues) CHECK(to_line(issue).size() < 1000);
  }
  CHECK(static_cast<double>(std::clock() - started) / CLOCKS_PER_SEC < 30);
}
