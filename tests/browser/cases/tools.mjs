// What readers can do with the options: try an answer, compare, weigh, keep a file, look at the proofs. None of it changes the
// options by itself.
import assert from "node:assert/strict";
import { assertAgrees } from "../harness/agreement.mjs";
import { openPlan } from "../harness/plans.mjs";

const mid = { at_the_hut: "here", weather: "rain", bleeding: "no" };

const outcome = (visit) => visit.evaluate(() => Object.fromEntries([...document.querySelectorAll("[data-changes]")]
  .map((set) => [set.dataset.changes, [...set.querySelectorAll("li b")].map((title) => title.textContent)])));

/** Options by id, with how they stand, in the order of the screen. */
const standing = (result) => result.decisions.map(({ options }) => options.map(({ id, applies, strength }) => [id, applies, strength]));

export const tools = [
  {
    name: "tools: an answer on trial shows what would change and changes nothing until it is kept",
    async run({ visit }) {
      const page = await visit("walk");
      await page.answerAll(mid);
      await page.evaluate(() => { window.heard = 0; window.waymark.on("change", () => { window.heard += 1; }); });
      const before = await page.result();
      await page.go("whatif");
      await page.page.choose("[data-trial-fact]", "tired");
      await page.page.click('[data-trial=tired] input[value="no"]');
      await page.until("the outcome is shown", () => document.querySelector("[data-outcome]") !== null);
      assert.deepEqual((await outcome(page)).disappear, ["Soup"]);
      assert.deepEqual(await page.result(), before, "the real answers are as they were");
      assert.equal(await page.evaluate(() => window.heard), 0);
      await page.page.click("[data-action=drop]");
      await page.until("the trial is over", () => document.querySelector("[data-outcome]") === null);
      assert.deepEqual(await page.result(), before);

      await page.page.choose("[data-trial-fact]", "weather");
      await page.page.click('[data-trial=weather] input[value="snow"]');
      await page.until("the outcome is shown", () => document.querySelector("[data-outcome]") !== null);
      const tried = await outcome(page);
      await page.page.click("[data-action=keep]");
      await page.until("the answer is kept", () => window.waymark.result().facts.weather?.[0] === "snow");
      const titles = (result) => Object.fromEntries(result.decisions.flatMap(({ options }) => options).map((option) => [option.title, JSON.stringify([option.applies, option.strengths])]));
      const [old, now] = [titles(before), titles(await page.result())];
      assert.deepEqual(tried.change ?? [], Object.keys(now).filter((title) => old[title] !== undefined && old[title] !== now[title]), "what was said to change has changed");
      await page.go("options");
      await assertAgrees(page);
    },
  },
  {
    name: "tools: a date says no more than is written",
    async run({ visit }) {
      const page = await visit("walk");
      await page.answerAll({ at_the_hut: "here", weather: "clear", daylight: "long" });
      await page.go("options");
      await page.unfold();
      const approval = () => page.evaluate(() => document.querySelector("[data-option=ridge] .approvals li").firstChild.parentElement.textContent);
      assert.match(await approval(), /^Hut, May 2018: Open in summer/);
      await page.locale("es");
      assert.match(await approval(), /^Hut, mayo de 2018: Abierto en verano/);
    },
  },
  {
    name: "tools: patients read where a medicine is approved, clinicians the exact words",
    async run({ visit }) {
      const page = await visit("mbc");
      await page.go("options");
      for (const [locale, [us, eu, wording]] of Object.entries({
        en: ["United States", "European Union", "Same alterations, after an endocrine-based regimen"],
        es: ["Estados Unidos", "Unión Europea", "Las mismas alteraciones"],
      })) {
        await page.locale(locale);
        for (const audience of ["patient", "clinician"]) {
          await page.audience(audience);
          await page.unfold("details.option-group-folded");
          await page.unfold("[data-option=capivasertib_fulvestrant] > details");
          const said = await page.evaluate(() => document.querySelector("[data-option=capivasertib_fulvestrant] .card-part-approvals").textContent);
          const [plain, exact] = [[us, eu], ["FDA", wording]].map((words) => words.every((word) => said.includes(word)));
          assert.deepEqual({ plain, exact }, { plain: audience === "patient", exact: audience === "clinician" }, `${locale}, ${audience}: ${said}`);
        }
      }
    },
  },
  {
    name: "tools: options stand side by side only if they are options, and in the order in which they were picked",
    async run({ visit }) {
      const page = await visit("walk");
      await page.answerAll({ ...mid, tired: "no" });
      await page.go("compare");
      const offered = await page.evaluate(() => [...document.querySelectorAll("[data-compare-add] option")].map(({ value }) => value).filter(Boolean));
      assert.deepEqual(offered, standing(await page.result()).flat().map(([id]) => id), "no option is offered that does not apply");
      for (const option of ["forest", "ridge"]) await page.page.choose("[data-compare-add]", option);
      const columns = () => page.evaluate(() => [...document.querySelectorAll("table.compare > thead th")].map((head) => head.firstChild.textContent));
      assert.deepEqual(await columns(), ["The forest track", "The ridge path"]);
      await page.locale("es");
      assert.deepEqual(await columns(), ["La pista del bosque", "El camino de la cresta"]);
      await page.page.click("table.compare > thead th button");
      assert.deepEqual(await columns(), ["El camino de la cresta"]);
    },
  },
  {
    name: "tools: what matters to the reader changes no option and no order",
    async run({ visit }) {
      const page = await visit("walk");
      await page.answerAll(mid);
      await page.go("options");
      const order = () => page.evaluate(() => [...document.querySelectorAll("[data-option]")].map((option) => option.dataset.option));
      await page.unfold();
      const [before, shownBefore] = [standing(await page.result()), await order()];
      await page.go("matters");
      const items = await page.evaluate(() => [...document.querySelectorAll("[data-matter]")].map((item) => ({
        id: item.dataset.matter, checked: item.querySelectorAll("input:checked").length,
      })));
      assert.ok(items.length > 3 && items.every(({ checked }) => checked === 0), "nothing is rated for the reader");
      for (const { id } of items.slice(0, 4)) await page.page.click(`[data-matter=${id}] input[value="5"]`);
      await page.go("options");
      await assertAgrees(page);
      assert.deepEqual(standing(await page.result()), before);
      assert.deepEqual(await order(), shownBefore);
    },
  },
  {
    name: "tools: figures about the length of life are shown to patients only when they ask",
    async run({ visit }) {
      const page = await visit("walk");
      await page.answerAll(mid);
      await page.go("options");
      await page.unfold();
      const results = () => page.evaluate(() => [...document.querySelectorAll("[data-option=ridge] [data-result]")].map((one) => one.dataset.result));
      assert.ok((await results()).includes("pfs_months"));
      assert.ok(!(await results()).includes("os_months"));
      assert.doesNotMatch(await page.evaluate(() => document.querySelector("[data-option=ridge]").textContent), /\b44\b/, "nor as a number elsewhere");
      await page.page.click("[data-option=ridge] [data-action=life]");
      await page.until("they are shown", () => document.querySelector("[data-option=ridge] [data-result=os_months]") !== null);
    },
  },
  {
    name: "tools: a plan is kept in a file of the reader's own and opened again; another file changes nothing",
    async run({ visit }) {
      const page = await visit("walk");
      await page.answerAll({ ...mid, weather: ["rain", "snow"] });
      await page.go("plan");
      await page.page.type("textarea", "Is it far?");
      await page.page.click(".plan-question input");
      const before = await page.result();
      await page.evaluate(() => {
        const make = URL.createObjectURL;
        URL.createObjectURL = (blob) => {
          if (blob.type === "application/json") blob.text().then((text) => { window.saved = text; });
          return make.call(URL, blob);
        };
        // The browser would ask where to put it.
        HTMLAnchorElement.prototype.click = function click() { window.savedAs = this.download; };
      });
      await page.page.click("[data-action=save]");
      await page.until("it is saved", () => window.saved !== undefined);
      assert.match(await page.evaluate(() => window.savedAs), /^waymark-\d{4}-\d\d-\d\d\.json$/);
      const saved = await page.evaluate(() => window.saved);
      assert.deepEqual(JSON.parse(saved).facts, before.facts);

      const open = (text) => openPlan(page, text);
      await page.reset();
      await page.go("start");
      for (const text of ["", "{}", "[1, 2", '{"waymark_plan": 2}', '{"waymark_plan": 1, "guideline": 3}']) {
        await open(text);
        await page.until(`${text} is refused`, () => document.querySelector(".form-error[role=alert]") !== null);
        assert.deepEqual((await page.result()).facts, {});
      }
      await open(saved);
      await page.until("the answers are there", () => Object.keys(window.waymark.result().facts).length > 0);
      assert.deepEqual(await page.result(), before);
      await page.go("plan");
      assert.deepEqual(await page.evaluate(() => [document.querySelector("textarea").value, document.querySelector(".plan-question input").checked]), ["Is it far?", true]);
      await assertAgrees(page);

      await page.reset();
      await page.go("start");
      await open(JSON.stringify({ ...JSON.parse(saved), facts: { weather: ["rain", "hail"], nonsense: ["x"], tired: "yes", daylight: ["short"], __proto__: 1 }, notes: 7 }));
      await page.until("what is known is there", () => window.waymark.result().facts.daylight !== undefined);
      assert.deepEqual((await page.result()).facts, { daylight: ["short"] }, "only answers that the guideline knows");
    },
  },
  {
    name: "tools: the pathway marks the way taken, names the ways beside it, and says what each would change",
    async run({ visit }) {
      const page = await visit("walk");
      await page.answerAll({ ...mid, weather: ["rain", "snow"] });
      await page.go("pathway");
      await page.until("the other ways are worked out", () => document.querySelector(".pathway-ways .soft") !== null);
      const posts = await page.evaluate(() => Object.fromEntries([...document.querySelectorAll("[data-post]")].map((post) =>
        [post.dataset.post, [...post.querySelectorAll("[data-taken]")].map((way) => way.dataset.taken)])));
      const { missing } = await page.result();
      assert.deepEqual(posts.weather, ["no", "yes", "yes"], "an answer may leave several ways");
      assert.deepEqual(posts.at_the_hut, ["yes", "no"]);
      for (const { fact } of missing.filter(({ fact }) => fact !== "weather").slice(0, 6)) {
        assert.deepEqual([...new Set(posts[fact])], ["open"], fact);
      }
      assert.match(await page.evaluate(() => document.querySelector("[data-post=weather]").textContent), /would change \d+ option/);
      assert.match(await page.evaluate(() => document.querySelector(".pathway-end").textContent), /A night at the hut/);
      const height = () => page.evaluate(() => document.querySelector(".pathway").getBoundingClientRect().height);
      const before = await height();
      await page.page.click("[data-action=nearer]");
      assert.ok((await height()) > before, "nearer is larger");
      await page.page.click("[data-action=farther]");
      await page.page.click("[data-action=farther]");
      assert.ok((await height()) < before, "farther is smaller");
    },
  },
  {
    name: "tools: a reload of the tab loses no answer, note, rating, language or screen",
    async run({ visit }) {
      const page = await visit("walk");
      await page.locale("es");
      await page.audience("clinician");
      await page.answerAll(mid);
      await page.go("matters");
      await page.page.click('[data-matter=hair] input[value="5"]');
      await page.go("plan");
      await page.page.type("textarea", "Is it far?");
      const before = await page.result();
      await page.until("the tab's entry holds it all", () => history.state?.waymark?.plan.includes("Is it far?"));
      await page.reload();
      assert.deepEqual(await page.result(), before);
      assert.equal((await page.screen()).name, "plan");
      assert.equal(await page.evaluate(() => document.documentElement.lang), "es");
      assert.equal(await page.evaluate(() => document.querySelector("textarea").value), "Is it far?");
      assert.ok(await page.evaluate(() => document.querySelector("[data-moved]") === null), "nothing to announce");
      await page.go("matters");
      assert.ok(await page.evaluate(() => document.querySelector('[data-matter=hair] input[value="5"]').checked));
    },
  },
  ...[
    { name: "beside its own thread", before: [] },
    { name: "on its own thread where there are no workers", before: [() => { window.Worker = undefined; }] },
    {
      name: "on its own thread where a worker fails",
      before: [() => {
        const Ordinary = window.Worker;
        window.Worker = function Failing() {
          return new Ordinary(URL.createObjectURL(new Blob(["throw new Error('no')"], { type: "text/javascript" })));
        };
      }],
    },
  ].map(({ name, before }) => ({
    name: `tools: the page proves its guideline ${name}`,
    async run({ visit }) {
      const page = await visit("walk", { before });
      await page.answerAll(mid);
      await page.go("about");
      await page.until("the proofs are done", () => document.querySelector("[data-proofs=done]") !== null);
      const claims = await page.evaluate(() => [...document.querySelectorAll("[data-claim]")].map(({ dataset }) => dataset.holds));
      assert.ok(claims.length >= 5, claims.join());
      assert.deepEqual([...new Set(claims)], ["yes"]);
      await page.go("options");
      await assertAgrees(page);
    },
  })),
];
