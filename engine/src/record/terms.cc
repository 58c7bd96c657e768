#include "record/terms.h"

#include <algorithm>

namespace waymark::record {
namespace {

bool word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || (static_cast<unsigned char>(c) & 0x80);
}

bool stands_alone(std::string_view text, std::size_t at, std::size_t size) {
  return (at == 0 || !word_character(text[at - 1])) && (at + size == text.size() || !word_character(text[at + size]));
}

}  // namespace

std::string lower(std::string_view text) {
  std::string out(text);
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (out[i] >= 'A' && out[i] <= 'Z') out[i] = static_cast<char>(out[i] - 'A' + 'a');
    // Latin letters with marks (U+00C0 to U+00DE) have their small form 32 further on.
    const unsigned char next = i + 1 < out.size() ? static_cast<unsigned char>(out[i + 1]) : 0;
    if (static_cast<unsigned char>(out[i]) == 0xC3 && next >= 0x80 && next <= 0x9E && next != 0x97) out[i + 1] = static_cast<char>(next + 0x20);
  }
  return out;
}

std::size_t place_of_first(std::string_view text, const std::vector<std::string>& words) {
  std::size_t first = std::string_view::npos;
  for (const auto& word : words)
    for (std::size_t at = text.find(word); at < first; at = text.find(word, at + 1))
      if (stands_alone(text, at, word.size())) first = at;
  return first;
}

std::size_t longest_named(std::string_view text, const std::vector<std::string>& words) {
  std::size_t longest = 0;
  for (const auto& word : words) {
    if (word.empty() || word.size() <= longest) continue;
    // Short words and numbers must stand alone; longer ones may be part of a word (positiv-e, östrogen-rezeptor).
    const bool alone = word.size() < 5 || std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
      if (alone && !stands_alone(text, at, word.size())) continue;
      longest = word.size();
      break;
    }
  }
  return longest;
}

Concept Terms::read(const Json& json) const {
  Concept found;
  found.text = json.string("text");
  for (const auto& item : json.list("coding")) {
    Coding coding{-1, false, item.string("system"), item.string("code"), item.string("display")};
    if (coding.code.empty()) continue;
    for (std::size_t s = 0; s < codes_.systems.size() && coding.system < 0; ++s) {
      const CodeSystem& system = codes_.systems[s];
      const bool proper = std::find(system.addresses.begin(), system.addresses.end(), coding.address) != system.addresses.end();
      coding.probable = !proper && std::find(system.probable.begin(), system.probable.end(), coding.address) != system.probable.end();
      if (proper || coding.probable) coding.system = static_cast<int>(s);
    }
    found.codings.push_back(std::move(coding));
  }
  return found;
}

bool Terms::among(const Coding& coding, const std::vector<Code>& codes) const {
  return std::any_of(codes.begin(), codes.end(), [&](const Code& code) {
    return code.system == coding.system && (code.family ? coding.code.starts_with(code.code) : coding.code == code.code);
  });
}

const Coding* Terms::find(const Concept& from, const std::vector<Code>& codes) const {
  for (const auto& coding : from.codings)
    if (coding.system >= 0 && among(coding, codes)) return &coding;
  return nullptr;
}

bool Terms::under_wrong_system(const Concept& from, const std::vector<Code>& codes) const {
  for (const auto& coding : from.codings)
    for (const auto& code : codes)
      if (!code.family && code.code.size() > 4 && code.code == coding.code && code.system != coding.system) return true;
  return false;
}

int Terms::answer(std::string_view id) const {
  for (std::size_t i = 0; i < codes_.answers.size(); ++i)
    if (codes_.answers[i].id == id) return static_cast<int>(i);
  return -1;
}

bool Terms::says(const Concept& from, std::string_view answer_id) const {
  const int index = answer(answer_id);
  return index >= 0 && find(from, codes_.answers[index].codes) != nullptr;
}

}  // namespace waymark::record
