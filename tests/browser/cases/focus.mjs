// Where the focus goes, and what a screen reader is told.
import assert from "node:assert/strict";

const onHeading = () => document.activeElement === document.querySelector("main h1") && document.querySelectorAll("h1").length === 1;
const numbers = (result) => {
  const options = result.decisions.flatMap((decision) => decision.options).filter(({ applies }) => applies !== "no");
  const against = options.filter(({ strength }) => strength === "avoid").length;
  const fit = options.filter(({ strength, applies }) => strength !== "avoid" && applies === "yes").length;
  return [fit, options.length - against - fit, against];
};

export const focus = [
  {
    name: "focus: each new screen has it on its heading, a title of its own, and begins at the top",
    async run({ visit }) {
      const page = await visit("essentials");
      assert.ok(await page.evaluate(() => document.activeElement === document.body), "opening the page moves no focus");
      await page.answerAll({ distant_metastasis: "m1" });
      const titles = new Set();
      const keys = ["question/her2", "options", "plan", "information", "about", "answers", "start", "question/brca"];
      for (const key of keys) {
        await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
        await page.go(key);
        await page.until(`the heading of ${key} has the focus`, onHeading);
        assert.equal(await page.evaluate(() => scrollY), 0, `${key} begins at the top`);
        titles.add(await page.evaluate(() => document.title));
      }
      assert.equal(titles.size, keys.length, [...titles].join(", "));
    },
  },
  {
    name: "focus: an answer, a switch and a change from outside leave it where it is",
    async run({ visit }) {
      const page = await visit("essentials");
      await page.begin();
      await page.choose("distant_metastasis", "m1");
      const held = () => page.evaluate(() => document.activeElement.outerHTML.replace(/ checked(="")?/, ""));
      await page.evaluate(() => document.querySelector("fieldset input").focus());
      let before = await held();
      await page.answer("her2", "positive");
      await page.answer("her2", null);
      assert.equal(await held(), before);
      await page.evaluate(() => document.querySelector("button[data-audience=clinician]").focus());
      await page.page.press("Space");
      assert.ok(await page.evaluate(() => document.activeElement.matches("button[data-audience=clinician][aria-pressed=true]")));
      await page.evaluate(() => document.querySelector("select[data-locale]").focus());
      await page.locale("es");
      assert.ok(await page.evaluate(() => document.activeElement.matches("select[data-locale]")));
    },
  },
  {
    name: "focus: “urgent help” leads to the help on every screen",
    async run({ visit }) {
      const page = await visit("essentials");
      for (const key of ["start", "question/her2", "options", "plan", "about"]) {
        if (key !== "start") await page.go(key);
        await page.page.click("[data-action=urgent]");
        await page.until(`help has the focus on ${key}`, () => document.activeElement.id === "urgent-help");
        // Proofs are drawn above it when they are there.
        if (key === "about") await page.until("all is proved", () => document.querySelector("[data-claim]") !== null && document.querySelector("[data-working]") === null);
        await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50))));
        const box = await page.evaluate(() => {
          const { top, bottom } = document.activeElement.getBoundingClientRect();
          return { top, bottom, height: innerHeight };
        });
        assert.ok(box.top >= -1 && box.top < box.height, `help is in view on ${key}: ${JSON.stringify(box)}`);
      }
    },
  },
  {
    name: "focus: the live region tells the numbers after each answer, and is one and the same element",
    async run({ visit }) {
      const page = await visit("essentials");
      const live = () => page.evaluate(() => ({ text: document.querySelector("[role=status]").textContent, same: document.querySelector("[role=status]").testSame === true }));
      await page.evaluate(() => { document.querySelector("[role=status]").testSame = true; });
      assert.equal((await live()).text, "", "silence before the first answer");
      const heard = [];
      for (const [fact, value] of [["distant_metastasis", "m1"], ["hormone_receptor", "positive"], ["her2", "negative"], ["progressed", "no"], ["her2", "positive"]]) {
        await page.go(`question/${fact}`);
        await page.choose(fact, value);
        const { text, same } = await live();
        assert.ok(same, "the region was replaced, so nothing would be read out");
        assert.deepEqual(text.match(/\d+/g)?.map(Number), numbers(await page.result()), text);
        heard.push(text);
      }
      assert.ok(new Set(heard).size >= 3, heard.join(" | "));
      await page.answer("distant_metastasis", "m0");
      assert.equal((await live()).text, "", "no numbers while the guideline does not apply");
    },
  },
  {
    name: "focus: an alert is an alert to a screen reader too, and stands before everything else",
    async run({ visit }) {
      const page = await visit("walk");
      await page.begin();
      assert.equal(await page.evaluate(() => document.querySelectorAll("[data-alert]").length), 0, "never on silence");
      await page.choose("ankle", "broken");
      await page.choose("bleeding", "yes");
      const alerts = await page.evaluate(() => [...document.querySelectorAll("[data-alert]")].map((alert) => ({
        id: alert.dataset.alert, role: alert.getAttribute("role"), first: document.querySelector("main").firstElementChild.contains(alert),
      })));
      assert.deepEqual(alerts, [{ id: "blood", role: "alert", first: true }, { id: "ankle_hurt", role: "alert", first: true }], "the most urgent first");
    },
  },
];
