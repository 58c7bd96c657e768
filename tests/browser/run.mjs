// The page in real browsers: every case in Chromium, Firefox and WebKitGTK. Ends with "N passed, N failed".
// node run.mjs [--engine chromium,firefox,webkit] [--only WORDS] [--in-turn] [--one-try] [--web FOLDER] [--page FILE] [--guidelines FOLDER]
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as chromium from "./engines/chromium.mjs";
import * as firefox from "./engines/firefox.mjs";
import * as webkit from "./engines/webkit.mjs";
import { startRecorder } from "./engines/recorder.mjs";
import { buildPages, root } from "./harness/pages.mjs";
import { assertQuiet, Visit } from "./harness/visit.mjs";
import { cases } from "./cases/all.mjs";

const { values: wanted } = parseArgs({
  options: {
    engine: { type: "string", default: "chromium,firefox,webkit" },
    only: { type: "string", multiple: true, default: [""] },
    "one-try": { type: "boolean", default: false },
    "in-turn": { type: "boolean", default: false },
    web: { type: "string" },
    page: { type: "string" },
    guidelines: { type: "string" },
  },
});
const engines = [chromium, firefox, webkit].filter(({ name }) => wanted.engine.split(",").includes(name));
const chosen = cases.filter(({ name }) => wanted.only.some((words) => name.includes(words)));
const pictures = join(root, "build/logs/browser");
const minutes = 60_000;
/** A busy machine is slow, and that is no fault of the page. */
const patience = 4;
let passed = 0;
let failed = 0;
/**
 * So many cases of a whole run may be tried again. Three browsers and their drivers on a busy machine fail now and then for what
 * nobody could find; what fails twice, or often, is no chance. Each first failure is told.
 */
const secondTries = wanted["one-try"] ? 0 : 2;
let triedAgain = 0;
/** Said once more at the end, where the last lines of a long log still show them. */
const failures = [];

// Leaving takes the browsers along.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));

const started = Date.now();
await mkdir(pictures, { recursive: true });
for (const picture of await readdir(pictures)) {
  if (engines.some(({ name }) => picture.startsWith(`${name}-`))) await rm(join(pictures, picture));
}
const pages = await buildPages(wanted);

const plain = chosen.filter((one) => one.browser === false);
await runAll({ name: "no browser" }, plain, (one, say) => one.run({ pages, say }));
const inBrowser = engines.map((engine) => () => runEngine(engine));
if (wanted["in-turn"]) for (const run of inBrowser) await run();
else await Promise.all(inBrowser.map((run) => run()));

console.log(`\n${((Date.now() - started) / 1000).toFixed(0)} s`);
for (const failure of failures) console.log(`\n${failure.split("\n").slice(0, 12).join("\n")}`);
if (triedAgain > 0) console.log(`\n${triedAgain} tried a second time`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

async function runEngine(engine) {
  const recorder = await startRecorder();
  const browsers = new Map();
  const browser = async (dark) => {
    // On a busy machine a browser may take too long to start; it gets a second try.
    const launch = () => engine.launch({ recorder, dark });
    if (!browsers.has(dark)) browsers.set(dark, await launch().catch(launch));
    return browsers.get(dark);
  };
  const mine = chosen.filter((one) => one.browser !== false && (one.engines ?? [engine.name]).includes(engine.name));
  try {
    const { version } = await browser(false);
    console.log(`${engine.name} ${version}`);
    await runAll(engine, mine, (one, say) => runInBrowser(one, say));
  } catch (failure) {
    report(`${engine.name}: FAILED to start\n${indented(failure)}`);
  } finally {
    for (const one of browsers.values()) await one.close().catch(() => {});
    recorder.stop();
  }

  async function runInBrowser(one, say) {
    const reachedBefore = recorder.reached.length;
    const open = [];
    const start = async ({ width = 1280, height = 900, dark = false, locale } = {}) => {
      const visit = new Visit(await (await browser(dark)).newPage({ width, height, locale }), engine.name);
      open.push(visit);
      return visit;
    };
    const reached = async () => {
      const { background } = await browser(false);
      return recorder.reached.slice(reachedBefore).filter((line) => !background(line));
    };
    try {
      await one.run({
        engine, pages, say, start, reached,
        visit: async (page, { before, early, ...size } = {}) => (await start(size)).open(pages[page].address, { before, early }),
      });
      if (one.quiet !== false) {
        for (const visit of open) if (visit.address && !visit.left) await assertQuiet(visit);
        const out = await reached();
        if (out.length > 0) throw new Error(`it asked for something on the network: ${out.join(", ")}`);
      }
    } catch (failure) {
      await open.filter(({ left }) => !left).at(-1)?.page.screenshot()
        .then((picture) => writeFile(join(pictures, `${engine.name}-${one.name.replace(/\W+/g, "-")}.png`), picture))
        .catch(() => {});
      throw failure;
    } finally {
      for (const visit of open.filter(({ left }) => !left)) await visit.page.close().catch(() => {});
    }
  }
}

async function runAll(engine, list, run) {
  for (const one of list) {
    let failure = await runOne(engine, one, run);
    if (failure !== null && triedAgain < secondTries) {
      triedAgain += 1;
      failures.push(`at the first try: ${failure}`);
      console.log(`${failure}\n    a second try:`);
      failure = await runOne(engine, one, run);
    }
    if (failure === null) passed += 1;
    else report(failure);
  }
}

/** What to say of its failure, or null. */
async function runOne(engine, one, run) {
  const from = Date.now();
  const said = [];
  let failure = null;
  try {
    await within((one.minutes ?? 3) * patience * minutes, run(one, (line) => said.push(line)));
  } catch (thrown) {
    failure = thrown;
  }
  const time = ((Date.now() - from) / 1000).toFixed(1);
  const lines = [
    `${engine.name.padEnd(10)} ${failure ? "FAILED" : "ok    "} ${time.padStart(5)} s  ${one.name}`,
    ...said.map((line) => `    ${line}`),
  ];
  if (failure) return [...lines, indented(failure)].join("\n");
  console.log(lines.join("\n"));
  return null;
}

function report(failure) {
  failed += 1;
  failures.push(failure);
  console.log(failure);
}

function within(time, work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${time / 1000} s`)), time);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function indented(failure) {
  const text = failure?.stack?.includes(failure.message) ? failure.stack : `${failure?.message ?? failure}\n${failure?.stack ?? ""}`;
  return text.split("\n").filter((line) => !line.includes("node_modules")).slice(0, 60).map((line) => `    ${line}`).join("\n");
}
