#include "yaml/document.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <cstdint>
#include <istream>
#include <optional>
#include <streambuf>
#include <set>

#include "text/utf8.h"

namespace waymark::yaml {
namespace {

// A stream over text that is already in memory, without a copy.
class TextBuffer : public std::streambuf {
 public:
  explicit TextBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());
    setg(begin, begin, begin + text.size());
  }
};

struct Refused {
  Place place;
  std::string code, message, remedy;
};

// Turns bytes offsets of the parser's marks into places with columns in characters.
class Places {
 public:
  Places(std::string_view text, int file) : text_(text), file_(file) {
    starts_.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i)
      if (text[i] == '\n') starts_.push_back(i + 1);
  }
  Place at_offset(std::size_t offset) const {
    int line = 0;
    while (line + 1 < static_cast<int>(starts_.size()) && starts_[line + 1] <= offset) ++line;
    return at(line, offset - starts_[line]);
  }
  Place at(int line, std::size_t byte_column) const {
    if (line < 0 || line >= static_cast<int>(starts_.size())) return {file_, static_cast<int>(starts_.size()), 1};
    // A line is counted onwards from the place asked for last: files of one endless line would take for ever otherwise.
    if (line != last_.line || byte_column < last_.bytes) last_ = {line, 0, 0};
    last_.characters += text::characters(text_.substr(starts_[line] + last_.bytes), byte_column - last_.bytes);
    last_.bytes = std::min(byte_column, text_.size() - starts_[line]);
    return {file_, line + 1, last_.characters + 1};
  }
  std::string line(int number) const {
    if (number < 0 || number >= static_cast<int>(starts_.size())) return {};
    const auto end = text_.find('\n', starts_[number]);
    return std::string(text_.substr(starts_[number], end == std::string_view::npos ? end : end - starts_[number]));
  }
  Place at(const YAML::Mark& mark) const { return at(mark.line, static_cast<std::size_t>(mark.column < 0 ? 0 : mark.column)); }

 private:
  std::string_view text_;
  int file_;
  std::vector<std::size_t> starts_;
  struct Last {
    int line = -1;
    std::size_t bytes = 0;
    int characters = 0;
  };
  mutable Last last_;
};

class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(const Places& places, const Limits& limits, text::Issues& issues)
      : places_(places), limits_(limits), issues_(issues) {}

  std::vector<Node> documents;

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    add(Node{Node::Kind::empty, places_.at(mark), {}, {}, {}});
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    throw Refused{places_.at(mark), "alias", "aliases (*name) are not part of the format", "write the value out, or give it an id"};
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    add(Node{Node::Kind::scalar, places_.at(mark), value, {}, {}});
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    open(Node{Node::Kind::list, places_.at(mark), {}, {}, {}});
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    open(Node{Node::Kind::map, places_.at(mark), {}, {}, {}});
  }
  void OnMapEnd() override { close(); }

  // Where the map or list begins that is being read.
  std::optional<Place> innermost() const {
    if (open_.empty()) return std::nullopt;
    return open_.back().node.place;
  }

 private:
  struct Open {
    Node node;
    std::set<std::string> keys;
    bool has_key = false;
    bool duplicate = false;  // the value belongs to a key that was there before
    std::string key;
    Place key_place;
  };

  void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) const {
    if (anchor != 0)
      throw Refused{places_.at(mark), "anchor", "anchors (&name) are not part of the format", "write the value out, or give it an id"};
  }
  void refuse_tag(const YAML::Mark& mark, const std::string& tag) const {
    if (!tag.empty() && tag != "?" && tag != "!")
      throw Refused{places_.at(mark), "tag", "tags (!name) are not part of the format", "remove the tag"};
  }
  void open(Node node) {
    if (static_cast<int>(open_.size()) >= limits_.depth)
      throw Refused{node.place, "too-deep", "nested deeper than " + std::to_string(limits_.depth) + " levels", "write it flatter"};
    if (!open_.empty() && open_.back().node.is_map() && !open_.back().has_key) refuse_key(node.place);
    open_.push_back({std::move(node), {}, false, false, {}, {}});
  }
  void close() {
    Node node = std::move(open_.back().node);
    open_.pop_back();
    add(std::move(node));
  }
  [[noreturn]] void refuse_key(Place place) const {
    throw Refused{place, "key-not-text", "a key must be a plain word", "write `key: value`"};
  }
  void add(Node node) {
    if (++count_ > limits_.nodes)
      throw Refused{node.place, "too-many-values", "more than " + std::to_string(limits_.nodes) + " values in one file", "divide the guideline into files"};
    if (open_.empty()) {
      // yaml-cpp makes of "," one empty document after another, without an end.
      if (!documents.empty() && documents.back().place.line == node.place.line && documents.back().place.column == node.place.column)
        throw Refused{node.place, "yaml-syntax", "a sign with which nothing can begin", "remove it, or put the text in quotation marks"};
      documents.push_back(std::move(node));
      return;
    }
    Open& parent = open_.back();
    if (parent.node.is_list()) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.has_key) {
      if (!node.is_scalar()) refuse_key(node.place);
      parent.has_key = true;
      parent.key = std::move(node.scalar);
      parent.key_place = node.place;
      parent.duplicate = !parent.keys.insert(parent.key).second;
      if (parent.duplicate)
        issues_.error(parent.key_place, "duplicate-key", "'" + parent.key + "' stands twice in the same map",
                      "keep one of them, or join their values");
    } else {
      parent.has_key = false;
      if (!parent.duplicate) parent.node.entries.push_back({std::move(parent.key), parent.key_place, std::move(node)});
    }
  }

  const Places& places_;
  const Limits& limits_;
  text::Issues& issues_;
  std::vector<Open> open_;
  std::size_t count_ = 0;
};

}  // namespace

namespace {

std::string hexadecimal(std::uint32_t code, int digits) {
  std::string text;
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) text += "0123456789ABCDEF"[code >> shift & 15];
  return text;
}

// Why a byte is not taken, and what to do.
std::pair<std::string, std::string> why_not_text(std::string_view text, std::size_t offset) {
  const auto byte = [&](std::size_t i) { return offset + i < text.size() ? static_cast<unsigned char>(text[offset + i]) : 0u; };
  if (offset == 0 && ((byte(0) == 0xFF && byte(1) == 0xFE) || (byte(0) == 0xFE && byte(1) == 0xFF))) return {"the file is UTF-16 text", "save it as UTF-8"};
  if (byte(0) == 0) return {"a NUL byte: this is not a text file", "save the file as UTF-8 text"};
  if (byte(0) < 0x80) return {"the invisible control character U+" + hexadecimal(byte(0), 4), "remove it"};
  if (byte(0) == 0xC2 && byte(1) >= 0x80 && byte(1) < 0xA0) return {"the invisible control character U+" + hexadecimal(byte(1), 4), "remove it"};
  if (byte(0) == 0xE2 && (byte(1) == 0x80 || byte(1) == 0x81) && byte(2) >= 0x80)
    return {"the invisible character U+" + hexadecimal((byte(0) & 0xF) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F), 4) + ", which turns the direction of writing", "remove it"};
  return {"the byte " + hexadecimal(byte(0), 2) + " is not UTF-8 text", "save the file as UTF-8"};
}

struct Fault {
  std::string message, remedy;
};

// What yaml-cpp found, in an author's words. `open` is the innermost map or list that was not at its end.
Fault in_words(std::string_view found, const std::string& line, const std::optional<Place>& open) {
  const auto starts = [&](std::string_view text) { return found.starts_with(text); };
  const std::string begun = open ? ", begun in line " + std::to_string(open->line) : "";
  if (line.find_first_not_of(" \t") != std::string::npos && line.substr(0, line.find_first_not_of(" \t")).find('\t') != std::string::npos)
    return {"a tab indents this line", "indent with spaces"};
  if (starts("end of map flow")) return {"a '{' is not closed" + begun, "close it with '}', or close a quotation mark inside it"};
  if (starts("end of sequence flow")) return {"a '[' is not closed" + begun, "close it with ']', or close a quotation mark inside it"};
  if (starts("illegal flow end")) return {"this bracket closes nothing", "look for the one that it should close; each [ needs its ], each { its }"};
  if (starts("end of map") || starts("end of sequence"))
    return {"this line does not fit the lines above it" + begun, "indent what belongs together alike; do not mix `key: value` lines with `- item` lines"};
  if (starts("illegal map value")) return {"a ':' stands where no key can be", "put a text that holds ': ' in quotation marks, or check the indentation here and just above"};
  if (starts("unknown token")) return {"a character that YAML keeps for itself", "put the text in quotation marks"};
  if (starts("illegal EOF in scalar")) return {"a quotation mark is not closed", "close it"};
  return {"this is not YAML: " + std::string(found), "check the indentation, the colons and the quotation marks here and just above"};
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  for (const auto& entry : entries)
    if (entry.key == key) return &entry.value;
  return nullptr;
}

std::vector<Node> read(std::string_view text, int file, const Limits& limits, text::Issues& issues) {
  const Place whole{file, 0, 0};
  if (text.size() > limits.bytes) {
    issues.error(whole, "too-large", "the file is larger than " + std::to_string(limits.bytes >> 20) + " MB", "divide it into several");
    return {};
  }
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    issues.error(whole, "empty-file", "the file is empty", "write a section into it, or remove it");
    return {};
  }
  const Places places(text, file);
  if (const auto offset = text::first_unacceptable(text); offset != std::string_view::npos) {
    const auto [message, remedy] = why_not_text(text, offset);
    issues.error(places.at_offset(offset), "not-text", message, remedy);
    return {};
  }
  TextBuffer buffer(text);
  std::istream stream(&buffer);
  TreeBuilder builder(places, limits, issues);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Refused& refused) {
    issues.error(refused.place, refused.code, refused.message, refused.remedy);
    return {};
  } catch (const YAML::Exception& fault) {
    const auto [message, remedy] = in_words(fault.msg, places.line(fault.mark.line), builder.innermost());
    issues.error(places.at(fault.mark), "yaml-syntax", message, remedy);
    return {};
  }
  const auto empty = [](const Node& document) { return document.kind == Node::Kind::empty; };
  if (std::all_of(builder.documents.begin(), builder.documents.end(), empty)) issues.error(whole, "empty-file", "the file holds no section", "write a section into it, or remove it");
  return std::move(builder.documents);
}

}  // namespace waymark::yaml
