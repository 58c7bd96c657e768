// The switch of readers and the switch of languages: other words, the same answers.
import assert from "node:assert/strict";
import { assertAgrees } from "../harness/agreement.mjs";
import { evaluated } from "../harness/pages.mjs";

const answers = { distant_metastasis: "m1", hormone_receptor: "positive", her2: ["positive", "negative"] };

const mainText = (visit) => visit.evaluate(() => document.querySelector("main").innerText);

export const switches = [
  {
    name: "switches: readers and languages keep answers and screen, and change the words",
    async run({ visit, pages }) {
      const page = await visit("essentials");
      await page.answerAll(answers);
      const { facts, decisions } = await page.result();
      const ids = decisions.map(({ id, options }) => [id, options.map(({ id, applies, strength }) => [id, applies, strength])]);
      const texts = new Set();
      for (const key of ["options", "question/her2", "plan", "answers", "about"]) {
        await page.go(key);
        const seen = new Set();
        for (const locale of ["en", "es"]) {
          for (const audience of ["patient", "clinician"]) {
            await page.locale(locale);
            await page.audience(audience);
            const shown = await assertAgrees(page);
            assert.deepEqual(shown.result.facts, facts, "the answers are kept");
            assert.deepEqual(shown.result.decisions.map(({ id, options }) =>
              [id, options.map(({ id, applies, strength }) => [id, applies, strength])]), ids, "words change no option");
            assert.equal((await page.screen()).key, key, "the screen stays");
            assert.equal(await page.evaluate(() => document.documentElement.lang), locale);
            if (key === "options") {
              assert.deepEqual(shown.result, await evaluated(pages.essentials, facts, { locale, audience }));
              texts.add(JSON.stringify(shown.result.decisions.flatMap(({ options }) => options.map(({ title }) => title))));
            }
            seen.add(await mainText(page));
          }
        }
        assert.equal(seen.size, 4, `four readings of ${key}`);
        await page.locale("en");
        await page.audience("patient");
      }
      assert.ok(texts.size >= 3, "titles in two languages and two registers");
    },
  },
  {
    name: "switches: what is typed and ticked is kept",
    async run({ visit }) {
      const page = await visit("walk");
      await page.begin();
      await page.choose("ankle", "sore");
      await page.go("plan");
      await page.page.type("textarea", "Is it far?");
      await page.page.click(".plan-question input");
      await page.locale("es");
      await page.audience("clinician");
      const kept = () => page.evaluate(() => [document.querySelector("textarea").value, document.querySelector(".plan-question input").checked]);
      assert.deepEqual(await kept(), ["Is it far?", true]);
      await page.go("group/before_you_go");
      assert.deepEqual((await page.questions()).find(({ fact }) => fact === "ankle").checked, ["sore"]);
      await page.go("plan");
      assert.deepEqual(await kept(), ["Is it far?", true]);
    },
  },
  {
    name: "switches: each language names itself, and the whole page speaks it",
    async run({ visit }) {
      const page = await visit("essentials");
      const choices = () => page.evaluate(() => [...document.querySelectorAll("select[data-locale] option")]
        .map((option) => [option.value, option.lang, option.textContent]));
      assert.deepEqual(await choices(), [["en", "en", "English"], ["es", "es", "Español"]]);
      await page.locale("es");
      assert.deepEqual(await choices(), [["en", "en", "English"], ["es", "es", "Español"]]);
      assert.match(await page.evaluate(() => document.title), /^Inicio/);
      const names = await page.evaluate(() => [...document.querySelectorAll("[aria-label]")].map((one) => one.getAttribute("aria-label")));
      assert.ok(names.includes("Idioma"), names.join());
      assert.match(await page.evaluate(() => document.querySelector("[data-action=urgent]").textContent), /urgente/i);
    },
  },
  {
    name: "switches: a browser that prefers Spanish opens in Spanish",
    engines: ["chromium"],
    async run({ visit }) {
      const page = await visit("essentials", { locale: "es-MX" });
      assert.equal(await page.evaluate(() => document.documentElement.lang), "es");
      assert.equal(await page.evaluate(() => document.querySelector("select[data-locale]").value), "es");
    },
  },
];
