#include <iostream>

#include "commands.h"
#include "files.h"
#include "waymark/record.h"

namespace waymark::cli {
int import(const std::string& guideline, const std::string& record, const std::string& today) {
  const auto files = find_guideline(guideline);
  if (!files) return usage;
  const auto engine = load_or_explain(*files);
  if (!engine) return failed;
  const auto text = read_file(record);
  if (!text) {
    std::cerr << "waymark: the file '" << record << "' cannot be read; give a FHIR R4 Bundle as JSON, or - for standard input\n";
    return usage;
  }
  const RecordRead read = import_record(*engine, *text, today.empty() ? this_day() : today);
  if (!read.record) {
    std::cerr << "waymark: " << read.error.message << '\n';
    return usage;
  }
  std::cout << record_json(*engine, *read.record) << '\n';
  if (!read.record->refused) return ok;
  std::cerr << "waymark: refused: " << read.record->refused->text << '\n';
  return failed;
}

int export_(const ExportOptions& options) {
  const auto files = find_guideline(options.guideline);
  if (!files) return usage;
  const auto engine = load_or_explain(*files);
  if (!engine) return failed;
  if (!speaks_or_explain(*engine, options.locale)) return usage;
  const auto text = facts_text_or_explain(options.facts);
  if (!text) return usage;
  const auto answers = answers_or_explain(*engine, *text);
  if (!answers) return usage;
  const auto format = export_format(options.format);
  if (!format) return usage;  // the argument parser lets no other name through
  const std::string out = export_plan(*engine, engine->answer(*answers), *format, {options.locale, options.subject, options.today.empty() ? this_day() : options.today});
  std::cout << out << (out.ends_with('\n') ? "" : "\n");
  return ok;
}

}  // namespace waymark::cli
