// Complete profiles at full speed: all options' diagrams joined into one, laid out flat, walked in as many steps as the
// answer needs. For statistics over cohorts, simulations and benchmarks; a page that asks questions wants Engine::answer.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "waymark/guideline.h"

namespace waymark {

class Engine;

class Packed {
 public:
  // Nothing where the joined diagram would need more than `limit` nodes, or the profile more than 64 bits.
  static std::optional<Packed> make(const Engine& engine, std::size_t limit = 1'000'000);

  struct Field {
    std::uint8_t shift, bits;
  };
  // Where each fact's value stands in a packed profile, in the guideline's order.
  const std::vector<Field>& fields() const { return fields_; }
  // One value a fact.
  std::uint64_t pack(std::span<const int> values) const;

  // Which of `outcomes` the profile gets. The profile must be complete; constraints are not looked at.
  std::uint32_t outcome(std::uint64_t profile) const {
    std::uint64_t word = root_;
    while (!(word >> 63)) word = table_[static_cast<std::uint32_t>(word) + (profile >> (word >> 32 & 63) & (word >> 40 & 255))];
    return static_cast<std::uint32_t>(word);
  }
  // The options listed, in the guideline's order.
  const std::vector<std::vector<Listing>>& outcomes() const { return outcomes_; }

  // {facts: {id: {index, values}}, root, table, outcomes}: what a walk in JavaScript needs (engine/wasm/packed.mjs).
  // table[n] is a fact's index, table[n + 1 + value] the next node, or -1 - outcome.
  std::string to_json(const Engine& engine) const;
  std::size_t nodes() const { return nodes_; }

 private:
  // A word is where to go on: bits 0..31 the place of the children (or the outcome), 32..39 the shift and 40..47 the mask
  // of the fact to look at, 63 set on an outcome.
  std::vector<std::uint64_t> table_;
  std::uint64_t root_ = 0;
  std::vector<Field> fields_;
  std::vector<int> fact_of_shift_;
  std::vector<std::vector<Listing>> outcomes_;
  std::size_t nodes_ = 0;
};

}  // namespace waymark
