// Walking the ids of a section: each is named once, and read when its body is a map.
#pragma once

#include <algorithm>
#include <string_view>

#include "model/reader.h"

namespace waymark::model {

inline std::string title_of(const std::string& kind, const std::string& id) { return kind + " '" + id + "'"; }

// Far more of a kind than any guideline has; what takes time with their square stays in bounds.
inline std::size_t most_of(std::string_view section) { return section == "rules" || section == "cautions" || section == "options" ? 10'000 : 1000; }

// Each id of a section with its body, when both are in order; a second definition is refused.
template <class Use>
void each(Reader& reader, const Sections& sections, const char* section, const std::string& kind, Names& names, Use use) {
  const auto it = sections.find(section);
  if (it == sections.end()) return;
  const std::size_t most = most_of(section);
  if (it->second.entries.size() > most) {
    reader.issues.error(it->second.entries[most]->place, "too-many", "'" + std::string(section) + "' has more than " + std::to_string(most) + " entries", "divide the guideline");
    return;
  }
  for (const yaml::Entry* entry : it->second.entries) {
    if (!reader.good_id(*entry, kind)) continue;
    if (names.add(entry->key) < 0) {
      const auto same = [&](const yaml::Entry* other) { return other->key == entry->key; };
      const yaml::Entry* first = *std::find_if(it->second.entries.begin(), it->second.entries.end(), same);
      if (first == entry)
        reader.issues.error(entry->place, "defined-twice", "the name '" + entry->key + "' is taken: rules, cautions and stops share their names", "choose another name");
      else
        reader.issues.error(entry->place, "defined-twice", title_of(kind, entry->key) + " is defined twice", "the first is in line " + std::to_string(first->place.line) + " of " + reader.guideline.files[first->place.file] + "; rename or remove one");
      continue;
    }
    use(*entry);
  }
}

template <class Use>
void each_defined(const Sections& sections, const char* section, const Names& names, Use use) {
  const auto it = sections.find(section);
  if (it == sections.end()) return;
  std::vector<char> done(names.all().size());
  for (const yaml::Entry* entry : it->second.entries) {
    const int index = names.find(entry->key);
    if (index < 0 || done[index]) continue;
    done[index] = 1;
    if (entry->value.is_map()) use(index, *entry);
  }
}

}  // namespace waymark::model
