// The shared workload, and larger ones grown from it: facts, rules, all profiles, and the rules in every engine's language.
import { readFileSync } from "node:fs";

/** The same random numbers everywhere (SplitMix64, on 64 bits as BigInt). */
export function chance(seed) {
  let state = BigInt(seed);
  const mask = (1n << 64n) - 1n;
  const next = () => {
    state = (state + 0x9e3779b97f4a7c15n) & mask;
    let z = state;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & mask;
    return z ^ (z >> 31n);
  };
  return { below: (bound) => Number(next() % BigInt(bound)) };
}

/**
 * @param scale 1, 10 or 100 times the forty rules
 * @param growth "dense": more rules over the same twelve facts, so that more of them match; "topic": copies of the rules, each
 *   for one value of a thirteenth fact, so that as many match as before
 */
export function workload(scale = 1, growth = "dense") {
  const { facts, rules } = JSON.parse(readFileSync(new URL("workload.json", import.meta.url), "utf8"));
  const ids = Object.keys(facts);
  const grown = rules.map((rule) => ({ ...rule, when: { ...rule.when } }));
  if (growth === "topic" && scale > 1) {
    // A fact has at most 32 values, so a hundred topics are two facts.
    const [many, few] = scale > 25 ? [25, scale / 25] : [scale, 1];
    facts.topic = Array.from({ length: many }, (_, i) => `t${i}`);
    if (few > 1) facts.field = Array.from({ length: few }, (_, i) => `f${i}`);
    grown.length = 0;
    for (let t = 0; t < scale; ++t)
      for (const rule of rules)
        grown.push({
          id: `${rule.id}_${t}`, option: `${rule.option}_${t}`,
          when: { topic: [`t${t % many}`], ...(few > 1 ? { field: [`f${Math.floor(t / many)}`] } : {}), ...rule.when },
        });
  } else {
    const random = chance(20261124);
    for (let n = rules.length; n < rules.length * scale; ++n) {
      // The shape of a rule that is there, with other values.
      const like = rules[random.below(rules.length)];
      const when = {};
      for (const fact of Object.keys(like.when)) {
        const values = facts[fact];
        const picked = values.filter(() => random.below(2) === 1);
        when[fact] = picked.length === 0 || picked.length === values.length ? [values[random.below(values.length)]] : picked;
      }
      grown.push({ id: `g${n}`, option: `option_${n}`, when });
    }
  }
  return { facts, ids: Object.keys(facts), rules: grown, options: grown.map((rule) => rule.option), number: new Map(grown.map((rule, r) => [rule.option, r])) };
}

/** Every profile as value indexes, in an order without pattern; at most `most`, spread evenly. */
export function profiles(work, most = Infinity) {
  const sizes = work.ids.map((id) => work.facts[id].length);
  const all = sizes.reduce((product, size) => product * size, 1);
  const stride = 7919; // prime to every product of small numbers
  const count = Math.min(all, most);
  const list = [];
  for (let i = 0; i < count; ++i) {
    let rest = Number((BigInt(i) * BigInt(stride) * (all > count ? 104729n : 1n)) % BigInt(all));
    list.push(sizes.map((size) => {
      const value = rest % size;
      rest = Math.floor(rest / size);
      return value;
    }));
  }
  return list;
}

export const toObject = (work, profile) => Object.fromEntries(work.ids.map((id, f) => [id, work.facts[id][profile[f]]]));

/** The options of a profile, in the rules' order: slow and obvious, what every engine is compared with. */
export function oracle(work) {
  const rules = work.rules.map((rule) => ({
    option: rule.option,
    when: Object.entries(rule.when).map(([fact, values]) => [work.ids.indexOf(fact), new Set(values.map((value) => work.facts[fact].indexOf(value)))]),
  }));
  return (profile) => rules.filter((rule) => rule.when.every(([fact, values]) => values.has(profile[fact]))).map((rule) => rule.option);
}

/** Where each fact stands in a packed profile, as the engine packs it. */
export function fields(work) {
  let shift = 0;
  return work.ids.map((id) => {
    const bits = Math.ceil(Math.log2(work.facts[id].length));
    const field = { shift, bits };
    shift += bits;
    return field;
  });
}
export const pack = (work) => {
  const at = fields(work);
  return (profile) => profile.reduce((packed, value, f) => packed | (value << at[f].shift), 0);
};

/** By fact, what each value adds to a packed profile. */
export const inOrder = (work) => fields(work).map(({ shift }, f) => Object.fromEntries(work.facts[work.ids[f]].map((value, v) => [value, v << shift])));

/** One number that stands for the rules that hold, as by_hand.cc and native.cc make it. */
export const digest = (work, options) => options.reduce((h, option) => Math.imul(h ^ (work.number.get(option) + 1), 16777619) >>> 0, 2166136261);

// ---- the rules in other languages ----

export function toGuideline(work) {
  const lines = [
    'guideline: {id: workload, version: "1", status: draft, date: 2026-11-24, title: Workload, summary: For benchmarks, authors: None, funding: None, disclaimer: No clinical advice}',
    "sources: {s: {title: None}}",
    "facts:",
    ...work.ids.map((id) => `  ${id}: {title: ${id}, question: "${id}?", values: {${work.facts[id].map((value) => `${value}: ${value}`).join(", ")}}, sources: s}`),
    "decisions:",
    "  therapy: {title: Therapy}",
    "options:",
    ...work.options.map((option) => `  ${option}: {decision: therapy, title: ${option}, text: ${option}, sources: s}`),
    "rules:",
    ...work.rules.map((rule) => `  ${rule.id}: {when: {${Object.entries(rule.when).map(([fact, values]) => `${fact}: [${values.join(", ")}]`).join(", ")}}, preferred: ${rule.option}, sources: s}`),
  ];
  return lines.join("\n") + "\n";
}

/** One condition as one would write it by hand. */
const test = (work, fact, values, name, literal) => {
  const all = work.facts[fact];
  if (values.length > 1 && values.length === all.length - 1) return `${name} !== ${literal(all.find((value) => !values.includes(value)))}`;
  const any = values.map((value) => `${name} === ${literal(value)}`);
  return any.length > 1 ? `(${any.join(" || ")})` : any[0];
};

export function toJavaScript(work) {
  const body = work.rules.map((rule) =>
    `  if (${Object.entries(rule.when).map(([fact, values]) => test(work, fact, values, `f.${fact}`, (value) => JSON.stringify(value))).join(" && ")}) out.push(${JSON.stringify(rule.option)});`);
  return `(f) => {\n  const out = [];\n${body.join("\n")}\n  return out;\n}`;
}

/**
 * Two hand-written forms in C++, over packed profiles: `ifelse`, and `bitset` (the rules that each value leaves open, all of a
 * profile's together). Both leave the numbers of the rules that hold in `out`.
 */
export function toCpp(work) {
  const at = fields(work);
  const value = (f) => `(profile >> ${at[f].shift} & ${(1 << at[f].bits) - 1})`;
  const words = Math.ceil(work.rules.length / 64);
  const masks = work.ids.map((id) =>
    work.facts[id].map((known) => {
      const mask = new Array(words).fill(0n);
      work.rules.forEach((rule, r) => {
        if (!rule.when[id] || rule.when[id].includes(known)) mask[r >> 6] |= 1n << BigInt(r & 63);
      });
      return `{${mask.map((word) => `0x${word.toString(16)}ull`).join(",")}}`;
    }));
  const rules = work.rules.map((rule, r) =>
    `  if (${Object.entries(rule.when).map(([fact, values]) => test(work, fact, values, fact, (known) => work.facts[fact].indexOf(known)).replaceAll("===", "==").replaceAll("!==", "!=")).join(" && ")}) out[count++] = ${r};`);
  return `#include <cstdint>
#ifdef __EMSCRIPTEN__
#include <emscripten/emscripten.h>
#else
#define EMSCRIPTEN_KEEPALIVE
#endif
extern "C" {
std::uint16_t out[${work.rules.length}];
EMSCRIPTEN_KEEPALIVE std::uint16_t* out_address() { return out; }
EMSCRIPTEN_KEEPALIVE std::uint32_t ifelse(std::uint32_t profile) {
${work.ids.map((id, f) => `  const unsigned ${id} = ${value(f)};`).join("\n")}
  std::uint32_t count = 0;
${rules.join("\n")}
  return count;
}
${masks.map((rows, f) => `static const std::uint64_t mask${f}[][${words}] = {${rows.join(",\n")}};`).join("\n")}
EMSCRIPTEN_KEEPALIVE std::uint32_t bitset(std::uint32_t profile) {
  std::uint32_t count = 0;
  for (unsigned w = 0; w < ${words}; ++w)
    for (std::uint64_t left = ${masks.map((_, f) => `mask${f}[${value(f)}][w]`).join(" & ")}; left; left &= left - 1)
      out[count++] = static_cast<std::uint16_t>(w * 64 + static_cast<unsigned>(__builtin_ctzll(left)));
  return count;
}
static std::uint64_t sum_of(std::uint32_t (*one)(std::uint32_t), const std::uint32_t* profiles, std::uint32_t n) {
  std::uint64_t sum = 0;
  for (std::uint32_t i = 0; i < n; ++i) sum += one(profiles[i]);
  return sum;
}
static std::uint32_t input[32768];
EMSCRIPTEN_KEEPALIVE std::uint32_t* input_address() { return input; }
EMSCRIPTEN_KEEPALIVE std::uint32_t all_ifelse(std::uint32_t n) { return static_cast<std::uint32_t>(sum_of(ifelse, input, n)); }
EMSCRIPTEN_KEEPALIVE std::uint32_t all_bitset(std::uint32_t n) { return static_cast<std::uint32_t>(sum_of(bitset, input, n)); }
}
`;
}
