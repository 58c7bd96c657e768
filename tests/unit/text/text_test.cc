// The small tools under everything: digests, decimals, nearest names, acceptable bytes.
#include <catch2/catch.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <random>

#include "text/decimal.h"
#include "text/issues.h"
#include "text/nearest.h"
#include "text/order.h"
#include "text/sha256.h"
#include "text/utf8.h"
#include "waymark/issue.h"

using namespace waymark;
using namespace waymark::text;

TEST_CASE("sha256 gives the published digests") {
  struct Row {
    std::string bytes, digest;
  };
  for (const auto& [bytes, digest] : {
           // FIPS 180-4 examples and NIST's short messages
           Row{"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
           Row{"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
           Row{"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
           Row{"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
               "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
           Row{std::string(1'000'000, 'a'), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
           Row{"\xd3", "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1"},
           // every place where padding changes
           Row{std::string(55, 'a'), "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"},
           Row{std::string(56, 'a'), "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"},
           Row{std::string(63, 'a'), "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"},
           Row{std::string(64, 'a'), "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"},
           Row{std::string(65, 'a'), "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0"},
       })
    CHECK(sha256_hex(bytes) == digest);
}

TEST_CASE("the nearest name is the one that was meant, or none") {
  const std::vector<std::string> names = {"her2", "er", "pr", "hormone_receptor", "distant_metastasis", "prior_chemo"};
  struct Row {
    const char *given, *nearest;
  };
  for (const auto& [given, near] : {
           Row{"her22", "her2"}, Row{"he2r", "her2"}, Row{"Her2", "her2"}, Row{"distant_metastases", "distant_metastasis"},
           Row{"hormone_reciptor", "hormone_receptor"}, Row{"prior-chemo", "prior_chemo"}, Row{"chemo", ""}, Row{"x", ""}, Row{"", ""},
           Row{"menopause", ""}, Row{"metastasis", ""},
       }) {
    INFO(given);
    CHECK(nearest(given, names) == near);
  }
  CHECK(nearest(std::string(100'000, 'a'), names).empty());
  CHECK(nearest("a", {std::string(100'000, 'a')}).empty());
}

TEST_CASE("a distance counts letters changed, added, removed or swapped") {
  struct Row {
    const char *a, *b;
    int distance;
  };
  for (const auto& [a, b, distance] : {Row{"", "", 0}, Row{"abc", "", 3}, Row{"", "abc", 3}, Row{"abc", "abc", 0}, Row{"abc", "abd", 1}, Row{"abc", "ab", 1},
                                       Row{"abc", "acb", 1}, Row{"abc", "bca", 2}, Row{"kitten", "sitting", 3}, Row{"ca", "abc", 3}})
    CHECK(edit_distance(a, b) == distance);
}

TEST_CASE("suggestions and lists read as sentences") {
  CHECK(list({}) == "");
  CHECK(list({"a"}) == "a");
  CHECK(list({"a", "b"}) == "a or b");
  CHECK(list({"a", "b", "c"}) == "a, b or c");
  CHECK(list({"a", "b", "c"}, 2) == "a, b, …");
  CHECK(suggestion("positve", {"positive", "negative"}) == "did you mean 'positive'?");
  CHECK(suggestion("unknown", {"positive", "negative"}) == "use one of positive or negative");
  CHECK(suggestion("unknown", {"s"}) == "the only one is 's'");
  CHECK(suggestion("unknown", {}) == "");
}

TEST_CASE("bytes that are not text, or that hide something, are found") {
  struct Row {
    std::string bytes;
    std::size_t at;
  };
  constexpr auto fine = std::string_view::npos;
  for (const auto& [bytes, at] : {
           Row{"", fine}, Row{"plain\ttext\r\n", fine}, Row{"Sí, ≥ 10 %, 漢字, 🎗", fine},
           Row{std::string("a\0b", 3), 1}, Row{"a\x1b[31m", 1}, Row{"a\x7f", 1},
           Row{"a\xc2\x85", 1},                          // a control character beyond ASCII
           Row{"ab\xe2\x80\xae", 2}, Row{"ab\xe2\x81\xa6", 2},  // writing turned around
           Row{"\x80", 0}, Row{"\xff", 0}, Row{"a\xc3", 1}, Row{"a\xc3(", 1}, Row{"\xe2\x82", 0}, Row{"\xf0\x9f\x8e", 0},
           Row{"\xc0\xaf", 0}, Row{"\xe0\x80\xaf", 0}, Row{"\xf0\x80\x80\xaf", 0},  // longer than they must be
           Row{"\xed\xa0\x80", 0}, Row{"\xf4\x90\x80\x80", 0}, Row{"\xf8\x88\x80\x80\x80", 0},  // a surrogate, beyond Unicode
       }) {
    INFO(bytes);
    CHECK(first_unacceptable(bytes) == at);
  }
}

TEST_CASE("columns count characters, and what is cut short ends between characters") {
  CHECK(characters("Sí, no", 0) == 0);
  CHECK(characters("Sí, no", 3) == 2);
  CHECK(characters("🎗x", 4) == 1);
  CHECK(characters("abc", 100) == 3);
  CHECK(shortened("abc", 3) == "abc");
  CHECK(shortened("abcdef", 5) == "ab…");
  for (std::size_t most = 4; most < 12; ++most) {
    const std::string cut = shortened("ééééééé", most);
    CHECK(cut.size() <= most);
    CHECK(first_unacceptable(cut) == std::string_view::npos);
  }
}

TEST_CASE("issues come sorted by file, line and column, and end where nobody reads on") {
  const std::vector<std::string> files = {"a.yaml", "b.yaml"};
  Issues issues(files);
  issues.error({1, 2, 3}, "x", "third");
  issues.warning({0, 5, 1}, "x", "second", "do this");
  issues.error({0, 0, 0}, "x", "first");
  std::string lines;
  for (const auto& issue : issues.take()) lines += to_line(issue) + '\n';
  CHECK(lines == "a.yaml: error: first\na.yaml:5:1: warning: second; do this\nb.yaml:2:3: error: third\n");

  Issues many(files);
  for (std::size_t i = 0; i < Issues::most; ++i) many.warning({0, 1, 1}, "x", "again");
  many.warning({0, 1, 1}, "x", "once too often");
  const auto taken = many.take();
  CHECK(taken.size() == Issues::most + 1);
  CHECK(taken.back().code == "too-many-issues");
}

TEST_CASE("issues of a kind can be silenced once their cause is told") {
  const std::vector<std::string> files = {"a.yaml"};
  Issues issues(files);
  issues.error({0, 1, 1}, "yaml-syntax", "broken");
  issues.silence({"unknown-fact"});
  issues.error({0, 2, 1}, "unknown-fact", "no fact");
  issues.error({0, 3, 1}, "missing-key", "no key");
  CHECK(issues.take().size() == 2);
}

TEST_CASE("decimals are those of printf, without the zeros at the end") {
  const auto printed = [](double number) {
    char text[400];
    std::snprintf(text, sizeof text, "%f", number);
    std::string expected = text;
    expected.erase(expected.find_last_not_of('0') + 1);
    if (expected.back() == '.') expected.pop_back();
    return expected;
  };
  CHECK(decimal(12.5) == "12.5");
  CHECK(decimal(-0.0) == "-0");
  CHECK(decimal(1e21) == "1000000000000000000000");
  // Halves of a millionth, to the even one, and their neighbours.
  for (int i = -2000; i <= 2000; ++i)
    for (const double around : {-1e300, 0.0, 1e300}) REQUIRE(decimal(std::nextafter(i / 128.0, around)) == printed(std::nextafter(i / 128.0, around)));
  for (const double number : {0.0, 5e-7, 1 - 5e-7, 1 - 4e-7, 0x1p53, 0x1p63, 0x1p64, 0x1.fffffffffffffp63, 1e22, 5e-324, 1.7976931348623157e308}) REQUIRE(decimal(number) == printed(number));
  std::mt19937_64 random(1);
  for (int i = 0; i < 100'000; ++i) {
    const double any = std::bit_cast<double>(random()), usual = static_cast<double>(random() % 1'000'000'000) / std::pow(10, random() % 12);
    if (std::isfinite(any)) REQUIRE(decimal(any) == printed(any));
    REQUIRE(decimal(usual) == printed(usual));
  }
}

TEST_CASE("lists are put in order, and what is alike stays as it stood") {
  std::mt19937_64 random(1);
  const auto before = [](const std::pair<int, int>& a, const std::pair<int, int>& b) { return a.first < b.first; };
  for (int size = 0; size < 200; ++size) {
    std::vector<std::pair<int, int>> given;
    for (int i = 0; i < size; ++i) given.emplace_back(static_cast<int>(random() % 20), i);
    auto expected = given, many = given, few = given;
    std::stable_sort(expected.begin(), expected.end(), before);
    put_in_order(many, before);
    put_few_in_order(few, before);
    REQUIRE(many == expected);
    REQUIRE(few == expected);
  }
}
