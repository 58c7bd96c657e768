#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "commands.h"
#include "files.h"

namespace waymark::cli {
namespace {

// The pathway: facts lead to rules, rules to options, options belong to decisions.
struct Graph {
  struct Node {
    std::string id, kind, label;
  };
  struct Edge {
    std::string from, to, label;
  };
  std::vector<Node> nodes;
  std::vector<Edge> edges;
};

void read_facts_of(const Guideline& guideline, const Condition& condition, std::set<std::pair<int, std::string>>& facts) {
  if (condition.kind == Condition::Kind::fact) facts.emplace(condition.subject, condition_text(guideline, condition));
  if (condition.kind == Condition::Kind::derived)
    for (const auto& item : guideline.derived[condition.subject].cases) read_facts_of(guideline, item.when, facts);
  for (const auto& part : condition.parts) read_facts_of(guideline, part, facts);
}

Graph pathway(const Guideline& guideline) {
  Graph graph;
  std::set<int> used;
  const auto lead = [&](const Condition& condition, const std::string& to) {
    std::set<std::pair<int, std::string>> facts;
    read_facts_of(guideline, condition, facts);
    for (const auto& [fact, label] : facts) {
      used.insert(fact);
      graph.edges.push_back({"fact:" + guideline.facts[fact].id, to, label.substr(guideline.facts[fact].id.size() + 2)});
    }
  };
  for (const auto& stop : guideline.stops) {
    graph.nodes.push_back({"stop:" + stop.id, "stop", stop.id});
    lead(stop.when, "stop:" + stop.id);
  }
  for (const auto& rule : guideline.rules) {
    const std::string id = "rule:" + rule.id;
    graph.nodes.push_back({id, rule.lowers ? "caution" : "rule", condition_text(guideline, rule.when)});
    lead(rule.when, id);
    for (const auto& listing : rule.listings) graph.edges.push_back({id, "option:" + guideline.options[listing.option].id, name_of(listing.strength)});
  }
  for (const auto& option : guideline.options) {
    graph.nodes.push_back({"option:" + option.id, "option", guideline.say(option.title, "", Audience::clinician)});
    graph.edges.push_back({"option:" + option.id, "decision:" + guideline.decisions[option.decision].id, ""});
  }
  for (const auto& decision : guideline.decisions) graph.nodes.push_back({"decision:" + decision.id, "decision", guideline.say(decision.title, "", Audience::clinician)});
  for (const int fact : used) graph.nodes.push_back({"fact:" + guideline.facts[fact].id, "fact", guideline.say(guideline.facts[fact].title, "", Audience::clinician)});
  return graph;
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out + "\"";
}

void print_dot(const Guideline& guideline, const Graph& graph) {
  std::cout << "digraph " << quoted(guideline.id) << " {\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n";
  for (const auto& node : graph.nodes) {
    const char* shape = node.kind == "fact" ? "ellipse" : node.kind == "decision" ? "folder" : node.kind == "stop" ? "octagon" : node.kind == "option" ? "box" : "note";
    std::cout << "  " << quoted(node.id) << " [shape=" << shape << ", label=" << quoted(node.label) << "];\n";
  }
  for (const auto& edge : graph.edges) {
    std::cout << "  " << quoted(edge.from) << " -> " << quoted(edge.to);
    if (!edge.label.empty()) std::cout << " [label=" << quoted(edge.label) << "]";
    std::cout << ";\n";
  }
  std::cout << "}\n";
}

// Mermaid reads these characters as its own marks; entities print them.
std::string mermaid(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '"' ? "#quot;" : c == '#' ? "#35;" : c == '\n' ? " " : std::string(1, c);
  return "\"" + out + "\"";
}

void print_mermaid(const Graph& graph) {
  const auto id = [](std::string name) {
    for (char& c : name)
      if (c == ':') c = '_';
    return name;
  };
  std::cout << "flowchart LR\n";
  for (const auto& node : graph.nodes) {
    const bool round = node.kind == "fact";
    std::cout << "  " << id(node.id) << (round ? "([" : "[") << mermaid(node.label) << (round ? "])" : "]") << '\n';
  }
  for (const auto& edge : graph.edges) {
    std::cout << "  " << id(edge.from) << " -->";
    if (!edge.label.empty()) std::cout << "|" << mermaid(edge.label) << "|";
    std::cout << ' ' << id(edge.to) << '\n';
  }
}

void print_json(const Guideline& guideline, const Graph& graph) {
  nlohmann::ordered_json out;
  out["waymark"] = 1;
  out["guideline"] = {{"id", guideline.id}, {"version", guideline.version}};
  auto& nodes = out["nodes"] = nlohmann::ordered_json::array();
  for (const auto& node : graph.nodes) nodes.push_back({{"id", node.id}, {"kind", node.kind}, {"label", node.label}});
  auto& edges = out["edges"] = nlohmann::ordered_json::array();
  for (const auto& edge : graph.edges) edges.push_back({{"from", edge.from}, {"to", edge.to}, {"label", edge.label}});
  std::cout << out.dump(2) << '\n';
}

}  // namespace

int graph(const std::string& guideline, const std::string& format) {
  const auto files = find_guideline(guideline);
  if (!files) return usage;
  const auto engine = load_or_explain(*files);
  if (!engine) return failed;
  const Graph drawn = pathway(engine->guideline());
  if (format == "dot") print_dot(engine->guideline(), drawn);
  else if (format == "mermaid") print_mermaid(drawn);
  else print_json(engine->guideline(), drawn);
  return ok;
}

}  // namespace waymark::cli
