// The command line: arguments in, exit codes out. What each command does is in the file of its name.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cctype>
#include <iostream>

#include "commands.h"
#include "files.h"
#include "text/nearest.h"

namespace {

constexpr const char* examples = R"(
Examples
  waymark ask essentials                          answer questions here in the terminal
  echo '{"her2": "negative"}' | waymark eval essentials --facts -
                                                  what holds, what depends, what to ask next
  waymark check guidelines/essentials             every problem of a guideline, and what is proved of it
  waymark test guidelines/essentials              its written cases, and what they leave untested
  waymark diff old/ guidelines/essentials         which patients get a different answer now
  waymark graph essentials --format dot | dot -Tsvg > pathway.svg
  waymark import mbc record.json                  what a FHIR record says, as proposals to confirm
  waymark export mbc --facts facts.json --format bundle   drafts for the record, never orders
  waymark build essentials -o page.html           one offline page with this guideline
  openssl genpkey -algorithm ed25519 -out key.pem
  openssl pkey -in key.pem -pubout -out public.pem
  waymark sign my-guideline --key key.pem --name "Ana Pérez" --role Oncologist --review-by 2027-11-24
  waymark verify my-guideline --trust public.pem  who approved it, and whether it is still what they signed

A guideline is a folder, a file, or the short name of one that is shipped; without one, mbc is used.
An answer is a value, or a list of the values still possible; leave out what is not known.
Waymark is a decision aid, not medical advice.
)";

// A misspelt command, told before the parser complains about its arguments.
bool told_unknown_command(const CLI::App& app, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return false;
  std::vector<std::string> names;
  for (const auto* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (command->get_name() == argv[1]) return false;
    names.push_back(command->get_name());
  }
  std::cerr << "waymark: there is no command '" << argv[1] << "'; " << waymark::text::suggestion(argv[1], names) << '\n';
  return true;
}

// What is wrong with a day that will be compared with others as text; "" where nothing is.
std::string day_in_full(const std::string& day) {
  const std::string shape = "dddd-dd-dd";
  const bool good = std::equal(day.begin(), day.end(), shape.begin(), shape.end(), [](unsigned char c, char kind) { return kind == 'd' ? std::isdigit(c) != 0 : c == kind; });
  return good ? "" : "'" + day + "' is not a day; write it as 2026-11-24";
}

}  // namespace

int main(int argc, char** argv) {
  using namespace waymark::cli;
  CLI::App app("Waymark: treatment options for stage 4 breast cancer, from a guideline and what is known so far.", "waymark");
  app.footer(examples);
  app.set_version_flag("--version", std::string("waymark ") + WAYMARK_VERSION);
  app.require_subcommand(1);
  const auto audiences = CLI::IsMember({"patient", "clinician"});
  constexpr const char* guideline_help = "folder, file or short name of a guideline (default: mbc)";

  EvalOptions eval_options;
  eval_options.guideline = "mbc";
  auto* eval_command = app.add_subcommand("eval", "answer for one patient, or a cohort: JSON facts in, JSON answer out");
  eval_command->add_option("guideline", eval_options.guideline, guideline_help);
  eval_command->add_option("--facts", eval_options.facts, "file with {\"fact\": \"value\" or [\"value\", ...]}; - is standard input")->required();
  eval_command->add_option("--locale", eval_options.locale, "language of the texts, such as en or es");
  eval_command->add_option("--audience", eval_options.audience, "for whom the texts are")->check(audiences);
  eval_command->add_flag("--cohort", eval_options.cohort, "one JSON object a line in, one answer a line out, in the same order");
  eval_command->add_flag("--all", eval_options.all, "list also the options that do not apply, and why not");

  std::string guideline = "mbc";
  bool json = false;
  auto* check_command = app.add_subcommand("check", "every problem of a guideline as file:line:column, and proofs with counterexamples");
  check_command->add_option("guideline", guideline, guideline_help);
  check_command->add_flag("--json", json, "print JSON");

  auto* test_command = app.add_subcommand("test", "run a guideline's vignettes, and show which rules, conditions and faults they miss");
  test_command->add_option("guideline", guideline, guideline_help);
  test_command->add_flag("--json", json, "print JSON");

  std::string locale, audience = "patient";
  auto* ask_command = app.add_subcommand("ask", "walk through the questions in the terminal");
  ask_command->add_option("guideline", guideline, guideline_help);
  ask_command->add_option("--locale", locale, "language, such as en or es");
  ask_command->add_option("--audience", audience, "for whom the texts are")->check(audiences);

  std::string format = "dot";
  auto* graph_command = app.add_subcommand("graph", "the pathway as a graph, to draw");
  graph_command->add_option("guideline", guideline, guideline_help);
  graph_command->add_option("--format", format, "dot, mermaid or json")->check(CLI::IsMember({"dot", "mermaid", "json"}));

  std::vector<std::string> guidelines;
  std::string output, page_template;
  bool without_vignettes = false;
  auto* build_command = app.add_subcommand("build", "one self-contained offline page; of several guidelines the first opens");
  build_command->add_option("guideline", guidelines, "folders, files or short names (default: mbc essentials)");
  build_command->add_option("-o,--output", output, "the page to write")->required();
  build_command->add_option("--template", page_template, "the page to fill (default: the one built with this program)");
  build_command->add_flag("--without-vignettes", without_vignettes, "a smaller page, whose readers cannot run the guideline's cases");

  std::string old_guideline, new_guideline;
  auto* diff_command = app.add_subcommand("diff", "which patients get a different answer from the new guideline");
  diff_command->add_option("old", old_guideline, "folder, file or short name of a guideline")->required();
  diff_command->add_option("new", new_guideline, "folder, file or short name of a guideline")->required();
  diff_command->add_flag("--json", json, "print JSON");

  std::string record, today;
  auto* import_command = app.add_subcommand("import", "what a patient's record (FHIR R4, mCODE) says, as proposals with their places; conflicts are shown");
  import_command->add_option("guideline", guideline, "folder, file or short name of a guideline")->required();
  import_command->add_option("record", record, "a Bundle, list or resource as JSON; - is standard input")->required();
  import_command->add_option("--today", today, "the day to measure age from, as 2026-11-24 (default: the clock)");

  ExportOptions export_options;
  auto* export_command = app.add_subcommand("export", "the answers and the plan for the record: FHIR drafts (never orders), CDS Hooks cards, text");
  export_command->add_option("guideline", export_options.guideline, "folder, file or short name of a guideline")->required();
  export_command->add_option("--facts", export_options.facts, "file with {\"fact\": \"value\" or [\"value\", ...]}; - is standard input")->required();
  export_command->add_option("--format", export_options.format, "questionnaire-response, bundle, cds-cards or text")->check(CLI::IsMember({"questionnaire-response", "bundle", "cds-cards", "text"}));
  export_command->add_option("--locale", export_options.locale, "language of the texts, such as en or es");
  export_command->add_option("--subject", export_options.subject, "reference of the patient in the receiving system, such as Patient/1");
  export_command->add_option("--today", export_options.today, "the date to put on it, as 2026-11-24 (default: the clock)");

  SignOptions sign_options;
  auto* sign_command = app.add_subcommand("sign", "approve a guideline as it is: adds a signature to its approvals.yaml");
  sign_command->add_option("guideline", sign_options.guideline, "folder or short name of a guideline")->required();
  sign_command->add_option("--key", sign_options.key, "your private Ed25519 key, a PEM file as `openssl genpkey -algorithm ed25519` makes it")->required();
  sign_command->add_option("--name", sign_options.name, "who approves")->required();
  sign_command->add_option("--role", sign_options.role, "as what, such as Oncologist")->required();
  sign_command->add_option("--organisation", sign_options.organisation, "for whom");
  sign_command->add_option("--date", sign_options.date, "the day of the approval, as 2026-11-24 (default: the clock)");
  sign_command->add_option("--review-by", sign_options.review_by, "the last day on which it holds, as 2027-11-24")->required();

  std::vector<std::string> trusted;
  auto* verify_command = app.add_subcommand("verify", "who approved a guideline, and whether it is still what they signed");
  verify_command->add_option("guideline", guideline, guideline_help);
  verify_command->add_option("--trust", trusted, "public keys that you trust, a PEM file each; without any, no approval counts")->allow_extra_args(false);
  verify_command->add_option("--today", today, "the day on which approvals must hold, as 2026-11-24 (default: the clock)")->check(day_in_full);
  verify_command->add_flag("--json", json, "print JSON");

  if (told_unknown_command(app, argc, argv)) return usage;
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& stop) {
    const bool asked_for_help = stop.get_exit_code() == 0;
    app.exit(stop, std::cout, std::cerr);
    return asked_for_help ? ok : usage;
  }

  if (eval_command->parsed()) return eval(eval_options);
  if (check_command->parsed()) return check(guideline, json);
  if (test_command->parsed()) return test(guideline, json);
  if (ask_command->parsed()) return ask(guideline, locale, audience);
  if (graph_command->parsed()) return graph(guideline, format);
  if (diff_command->parsed()) return diff(old_guideline, new_guideline, json);
  if (export_command->parsed()) return export_(export_options);
  if (sign_command->parsed()) return sign(sign_options);
  if (verify_command->parsed()) return verify(guideline, trusted, today, json);
  if (import_command->parsed()) return import(guideline, record, today);
  if (guidelines.empty()) guidelines = {"mbc", "essentials"};
  return build(guidelines, output, page_template, !without_vignettes);
}
