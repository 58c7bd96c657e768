// The engine that the page ships, in node: the guidelines' own vignettes, and answers byte for byte as the native tool
// prints them. Ends with `N passed, N failed`.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { testApprovals } from "./approvals.mjs";
import { testHostile } from "./hostile.mjs";
import { testPacking } from "./packing.mjs";
import { testRecords } from "./records.mjs";
import { filesOf as filesOfEntry, readCatalogue, toLine } from "./catalogue.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const tool = process.env.WAYMARK_TOOL ?? path.join(root, "build/native/waymark");
const { default: loadEngine } = await import(path.join(root, "build/wasm/engine.mjs"));
const { evaluator } = await import(path.join(root, "engine/wasm/packed.mjs"));
const engine = await loadEngine({ wasmBinary: fs.readFileSync(path.join(root, "build/wasm/engine.wasm")) });

let passed = 0;
let failed = 0;
function check(name, holds, detail = "") {
  if (holds) passed += 1;
  else {
    failed += 1;
    console.log(`FAILED: ${name}${detail ? `\n  ${detail}` : ""}`);
  }
}

function filesOf(folder) {
  const files = [];
  for (const part of ["", "locales/", "vignettes/"]) {
    const at = path.join(folder, part);
    if (!fs.existsSync(at)) continue;
    const names = fs.readdirSync(at).filter((name) => name.endsWith(".yaml")).sort();
    for (const name of names) files.push({ name: part + name, text: fs.readFileSync(path.join(at, name), "utf8") });
  }
  return files;
}

function load(files) {
  return JSON.parse(engine.load(files));
}

/** What `waymark eval --cohort` prints, a line a record. */
function native(folder, records, options) {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "waymark-")), "cohort.ndjson");
  fs.writeFileSync(file, records.join("\n") + "\n");
  const out = execFileSync(tool, ["eval", folder, "--cohort", "--facts", file, ...options], { encoding: "utf8", maxBuffer: 1 << 30 });
  fs.rmSync(path.dirname(file), { recursive: true });
  return out.trimEnd().split("\n");
}

function sameAnswers(name, folder, handle, records, locale, audience, all) {
  const options = ["--locale", locale, "--audience", audience, ...(all ? ["--all"] : [])];
  const expected = native(folder, records, options);
  const different = records.findIndex((record, i) => engine.answer(handle, record, locale, audience, all) !== expected[i]);
  check(`${name}: ${records.length} answers are the native ones, byte for byte (${locale}, ${audience}${all ? ", all" : ""})`,
    expected.length === records.length && different < 0, different < 0 ? "" : `first at ${records[different]}`);
}

/** Each fact absent or with one of its values. */
function partialAnswers(description) {
  let answers = [{}];
  for (const [fact, { values }] of Object.entries(description.facts))
    answers = answers.flatMap((given) => [given, ...values.map((value) => ({ ...given, [fact]: value.id }))]);
  return answers;
}

/** A thousand partial answers of a guideline too large to list: the same ones in every run. */
function someAnswers(description) {
  let seed = 20261124;
  const chance = () => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) / 2 ** 32;
  return Array.from({ length: 1000 }, () => {
    const given = {};
    for (const [fact, { values }] of Object.entries(description.facts)) {
      if (chance() < 0.4) continue;
      const kept = values.map((value) => value.id).filter(() => chance() < 0.6);
      if (kept.length > 0) given[fact] = kept.length === 1 ? kept[0] : kept;
    }
    return given;
  });
}

/** The facts of every written case. */
const vignettes = (files) => files
  .filter((file) => file.name.startsWith("vignettes/"))
  .flatMap(({ text }) => Object.values(parse(text, { schema: "failsafe" }).vignettes).map(({ facts }) => facts));

for (const name of fs.readdirSync(path.join(root, "guidelines")).sort()) {
  const folder = path.join(root, "guidelines", name);
  if (!fs.existsSync(path.join(folder, "guideline.yaml"))) continue;
  const files = filesOf(folder);
  const loaded = load(files);
  check(`${name} loads without errors`, loaded.guideline !== null, JSON.stringify(loaded.issues.filter((issue) => issue.severity === "error").slice(0, 3)));
  if (loaded.guideline === null) continue;
  const handle = loaded.guideline;

  const report = JSON.parse(engine.test(handle));
  for (const vignette of report.vignettes) check(`${name}: vignette ${vignette.id}`, vignette.passed, vignette.failures.join("\n  "));

  const proofs = JSON.parse(engine.check(handle));
  check(`${name}: every claim holds in the browser's engine too`, proofs.claims.every((claim) => claim.holds) && proofs.doubts.length === 0);

  const description = JSON.parse(engine.describe(handle, ""));
  const small = Object.keys(description.facts).length < 10;
  const records = (small ? partialAnswers(description) : someAnswers(description)).map((facts) => JSON.stringify(facts));
  for (const locale of description.locales)
    for (const audience of ["patient", "clinician"])
      if (small || (locale === description.locale && audience === "patient")) sameAnswers(name, folder, handle, records, locale, audience, false);
  if (small) {
    sameAnswers(name, folder, handle, records, description.locale, "patient", true);
    const listed = evaluator(engine.pack(handle));
    const complete = records.map((record) => JSON.parse(record)).filter((facts) => Object.keys(facts).length === Object.keys(description.facts).length);
    const agree = complete.every((facts) => {
      const answer = JSON.parse(engine.answer(handle, JSON.stringify(facts), "", "patient", false));
      const ids = answer.decisions.flatMap((decision) => decision.options.map((option) => option.id));
      return JSON.stringify([...listed(facts)].sort()) === JSON.stringify(ids.sort());
    });
    check(`${name}: the packed walk lists the same options on all ${complete.length} complete profiles`, agree);
  }

  const written = vignettes(files);
  check(`${name}: the facts of all ${report.vignettes.length} vignettes are read`, written.length === report.vignettes.length, `${written.length} were`);
  const cases = written.map((facts) => JSON.stringify(facts));
  description.locales.forEach((locale, i) => sameAnswers(`${name}, vignettes`, folder, handle, cases, locale, i === 0 ? "clinician" : "patient", i === 0));

  const heap = () => engine.HEAP8.length;
  for (let i = 0; i < 200; ++i) engine.answer(handle, records[i % records.length], "", "patient", false);
  const before = heap();
  for (let i = 0; i < 1000; ++i) engine.answer(handle, records[i % records.length], "", "patient", false);
  check(`${name}: a thousand answers hold no memory`, before > 0 && heap() === before, `${before} -> ${heap()} bytes`);
  engine.unload(handle);
  check(`${name}: an unloaded guideline is an error, not a crash`, "error" in JSON.parse(engine.answer(handle, "{}", "", "patient", false)));
}

// Guidelines made by chance, with partial answers made by chance: their number may be set by the environment.
{
  const count = process.env.WAYMARK_RANDOM_GUIDELINES ?? "300";
  const cases = spawn(path.join(path.dirname(tool), "random_cases"), [process.env.WAYMARK_RANDOM_SEED ?? "1", count], { stdio: ["ignore", "pipe", "inherit"] });
  let guidelines = 0, answers = 0, different = "";
  for await (const line of createInterface({ input: cases.stdout })) {
    const { guideline, cases: asked } = JSON.parse(line);
    const { guideline: handle } = load([{ name: "random.yaml", text: guideline }]);
    for (const [facts, expected] of asked) if (engine.answer(handle, facts, "", "patient", false) !== expected) different ||= `${facts}\n${guideline}`;
    engine.unload(handle);
    guidelines += 1;
    answers += asked.length;
  }
  console.log(`random: ${guidelines} guidelines, ${answers} answers`);
  check(`the answers of ${count} guidelines made by chance are the native ones, byte for byte`, guidelines === Number(count) && !different, different);
}

// Every bad guideline of the catalogue gets the same issues here as from the native tool, and those that the catalogue expects.
const entries = readCatalogue(path.join(root, "tests/unit/bad-input/guidelines.txt"));
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "waymark-"));
for (const entry of entries.slice(1)) {
  const folder = path.join(scratch, "guideline");
  const files = filesOfEntry(entries[0], entry);
  for (const file of files) {
    fs.mkdirSync(path.dirname(path.join(folder, file.name)), { recursive: true });
    fs.writeFileSync(path.join(folder, file.name), file.text);
  }
  const out = spawnSync(tool, ["check", folder, "--json"], { encoding: "utf8", maxBuffer: 1 << 30 }).stdout;
  const expected = JSON.stringify(JSON.parse(out).issues);
  const loaded = load(files);
  check(`${entry.name}: the native issues`, JSON.stringify(loaded.issues) === expected, `${JSON.stringify(loaded.issues).slice(0, 300)}\n  ${expected.slice(0, 300)}`);
  const lines = loaded.issues.map(toLine);
  check(`${entry.name}: the lines that the catalogue expects`, JSON.stringify(lines) === JSON.stringify(entry.expected), lines.slice(0, 3).join("\n  "));
  if (loaded.guideline !== null) engine.unload(loaded.guideline);
  fs.rmSync(folder, { recursive: true });
}
fs.rmSync(scratch, { recursive: true });
{
  const base = load(entries[0].parts);
  for (const entry of readCatalogue(path.join(root, "tests/unit/bad-input/facts.txt"))) {
    const text = entry.parts[0].text;
    const told = engine.answer(base.guideline, text, "", "patient", false);
    check(`facts, ${entry.name}`, told === entry.expected[0], told.slice(0, 300));
  }
  engine.unload(base.guideline);
}

// What is wrong comes back as text, and the engine stays usable.
const hostile = {
  "aliases": "a: &a [x]\nb: [*a, *a]\n",
  "deep nesting": "[".repeat(10000),
  "a NUL byte": "facts:\n  a\0b: c\n",
  "an empty file": "",
  "not YAML": "facts: [a\n",
};
for (const [what, text] of Object.entries(hostile)) {
  const loaded = load([{ name: "guideline.yaml", text }]);
  check(`${what} is refused with an issue`, loaded.guideline === null && loaded.issues.some((issue) => issue.severity === "error"));
}
const again = load(filesOf(path.join(root, "guidelines/essentials")));
check("the engine is usable after hostile input", again.guideline !== null);
for (const call of [() => engine.load(null), () => engine.load([{ name: 1 }]), () => engine.answer(again.guideline), () => engine.answer(again.guideline, null, "", "patient", false)]) {
  // Only a wrong type, which the type checker refuses, is a JavaScript error.
  let told = "";
  try {
    told = call();
  } catch {
    told = "thrown";
  }
  check("a call with wrong types is thrown back", told === "thrown", told);
}
const refused = JSON.parse(engine.answer(again.guideline, '{"her22": "positive"}', "", "patient", false));
check("an unknown fact is refused with the nearest right name", refused.error?.nearest === "her2", JSON.stringify(refused));
check("facts that are not JSON are refused", "error" in JSON.parse(engine.answer(again.guideline, "{", "", "patient", false)));

{
  // Loading and unloading again and again holds no memory either.
  const files = filesOf(path.join(root, "guidelines/essentials"));
  const turn = () => engine.unload(load(files).guideline);
  for (let i = 0; i < 5; ++i) turn();
  const before = engine.HEAP8.length;
  for (let i = 0; i < 50; ++i) turn();
  check("fifty loads hold no memory", engine.HEAP8.length === before, `${before} -> ${engine.HEAP8.length} bytes`);
}

// The page forbids eval: the engine must start and answer without it.
const strict = `
  import fs from "node:fs";
  const [, module, wasm] = process.argv;
  const { default: loadEngine } = await import(module);
  const engine = await loadEngine({ wasmBinary: fs.readFileSync(wasm) });
  const files = JSON.parse(fs.readFileSync(0, "utf8"));
  const { guideline } = JSON.parse(engine.load(files));
  process.stdout.write(engine.answer(guideline, '{"her2":"positive"}', "", "patient", false) + engine.describe(guideline, "").length);
`;
const without = spawnSync(process.execPath, ["--disallow-code-generation-from-strings", "--input-type=module", "-e", strict, path.join(root, "build/wasm/engine.mjs"), path.join(root, "build/wasm/engine.wasm")],
  { input: JSON.stringify(filesOf(path.join(root, "guidelines/essentials"))), encoding: "utf8" });
const usual = engine.answer(again.guideline, '{"her2":"positive"}', "", "patient", false) + engine.describe(again.guideline, "").length;
check("the engine runs where code from strings is forbidden", without.status === 0 && without.stdout === usual, without.stderr.slice(0, 300));

const mbc = path.join(root, "guidelines/mbc");
const loaded = load(filesOf(mbc)).guideline;
testRecords({ root, tool, engine, guideline: loaded, folder: mbc, check });
testHostile({ root, engine, guideline: loaded, files: filesOf(mbc), check });
testApprovals({ engine, tool, root, filesOf, check });
await testPacking({ root, check });

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
