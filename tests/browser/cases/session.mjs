// A session with the full guideline: tests answered one by one, first choices in front, figures about life on request.
import assert from "node:assert/strict";

const firstLine = { distant_metastasis: "m1", er: "positive", her2: ["low", "ultralow", "zero"], prior_lines: "none" };

export const session = [
  {
    name: "session: each test has its own answers, and one touch leaves all of them open",
    minutes: 3,
    async run({ visit }) {
      const page = await visit("mbc");
      await page.answerAll(firstLine);
      await page.go("group/test_results");
      const sets = await page.evaluate(() => [...document.querySelectorAll("form[data-group=test_results] fieldset[data-fact]")].map((set) => ({
        fact: set.dataset.fact, name: set.querySelector("legend").textContent,
        inputs: [...set.querySelectorAll("input")].map(({ type, value }) => `${type}:${value}`),
      })));
      assert.ok(sets.length >= 4, "several tests on one screen");
      for (const { fact, name, inputs } of sets) {
        assert.ok(name.length > 10, `${fact} has a legend`);
        assert.ok(inputs.length >= 3 && inputs.every((input) => input.startsWith("radio:")) && inputs.at(-1) === "radio:", `${fact}: ${inputs}`);
      }
      await page.choose("gbrca", "not_pathogenic");
      assert.deepEqual((await page.result()).facts.gbrca, ["not_pathogenic"]);
      await page.page.click("input[data-none=test_results]");
      const after = (await page.result()).facts;
      assert.deepEqual(Object.keys(after).filter((fact) => sets.some((set) => set.fact === fact)), ["gbrca"], "the others stay open");
      assert.ok(await page.evaluate(() => [...document.querySelectorAll("form[data-group=test_results] fieldset[data-fact]:not([data-fact=gbrca])")]
        .every((set) => set.querySelector("input[value='']").checked)), "each says not tested");
    },
  },
  {
    name: "session: what only an alert reads is asked where it can matter",
    minutes: 3,
    async run({ visit }) {
      const page = await visit("mbc");
      const asked = async () => {
        await page.go("group/treatments_had");
        return page.evaluate(() => document.querySelector("fieldset[data-fact=cdk46_benefit]") !== null);
      };
      await page.answerAll(firstLine);
      assert.equal(await asked(), false, "not of somebody without treatment for stage 4");
      await page.answer("prior_lines", "one");
      assert.equal(await asked(), false, "not before the CDK4/6 drug is answered");
      await page.answer("prior_cdk46", "metastatic");
      assert.equal(await asked(), true, "of somebody who had one for stage 4");
    },
  },
  {
    name: "session: a fallback does not stand in front of what may be a first choice",
    minutes: 3,
    async run({ visit }) {
      const page = await visit("mbc");
      await page.answerAll({ ...firstLine, visceral_crisis: "no" });
      await page.go("options");
      const shown = await page.evaluate(() => [...document.querySelectorAll("[data-decision=systemic_therapy] [data-option]")]
        .filter((option) => option.getClientRects().length > 0).map(({ dataset }) => dataset.option));
      const [preferred, fallback] = ["ribociclib_aromatase_inhibitor", "fulvestrant"].map((option) => shown.indexOf(option));
      assert.ok(preferred >= 0 && fallback > preferred, `ribociclib at ${preferred}, fulvestrant alone at ${fallback}: ${shown}`);
      const tests = await page.evaluate(() => [...document.querySelectorAll("[data-test] summary")].map(({ textContent }) => textContent).join("\n"));
      assert.ok(tests.length > 0 && !/No standard drug/.test(tests), tests);
    },
  },
  {
    name: "session: figures about life are told on request only, in three cases, in both languages",
    minutes: 4,
    async run({ visit }) {
      const page = await visit("mbc");
      await page.answerAll({ ...firstLine, visceral_crisis: "no", prior_cdk46: "none", endocrine_history: "sensitive" });
      for (const [locale, lived, cases] of [["en", /[Hh]alf (of the people )?lived (at least )?\d|\d+ of 100 people were alive/, /Triple-negative: worst case less than 3 months, usual case 7 to 26 months, best case more than 40 months/],
        ["es", /mitad vivió (al menos )?\d|vivían \d/, /Triple negativo: peor caso menos de 3 meses, caso habitual de 7 a 26 meses, mejor caso más de 40 meses/]]) {
        await page.locale(locale);
        await page.go("options");
        await page.evaluate(async () => {
          for (const details of document.querySelectorAll("[data-option=ribociclib_aromatase_inhibitor] > details")) details.open = true;
          await new Promise((resolve) => setTimeout(resolve, 300));
        });
        const card = await page.evaluate(() => document.querySelector("[data-option=ribociclib_aromatase_inhibitor]").textContent);
        assert.ok(!lived.test(card), `${locale}: the card tells it unasked`);
        assert.ok(await page.evaluate(() => document.querySelector("[data-option=ribociclib_aromatase_inhibitor] [data-action=life]") !== null), "it can be asked for");
        await page.go("information");
        const topic = () => page.evaluate(() => document.querySelector("[data-information=three_scenarios]").textContent);
        assert.ok(!cases.test(await topic()), `${locale}: hidden at first`);
        await page.page.click("[data-information=three_scenarios] button");
        assert.match(await topic(), cases);
        assert.match(await topic(), /2022/, "with its age");
        await page.page.click("[data-information=three_scenarios] button");
      }
    },
  },
];
