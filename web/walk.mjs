// How many screens a patient walks until nothing is left to ask: every vignette of a guideline, answered as written,
// and "not sure" where it says nothing.
// Usage: node walk.mjs [--engine DIR] [--every N] [--screens] GUIDELINE_FOLDER (with --screens also how often each screen comes)
import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const { values, positionals: [folder] } = parseArgs({
  allowPositionals: true,
  options: { engine: { type: "string", default: join(here, "../build/wasm") }, every: { type: "string", default: "1" }, screens: { type: "boolean" } },
});
const { engine: engineFolder, every } = values;

const bundle = await build({
  stdin: { contents: 'export * from "./choose.ts"; export * from "./state.ts";', resolveDir: join(here, "src/state"), loader: "ts" },
  bundle: true, write: false, format: "esm", logLevel: "error",
});
const { firstState, reduce, nextStep, askedInGroup } = await import(`data:text/javascript,${encodeURIComponent(bundle.outputFiles[0].text)}`);

const files = [];
for (const part of ["", "locales", "vignettes"]) {
  for (const name of await readdir(join(folder, part)).catch(() => [])) {
    if (name.endsWith(".yaml")) files.push({ name: part ? `${part}/${name}` : name, text: await readFile(join(folder, part, name), "utf8") });
  }
}
const loadEngine = (await import(pathToFileURL(join(resolve(engineFolder), "engine.mjs")))).default;
const engine = await loadEngine({ wasmBinary: await readFile(join(engineFolder, "engine.wasm")) });
const { guideline, issues } = JSON.parse(engine.load(files.sort((a, b) => (a.name < b.name ? -1 : 1))));
if (guideline === null) throw new Error(issues.find(({ severity }) => severity === "error").message);
const description = JSON.parse(engine.describe(guideline, "en"));

/** The facts of each vignette, read off its text: `facts: {…}` on one line, or one fact a line below. */
function vignetteFacts(text) {
  const all = [];
  for (const [, inline, block] of text.matchAll(/^ {4}facts:[ ]*(?:(\{[\s\S]*?\})\s*$|\n((?: {6,}.*\n)+))/gm)) {
    const facts = {};
    for (const [, fact, list, one] of (inline ?? block).matchAll(/(\w+):\s*(?:\[([^\]]*)\]|"?([\w]+)"?)/g)) {
      facts[fact] = list === undefined ? [one] : list.split(",").map((value) => value.trim().replace(/"/g, ""));
    }
    all.push(facts);
  }
  return all;
}

function answered(state) {
  const result = JSON.parse(engine.answer(guideline, JSON.stringify(state.facts), "en", "patient", false));
  return result.error ? null : reduce(state, { type: "resultArrived", result });
}

function walk(facts) {
  let state = answered(firstState({ name: "walk", handle: guideline, issues }, description));
  const screens = [];
  for (let step = nextStep(state); step.name !== "answers" && screens.length < 200; step = nextStep(state)) {
    screens.push(step.fact ?? step.group);
    const asked = step.name === "question" ? [step.fact]
      : askedInGroup(state, description.groups.find(({ id }) => id === step.group));
    for (const fact of asked) {
      if (facts[fact]) state = reduce(state, { type: "factAnswered", fact, values: facts[fact] });
      else if (step.name === "question") state = reduce(state, { type: "factAnswered", fact, values: [] });
    }
    if (step.name === "group") state = reduce(state, { type: "groupLeft", facts: asked.filter((fact) => !facts[fact]), next: step });
    const next = answered(state);
    if (!next) return null;
    state = next;
  }
  return screens;
}

const walks = files.filter(({ name }) => name.startsWith("vignettes/")).flatMap(({ text }) => vignetteFacts(text))
  .filter((_, number) => number % Number(every) === 0).map(walk).filter((screens) => screens !== null);
const counts = walks.map((screens) => screens.length).sort((a, b) => a - b);
const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
console.log(`${counts.length} walks: ${mean.toFixed(1)} screens on average, half at most ${counts[counts.length >> 1]}, the longest ${counts.at(-1)}`);
console.log(tally(counts));
if (values.screens) console.log(tally(walks.flat().sort()));

/** How often each stands in a sorted list, one a line. */
function tally(sorted) {
  return [...new Set(sorted)].map((item) => `${String(sorted.filter((other) => other === item).length).padStart(5)}  ${item}`).join("\n");
}
