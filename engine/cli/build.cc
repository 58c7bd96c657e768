#include <iostream>
#include <nlohmann/json.hpp>

#include "approvals.h"
#include "base64.h"
#include "commands.h"
#include "files.h"
#include "look.h"
#include "pack.h"

namespace waymark::cli {
namespace {

constexpr std::string_view empty_slot = R"(<script type="application/json" id="waymark-guidelines">null</script>)";
constexpr std::string_view look_slot = R"(<script type="application/json" id="waymark-look">null</script>)";

// `json` in place of the slot's null, so that nothing in it can end the script element.
void fill(std::string& page, std::string_view slot, std::string json) {
  for (std::size_t at = 0; (at = json.find('<', at)) != std::string::npos;) json.replace(at, 1, "\\u003c");
  page.replace(page.find(slot) + slot.size() - std::string_view("null</script>").size(), 4, json);
}

}  // namespace

int build(const std::vector<std::string>& names, const std::string& output, const std::string& page_template, bool with_vignettes) {
  nlohmann::ordered_json guidelines = nlohmann::ordered_json::object();
  std::string first, look;
  for (const auto& name : names) {
    const auto files = find_guideline(name);
    if (!files) return usage;
    const auto engine = load_or_explain(*files);
    if (!engine) return failed;
    for (const auto& approval : engine->guideline().signed_approvals)
      if (!is_as_signed(approval))
        std::cerr << to_line(*files, {Severity::warning, "", engine->guideline().files[approval.place.file], approval.place.line, approval.place.column,
                                      "this is not what was signed in the name of " + who_and_when(approval) + ": the page will say so", "`waymark verify` tells more"}) << '\n';
    const std::string& id = engine->guideline().id;
    if (first.empty()) {
      first = id;
      look = look_json(*engine);
    }
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const auto& file : files->files)
      if (with_vignettes || !file.name.starts_with("vignettes/")) list.push_back({{"name", file.name}, {"text", file.text}});
    guidelines[id] = std::move(list);
  }
  const std::string path = page_template.empty() ? page_template_path() : page_template;
  auto page = path.empty() ? std::nullopt : read_file(path);
  if (!page) {
    std::cerr << "waymark: the page to fill " << (path.empty() ? "is not built" : "'" + path + "' cannot be read") << "; run build-scripts/run, or name one with --template\n";
    return failed;
  }
  if (page->find(empty_slot) == std::string::npos) {
    std::cerr << "waymark: '" << path << "' has no place for a guideline; it must hold " << empty_slot << '\n';
    return failed;
  }
  const nlohmann::ordered_json data = {{"default", first}, {"guidelines", std::move(guidelines)}};
  fill(*page, empty_slot, "{\"packed\":\"" + to_base64(pack(data.dump())) + "\"}");
  // An older template has no place for it: its page shows nothing until the guideline is read.
  if (page->find(look_slot) != std::string::npos) fill(*page, look_slot, look);
  if (!write_file(output, *page)) {
    std::cerr << "waymark: '" << output << "' cannot be written; check the folder and your rights\n";
    return failed;
  }
  return ok;
}

}  // namespace waymark::cli
