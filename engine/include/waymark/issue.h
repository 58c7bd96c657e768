// What is wrong in something that an author or a user wrote: where, what, and what to write instead.
#pragma once

#include <string>
#include <vector>

namespace waymark {

// One text to read: a file of a guideline. `name` is relative to the guideline's folder ("locales/es.yaml").
struct SourceText {
  std::string name;
  std::string text;
};

// Line and column count from 1, columns in characters; 0 means "the file as a whole".
struct Place {
  int file = -1;  // index into Guideline::files
  int line = 0;
  int column = 0;
};

enum class Severity { error, warning };

struct Issue {
  Severity severity = Severity::error;
  std::string code;  // stable name of the kind of problem: "unknown-key", "missing-text" …
  std::string file;
  int line = 0;
  int column = 0;
  std::string message;
  std::string remedy;  // what to write instead; may be empty
};

// "facts.yaml:12:3: error: … ; …", the form that editors and compilers share.
std::string to_line(const Issue& issue);

bool has_errors(const std::vector<Issue>& issues);

}  // namespace waymark
