#include "waymark/guideline.h"

#include <algorithm>

#include "text/nearest.h"

namespace waymark {
namespace {

template <class Items>
int find(const Items& items, std::string_view id) {
  const auto it = std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.id == id; });
  return it == items.end() ? -1 : static_cast<int>(it - items.begin());
}

}  // namespace

int Guideline::find_fact(std::string_view wanted) const { return find(facts, wanted); }
int Guideline::find_option(std::string_view wanted) const { return find(options, wanted); }

std::vector<std::string> Guideline::locales() const {
  std::vector<std::string> codes = {language};
  for (const auto& [code, texts_of] : translations) codes.push_back(code);
  return codes;
}

std::string Guideline::value_names(int fact, ValueSet values) const {
  std::vector<std::string> names;
  for (std::size_t v = 0; v < facts[fact].values.size(); ++v)
    if (values >> v & 1) names.push_back(facts[fact].values[v].id);
  return text::list(names, names.size());
}

const std::string& Guideline::say(TextId text, std::string_view locale, Audience audience) const {
  static const std::string nothing;
  if (text < 0) return nothing;
  const auto pick = [&](const Text& t) -> const std::string& { return audience == Audience::patient ? t.patient : t.clinician; };
  if (const auto it = translations.find(std::string(locale)); it != translations.end() && !pick(it->second[text]).empty())
    return pick(it->second[text]);
  return pick(texts[text]);
}

const char* name_of(Strength strength) {
  switch (strength) {
    case Strength::preferred: return "preferred";
    case Strength::option: return "option";
    case Strength::caution: return "caution";
    case Strength::avoid: return "avoid";
  }
  return "";
}

const char* name_of(Urgency urgency) {
  switch (urgency) {
    case Urgency::emergency: return "emergency";
    case Urgency::urgent: return "urgent";
    case Urgency::info: return "info";
  }
  return "";
}

const char* name_of(Effort effort) {
  switch (effort) {
    case Effort::tell: return "tell";
    case Effort::look_up: return "look_up";
    case Effort::test: return "test";
  }
  return "";
}

const char* name_of(Figure::Checked checked) {
  switch (checked) {
    case Figure::Checked::yes: return "yes";
    case Figure::Checked::no: return "no";
    case Figure::Checked::part: return "part";
  }
  return "";
}

}  // namespace waymark
