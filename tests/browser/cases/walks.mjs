// People who walk from the start screen through every question to the printout.
import assert from "node:assert/strict";
import { assertAgrees } from "../harness/agreement.mjs";
import { evaluated } from "../harness/pages.mjs";

const from = (answers) => ({ fact }) => answers[fact] ?? "";

async function toPrintout(visit) {
  await assertAgrees(visit);
  await visit.toOptions();
  await assertAgrees(visit);
  await visit.toPlan();
  await assertAgrees(visit);
  await visit.evaluate(() => { window.print = () => { window.printed = (window.printed ?? 0) + 1; }; });
  await visit.page.click("[data-action=print]");
  assert.equal(await visit.evaluate(() => window.printed), 1, "the button prints");
}

/** The page and the command line give the same answer to the same facts. */
async function assertSameAsTool(visit, page) {
  const { facts, ...rest } = await visit.result();
  const told = await evaluated(page, facts, { locale: "en", audience: "patient" });
  assert.deepEqual({ facts, ...rest }, told);
}

const known = {
  hormone: { distant_metastasis: "m1", hormone_receptor: "positive", her2: "negative", brca: "not_mutated", prior_chemo: "no", progressed: "no", skin_wound: "no" },
  her2: { distant_metastasis: "m1", hormone_receptor: "negative", her2: "positive", brca: "not_mutated", prior_chemo: "yes", progressed: "yes", skin_wound: "yes" },
  neither: { distant_metastasis: "m1", hormone_receptor: "negative", her2: "negative", brca: "mutated", prior_chemo: "yes", progressed: "no", skin_wound: "no" },
};

export const walks = [
  ...Object.entries(known).map(([name, answers]) => ({
    name: `walk: all is known (${name})`,
    async run({ visit, pages }) {
      const page = await visit("essentials");
      const walked = await page.walk(from(answers), { each: () => assertAgrees(page) });
      assert.equal(walked[0], "question/distant_metastasis");
      const { facts, missing } = await page.result();
      for (const [fact, values] of Object.entries(facts)) assert.deepEqual(values, [answers[fact]]);
      assert.deepEqual(missing, [], "nothing is left to ask");
      assert.equal(walked.length, Object.keys(facts).length, "each screen answered one question");
      await toPrintout(page);
      await assertSameAsTool(page, pages.essentials);
    },
  })),
  {
    name: "walk: almost nothing is known",
    async run({ visit, pages }) {
      const page = await visit("essentials");
      const walked = await page.walk(from({ distant_metastasis: "m1" }), { each: () => assertAgrees(page) });
      const { facts, missing } = await page.result();
      assert.deepEqual(facts, { distant_metastasis: ["m1"] });
      assert.equal(walked.length, 1 + missing.length, "each open fact was asked once");
      await toPrintout(page);
      await assertSameAsTool(page, pages.essentials);
    },
  },
  {
    name: "walk: nothing is known at all",
    async run({ visit, pages }) {
      const page = await visit("essentials");
      await page.walk(from({}), { each: () => assertAgrees(page) });
      const { facts, decisions } = await page.result();
      assert.deepEqual(facts, {});
      assert.ok(decisions.every(({ options }) => options.every(({ applies }) => applies === "depends")), "while a stop is possible nothing is certain");
      await toPrintout(page);
      await assertSameAsTool(page, pages.essentials);
    },
  },
  {
    name: "walk: M0 stops, shows no option, and a changed answer leads on",
    async run({ visit, pages }) {
      const page = await visit("essentials");
      const walked = await page.walk(from({ distant_metastasis: "m0" }), { each: () => assertAgrees(page) });
      assert.deepEqual(walked, ["question/distant_metastasis"], "nothing more is asked");
      const shown = await assertAgrees(page);
      assert.deepEqual(shown.options, []);
      await assertSameAsTool(page, pages.essentials);
      await toPrintout(page);
      for (const screen of ["options", "plan", "answers"]) {
        await page.go(screen);
        assert.equal((await assertAgrees(page)).options.length, 0, `an option on ${screen}`);
        assert.ok(await page.evaluate(() => document.querySelector("[data-stop]").innerText.length > 80), "the stop says why");
      }
      await page.moved(() => page.page.click('main [data-stop] a[href="#/question/distant_metastasis"]'), "change");
      await page.choose("distant_metastasis", "m1");
      assert.ok((await assertAgrees(page)).options.length > 0);
      await page.proceed();
      assert.equal((await page.screen()).name, "question");
    },
  },
  {
    name: "walk: an answer is changed from the list of answers",
    async run({ visit }) {
      const page = await visit("essentials");
      await page.walk(from(known.hormone));
      const before = await page.result();
      await page.moved(() => page.page.click('.answer-list a[href="#/question/hormone_receptor"]'), "change");
      assert.deepEqual((await page.questions())[0].checked, ["positive"], "the answer given is marked");
      await page.choose("hormone_receptor", "negative");
      const shown = await assertAgrees(page);
      assert.deepEqual(shown.result.facts, { ...before.facts, hormone_receptor: ["negative"] });
      assert.notDeepEqual(shown.result.decisions, before.decisions);
      await page.choose("hormone_receptor", "");
      assert.equal((await assertAgrees(page)).result.facts.hormone_receptor, undefined, "“not sure” takes the answer back");
      await page.proceed();
      assert.equal((await page.screen()).name, "answers", "it is not asked again");
      await toPrintout(page);
    },
  },
  {
    name: "walk: back and forward by the page's link and by the browser's buttons",
    async run({ visit }) {
      const page = await visit("essentials");
      const keys = [(await page.screen()).key];
      const step = async (fact, value) => {
        await page.choose(fact, value);
        await page.proceed();
      };
      await page.begin();
      keys.push((await page.screen()).key);
      await step("distant_metastasis", "m1");
      keys.push((await page.screen()).key);
      const second = (await page.questions())[0];
      await step(second.fact, second.values[0]);
      keys.push((await page.screen()).key);

      await page.back();
      assert.equal((await page.screen()).key, keys[2]);
      assert.deepEqual((await page.questions())[0].checked, [second.values[0]]);
      await page.choose(second.fact, second.values[1]);
      await page.back();
      assert.equal((await page.screen()).key, keys[1]);
      assert.deepEqual((await page.questions())[0].checked, ["m1"]);
      await page.back();
      assert.equal((await page.screen()).key, "start");

      const go = async (way, key) => {
        await page.page[way]();
        await page.until(`history is at ${key}`, (key) => (location.hash.replace(/^#\//, "") || "start") === key, key);
        await page.settled();
        await assertAgrees(page);
      };
      // The links above are steps of the history like any other.
      for (const key of [keys[1], keys[2], keys[3], keys[2], keys[1], keys[0]]) await go("back", key);
      for (const key of [keys[1], keys[2], keys[3]]) await go("forward", key);
      const { facts } = await page.result();
      assert.deepEqual(facts, { distant_metastasis: ["m1"], [second.fact]: [second.values[1]] }, "walking about changes no answer");
    },
  },
  {
    name: "walk: an answer that arrives in the moment of a tap on a link does not undo the tap",
    async run({ visit }) {
      const page = await visit("essentials");
      await page.evaluate(() => {
        location.hash = "#/plan";
        window.waymark.answer("her2", "positive");
      });
      await page.arrives("plan");
      await assertAgrees(page);
    },
  },
  {
    name: "walk: “continue” without an answer says what is missing and stays",
    async run({ visit }) {
      const page = await visit("essentials");
      await page.begin();
      const { key } = await page.screen();
      await page.page.click("[data-action=continue]");
      await page.until("it says that an answer is missing", () => document.querySelector("fieldset [role=alert]")?.innerText.length > 20);
      const described = await page.evaluate(() =>
        document.getElementById(document.querySelector("fieldset[data-fact]").getAttribute("aria-describedby"))?.getAttribute("role"));
      assert.equal(described, "alert", "the fieldset is described by the message");
      assert.equal((await page.screen()).key, key);
      await page.choose("distant_metastasis", "m1");
      await page.until("the message is gone", () => !document.querySelector("fieldset [role=alert]"));
      await page.proceed();
    },
  },
  {
    name: "walk: an answer may leave several values open",
    async run({ visit, pages }) {
      const page = await visit("walk");
      const walked = await page.walk(from({ at_the_hut: "here", weather: "rain,snow", daylight: "short", lamp: "yes" }), { each: () => assertAgrees(page) });
      assert.ok(walked.includes("question/weather"));
      const { facts, decisions } = await page.result();
      assert.deepEqual(facts.weather, ["rain", "snow"]);
      const ridge = decisions[0].options.find(({ id }) => id === "ridge");
      assert.deepEqual([ridge.applies, ridge.strength, [...ridge.strengths].sort()], ["yes", null, ["avoid", "caution"]]);
      assert.equal((await assertAgrees(page)).options.find(({ id }) => id === "ridge").strength, "open");
      await toPrintout(page);
      await assertSameAsTool(page, pages.walk);
      await page.go("question/weather");
      assert.deepEqual((await page.questions())[0].checked, ["rain,snow"]);
    },
  },
  {
    name: "walk: in a group an empty box says nothing, and only “none of these” says no",
    async run({ visit }) {
      const page = await visit("walk");
      await page.begin();
      assert.equal((await page.screen()).key, "group/before_you_go");
      await page.proceed();
      assert.deepEqual((await page.result()).facts, {}, "empty boxes");
      await page.back();
      await page.tickNone();
      assert.deepEqual((await assertAgrees(page)).result.facts, { bleeding: ["no"], ankle: ["sound"] }, "none of these");
      await page.page.click("input[data-none]");
      assert.deepEqual((await assertAgrees(page)).result.facts, {}, "none of these, taken back");
      await page.choose("bleeding", "yes");
      let shown = await assertAgrees(page);
      assert.deepEqual(shown.result.facts, { bleeding: ["yes"] }, "one ticked says nothing of the others");
      assert.deepEqual(shown.alerts.map(({ id, urgency }) => [id, urgency]), [["blood", "emergency"]]);
      await page.tickNone();
      shown = await assertAgrees(page);
      assert.deepEqual(shown.result.facts, { bleeding: ["yes"], ankle: ["sound"] }, "none of the others");
      for (const screen of ["start", "options", "information", "plan", "about"]) {
        await page.go(screen);
        assert.equal((await assertAgrees(page)).alerts.length, 1, `the alert is on ${screen}`);
      }
    },
  },
  {
    name: "walk: answers that cannot hold together are named and can be changed",
    async run({ visit }) {
      const page = await visit("walk");
      await page.answerAll({ at_the_hut: "here", weather: "clear", tired: "yes" });
      await page.go("question/daylight");
      await page.choose("daylight", "none");
      const shown = await assertAgrees(page);
      assert.deepEqual(shown.result.contradiction.map(({ fact }) => fact).sort(), ["daylight", "weather"]);
      assert.deepEqual(shown.options, []);
      for (const screen of ["answers", "options", "plan"]) {
        await page.go(screen);
        assert.equal((await assertAgrees(page)).options.length, 0);
        const links = await page.evaluate(() => [...document.querySelectorAll("[data-contradiction] a")].map((link) => link.hash));
        assert.deepEqual(links.sort(), ["#/question/daylight", "#/question/weather"], "exactly the answers that clash");
      }
      await page.moved(() => page.page.click('main [data-contradiction] a[href="#/question/daylight"]'), "change");
      await page.choose("daylight", "short");
      assert.ok((await assertAgrees(page)).options.length > 0);
    },
  },
  {
    name: "walk: what is shown on request stays out of sight until it is asked for",
    async run({ visit }) {
      const page = await visit("walk");
      await page.go("information");
      const topics = () => page.evaluate(() => Object.fromEntries([...document.querySelectorAll("[data-information]")]
        .map((topic) => [topic.dataset.information, { open: topic.dataset.open, text: topic.textContent }])));
      let seen = await topics();
      assert.match(seen.the_hut.text, /ten beds/);
      assert.equal(seen.the_fall.open, "false");
      assert.match(seen.the_fall.text, /sad story/, "its caveat comes first");
      assert.doesNotMatch(seen.the_fall.text, /Somebody fell/);
      assert.doesNotMatch(await page.evaluate(() => document.querySelector("#page").textContent), /Somebody fell/, "it is nowhere in the page");
      await page.page.click("[data-information=the_fall] button");
      seen = await topics();
      assert.equal(seen.the_fall.open, "true");
      assert.match(seen.the_fall.text, /Somebody fell/);
      await page.page.click("[data-information=the_fall] button");
      assert.doesNotMatch((await topics()).the_fall.text, /Somebody fell/);
    },
  },
  {
    name: "walk: start over asks first, then forgets every answer",
    async run({ visit }) {
      const page = await visit("essentials");
      await page.walk(from(known.hormone));
      await page.page.click(".start-over button");
      await page.page.click(".start-over .button-quiet");
      assert.ok(Object.keys((await page.result()).facts).length > 0, "“no” keeps them");
      await page.page.click(".start-over button");
      await page.page.click(".start-over .button:not(.button-quiet)");
      await page.arrives("start");
      assert.deepEqual((await page.result()).facts, {});
      await page.begin();
      assert.deepEqual((await page.questions())[0].checked, []);
    },
  },
  {
    name: "walk: after “start over” no earlier step of the tab's history brings an answer back, not even by a reload",
    async run({ visit }) {
      const page = await visit("essentials");
      await page.walk(from(known.hormone));
      const held = () => page.evaluate(() => history.state?.waymark?.plan.includes('"her2"') ?? false);
      await page.until("the step holds the answers", () => history.state?.waymark?.plan.includes('"her2"'));
      await page.page.back();
      await page.until("the step before holds them too", () => history.state?.waymark?.plan.includes('"her2"'));
      await page.page.forward();
      await page.until("the answers are shown", () => document.querySelector(".start-over button") !== null);

      await page.page.click(".start-over button");
      await page.page.click(".start-over .button:not(.button-quiet)");
      await page.arrives("start");
      await page.until("the way back is cut off", () => history.state?.depth === 1);
      await page.go("answers");
      await page.page.back();
      await page.until("it is back at the new start", () => history.state?.depth === 1);
      await page.page.back();
      await page.until("it is back at the first step", () => history.state?.depth === 0);
      assert.equal(await held(), false);
      await page.reload();
      assert.deepEqual((await page.result()).facts, {});
      assert.equal((await page.screen()).name, "start");
    },
  },
];
