// How fast the page is in Chromium, with a slowed processor: from opening the file to the first question, from each answer to the
// next picture, and the longest task. Prints figures and judges nothing; they depend on the machine and on what else runs.
//   node tests/bench/page.mjs [--slowed 4] [--rounds 5] [FILE …]     FILE: build/waymark.html; several are opened by turns
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { slowed: { type: "string", default: "4" }, rounds: { type: "string", default: "5" } },
});
const files = positionals.length > 0 ? positionals : [new URL("../../build/waymark.html", import.meta.url).pathname];
const slowed = Number(values.slowed);

/** Runs before the page's own scripts; times are milliseconds since the page was opened. */
function watch() {
  window.measured = { tasks: [] };
  new PerformanceObserver((list) => window.measured.tasks.push(...list.getEntries().map(({ startTime, duration }) => ({ startTime, duration }))))
    .observe({ type: "longtask", buffered: true });
  window.nextPicture = () => new Promise((resolve) => requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => resolve(performance.now());
    after.port2.postMessage(null);
  }));
}

/** Starts, and answers every question with its first answer as a press would; nothing is waited for but the next picture. */
async function walk() {
  const seen = async (holds) => {
    while (!holds()) await window.nextPicture();
    return window.nextPicture();
  };
  const screen = () => document.querySelector("main")?.dataset.screen;
  const first = await seen(() => screen() === "start");
  await window.waymark.ready;
  const began = performance.now();
  document.querySelector("[data-action=begin]").click();
  const question = await seen(() => ["question", "group"].includes(screen()));
  const answers = [];
  const onward = [];
  const timed = async (list, act) => {
    const from = performance.now();
    act();
    list.push({ took: (await window.nextPicture()) - from, address: location.hash });
  };
  while (screen() !== "answers" && answers.length < 300) {
    const facts = [...document.querySelectorAll("main form fieldset[data-fact]")].map((set) => set.dataset.fact);
    for (const fact of facts) {
      const input = document.querySelector(`main fieldset[data-fact="${fact}"] input[type=radio]`);
      if (input && !input.checked) await timed(answers, () => input.click());
    }
    const none = document.querySelector("input[data-none]:not(:disabled):not(:checked)");
    if (none) await timed(answers, () => none.click());
    const before = location.hash;
    await timed(onward, () => document.querySelector("[data-action=continue]").click());
    await seen(() => location.hash !== before && location.hash !== "#/questions");
  }
  await timed(onward, () => { location.hash = "#/options"; });
  return { first, question: first + question - began, answers, onward, tasks: window.measured.tasks, began };
}

const rounds = files.map(() => []);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", chromiumSandbox: false });
for (let round = 0; round < Number(values.rounds); round++) {
  for (const [at, file] of files.entries()) {
    const context = await browser.newContext({ viewport: { width: 412, height: 915 }, locale: "en-US" });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowed });
    await page.addInitScript(watch);
    await page.goto(pathToFileURL(file).href, { waitUntil: "commit" });
    rounds[at].push(await page.evaluate(walk));
    await context.close();
  }
}
console.log(`Chromium ${browser.version()}, processor slowed ${slowed} times, ${values.rounds} rounds; milliseconds`);
await browser.close();

const sorted = (list) => [...list].sort((a, b) => a - b);
const at = (list, share) => sorted(list)[Math.min(list.length - 1, Math.floor(share * list.length))] ?? 0;
const row = (what, list) => console.log(`${what.padEnd(46)} ${at(list, 0.5).toFixed(0).padStart(7)} ${at(list, 0.95).toFixed(0).padStart(7)} ${at(list, 1).toFixed(0).padStart(7)}   ${list.length}`);

function report(rounds) {
  console.log(`${"".padEnd(46)}  median    95 %     max   counted`);
  row("opened, until the first screen is painted", rounds.map(({ first }) => first));
  row("opened, until the first question is painted", rounds.map(({ question }) => question));
  const took = (key) => rounds.flatMap((round) => round[key].map(({ took }) => took));
  row("an answer, until the next picture", took("answers"));
  row("going on, until the next picture", took("onward"));
  const tasks = (during) => rounds.map(({ tasks, began }) => Math.max(0, ...tasks.filter(({ startTime }) => during(startTime, began)).map(({ duration }) => duration)));
  row("longest task of a round while starting", tasks((from, began) => from < began));
  row("longest task of a round after that (0: under 50)", tasks((from, began) => from >= began));
  const slowest = rounds.flatMap(({ answers, onward }) => [...answers, ...onward]).sort((a, b) => b.took - a.took).slice(0, 3);
  console.log(`slowest: ${slowest.map(({ took, address }) => `${took.toFixed(0)} at ${address}`).join(", ")}`);
}

for (const [at, file] of files.entries()) {
  if (files.length > 1) console.log(file);
  report(rounds[at]);
}
