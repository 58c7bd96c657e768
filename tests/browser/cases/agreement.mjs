// Answers by chance: what is shown is the engine's answer, and the command line gives the same.
import assert from "node:assert/strict";
import { assertAgrees } from "../harness/agreement.mjs";
import { chance } from "../harness/chance.mjs";
import { evaluated } from "../harness/pages.mjs";

const facts = {
  essentials: {
    distant_metastasis: ["m1", "m0"], hormone_receptor: ["positive", "negative"], her2: ["positive", "negative"],
    brca: ["mutated", "not_mutated"], prior_chemo: ["yes", "no"], progressed: ["yes", "no"], skin_wound: ["yes", "no"],
  },
  walk: {
    at_the_hut: ["here", "elsewhere"], weather: ["clear", "rain", "snow"], daylight: ["long", "short", "none"],
    lamp: ["yes", "no"], bleeding: ["yes", "no"], ankle: ["sound", "sore", "broken"], tired: ["yes", "no"],
  },
};

function someAnswers(dice, known) {
  const answers = {};
  for (const [fact, values] of Object.entries(known)) {
    if (dice.next() < 0.4) continue;
    // The first value of the first fact is the patient that the guideline is for.
    const mostlyFirst = fact === Object.keys(known)[0] && dice.next() < 0.7;
    const left = mostlyFirst ? [values[0]] : values.filter(() => dice.next() < 0.5);
    answers[fact] = left.length === 1 ? left[0] : left.length === 0 ? dice.of(values) : left;
  }
  return answers;
}

export const agreement = Object.keys(facts).map((name) => ({
  name: `agreement: answers by chance (${name})`,
  minutes: 4,
  async run({ visit, pages }) {
    const page = await visit(name);
    const dice = chance(20 + name.length);
    for (let round = 0; round < 6; round++) {
      const answers = someAnswers(dice, facts[name]);
      const audience = dice.of(["patient", "clinician"]);
      const locale = dice.of(["en", "es"]);
      await page.reset();
      await page.audience(audience);
      await page.locale(locale);
      await page.answerAll(answers);
      const fact = dice.of(Object.keys(facts[name]).filter((fact) => !["bleeding", "ankle", "tired"].includes(fact)));
      for (const key of ["options", `question/${fact}`, "plan"]) {
        await page.go(key);
        await assertAgrees(page);
      }
      const result = await page.result();
      assert.deepEqual(result, await evaluated(pages[name], answers, { locale, audience }),
        `the page and the command line on ${JSON.stringify(answers)}`);
    }
  },
}));
