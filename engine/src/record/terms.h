// Codes of a record against the codes of the guideline, and displays against what the codes mean.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "record/fhir.h"

namespace waymark::record {

struct Coding {
  int system = -1;  // of the guideline; -1 where it is not one of them
  bool probable = false;  // written improperly
  std::string address, code, display;

  std::string name() const { return address.empty() ? code : address + "|" + code; }
};

struct Concept {
  std::vector<Coding> codings;
  std::string text;
};

class Terms {
 public:
  explicit Terms(const Codes& codes) : codes_(codes) {}

  // Of a CodeableConcept; whatever else it is gives no coding.
  Concept read(const Json& json) const;
  // The first of the codings that is among the codes; null where there is none.
  const Coding* find(const Concept& from, const std::vector<Code>& codes) const;
  // One of the codes under another system's name: a slip that must not be guessed at.
  bool under_wrong_system(const Concept& from, const std::vector<Code>& codes) const;
  bool among(const Coding& coding, const std::vector<Code>& codes) const;
  // Index of the answer of that name; -1 where the guideline has none.
  int answer(std::string_view id) const;
  bool says(const Concept& from, std::string_view answer_id) const;

 private:
  const Codes& codes_;
};

std::string lower(std::string_view text);
// The length of the longest of the words that the text uses; 0 where it uses none.
std::size_t longest_named(std::string_view lower_text, const std::vector<std::string>& words);
// Where the first of the words stands in the text, not as a part of another word; npos where none does.
std::size_t place_of_first(std::string_view lower_text, const std::vector<std::string>& words);

}  // namespace waymark::record
