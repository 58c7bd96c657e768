// One function a command; each gives the exit code.
#pragma once

#include <string>
#include <vector>

namespace waymark::cli {

struct EvalOptions {
  std::string guideline, facts, locale, audience = "patient";
  bool cohort = false, all = false;
};
int eval(const EvalOptions& options);
int check(const std::string& guideline, bool json);
int test(const std::string& guideline, bool json);
int diff(const std::string& old_guideline, const std::string& new_guideline, bool json);
int ask(const std::string& guideline, const std::string& locale, const std::string& audience);
int graph(const std::string& guideline, const std::string& format);
// `today` as 2026-11-24; "" for the clock's day.
int import(const std::string& guideline, const std::string& record, const std::string& today);
struct ExportOptions {
  std::string guideline, facts, format = "text", locale, subject, today;
};
int export_(const ExportOptions& options);
struct SignOptions {
  std::string guideline, key, name, role, organisation, date, review_by;  // `date` "" for the clock's day
};
int sign(const SignOptions& options);
int verify(const std::string& guideline, const std::vector<std::string>& trusted, const std::string& today, bool json);
int build(const std::vector<std::string>& guidelines, const std::string& output, const std::string& page_template, bool with_vignettes);

}  // namespace waymark::cli
