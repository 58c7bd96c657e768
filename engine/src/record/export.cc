// The answers and the plan in the forms that hospitals take back: FHIR R4, CDS Hooks, plain text. Drafts of proposals only.
#include <algorithm>

#include "text/sha256.h"
#include "text/utf8.h"
#include "waymark/record.h"
#include "wire/writer.h"

namespace waymark {
namespace {

using wire::Writer;

class Export {
 public:
  Export(const Engine& engine, const Answer& answer, const ExportWording& wording) : guideline_(engine.guideline()), answer_(answer), wording_(wording) {
    seed_ = guideline_.sha256;
    for (const ValueSet values : answer.facts) seed_ += ',' + std::to_string(values);
    seed_ += wording.subject + wording.today;
  }

  std::string questionnaire_response() {
    questionnaire_response(out_);
    return std::move(out_).take();
  }

  std::string bundle() {
    out_.begin_object().field("resourceType", "Bundle").field("type", "transaction").key("entry").begin_list();
    const auto entry = [&](const char* type, auto write) {
      out_.begin_object().field("fullUrl", "urn:uuid:" + uuid(type)).key("resource");
      write();
      out_.key("request").begin_object().field("method", "POST").field("url", type).end_object().end_object();
    };
    entry("QuestionnaireResponse", [&] { questionnaire_response(out_); });
    if (!listed().empty()) entry("RequestGroup", [&] { request_group(); });
    entry("CarePlan", [&] { care_plan(); });
    out_.end_list().end_object();
    return std::move(out_).take();
  }

  std::string cds_cards() {
    const std::vector<const OptionAnswer*> options = listed();
    int known = 0;
    for (const ValueSet values : answer_.facts) known += values != 0;
    const bool gate = stopped() || answer_.contradiction;
    std::string summary = answer_.contradiction ? "The answers contradict each other"
                          : stopped()           ? "This guideline is not for this patient"
                                                : std::to_string(options.size()) + (options.size() == 1 ? " option" : " options") + " to discuss; " + std::to_string(answer_.missing.size()) + " open facts can still matter";
    out_.begin_object().key("cards").begin_list().begin_object();
    out_.field("uuid", uuid("card")).field("summary", summary).field("indicator", gate || !answer_.alerts.empty() ? "warning" : "info");
    out_.field("detail", "From " + std::to_string(known) + " answered facts.\n\n```\n" + fenced(plan()) + "```\n");
    out_.key("source").begin_object().field("label", text::shortened("Waymark, guideline " + guideline_.id + " " + guideline_.version + " (" + guideline_.status + ")", 200)).end_object();
    out_.end_object().end_list().end_object();
    return std::move(out_).take();
  }

  std::string plan() const {
    std::string text = say(guideline_.title) + "\nGuideline " + guideline_.id + " " + guideline_.version + " (" + guideline_.status + ")" + (wording_.today.empty() ? "" : ", " + wording_.today) +
                       "\nA decision aid, not an order: every option is to be discussed.\n\nWhat is known\n";
    bool any = false;
    for (std::size_t fact = 0; fact < answer_.facts.size(); ++fact)
      if (answer_.facts[fact]) {
        text += "- " + say(guideline_.facts[fact].title) + ": " + values(static_cast<int>(fact), answer_.facts[fact]) + "\n";
        any = true;
      }
    if (!any) text += "- nothing yet\n";
    for (const int alert : answer_.alerts) text += "\nNOTE (" + std::string(name_of(guideline_.alerts[alert].urgency)) + "): " + say(guideline_.alerts[alert].text) + "\n";
    if (answer_.contradiction) {
      text += "\nThese answers cannot hold together:\n";
      for (const auto& item : *answer_.contradiction) text += "- " + say(guideline_.facts[item.fact].title) + ": " + values(item.fact, item.values) + "\n";
      return text;
    }
    for (const auto& stop : answer_.stops)
      if (stop.holds == Applies::yes) text += "\n" + say(guideline_.stops[stop.stop].text) + "\n";
    for (std::size_t d = 0; d < answer_.decisions.size(); ++d) {
      std::string lines;
      for (const auto& option : answer_.decisions[d].options)
        if (option.applies != Applies::no) lines += "- " + say(guideline_.options[option.option].title) + " (" + standing(option) + ")\n";
      if (!lines.empty()) text += "\n" + say(guideline_.decisions[d].title) + "\n" + lines;
    }
    if (!answer_.missing.empty()) {
      text += "\nStill open, most useful first\n";
      for (const auto& missing : answer_.missing) text += "- " + say(guideline_.facts[missing.fact].title) + "\n";
    }
    return text;
  }

 private:
  const std::string& say(TextId id) const { return guideline_.say(id, wording_.locale, Audience::clinician); }
  std::string values(int fact, ValueSet set) const {
    std::string text;
    const Fact& known = guideline_.facts[fact];
    for (std::size_t v = 0; v < known.values.size(); ++v)
      if (set >> v & 1) text += (text.empty() ? "" : " or ") + say(known.values[v].text);
    return text;
  }
  std::string standing(const OptionAnswer& option) const {
    std::string text = option.strength ? name_of(*option.strength) : "strength still open";
    if (option.applies == Applies::depends) {
      text += ", depends on ";
      for (std::size_t i = 0; i < option.depends_on.size(); ++i) text += (i ? ", " : "") + say(guideline_.facts[option.depends_on[i].fact].title);
    }
    return text;
  }
  bool stopped() const {
    return std::any_of(answer_.stops.begin(), answer_.stops.end(), [](const StopAnswer& stop) { return stop.holds == Applies::yes; });
  }
  // What may be proposed: it holds, or may hold, and is not one to avoid.
  std::vector<const OptionAnswer*> listed() const {
    std::vector<const OptionAnswer*> found;
    for (const auto& decision : answer_.decisions)
      for (const auto& option : decision.options)
        if (proposed(option)) found.push_back(&option);
    return found;
  }
  static bool proposed(const OptionAnswer& option) {
    return option.applies != Applies::no && !(option.strengths & (1 << static_cast<int>(Strength::avoid))) && option.strengths != 0;
  }

  // A name-based number in the form of a UUID: the same plan gets the same numbers.
  std::string uuid(const std::string& of) const {
    std::string hex = text::sha256_hex(seed_ + '/' + of).substr(0, 32);
    hex[12] = '8';
    hex[16] = 'a';
    return hex.substr(0, 8) + '-' + hex.substr(8, 4) + '-' + hex.substr(12, 4) + '-' + hex.substr(16, 4) + '-' + hex.substr(20);
  }
  // FHIR forbids empty strings and ones that begin or end with blanks only; all of ours have words.
  static std::string fenced(std::string text) {
    for (std::size_t at = text.find("```"); at != std::string::npos; at = text.find("```", at)) text.replace(at, 3, "'''");
    return text;
  }
  std::string canonical() const { return "urn:waymark:guideline:" + guideline_.id; }
  void subject(Writer& out) const {
    out.key("subject").begin_object();
    if (wording_.subject.empty()) out.field("display", "The patient in whose record this is filed");
    else out.field("reference", wording_.subject);
    out.end_object();
  }
  void text_concept(Writer& out, const char* key, const std::string& text) const { out.key(key).begin_object().field("text", text).end_object(); }

  void questionnaire_response(Writer& out) const {
    out.begin_object().field("resourceType", "QuestionnaireResponse").field("questionnaire", canonical() + "|" + guideline_.version).field("status", "completed");
    subject(out);
    if (!wording_.today.empty()) out.field("authored", wording_.today);
    bool any = false;
    for (std::size_t fact = 0; fact < answer_.facts.size(); ++fact) {
      const ValueSet set = answer_.facts[fact];
      if (!set) continue;
      if (!any) out.key("item").begin_list();
      any = true;
      const Fact& known = guideline_.facts[fact];
      std::string code;
      for (std::size_t v = 0; v < known.values.size(); ++v)
        if (set >> v & 1) code += (code.empty() ? "" : "|") + known.values[v].id;
      // Several values are one answer that leaves them open; several answers would mean all of them.
      out.begin_object().field("linkId", known.id).field("text", say(known.question)).key("answer").begin_list().begin_object().key("valueCoding").begin_object();
      out.field("system", canonical() + ":" + known.id).field("code", code).field("display", values(static_cast<int>(fact), set));
      out.end_object().end_object().end_list().end_object();
    }
    if (any) out.end_list();
    out.end_object();
  }

  // One thing of an option that somebody would ask for: a drug, or a choice of drugs; or what has no drug.
  struct Leaf {
    std::string id;
    const Option* option;
    const std::vector<std::string>* choice;  // null where there is no drug
  };
  std::vector<Leaf> leaves(const OptionAnswer& answer) const {
    const Option& option = guideline_.options[answer.option];
    std::vector<Leaf> found;
    for (std::size_t i = 0; i < option.drugs.size(); ++i) found.push_back({"o" + std::to_string(answer.option) + "-" + std::to_string(i), &option, &option.drugs[i]});
    if (found.empty()) found.push_back({"o" + std::to_string(answer.option), &option, nullptr});
    return found;
  }
  static std::string words(const std::vector<std::string>& choice) {
    std::string text;
    for (const auto& drug : choice) text += (text.empty() ? "" : " or ") + drug;
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
  }

  void contained(const Leaf& leaf) {
    out_.begin_object().field("resourceType", leaf.choice ? "MedicationRequest" : "ServiceRequest").field("id", leaf.id).field("status", "draft").field("intent", "proposal");
    if (leaf.choice) {
      out_.key("medicationCodeableConcept").begin_object();
      for (const auto& drug : guideline_.codes.drugs)
        if (leaf.choice->size() == 1 && drug.word.id == leaf.choice->front() && !drug.word.codes.empty() && !drug.word.codes[0].family) {
          const Code& code = drug.word.codes[0];
          out_.key("coding").begin_list().begin_object().field("system", guideline_.codes.systems[code.system].addresses.front()).field("code", code.code).end_object().end_list();
        }
      out_.field("text", words(*leaf.choice)).end_object();
    } else {
      text_concept(out_, "code", say(leaf.option->title));
    }
    subject(out_);
    out_.end_object();
  }

  void request_group() {
    out_.begin_object().field("resourceType", "RequestGroup").key("contained").begin_list();
    for (const auto* option : listed())
      for (const auto& leaf : leaves(*option)) contained(leaf);
    out_.end_list().key("instantiatesUri").begin_list().value(canonical()).end_list();
    out_.field("status", "draft").field("intent", "proposal");
    subject(out_);
    if (!wording_.today.empty()) out_.field("authoredOn", wording_.today);
    out_.key("action").begin_list();
    for (std::size_t d = 0; d < answer_.decisions.size(); ++d) {
      const auto& options = answer_.decisions[d].options;
      if (std::none_of(options.begin(), options.end(), proposed)) continue;
      out_.begin_object().field("title", say(guideline_.decisions[d].title)).field("groupingBehavior", "logical-group").field("selectionBehavior", "any").key("action").begin_list();
      for (const auto& option : options)
        if (proposed(option)) action(option);
      out_.end_list().end_object();
    }
    out_.end_list().end_object();
  }

  void action(const OptionAnswer& answer) {
    const Option& option = guideline_.options[answer.option];
    out_.begin_object();
    if (answer.strength) out_.key("extension").begin_list().begin_object().field("url", "urn:waymark:strength").field("valueCode", name_of(*answer.strength)).end_object().end_list();
    out_.field("title", say(option.title)).field("description", standing(answer) + ". An option to discuss, not an order.");
    if (!option.sources.empty()) {
      out_.key("documentation").begin_list();
      for (const int index : option.sources) {
        const Source& source = guideline_.sources[index];
        out_.begin_object().field("type", "citation").field("display", source.title);
        if (source.url.starts_with("http")) out_.field("url", source.url);
        out_.end_object();
      }
      out_.end_list();
    }
    const std::vector<Leaf> parts = leaves(answer);
    if (parts.size() == 1) {
      out_.key("resource").begin_object().field("reference", "#" + parts[0].id).end_object();
    } else {
      out_.field("groupingBehavior", "logical-group").field("selectionBehavior", "all").key("action").begin_list();
      for (const auto& part : parts) out_.begin_object().field("title", words(*part.choice)).key("resource").begin_object().field("reference", "#" + part.id).end_object().end_object();
      out_.end_list();
    }
    out_.end_object();
  }

  void care_plan() {
    out_.begin_object().field("resourceType", "CarePlan").key("instantiatesUri").begin_list().value(canonical()).end_list();
    out_.field("status", "draft").field("intent", "proposal").key("category").begin_list().begin_object().field("text", "Options for discussion").end_object().end_list();
    out_.field("title", say(guideline_.title)).field("description", plan());
    subject(out_);
    if (!wording_.today.empty()) out_.field("created", wording_.today);
    out_.key("supportingInfo").begin_list().begin_object().field("reference", "urn:uuid:" + uuid("QuestionnaireResponse")).end_object().end_list();
    if (!listed().empty()) out_.key("activity").begin_list().begin_object().key("reference").begin_object().field("reference", "urn:uuid:" + uuid("RequestGroup")).end_object().end_object().end_list();
    out_.end_object();
  }

  const Guideline& guideline_;
  const Answer& answer_;
  const ExportWording& wording_;
  std::string seed_;
  Writer out_;
};

}  // namespace

std::optional<ExportFormat> export_format(std::string_view name) {
  if (name == "questionnaire-response") return ExportFormat::questionnaire_response;
  if (name == "bundle") return ExportFormat::bundle;
  if (name == "cds-cards") return ExportFormat::cds_cards;
  if (name == "text") return ExportFormat::text;
  return std::nullopt;
}

std::string export_plan(const Engine& engine, const Answer& answer, ExportFormat format, const ExportWording& wording) {
  Export out(engine, answer, wording);
  switch (format) {
    case ExportFormat::questionnaire_response: return out.questionnaire_response();
    case ExportFormat::bundle: return out.bundle();
    case ExportFormat::cds_cards: return out.cds_cards();
    case ExportFormat::text: return out.plan();
  }
  return {};
}

}  // namespace waymark
