// Runs every measurement in one go, each engine in a process of its own, and reports: a table for people, and
// build/bench/results.json. `run` builds what is needed first. Ratios within one run mean something; times depend on the machine.
import { execFileSync, spawnSync } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { readFileSync, writeFileSync } from "node:fs";
import { digest, oracle, pack, profiles, toCpp, toGuideline, workload } from "./workload.mjs";
import { inWords } from "./measure.mjs";

const quick = process.argv.includes("--quick");
const only = process.argv.includes("--only") ? process.argv[process.argv.indexOf("--only") + 1].split(",") : null;
const wanted = (part) => !only || only.includes(part);
const seconds = quick ? 0.2 : 1;
const root = new URL("../../", import.meta.url).pathname;
const out = `${root}build/bench/`;
const here = new URL(".", import.meta.url).pathname;
const native = `${out}native`;

const say = (text) => process.stderr.write(`${text}\n`);
const text = (command, args) => execFileSync(command, args, { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] });
const json = (command, args, timeout = 600000) => {
  const done = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 28, timeout });
  const line = done.stdout?.trim().split("\n").at(-1);
  try {
    return JSON.parse(line);
  } catch {
    return { problem: done.error?.code === "ETIMEDOUT" ? `no end within ${timeout / 1000} s` : (done.stderr || String(done.error ?? "no result")).trim().split("\n").at(-1).slice(0, 200) };
  }
};
const node = (script, args, timeout) => json(process.execPath, [`${here}${script}`, ...args.map(String)], timeout);

function table(title, head, rows) {
  const widths = head.map((cell, i) => Math.max(cell.length, ...rows.map((row) => String(row[i] ?? "").length)));
  const line = (cells) => cells.map((cell, i) => (i === 0 ? String(cell ?? "").padEnd(widths[i]) : String(cell ?? "").padStart(widths[i]))).join("  ").trimEnd();
  console.log(`\n${title}\n${line(head)}\n${widths.map((width) => "-".repeat(width)).join("  ")}\n${rows.map(line).join("\n")}`);
}
const times = (ns, base) => (ns && base ? `${(ns / base).toPrecision(3)}x` : "");

const results = {
  machine: { processor: cpus()[0]?.model, cores: cpus().length, node: process.version, load_before: loadavg() },
  workload: {}, unknown: {}, guidelines: {}, questions: {},
};

// ---- complete profiles ----

const sizes = quick ? [[1, "dense"], [10, "dense"]] : [[1, "dense"], [10, "dense"], [100, "dense"], [10, "topic"], [100, "topic"]];
for (const [scale, growth] of wanted("workload") ? sizes : []) {
  const name = `${growth}${scale}`;
  const work = workload(scale, growth);
  say(`${work.rules.length} rules, ${growth}: building the hand-written forms`);
  writeFileSync(`${out}${name}.yaml`, toGuideline(work));
  const all = profiles(work, 24576);
  writeFileSync(`${out}${name}.profiles`, Buffer.from(Uint32Array.from(all, pack(work)).buffer));
  writeFileSync(`${out}${name}.cc`, toCpp(work));
  text("c++", ["-std=c++20", "-O2", "-o", `${out}${name}`, `${out}${name}.cc`, `${here}by_hand.cc`]);
  text("emcc", ["-std=c++20", "-O2", "--no-entry", "-sSTANDALONE_WASM", "-o", `${out}${name}.wasm`, `${out}${name}.cc`]);

  say(`${work.rules.length} rules, ${growth}: measuring`);
  const byHand = json(`${out}${name}`, [`${out}${name}.profiles`, String(seconds)]);
  const engine = json(native, ["workload", `${out}${name}.yaml`, `${out}${name}.profiles`, String(seconds)]);
  const wasm = node("wasm.mjs", ["workload", name, scale, growth, seconds]);
  const peers = {};
  for (const peer of ["js-ifelse", "json-logic-engine", "zen", "cql-execution", "json-rules-engine"]) peers[peer] = node("peer.mjs", [peer, scale, growth, seconds]);

  // The native engine and the hand-written forms on every profile, the oracle on as many as a moment allows.
  const truth = oracle(work);
  let different = 0, oracleChecked = 0, oracleDifferent = 0;
  const until = Date.now() + 20000;
  all.forEach((profile, i) => {
    if (engine.answers?.[i] !== byHand.answers?.[i]) ++different;
    if (Date.now() > until) return;
    ++oracleChecked;
    if (digest(work, truth(profile)) !== byHand.answers?.[i]) ++oracleDifferent;
  });
  delete engine.answers;
  delete byHand.answers;
  results.workload[name] = { rules: work.rules.length, profiles: all.length, different, oracleChecked, oracleDifferent, byHand, engine, wasm, peers };

  const base = byHand.bitset?.ns;
  const rows = [
    ["native, packed profile in, outcome out"],
    ["  Waymark", inWords(engine.packed?.ns), times(engine.packed?.ns, base)],
    ["  C++ bitset", inWords(base), "1x"],
    ["  C++ if/else", inWords(byHand.ifelse?.ns), times(byHand.ifelse?.ns, base)],
    ["wasm, called once a profile"],
    ["  Waymark", inWords(wasm.packed?.ns), times(wasm.packed?.ns, wasm.bitset_called?.ns)],
    ["  C++ bitset", inWords(wasm.bitset_called?.ns), "1x"],
    ["  C++ if/else", inWords(wasm.ifelse_called?.ns), times(wasm.ifelse_called?.ns, wasm.bitset_called?.ns)],
    ["wasm, looped inside"],
    ["  Waymark", inWords(wasm.inside?.ns), times(wasm.inside?.ns, wasm.bitset_inside?.ns)],
    ["  C++ bitset", inWords(wasm.bitset_inside?.ns), "1x"],
    ["  C++ if/else", inWords(wasm.ifelse_inside?.ns), times(wasm.ifelse_inside?.ns, wasm.bitset_inside?.ns)],
    ["JavaScript object in, array of options out"],
    ["  Waymark (packed.mjs)", inWords(wasm.object?.ns), times(wasm.object?.ns, wasm.bitset_object?.ns)],
    ["  C++ bitset in wasm", inWords(wasm.bitset_object?.ns), "1x"],
    ["  C++ if/else in wasm", inWords(wasm.ifelse_object?.ns), times(wasm.ifelse_object?.ns, wasm.bitset_object?.ns)],
    ...Object.entries(peers).map(([peer, found]) => [`  ${peer}`, found.problem ?? inWords(found.ns), times(found.ns, wasm.bitset_object?.ns), `${found.checked ?? 0} checked, ${found.different ?? "?"} differ`]),
    ["the contract's whole answer, JSON to JSON"],
    ["  Waymark native", inWords(engine.full?.ns), "", `${engine.bytes} bytes`],
    ["  Waymark wasm", inWords(wasm.full?.ns), "", `${wasm.bytes} bytes`],
  ];
  table(`${work.rules.length} rules (${growth}), ${all.length} profiles: ${different} answers differ between Waymark and C++; oracle: ${oracleChecked} checked, ${oracleDifferent} differ; wasm and JavaScript: ${wasm.checked} checked, ${wasm.different} differ`,
    ["", "a profile", "ratio", ""], rows);
  console.log(`joined diagram: ${engine.nodes ?? "none"} nodes, ${engine.outcomes ?? "no"} outcomes, made in ${inWords(engine.pack)} native, ${inWords(wasm.pack)} wasm; guideline read and compiled in ${inWords(engine.load)} native, ${inWords(wasm.load)} wasm`);
}

// A cohort through the command line: one record a line.
if (wanted("workload")) {
  const work = workload();
  const records = profiles(work).map((profile) => JSON.stringify(Object.fromEntries(work.ids.map((id, f) => [id, work.facts[id][profile[f]]])))).join("\n") + "\n";
  writeFileSync(`${out}cohort.ndjson`, records);
  const start = process.hrtime.bigint();
  execFileSync(`${root}build/native/waymark`, ["eval", `${out}dense1.yaml`, "--cohort", "--facts", `${out}cohort.ndjson`], { maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "inherit"] });
  const ns = Number(process.hrtime.bigint() - start) / 24576;
  results.workload.cohort = { ns };
  console.log(`\n24,576 records through \`waymark eval --cohort\`, start of the process and reading of the guideline included: ${inWords(ns)} a record`);
}

// ---- facts unknown ----

if (wanted("unknown")) {
  say("partial answers against every completion");
  writeFileSync(`${out}dense1.yaml`, toGuideline(workload()));
  results.unknown.random = json(native, ["unknown", `${out}dense1.yaml`, quick ? "5000" : "100000"]);
  results.unknown.one = json(native, ["unknown-one", `${out}dense1.yaml`, "60"]);
  const { random, one } = results.unknown;
  const rows = [["Waymark", one.answers, one.depend, 0, 0, `${one.exact} of ${one.answers} exact`]];
  for (const [peer, found] of Object.entries(results.workload.dense1?.peers ?? {}))
    if (found.unknown) rows.push([peer, found.unknown.cases, found.unknown.depend, found.unknown.groundless, found.unknown.dropped, ""]);
  table("One fact unknown: 60 profiles, each of 12 facts left out", ["", "cases", "that depend on it", "recommended without ground", "possible option dropped silently", ""], rows);
  console.log(`random partial answers (${Math.round(random.completions)} completions on average): ${random.exact} of ${random.answers} exact`);
}

// ---- guidelines by size ----

const guidelines = quick
  ? [["essentials"], [20, 60], [75, 300]]
  : [["essentials"], ["mbc"], ["workload"], ["workload100"], [20, 60], [75, 300], [75, 3000], [100, 1000], [100, 5000]];
const limit = quick ? 60000 : 300000;
const size = [];
for (const [facts, rules] of wanted("guidelines") ? guidelines : []) {
  const name = rules ? `clinical_${facts}_${rules}` : facts;
  say(`${name}: measuring`);
  let path, newer = "-";
  if (rules) {
    path = `${out}${name}.yaml`;
    newer = `${out}${name}_newer.yaml`;
    writeFileSync(path, text(native, ["make", String(facts), String(rules), "1"]));
    writeFileSync(newer, text(native, ["make", String(facts), String(rules), "1", "changed"]));
  } else if (facts.startsWith("workload")) {
    const scale = Number(facts.slice("workload".length) || 1);
    path = `${out}dense${scale}.yaml`;
    writeFileSync(path, toGuideline(workload(scale)));
    newer = `${out}newer.yaml`;
    writeFileSync(newer, readFileSync(path, "utf8").replace("er: [pos], her2: [low, ultralow, zero], menopause: [post]", "er: [pos], her2: [low, zero], menopause: [post]"));
  } else {
    path = `${root}guidelines/${facts}`;
  }
  const found = json(native, ["times", path, newer, String(seconds)], limit);
  const cases = spawnSync(native, ["cases", path], { encoding: "utf8", maxBuffer: 1 << 28 });
  writeFileSync(`${out}cases.json`, cases.stdout || "[]");
  const wasm = found.problem && !found.load ? {} : node("wasm.mjs", ["times", path, newer, `${out}cases.json`, seconds], limit);
  results.guidelines[name] = { native: found, wasm };
  size.push([name, found, wasm]);
}
if (size.length) {
  const worst = (answers, field) => answers?.reduce((most, one) => (one[field].ns > most[field].ns ? one : most));
  table("Guidelines by size, native / wasm", ["", "facts", "rules", "nodes", "read and compile", "compile", "answer, worst median", "at", "what if", "check", "diff", "MB"],
    size.map(([name, found, wasm]) => found.problem ? [name, "", "", found.problem] : [
      name, found.facts, found.rules, found.nodes, `${inWords(found.load)} / ${inWords(wasm.load)}`, inWords(found.compile?.ns),
      `${inWords(worst(found.answers, "with_json")?.with_json.ns)} / ${inWords(worst(wasm.answers, "with_json")?.with_json.ns)}`, `${worst(found.answers, "with_json")?.known} % known`,
      `${inWords(found.what_if?.ns)} / ${inWords(wasm.what_if?.ns)}`, `${inWords(found.prove?.ns)} / ${inWords(wasm.check?.ns)}`, found.diff ? `${inWords(found.diff.ns)} / ${inWords(wasm.diff?.ns)}` : "", `${found.memory?.toFixed(0)} / ${wasm.memory?.toFixed(0)}`]));
  for (const [name, found, wasm] of size) {
    if (!found.answers) continue;
    table(`${name}: an answer with everything the contract asks, by the share of facts known`, ["", ...found.answers.map(({ known }) => `${known} %`)], [
      ["native, without JSON", ...found.answers.map(({ answer }) => inWords(answer.ns))],
      ["native, JSON to JSON", ...found.answers.map(({ with_json }) => inWords(with_json.ns))],
      ["wasm, JSON to JSON", ...(wasm.answers ?? []).map(({ with_json }) => inWords(with_json.ns))],
      ["bytes", ...found.answers.map(({ bytes }) => bytes)],
    ]);
  }
}

// ---- how many questions ----

if (wanted("questions")) {
  say("counting questions");
  const cases = [["essentials", `${root}guidelines/essentials`, 0, "best"], ["mbc", `${root}guidelines/mbc`, quick ? 20 : 200], ["workload", `${out}dense1.yaml`, quick ? 100 : 1000]];
  const rows = [];
  for (const [name, path, count, best] of cases) {
    const found = json(native, ["questions", path, String(count), ...(best ? [best] : [])], limit);
    results.questions[name] = found;
    const both = (walk) => (walk ? `${walk.average} / ${walk.worst}` : "");
    rows.push([name, found.problem ?? found.patients, found.facts, both(found.ranked), both(found.file), both(found.random), found.best ?? "", both(found.vignettes)]);
  }
  table("Questions until nothing is open, average / worst", ["", "patients", "facts", "as ranked", "file order", "random order", "least possible", "vignettes, as ranked"], rows);
}

results.machine.load_after = loadavg();
writeFileSync(`${out}results.json`, JSON.stringify(results, null, 1));
console.log(`\n${results.machine.processor}, ${results.machine.cores} cores, node ${results.machine.node}; load before ${results.machine.load_before[0].toFixed(1)}, after ${results.machine.load_after[0].toFixed(1)}. All numbers: build/bench/results.json`);
