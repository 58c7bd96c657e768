// A guideline as its author meant it: plain values, no hidden state. Everything refers to everything else by index.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "waymark/codes.h"
#include "waymark/issue.h"

namespace waymark {

// A set of values of one fact, bit i for value i. 0 as an answer means "not answered".
using ValueSet = std::uint64_t;
inline constexpr int max_values_per_fact = 32;

// The same thing said to the two people at the screen.
struct Text {
  std::string patient;
  std::string clinician;
};
using TextId = int;  // index into Guideline::texts and each translation; -1 for none
inline constexpr TextId no_text = -1;

enum class Audience { patient, clinician };

struct Source {
  std::string id, title, org, kind, published, url, doi, pmid;
  TextId says = no_text;
  Place place;
};
using SourceIds = std::vector<int>;  // indexes into Guideline::sources

struct Figure {
  std::string id, value, unit;
  enum class Checked { yes, no, part } checked = Checked::no;
  SourceIds sources;
  TextId note = no_text;
  Place place;
};

// A side effect by its names; trials count it.
struct SideEffect {
  std::string id;
  TextId text = no_text;
  Place place;
};

// Numbers as their author wrote them, "" where not known: the first is the treatment's, the second the control's.
struct Pair {
  std::string treatment, control;
};

struct TrialResult {
  std::string id;      // pfs_months, os_months, orr_percent, or the author's own name
  TextId what = no_text;  // what it counts; none for the three well-known ones
  std::string unit;    // months, percent …
  Pair value;
  std::string hazard_ratio, ci95_low, ci95_high;
  Figure::Checked checked = Figure::Checked::no;
};

struct TrialSideEffect {
  int side_effect;
  Pair any, severe;  // percent of people; severe is grade 3 or higher
};

struct Trial {
  std::string id, name;
  TextId population = no_text;
  struct Arm {
    TextId name = no_text;
    std::string people;
  };
  std::vector<Arm> arms;
  std::vector<TrialResult> results;
  std::vector<TrialSideEffect> side_effects;
  Pair stopped_percent;
  Figure::Checked checked = Figure::Checked::no;
  TextId note = no_text;
  SourceIds sources;
  Place place;
};

struct Approval {
  std::string agency, date;
  TextId text = no_text;
  SourceIds sources;
  Figure::Checked checked = Figure::Checked::no;
};

struct Note {
  TextId text = no_text;
  SourceIds sources;
};

struct FactValue {
  std::string id;
  TextId text = no_text;
};

struct PartialAnswer {
  ValueSet values = 0;
  TextId text = no_text;
};

enum class Effort { tell, look_up, test };

struct Fact {
  std::string id;
  TextId title = no_text, question = no_text, help = no_text, not_known = no_text;
  std::vector<FactValue> values;
  std::vector<PartialAnswer> partial;
  Effort effort = Effort::look_up;
  std::vector<double> prevalence;  // one weight a value, any scale; empty: all alike
  SourceIds sources;
  std::optional<Note> note;
  bool used = false;        // a rule, stop or alert reads it
  bool alert_only = false;  // nothing but alerts does
  Place place;

  ValueSet all_values() const { return (ValueSet{1} << values.size()) - 1; }
};

struct Group {
  std::string id;
  TextId title = no_text, intro = no_text, none_of_these = no_text;
  enum class When { first, last, in_turn } when = When::last;  // in_turn: where the first of its facts would be asked
  struct Member {
    int fact;
    int none;  // the value that "none of these" gives; -1 where the question keeps all its answers
  };
  std::vector<Member> facts;
  Place place;
};

struct Condition {
  enum class Kind { always, fact, derived, all, any, negation };
  Kind kind = Kind::always;
  int subject = -1;     // the fact or derived fact
  ValueSet values = 0;  // that it may have
  std::vector<Condition> parts;
  Place place;
};

struct Derived {
  std::string id;
  TextId title = no_text;
  std::vector<std::string> values;
  struct Case {
    int value;
    Condition when;
  };
  std::vector<Case> cases;  // the first that holds decides
  int otherwise = 0;
  Place place;
};

// No patient fulfils `condition` and fails `consequence` (an `if`/`then`); a `never` has no consequence.
struct Constraint {
  std::string id;
  Condition condition;
  std::optional<Condition> consequence;
  SourceIds sources;
  Place place;
};

struct Stop {
  std::string id;
  Condition when;
  TextId text = no_text;
  SourceIds sources;
  Place place;
};

enum class Urgency { emergency, urgent, info };

struct Alert {
  std::string id;
  Condition when;
  Urgency urgency = Urgency::info;
  TextId text = no_text;
  SourceIds sources;
  Place place;
};

struct Decision {
  std::string id;
  TextId title = no_text, about = no_text, none = no_text;
  bool complete = false;
  int otherwise = -1;             // option listed when every other is at best a caution
  std::vector<int> besides;       // options that do not count for it
  SourceIds sources;
  Place place;
};

// From least to most careful; where rules disagree the more careful one wins.
enum class Strength : std::uint8_t { preferred = 1, option = 2, caution = 3, avoid = 4 };
// What a profile makes of an option: not listed, or one of the strengths. The value on a diagram's leaf.
using Outcome = std::uint8_t;
inline constexpr Outcome not_listed = 0;
// A set of outcomes, bit i for outcome i.
using OutcomeSet = std::uint8_t;

struct CardEntry {
  int section;  // index into card_sections
  TextId text;
};

struct Option {
  std::string id;
  int decision = -1;
  TextId title = no_text, text = no_text;
  std::vector<std::vector<std::string>> drugs;
  std::vector<std::string> classes;
  std::vector<CardEntry> card;
  std::vector<int> trials;
  std::vector<Approval> approvals;
  SourceIds sources;
  std::optional<Note> note;
  Place place;
};

struct Listing {
  int option;
  Strength strength;
};

struct Rule {
  std::string id;
  bool lowers = false;  // a caution: changes the strength of what other rules list, lists nothing itself
  Condition when;
  std::vector<Listing> listings;
  std::vector<int> overrides;  // rules that it is meant to be more careful than
  TextId text = no_text;
  SourceIds sources;
  Place place;
};

struct Information {
  std::string id;
  TextId title = no_text, before = no_text, text = no_text;
  bool on_request = false;
  SourceIds sources;
  std::optional<Note> note;
  Place place;
};

struct QuestionGuide {
  std::string id;
  TextId title = no_text;
  std::vector<TextId> questions;
  SourceIds sources;
  Place place;
};

struct Change {
  std::string version, date;
  TextId text = no_text;
};

// Somebody's approval of the guideline as it is. The engine reads it; whether the signature fits is for those who have the
// cryptography: an Ed25519 signature of `message` by `key`.
struct SignedApproval {
  std::string name, role, organisation, date, review_by;
  std::string key;        // SubjectPublicKeyInfo in base64, as between the lines of a PEM file
  std::string signature;  // base64
  std::string message;    // the bytes that are signed: the guideline's digest and all of the above but the signature
  Place place;
};

// A written case with the answer that its author expects.
struct Vignette {
  std::string id;
  std::string text;
  std::vector<std::pair<int, ValueSet>> facts;
  struct ExpectedOption {
    int option;
    enum class Kind { strength, yes, no, depends } kind;
    Strength strength = Strength::preferred;
  };
  struct Only {
    int decision;
    std::vector<int> options;
  };
  struct State {
    int decision;
    std::string state;
  };
  std::vector<ExpectedOption> options;
  std::vector<int> absent;
  std::vector<Only> only;
  std::optional<std::vector<int>> alerts;
  std::vector<int> missing, not_missing;
  int first_question = -1;
  std::optional<std::vector<int>> contradiction;
  std::vector<State> states;
  SourceIds sources;
  Place place;
};

struct Guideline {
  std::string id, version, status, date, review_by, language = "en";
  std::string sha256;  // of every file but the vignettes and the approvals, names and bytes
  TextId title = no_text, summary = no_text, authors = no_text, funding = no_text, disclaimer = no_text;
  std::vector<Change> changes;
  std::vector<int> ask_first;  // facts that are asked in this order before any other, while they matter

  std::vector<std::string> files;
  std::vector<Text> texts;                               // in `language`, figures filled in
  std::vector<std::string> text_paths;                   // "facts.her2.question", one a text
  std::map<std::string, std::vector<Text>> translations;  // by locale; an empty string: not translated

  std::vector<Source> sources;
  std::vector<Figure> figures;
  std::vector<SideEffect> side_effects;
  std::vector<Trial> trials;
  std::vector<Fact> facts;
  std::vector<Group> groups;
  std::vector<Derived> derived;
  std::vector<Constraint> constraints;
  std::vector<Stop> stops;
  std::vector<Alert> alerts;
  std::vector<Decision> decisions;
  std::vector<Option> options;
  std::vector<Rule> rules;  // rules and cautions, in the author's order
  std::vector<Information> information;
  std::vector<QuestionGuide> question_guide;
  std::vector<Vignette> vignettes;
  std::vector<SignedApproval> signed_approvals;
  Codes codes;  // empty where the guideline tells no codes of records

  int find_fact(std::string_view id) const;      // -1 where there is none
  int find_option(std::string_view id) const;
  std::vector<std::string> locales() const;      // the language first
  // The text in a locale ("" or unknown: the guideline's own language), falling back to that language.
  std::string value_names(int fact, ValueSet values) const;  // "low or zero"
  const std::string& say(TextId text, std::string_view locale, Audience audience) const;
};

inline constexpr std::string_view card_sections[] = {"how_taken", "usual_week", "can_do", "can_cost", "needs",
                                                "call_your_team_if"};

const char* name_of(Strength strength);
const char* name_of(Urgency urgency);
const char* name_of(Effort effort);
const char* name_of(Figure::Checked checked);

}  // namespace waymark
