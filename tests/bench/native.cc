// The native engine's side of the benchmarks; `run` starts it. Prints JSON, or YAML for `make`.
//   native make FACTS RULES SEED [changed]         a guideline of that size
//   native workload GUIDELINE PROFILES SECONDS     complete profiles: packed calls and the full JSON answer
//   native times GUIDELINE NEWER SECONDS           load, compile, answer, what if, check, diff, mutants; memory
//   native cases GUIDELINE                         partial answers of 40 patients, by the share of facts known
//   native unknown GUIDELINE COUNT                 partial answers against a look at every completion
//   native unknown-one GUIDELINE PROFILES          the same for complete profiles with one fact left out
//   native questions GUIDELINE PATIENTS [best]     how many questions settle a case
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <unordered_map>

#include "clinical_guideline.h"
#include "differential/files.h"
#include "measure.h"
#include "prove/plain.h"
#include "waymark/engine.h"
#include "waymark/packed.h"
#include "diagram/compile.h"

using namespace waymark;
using namespace waymark::bench;
using testing::Chance;

namespace {

std::vector<SourceText> files_at(const std::string& path) {
  if (std::filesystem::is_directory(path)) {
    auto files = testing::files_of(path);
    std::erase_if(files, [](const SourceText& file) { return file.name.starts_with("locales/"); });
    return files;
  }
  std::ifstream stream(path, std::ios::binary);
  return {{"guideline.yaml", std::string(std::istreambuf_iterator<char>(stream), {})}};
}

Engine engine_at(const std::string& path) {
  Loaded loaded = load(files_at(path));
  if (!loaded.engine) {
    for (const auto& issue : loaded.issues) std::fprintf(stderr, "%s\n", to_line(issue).c_str());
    std::exit(1);
  }
  return std::move(*loaded.engine);
}

// Peak memory of the process, in MB.
double peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::atof(line.c_str() + 6) / 1024;
  return 0;
}

// A complete profile that the constraints allow.
std::vector<int> random_patient(const Engine& engine, Chance& chance) {
  const auto& compiled = engine.compiled();
  std::vector<int> profile(engine.guideline().facts.size());
  auto within = compiled.allowed;
  for (int level = 0; level < compiled.store.levels(); ++level) {
    const int arity = compiled.store.arity(level), part = compiled.part_of[level];
    int value = chance.below(arity);
    if (part >= 0 && compiled.store.level(within[part]) == level) {
      while (compiled.store.child(within[part], value) == diagram::no) value = (value + 1) % arity;
      within[part] = compiled.store.child(within[part], value);
    }
    profile[compiled.fact_at[level]] = value;
  }
  return profile;
}

std::string facts_json(const Guideline& guideline, const Answers& answers) {
  std::string text = "{";
  for (std::size_t f = 0; f < answers.size(); ++f)
    if (answers[f] != 0) text += (text.size() > 1 ? ",\"" : "\"") + guideline.facts[f].id + "\":\"" + guideline.facts[f].values[std::countr_zero(answers[f])].id + "\"";
  return text + "}";
}

// ---- complete profiles ----

int workload(const std::string& path, const char* profiles_path, double seconds) {
  const double start = now();
  const Engine engine = engine_at(path);
  const double loaded = now();
  const auto packed = Packed::make(engine);
  const double made = now();
  const auto profiles = read_numbers(profiles_path);
  std::printf("{\"load\":%.0f,\"pack\":%.0f", loaded - start, made - loaded);
  const Guideline& guideline = engine.guideline();
  if (packed) {
    std::vector<std::uint64_t> wide(profiles.begin(), profiles.end());
    const Times call = measure([&] {
      std::uint64_t sum = 0;
      for (const auto profile : wide) sum += packed->outcome(profile);
      keep(sum);
    }, static_cast<double>(wide.size()), seconds);
    std::printf(",\"nodes\":%zu,\"outcomes\":%zu,\"packed\":%s,\"answers\":[", packed->nodes(), packed->outcomes().size(), json(call).c_str());
    for (std::size_t i = 0; i < wide.size(); ++i) {
      std::uint32_t h = 2166136261u;
      for (const auto& listing : packed->outcomes()[packed->outcome(wide[i])]) h = (h ^ (static_cast<std::uint32_t>(listing.option) + 1u)) * 16777619u;
      std::printf("%s%u", i ? "," : "", h);
    }
    std::printf("]");
  }
  // The contract's answer, from JSON text to JSON text.
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < profiles.size() && i < 2000; ++i) {
    Answers answers;
    for (std::size_t f = 0, shift = 0; f < guideline.facts.size(); ++f) {
      const int bits = std::bit_width(guideline.facts[f].values.size() - 1);
      answers.push_back(ValueSet{1} << (profiles[i] >> shift & ((1u << bits) - 1)));
      shift += static_cast<std::size_t>(bits);
    }
    texts.push_back(facts_json(guideline, answers));
  }
  std::size_t bytes = 0;
  const Times full = measure([&] {
    bytes = 0;
    for (const auto& text : texts) bytes += answer_json(engine, engine.answer(*read_facts(engine, text).answers), {}).size();
    keep(bytes);
  }, static_cast<double>(texts.size()), seconds, 5);
  std::printf(",\"full\":%s,\"bytes\":%zu,\"memory\":%.1f}\n", json(full).c_str(), bytes / texts.size(), peak_memory());
  return 0;
}

// ---- growth ----

// Partial answers of random patients; the same for every engine.
std::vector<std::pair<int, std::vector<Answers>>> partial_answers(const Engine& engine) {
  Chance chance(5);
  std::vector<std::pair<int, std::vector<Answers>>> all;
  for (const int known : {0, 10, 25, 50, 75, 100}) {
    std::vector<Answers> cases;
    for (int i = 0; i < (known == 0 ? 1 : 40); ++i) {
      const auto patient = random_patient(engine, chance);
      Answers answers(patient.size());
      for (std::size_t f = 0; f < answers.size(); ++f)
        if (chance.percent(known)) answers[f] = ValueSet{1} << patient[f];
      cases.push_back(std::move(answers));
    }
    all.emplace_back(known, std::move(cases));
  }
  return all;
}

int print_cases(const std::string& path) {
  const Engine engine = engine_at(path);
  std::string comma;
  std::printf("[");
  for (const auto& [known, cases] : partial_answers(engine)) {
    std::printf("%s{\"known\":%d,\"facts\":[", comma.c_str(), known);
    for (std::size_t i = 0; i < cases.size(); ++i) std::printf("%s%s", i ? "," : "", facts_json(engine.guideline(), cases[i]).c_str());
    std::printf("]}");
    comma = ",";
  }
  std::printf("]\n");
  return 0;
}

int times(const std::string& path, const std::string& newer_path, double seconds) {
  const double base = peak_memory();
  const auto files = files_at(path);
  std::size_t bytes = 0;
  for (const auto& file : files) bytes += file.text.size();
  double start = now();
  const Loaded loaded = load(files);
  const double load_time = now() - start;
  if (!loaded.engine) {
    std::printf("{\"problem\":\"%s\",\"load\":%.0f,\"memory\":%.1f}\n", loaded.issues.empty() ? "" : "refused", load_time, peak_memory() - base);
    for (const auto& issue : loaded.issues) std::fprintf(stderr, "%s\n", to_line(issue).c_str());
    return 0;
  }
  const Engine& engine = *loaded.engine;
  const Guideline& guideline = engine.guideline();
  const Times compile = measure([&] { keep(diagram::compile(guideline).guideline != nullptr); }, 1, seconds, 5);
  std::vector<diagram::Ref> roots;
  for (const auto& option : engine.compiled().options) roots.push_back(option.root);
  std::printf("{\"facts\":%zu,\"options\":%zu,\"rules\":%zu,\"bytes\":%zu,\"load\":%.0f,\"compile\":%s,\"nodes\":%zu,\"memory_loaded\":%.1f", guideline.facts.size(), guideline.options.size(),
              guideline.rules.size(), bytes, load_time, json(compile).c_str(), diagram::count_nodes(engine.compiled().store, roots), peak_memory() - base);

  std::printf(",\"answers\":[");
  const auto groups = partial_answers(engine);
  for (const auto& [known, cases] : groups) {
    std::vector<double> one, with_json;
    std::size_t length = 0;
    const double end = now() + seconds * 1e9 / 3;
    do
      for (const auto& answers : cases) {
        start = now();
        const Answer answer = engine.answer(answers);
        one.push_back(now() - start);
        const std::string text = answer_json(engine, answer, {});
        with_json.push_back(now() - start);
        length = text.size();
      }
    while (now() < end);
    std::printf("%s{\"known\":%d,\"answer\":%s,\"with_json\":%s,\"bytes\":%zu}", known ? "," : "", known, json(summary(one)).c_str(), json(summary(with_json)).c_str(), length);
  }
  std::printf("]");

  std::vector<double> changes;
  for (const auto& answers : groups[3].second) {
    if (changes.size() == 10) break;
    start = now();
    keep(what_if(engine, answers).size());
    changes.push_back(now() - start);
  }
  std::printf(",\"what_if\":%s", json(summary(changes)).c_str());

  std::vector<double> proofs;
  ProofReport report;
  for (int i = 0; i < 5; ++i) {
    start = now();
    report = prove(engine);
    proofs.push_back(now() - start);
    if (proofs.back() > seconds * 1e9) break;
  }
  std::printf(",\"prove\":%s,\"findings\":%zu,\"doubts\":%zu,\"profiles\":%g,\"memory_proved\":%.1f", json(summary(proofs)).c_str(), report.findings.size(), report.doubts.size(), report.profiles, peak_memory() - base);
  for (const auto& doubt : report.doubts) std::fprintf(stderr, "%s\n", doubt.c_str());

  if (newer_path != "-") {
    const Engine newer = engine_at(newer_path);
    std::vector<double> diffs;
    DiffReport differences;
    for (int i = 0; i < 5; ++i) {
      start = now();
      differences = diff(engine, newer);
      diffs.push_back(now() - start);
      if (diffs.back() > seconds * 1e9) break;
    }
    std::size_t boxes = 0;
    for (const auto& option : differences.options) boxes += option.boxes.size();
    std::printf(",\"diff\":%s,\"changed_options\":%zu,\"boxes\":%zu,\"diff_problem\":%s", json(summary(diffs)).c_str(), differences.options.size(), boxes, differences.problem.empty() ? "false" : "true");
  }
  std::printf(",\"memory\":%.1f}\n", peak_memory() - base);
  return 0;
}

// ---- exact with unknowns ----

int unknown(const std::string& path, int count, bool one_fact) {
  const Engine engine = engine_at(path);
  const Guideline& guideline = engine.guideline();
  // Every profile's options, once.
  const proving::Plain plain(guideline);
  std::vector<std::size_t> step;
  std::size_t all = 1;
  for (const auto& fact : guideline.facts) {
    step.push_back(all);
    all *= fact.values.size();
  }
  const std::size_t options = guideline.options.size();
  std::vector<std::vector<char>> listed(all, std::vector<char>(options));
  for (std::size_t p = 0; p < all; ++p) {
    std::vector<int> profile;
    for (std::size_t f = 0; f < step.size(); ++f) profile.push_back(static_cast<int>(p / step[f] % guideline.facts[f].values.size()));
    for (std::size_t o = 0; o < options; ++o) listed[p][o] = plain.outcome(static_cast<int>(o), profile) != not_listed;
  }
  Chance chance(99);
  std::vector<Answers> cases;
  for (int i = 0; i < count; ++i) {
    Answers answers(step.size());
    const int known = one_fact ? 100 : chance.between(10, 95);
    for (std::size_t f = 0; f < answers.size(); ++f) {
      if (!chance.percent(known)) continue;
      const ValueSet every = guideline.facts[f].all_values();
      answers[f] = !one_fact && chance.percent(25) ? (chance.next() & every) : ValueSet{1} << chance.below(static_cast<int>(guideline.facts[f].values.size()));
    }
    for (std::size_t f = 0; one_fact && f < answers.size(); ++f) {
      cases.push_back(answers);
      cases.back()[f] = 0;
    }
    if (!one_fact) cases.push_back(std::move(answers));
  }
  int exact = 0, depend = 0;
  double completions = 0;
  for (const Answers& answers : cases) {
    std::vector<std::size_t> profiles = {0};
    for (std::size_t f = 0; f < answers.size(); ++f) {
      std::vector<std::size_t> next;
      for (std::size_t v = 0; v < guideline.facts[f].values.size(); ++v)
        if (answers[f] == 0 || (answers[f] >> v & 1))
          for (const auto p : profiles) next.push_back(p + v * step[f]);
      profiles.swap(next);
    }
    completions += static_cast<double>(profiles.size());
    std::vector<std::size_t> times_listed(options);
    for (const auto p : profiles)
      for (std::size_t o = 0; o < options; ++o) times_listed[o] += static_cast<std::size_t>(listed[p][o]);
    const Answer answer = engine.answer(answers);
    bool right = !answer.contradiction, open = false;
    for (const auto& decision : answer.decisions)
      for (const auto& option : decision.options) {
        const std::size_t n = times_listed[option.option];
        const Applies expected = n == 0 ? Applies::no : n == profiles.size() ? Applies::yes : Applies::depends;
        right = right && option.applies == expected;
        open = open || expected == Applies::depends;
      }
    exact += right;
    depend += open;
  }
  std::printf("{\"answers\":%zu,\"exact\":%d,\"depend\":%d,\"completions\":%.0f}\n", cases.size(), exact, depend, completions / static_cast<double>(cases.size()));
  return 0;
}

// ---- how many questions ----

struct Walks {
  double sum = 0, weight = 0;
  int worst = 0;
  void add(int questions, double w) {
    sum += questions * w;
    weight += w;
    worst = std::max(worst, questions);
  }
  std::string json() const {
    char text[80];
    std::snprintf(text, sizeof text, "{\"average\":%.3f,\"worst\":%d}", weight > 0 ? sum / weight : 0, worst);
    return text;
  }
};

class Questions {
 public:
  explicit Questions(const Engine& engine) : engine_(engine), guideline_(engine.guideline()) {}

  const std::vector<int>& open(const Answers& answers) {
    if (const auto it = open_.find(answers); it != open_.end()) return it->second;
    std::vector<int> facts;
    for (const auto& missing : engine_.answer(answers).missing) facts.push_back(missing.fact);
    return open_.emplace(answers, std::move(facts)).first->second;
  }
  template <class Choose>
  int walk(const std::vector<int>& patient, Choose choose) {
    Answers answers(patient.size());
    for (int asked = 0;; ++asked) {
      const auto& facts = open(answers);
      if (facts.empty()) return asked;
      const int fact = choose(facts);
      answers[fact] = ValueSet{1} << patient[fact];
    }
  }
  double weight(const std::vector<int>& patient) const {
    double product = 1;
    for (std::size_t f = 0; f < patient.size(); ++f)
      if (!guideline_.facts[f].prevalence.empty()) product *= guideline_.facts[f].prevalence[patient[f]];
    return product;
  }
  // The least expected number of questions from here on, over the patients that agree with the answers.
  double best(Answers& answers, const std::vector<std::pair<std::vector<int>, double>>& patients) {
    if (const auto it = best_.find(answers); it != best_.end()) return it->second;
    const std::vector<int> facts = open(answers);
    double least = facts.empty() ? 0 : 1e9;
    double total = 0;
    for (const auto& patient : patients) total += patient.second;
    for (const int fact : facts) {
      double expected = 1;
      std::map<int, std::vector<std::pair<std::vector<int>, double>>> by_value;
      for (const auto& patient : patients) by_value[patient.first[fact]].push_back(patient);
      for (const auto& [value, some] : by_value) {
        double share = 0;
        for (const auto& patient : some) share += patient.second;
        if (share <= 0) continue;
        answers[fact] = ValueSet{1} << value;
        expected += share / total * best(answers, some);
      }
      answers[fact] = 0;
      least = std::min(least, expected);
    }
    best_[answers] = least;
    return least;
  }

 private:
  const Engine& engine_;
  const Guideline& guideline_;
  std::map<Answers, std::vector<int>> open_;
  std::map<Answers, double> best_;
};

int questions(const std::string& path, int count, bool with_best) {
  const Engine engine = engine_at(path);
  const Guideline& guideline = engine.guideline();
  Questions questions(engine);
  Chance chance(1234);
  Walks ranked, file, random, of_vignettes;
  std::vector<std::pair<std::vector<int>, double>> patients;
  double all = 1;
  for (const auto& fact : guideline.facts) all *= static_cast<double>(fact.values.size());
  if (with_best) {  // everybody
    const proving::Plain plain(guideline);
    for (std::size_t p = 0; p < static_cast<std::size_t>(all); ++p) {
      std::vector<int> profile;
      std::size_t rest = p;
      for (const auto& fact : guideline.facts) {
        profile.push_back(static_cast<int>(rest % fact.values.size()));
        rest /= fact.values.size();
      }
      if (plain.allowed(profile)) patients.emplace_back(profile, questions.weight(profile));
    }
  } else {
    for (int i = 0; i < count; ++i) patients.emplace_back(random_patient(engine, chance), 1.0);
  }
  for (const auto& [patient, weight] : patients) {
    ranked.add(questions.walk(patient, [](const std::vector<int>& open) { return open.front(); }), weight);
    file.add(questions.walk(patient, [](const std::vector<int>& open) { return *std::min_element(open.begin(), open.end()); }), weight);
    random.add(questions.walk(patient, [&](const std::vector<int>& open) { return chance.one_of(open); }), weight);
  }
  // A vignette that leaves facts open gets values that the constraints allow.
  for (const auto& vignette : guideline.vignettes) {
    if (vignette.contradiction) continue;
    Answers answers(guideline.facts.size());
    for (const auto& [fact, values] : vignette.facts) answers[fact] = values;
    for (int tries = 0; tries < 20000; ++tries) {
      auto patient = random_patient(engine, chance);
      for (const auto& [fact, values] : vignette.facts)
        if (!(values >> patient[fact] & 1)) patient[fact] = std::countr_zero(values);
      if (!proving::Plain(guideline).allowed(patient)) continue;
      of_vignettes.add(questions.walk(patient, [](const std::vector<int>& open) { return open.front(); }), 1);
      break;
    }
  }
  std::printf("{\"patients\":%zu,\"facts\":%zu,\"ranked\":%s,\"file\":%s,\"random\":%s,\"vignettes\":%s", patients.size(), guideline.facts.size(), ranked.json().c_str(), file.json().c_str(), random.json().c_str(),
              of_vignettes.json().c_str());
  if (with_best) {
    Answers nothing(guideline.facts.size());
    std::printf(",\"best\":%.3f", questions.best(nothing, patients));
  }
  std::printf("}\n");
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string> argument(arguments + 1, arguments + count);
  const auto number = [&](std::size_t i) { return std::atof(argument.at(i).c_str()); };
  const std::string command = argument.empty() ? "" : argument[0];
  if (command == "make") {
    std::fputs(testing::ClinicalGuideline(static_cast<int>(number(1)), static_cast<int>(number(2)), static_cast<std::uint64_t>(number(3)), argument.size() > 4).yaml().c_str(), stdout);
    return 0;
  }
  if (command == "workload") return workload(argument.at(1), argument.at(2).c_str(), number(3));
  if (command == "cases") return print_cases(argument.at(1));
  if (command == "times") return times(argument.at(1), argument.at(2), number(3));
  if (command == "unknown" || command == "unknown-one") return unknown(argument.at(1), static_cast<int>(number(2)), command == "unknown-one");
  if (command == "questions") return questions(argument.at(1), static_cast<int>(number(2)), argument.size() > 3);
  std::fprintf(stderr, "make, workload, times, unknown or questions\n");
  return 2;
}
