#include <iostream>
#include <sstream>

#include "commands.h"
#include "files.h"

namespace waymark::cli {

int eval(const EvalOptions& options) {
  const auto files = find_guideline(options.guideline);
  if (!files) return usage;
  const auto engine = load_or_explain(*files);
  if (!engine) return failed;

  if (!speaks_or_explain(*engine, options.locale)) return usage;
  const Wording wording{options.locale, options.audience == "clinician" ? Audience::clinician : Audience::patient, options.all};

  const auto text = facts_text_or_explain(options.facts);
  if (!text) return usage;
  if (!options.cohort) {
    const auto answers = answers_or_explain(*engine, *text);
    if (!answers) return usage;
    std::cout << answer_json(*engine, engine->answer(*answers, options.all), wording) << '\n';
    return ok;
  }
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);) {
    const FactsRead read = read_facts(*engine, line);
    std::cout << (read.answers ? answer_json(*engine, engine->answer(*read.answers, options.all), wording) : error_json(read.error)) << '\n';
  }
  return ok;
}

}  // namespace waymark::cli
