// axe-core on every screen and state, in light and dark, in both languages, on a telephone and on a desk.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fullStates, states, visitStates } from "../harness/states.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** All rules but the experimental ones; in the dark those that look at colours, since all else is the same in the light. */
const look = async (dark) => {
  const { violations, passes } = await window.axe.run(document, {
    resultTypes: ["violations"], preload: false, elementRef: false, selectors: true,
    ...dark
      ? { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } }
      : { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], rules: { "target-size": { enabled: true } } },
  });
  return {
    rules: passes.length + violations.length,
    violations: violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target, failureSummary }) => `${target} ${failureSummary?.split("\n").slice(1, 2)}`).join(" | ")}`),
  };
};

/** Every language, register, width and scheme is looked at, not every one with every other; each language in each scheme in Chromium. */
const looks = ({ engine, dark }) => dark
  ? [{ locale: "es", audience: "patient", size: [1280, 900] },
    ...engine.name === "chromium" ? [{ locale: "en", audience: "clinician", size: [360, 740] }] : []]
  : [{ locale: "en", audience: "patient", size: [1280, 900] }, { locale: "es", audience: "clinician", size: [360, 740] }];

/** The full guideline shows more of the same: all of it in Chromium, once over in the others. */
const statesFor = ({ engine, dark }) => (engine.name === "chromium" || !dark ? [...states, ...fullStates] : states);

export const accessibility = [false, true].map((dark) => ({
  name: `accessibility: axe finds nothing (${dark ? "dark" : "light"})`,
  minutes: 10,
  async run(context) {
    let looked = 0;
    const check = async (visit, where) => {
      const { rules, violations } = await visit.evaluate(look, dark);
      looked += 1;
      assert.ok(rules > (dark ? 0 : 10), `axe ran only ${rules} rules at ${where}`);
      assert.deepEqual(violations, [], where);
    };
    await visitStates({ ...context, dark, size: { width: 1280, height: 900 } }, async (visit, state) => {
      assert.equal(await visit.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches), dark, "the scheme asked for");
      if (!(await visit.evaluate(() => window.axe !== undefined))) await visit.page.inject(axe);
      const switchable = state.name !== "fault" && state.page !== "template";
      const isFull = fullStates.includes(state);
      const wanted = looks({ ...context, dark });
      for (const { locale, audience, size: [width, height] } of isFull && context.engine.name !== "chromium" ? wanted.slice(0, 1) : wanted) {
        if (switchable) await visit.locale(locale);
        if (switchable) await visit.audience(audience);
        if (!isFull) await visit.unfold();
        await visit.page.resize(width, height);
        await check(visit, `${state.name}, ${switchable ? locale : "en"}, ${width} px, ${dark ? "dark" : "light"}`);
      }
      if (switchable) {
        await visit.locale("en");
        await visit.audience("patient");
      }
      await visit.page.resize(1280, 900);
    }, statesFor({ ...context, dark }));
    context.say(`${looked} looks`);
  },
}));
