// Before the guideline is read: the start and the first questions are there, and what is answered counts once it is.
import assert from "node:assert/strict";

/** Runs in the page before its own scripts: the worker, which reads the guideline, hears nothing until the test lets it. */
export function holdWorker() {
  const { postMessage } = Worker.prototype;
  let held = [];
  Worker.prototype.postMessage = function (...message) {
    if (held) held.push([this, message]);
    else postMessage.apply(this, message);
  };
  window.testLetRead = () => {
    const messages = held;
    held = null;
    for (const [worker, message] of messages) postMessage.apply(worker, message);
  };
}

/** A browser without workers, or a frame in which there can be none. */
function noWorker() {
  window.Worker = class { constructor() { throw new Error("no worker here"); } };
}

/** An engine that cannot be compiled. */
function brokenEngine() {
  WebAssembly.compile = () => Promise.reject(new Error("no engine here"));
}

export const startDrawn = (page) => page.until("the start is drawn", () => document.querySelector("main[data-screen=start] h1") !== null);

export const letRead = (page) => page.evaluate(async () => {
  window.testLetRead();
  await window.waymark.ready;
});

export const early = [
  {
    name: "early: the first questions can be answered before the guideline is read, and count once it is",
    minutes: 3,
    async run({ visit }) {
      const page = await visit("mbc", { before: [holdWorker], early: true });
      await startDrawn(page);
      const start = await page.evaluate(() => document.querySelector("main").innerText);
      assert.match(start, /Stage 4 breast cancer/);
      assert.match(start, /not medical advice/i);
      assert.match(start, /questions/);
      await page.begin();
      assert.equal((await page.screen()).key, "group/red_flags", "what is urgent is asked first, before anything is read");
      const asked = () => page.evaluate(() => document.querySelector("main").innerText);
      await page.audience("clinician");
      assert.match(await asked(), /fever/i, "clinicians read patients' words until then");
      assert.doesNotMatch(await asked(), /undefined/);
      await page.audience("patient");
      const alerted = () => page.evaluate(() => document.querySelector("[data-alert=not_yet_known]")?.innerText ?? "");
      assert.equal(await alerted(), "");
      await page.choose("fever_on_treatment", "yes");
      assert.match(await alerted(), /Do not wait for this page[^]*emergency number/, "what may be urgent does not wait for the guideline");
      await page.proceed();
      assert.equal((await page.screen()).key, "question/distant_metastasis");
      await page.choose("distant_metastasis", "m1");
      assert.match(await page.evaluate(() => document.querySelector(".panel").innerText), /being read/);
      for (const key of ["options", "plan", "about", "record", "information"]) {
        await page.evaluate((key) => { location.hash = `#/${key}`; }, key);
        await page.until(`${key} waits`, (key) => document.querySelector("main").dataset.screen === key && document.querySelector("[data-reading]") !== null, key);
        assert.equal(await page.evaluate(() => document.querySelectorAll("[data-option]").length), 0);
      }
      await letRead(page);
      await page.until("the screen waits no longer", () => document.querySelector("[data-reading]") === null);
      assert.equal((await page.screen()).key, "information");
      assert.deepEqual((await page.result()).facts, { distant_metastasis: ["m1"], fever_on_treatment: ["yes"] });
      assert.ok(await page.evaluate(() => document.querySelector("[data-alert]") !== null), "the alert comes at once");
      assert.equal(await alerted(), "", "in place of the one for what was not known yet");
      await page.go("options");
      assert.ok(await page.evaluate(() => document.querySelectorAll("[data-option]").length) > 0);
    },
  },
  {
    name: "early: a question that waited gives way to the one that the answers lead to",
    minutes: 3,
    async run({ visit }) {
      const page = await visit("mbc", { before: [holdWorker], early: true });
      await startDrawn(page);
      await page.page.choose("select[data-locale]", "es");
      await page.until("it speaks Spanish", () => document.documentElement.lang === "es");
      await page.begin();
      await page.proceed();
      await page.choose("distant_metastasis", "m0");
      await page.page.click("[data-action=continue]");
      await page.until("the next question waits", () => document.querySelector("[data-reading]") !== null);
      await letRead(page);
      await page.until("the screen waits no longer", () => document.querySelector("[data-reading]") === null);
      assert.equal((await page.screen()).name, "answers", "nothing more is asked where there is no distant spread");
      assert.ok(await page.evaluate(() => document.querySelector("[data-stop]") !== null));
      assert.equal(await page.evaluate(() => document.documentElement.lang), "es");
      assert.equal(await page.evaluate(() => document.querySelector("[data-action=back]").getAttribute("href")), "#/question/distant_metastasis",
        "the question that gave way was never shown");
    },
  },
  {
    name: "early: the start says the same before the guideline is read and after it",
    async run({ visit }) {
      for (const guideline of ["mbc", "essentials"]) {
        const page = await visit(guideline, { before: [holdWorker], early: true });
        await startDrawn(page);
        const words = () => page.evaluate(() => [...document.querySelectorAll(".start-opening, .start-columns, .facts")].map(({ innerText }) => innerText).join("\n"));
        const before = await words();
        assert.match(before, /About \d+ questions/);
        await letRead(page);
        await page.until("the whole start is drawn", () => document.querySelector("[data-action=record]") !== null);
        assert.equal(await words(), before);
      }
    },
  },
  {
    name: "early: a link to a question is followed once the guideline knows it, and one to nothing leads to what is next",
    minutes: 3,
    async run({ start, pages }) {
      for (const [hash, key] of [["#/question/sex", "question/sex"], ["#/question/constructor", "group/red_flags"], ["#/group/none", "group/red_flags"]]) {
        const page = await start();
        await page.open(pages.mbc.address + hash, { before: [holdWorker], early: true });
        await page.until("it waits", () => document.querySelector("[data-reading]") !== null);
        await letRead(page);
        await page.until("it waits no longer", () => document.querySelector("[data-reading]") === null);
        assert.equal((await page.screen()).key, key, hash);
      }
    },
  },
  {
    name: "early: where the engine does not start after all, the page says so and stays with it",
    quiet: false,
    async run({ visit }) {
      const page = await visit("essentials", { before: [noWorker, brokenEngine], early: true });
      await page.until("the page says so", () => document.querySelector("main.trouble") !== null);
      assert.match(await page.evaluate(() => document.querySelector("main").innerText), /emergency number now[^]*no engine here/);
      await page.evaluate(() => { location.hash = "#/questions"; });
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
      assert.ok(await page.evaluate(() => document.querySelector("main.trouble") !== null), "nothing is drawn over it");
    },
  },
  {
    name: "early: where there can be no worker the page's own thread reads the guideline",
    minutes: 3,
    async run({ visit }) {
      const page = await visit("essentials", { before: [noWorker] });
      await page.answer("distant_metastasis", "m1");
      assert.deepEqual((await page.result()).facts, { distant_metastasis: ["m1"] });
      await page.go("about");
      await page.until("it is proved", () => document.querySelector("[data-claim]") !== null);
    },
  },
];
