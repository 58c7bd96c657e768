// A narrow screen, large letters, wide spacing: everything is still there and nothing runs out of the side.
import assert from "node:assert/strict";
import { states, visitStates } from "../harness/states.mjs";

/** What sticks out of the window to the right, or is cut off in its own box. */
const spills = () => {
  const width = document.documentElement.clientWidth;
  const found = [];
  const name = (element) => `${element.tagName.toLowerCase()}.${element.className?.baseVal ?? element.className} "${element.textContent.trim().slice(0, 40)}"`;
  if (document.documentElement.scrollWidth > width) found.push(`the page is ${document.documentElement.scrollWidth} wide in a window of ${width}`);
  for (const element of document.querySelectorAll("#page *")) {
    // A wide table scrolls in a box of its own.
    if (element.parentElement.closest(".table-scroll")) continue;
    if (element.closest("input, svg, .visually-hidden, .skip, .print-only") || element.getClientRects().length === 0) continue;
    const { right, left } = element.getBoundingClientRect();
    if (right > width + 1 || left < -1) found.push(`${name(element)} reaches from ${left.toFixed(0)} to ${right.toFixed(0)} of ${width}`);
    const { overflowX, overflowY } = getComputedStyle(element);
    const cuts = (overflow) => overflow === "hidden" || overflow === "clip";
    if (cuts(overflowX) && element.scrollWidth > element.clientWidth + 1) found.push(`${name(element)} is cut off at the side`);
    if (cuts(overflowY) && element.scrollHeight > element.clientHeight + 1) found.push(`${name(element)} is cut off below`);
  }
  return found.slice(0, 5);
};

async function inLanguages(visit, wanted, check) {
  const languages = await visit.evaluate(() => document.querySelector("select[data-locale]") !== null);
  for (const locale of languages ? wanted : [null]) {
    if (locale) await visit.locale(locale);
    await visit.unfold();
    await check(locale ?? "en");
  }
}

// A language cannot be chosen while the engine has failed.
const inTwoLanguages = (state) => state.name !== "fault";
/** Spanish words are the longer ones. */
const each = async (context, size, check, languages = ["es"]) => visitStates({ ...context, size }, async (visit, state) => {
  if (!inTwoLanguages(state)) {
    await visit.unfold();
    await check(visit, `${state.name} (en)`);
  } else await inLanguages(visit, languages, (locale) => check(visit, `${state.name} (${locale})`));
});

const letters = (size) => { document.documentElement.style.fontSize = size; };

export const layout = [
  {
    name: "layout: at 320 px no screen scrolls sideways or cuts anything off",
    minutes: 4,
    run: (context) => each(context, { width: 320, height: 640 }, async (visit, where) => {
      assert.deepEqual(await visit.evaluate(spills), [], where);
    }, ["es", "en"]),
  },
  {
    name: "layout: with letters of 200 % no screen scrolls sideways or cuts anything off",
    minutes: 4,
    run: (context) => each(context, { width: 1280, height: 900 }, async (visit, where) => {
      const size = () => visit.evaluate(() => Math.min(...[...document.querySelectorAll("#page :is(p, li, dt, dd, button, a, summary, label, h1, h2, h3, h4)")]
        .filter((element) => element.getClientRects().length > 0 && element.textContent.trim()).map((element) => parseFloat(getComputedStyle(element).fontSize))));
      const before = await size();
      await visit.evaluate(letters, "225%");
      assert.ok(Math.abs((await size()) / before - 2) < 0.02, `the smallest letters of ${where} grow from ${before} to ${await size()}`);
      assert.deepEqual(await visit.evaluate(spills), [], where);
      await visit.evaluate(letters, "");
    }),
  },
  {
    name: "layout: wide spacing of letters, words and lines cuts nothing off",
    engines: ["chromium", "firefox"],
    minutes: 4,
    run: (context) => each(context, { width: 360, height: 740 }, async (visit, where) => {
      await visit.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }");
        document.adoptedStyleSheets = [sheet];
      });
      assert.deepEqual(await visit.evaluate(spills), [], where);
      await visit.evaluate(() => { document.adoptedStyleSheets = []; });
    }),
  },
  {
    name: "layout: nor does any screen of the full guideline, in its long language, at 320 px and with letters of 200 %",
    minutes: 5,
    async run({ visit }) {
      const page = await visit("default", { width: 320, height: 640 });
      await page.locale("es");
      const check = async (where) => {
        await page.unfold("main details");
        assert.deepEqual(await page.evaluate(spills), [], `${where} at 320 px`);
        await page.page.resize(1280, 900);
        await page.evaluate(letters, "225%");
        assert.deepEqual(await page.evaluate(spills), [], `${where} with large letters`);
        await page.evaluate(letters, "");
        await page.page.resize(320, 640);
      };
      // The first answer of everything: no patient, so that the page says what contradicts what, too.
      await page.walk(({ fact, values }) => (fact === "distant_metastasis" ? "m1" : values[0]), { none: () => false, each: check });
      assert.ok((await page.result()).contradiction);
      await page.reset();
      await page.answerAll({ distant_metastasis: ["m1"], er: ["positive"], her2: ["zero", "low"] });
      for (const screen of ["answers", "options", "whatif", "pathway", "matters", "plan", "information", "about"]) {
        await page.go(screen);
        await check(screen);
      }
    },
  },
  {
    name: "layout: on a wide screen the options stand beside the question, on a narrow one below it",
    async run({ visit }) {
      const page = await visit("essentials");
      await states.find(({ name }) => name === "question-panel").reach(page);
      const boxes = () => page.evaluate(() => {
        const box = (selector) => document.querySelector(selector).getBoundingClientRect();
        return { form: { right: box("form").right, bottom: box("form").bottom }, panel: { left: box(".panel").left, top: box(".panel").top } };
      });
      let { form, panel } = await boxes();
      assert.ok(panel.left >= form.right && panel.top < form.bottom, JSON.stringify({ form, panel }));
      await page.page.resize(360, 740);
      ({ form, panel } = await boxes());
      assert.ok(panel.top >= form.bottom, JSON.stringify({ form, panel }));
    },
  },
];
