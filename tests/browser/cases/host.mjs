// `window.waymark`, as other programs drive the page.
import assert from "node:assert/strict";
import { assertAgrees } from "../harness/agreement.mjs";

const small = `guideline:
  id: umbrella
  version: "1"
  status: draft
  date: 2026-01-01
  language: en
  title: Umbrella or not
  summary: It tells when to take an umbrella.
  authors: The tests
  funding: Nobody
  disclaimer: It may rain all the same.
sources:
  sky: {title: The sky}
facts:
  rain:
    title: rain
    question: Does it rain?
    values: {"yes": {patient: "Yes", clinician: "Yes"}, "no": {patient: "No", clinician: "No"}}
    sources: [sky]
decisions:
  carry: {title: What to carry, none: Nothing., sources: [sky]}
options:
  umbrella: {decision: carry, title: An umbrella, text: It keeps you dry., sources: [sky]}
rules:
  wet: {when: {rain: yes}, preferred: [umbrella], text: It rains., sources: [sky]}
`;

/** What a call throws, as text; "" if it does not. */
const thrown = (visit, verb, ...args) => visit.evaluate((verb, args) => {
  try {
    window.waymark[verb](...args);
    return "";
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
}, verb, args);

const load = (visit, text) => visit.evaluate(async (text) => {
  const { loaded, issues } = await window.waymark.load(text);
  return { loaded, issues: issues.slice(0, 5), errors: issues.filter(({ severity }) => severity === "error").length };
}, text);

export const host = [
  {
    name: "host: answer takes a value, a list and null, and gives the new result at once",
    async run({ visit }) {
      const page = await visit("essentials");
      await page.go("options");
      const steps = await page.evaluate(() => {
        const shown = () => document.querySelector("[role=status]").textContent;
        const note = (result) => ({ facts: result.facts, same: JSON.stringify(result) === JSON.stringify(window.waymark.result()), shown: shown() });
        return [["distant_metastasis", "m1"], ["her2", ["positive", "negative"]], ["her2", ["negative"]], ["her2", null], ["distant_metastasis", "m0"]]
          .map(([fact, value]) => note(window.waymark.answer(fact, value)));
      });
      assert.deepEqual(steps.map(({ facts }) => facts), [
        { distant_metastasis: ["m1"] },
        { distant_metastasis: ["m1"], her2: ["positive", "negative"] },
        { distant_metastasis: ["m1"], her2: ["negative"] },
        { distant_metastasis: ["m1"] },
        { distant_metastasis: ["m0"] },
      ]);
      assert.ok(steps.every(({ same }) => same), "answer gives what result gives");
      const numbers = steps.map(({ shown }) => shown.match(/\d+/g)?.join(" ") ?? "");
      assert.ok(numbers[0] !== "" && numbers[1] !== numbers[2] && numbers[2] !== numbers[3] && numbers[4] === "", `the page has followed before answer returns: ${numbers.join(", ")}`);
      await assertAgrees(page);
    },
  },
  {
    name: "host: an unknown fact or value throws, says which, and changes nothing",
    async run({ visit }) {
      const page = await visit("essentials");
      await page.answerAll({ distant_metastasis: "m1", her2: "negative" });
      await page.go("options");
      const before = await page.result();
      const bad = [
        [["her3", "positive"], /her3/], [["her2", "positif"], /positif/], [["her2", ["negative", "maybe"]], /maybe/],
        [["her3", null], /her3/], [["her3", []], /her3/], [["her2", 3], /her2|3/], [["__proto__", "x"], /__proto__/], [["constructor", "x"], /constructor/],
      ];
      for (const [args, word] of bad) {
        const error = await thrown(page, "answer", ...args);
        assert.match(error, word, `answer(${JSON.stringify(args)})`);
        assert.deepEqual(await page.result(), before, `answer(${JSON.stringify(args)}) changed something`);
        await assertAgrees(page);
      }
      assert.match(await thrown(page, "answer", "her2", "positif"), /positive/, "it names the nearest right value");
      assert.match(await thrown(page, "on", "chagne", null), /change/);
    },
  },
  {
    name: "host: reset forgets the answers and keeps reader and language",
    async run({ visit }) {
      const page = await visit("essentials");
      await page.audience("clinician");
      await page.locale("es");
      await page.answerAll({ distant_metastasis: "m1", her2: "negative" });
      await page.go("options");
      await page.reset();
      await page.arrives("start");
      assert.deepEqual((await page.result()).facts, {});
      assert.equal(await page.evaluate(() => document.documentElement.lang), "es");
      assert.equal(await page.evaluate(() => document.querySelector("button[data-audience=clinician]").getAttribute("aria-pressed")), "true");
      await page.go("plan");
      await assertAgrees(page);
    },
  },
  {
    name: "host: on(\"change\") hears every new result, from clicks and from calls, until it is ended",
    async run({ visit }) {
      const page = await visit("essentials");
      await page.evaluate(() => {
        window.heard = [];
        window.end = window.waymark.on("change", (result) => window.heard.push({
          facts: result.facts, now: JSON.stringify(result) === JSON.stringify(window.waymark.result()),
        }));
      });
      const heard = () => page.evaluate(() => window.heard.map(({ facts }) => Object.keys(facts).length));
      await page.answer("distant_metastasis", "m1");
      assert.deepEqual(await heard(), [1]);
      await page.go("question/her2");
      await page.choose("her2", "positive");
      assert.deepEqual(await heard(), [1, 2]);
      await thrown(page, "answer", "her2", "nonsense");
      assert.deepEqual(await heard(), [1, 2], "a refused answer is no change");
      await page.reset();
      assert.deepEqual(await heard(), [1, 2, 0]);
      assert.ok(await page.evaluate(() => window.heard.every(({ now }) => now)), "the result heard is the present one");
      await page.evaluate(() => window.end());
      await page.answer("her2", "negative");
      assert.deepEqual(await heard(), [1, 2, 0], "ended");
    },
  },
  {
    name: "host: a listener that fails does not stop the page",
    quiet: false,
    async run({ visit }) {
      const page = await visit("essentials");
      await page.evaluate(() => {
        window.waymark.on("change", () => { throw new Error("the listener's own mistake"); });
        window.waymark.on("change", () => { window.heardLater = true; });
      });
      await page.go("question/her2");
      await page.choose("her2", "positive");
      assert.deepEqual((await page.result()).facts, { her2: ["positive"] });
      assert.ok(await page.evaluate(() => window.heardLater), "the next listener is told");
      await assertAgrees(page);
    },
  },
  {
    name: "host: load takes a small guideline, and the page works with it",
    async run({ visit }) {
      const page = await visit("essentials");
      await page.answer("her2", "positive");
      assert.deepEqual(await load(page, small), { loaded: true, issues: [], errors: 0 });
      assert.deepEqual((await page.result()).facts, {}, "facts that the new guideline does not know are gone");
      assert.equal((await page.result()).guideline.id, "umbrella");
      assert.equal((await page.screen()).heading, "Umbrella or not");
      assert.deepEqual(await page.walk(({ values }) => values[0], { each: () => assertAgrees(page) }), ["question/rain"]);
      await page.toOptions();
      const { options } = await assertAgrees(page);
      assert.deepEqual(options.map(({ id, applies, strength }) => [id, applies, strength]), [["umbrella", "yes", "preferred"]]);
      await page.toPlan();
      await assertAgrees(page);
    },
  },
  {
    name: "host: load of a changed version keeps the answers that it still knows",
    async run({ visit }) {
      const page = await visit("essentials");
      await load(page, small);
      await page.answer("rain", "yes");
      const changed = small.replace('version: "1"', 'version: "2"').replace("preferred: [umbrella]", "option: [umbrella]");
      assert.equal((await load(page, changed)).loaded, true);
      const { facts, guideline, decisions } = await page.result();
      assert.deepEqual(facts, { rain: ["yes"] });
      assert.equal(guideline.version, "2");
      assert.equal(decisions[0].options[0].strength, "option");
    },
  },
  {
    name: "host: load of a faulty guideline names the faults and keeps guideline, answers and screen",
    async run({ visit }) {
      const page = await visit("essentials");
      await page.answerAll({ distant_metastasis: "m1", her2: "negative" });
      await page.go("options");
      const before = await page.result();
      const faulty = small.replace("preferred: [umbrella]", "preferred: [umbrela]").replace("{rain: yes}", "{rain: perhaps}");
      const { loaded, issues, errors } = await load(page, faulty);
      assert.equal(loaded, false);
      assert.ok(errors >= 2, JSON.stringify(issues));
      assert.ok(issues.every(({ line, column, message }) => line > 0 && column > 0 && message.length > 10));
      assert.ok(issues.some(({ message }) => message.includes("umbrela")));
      assert.deepEqual(await page.result(), before);
      assert.equal((await page.screen()).name, "options");
      await assertAgrees(page);
    },
  },
  {
    name: "host: hostile texts are refused and the page lives on",
    minutes: 4,
    async run({ visit }) {
      const page = await visit("essentials");
      await page.answerAll({ distant_metastasis: "m1", her2: "negative" });
      await page.go("options");
      const before = await page.result();
      // Made in the page: a long text need not travel.
      const replies = await page.evaluate(async () => {
        const bomb = ["a: &a [x, x, x, x, x, x, x, x, x, x]"];
        for (let level = 1; level < 12; level++) {
          const [from, to] = [level - 1, level].map((number) => String.fromCharCode(97 + number));
          bomb.push(`${to}: &${to} [${Array(10).fill(`*${from}`).join(", ")}]`);
        }
        const texts = {
          empty: "", blank: " \n\t\n", nul: "guideline:\0 x", surrogate: "guideline: \ud800", number: "42", list: "- a\n- b",
          control: "guideline: \u0007\u0000\u0008", bomb: bomb.join("\n"),
          deep: "[".repeat(10_000), deepMap: Array.from({ length: 5000 }, (_, depth) => " ".repeat(Math.min(depth, 300)) + "a:").join("\n"),
          deepFlow: "{a: ".repeat(20_000), long: `guideline: ${"x".repeat(3_000_000)}`, keys: "a: 1\n".repeat(50_000),
          documents: "---\n".repeat(20_000), tags: "guideline: !!python/object:os.system {a: 1}", markup: "guideline: <script>alert(1)</script>",
        };
        const replies = {};
        for (const [name, text] of Object.entries(texts)) {
          try {
            const { loaded, issues } = await window.waymark.load(text);
            replies[name] = { loaded, errors: issues.filter(({ severity }) => severity === "error").length, first: issues[0]?.message };
          } catch (error) {
            replies[name] = { thrown: String(error) };
          }
        }
        for (const other of [null, undefined, 7, {}]) {
          replies[String(other)] = await window.waymark.load(other)
            .then(({ loaded, issues }) => ({ loaded, errors: issues.length, first: issues[0]?.message }), (error) => ({ refused: String(error) }));
        }
        return replies;
      });
      for (const [name, reply] of Object.entries(replies)) {
        if (reply.refused) continue;
        assert.equal(reply.loaded, false, `${name}: ${JSON.stringify(reply)}`);
        assert.ok(reply.errors >= 1 && reply.first.length > 10, `${name}: ${JSON.stringify(reply)}`);
      }
      assert.deepEqual(await page.result(), before);
      assert.equal((await page.screen()).name, "options");
      await assertAgrees(page);
      await page.answer("her2", "positive");
      await assertAgrees(page);
      assert.equal((await load(page, small)).loaded, true, "and a good one still loads");
    },
  },
  {
    name: "host: texts of a guideline are shown as text and never as markup",
    async run({ visit }) {
      const page = await visit("essentials");
      const markup = "<img src=x onerror=window.broken=1><b>bold</b>";
      const text = small.replaceAll(/: (Umbrella or not|An umbrella|It keeps you dry\.|It rains\.|Does it rain\?|The sky|What to carry)/g, `: "${markup}"`);
      assert.deepEqual(await load(page, text), { loaded: true, issues: [], errors: 0 });
      for (const key of ["start", "question/rain", "options", "plan", "about"]) {
        if (key !== "start") await page.go(key);
        if (key === "question/rain") await page.choose("rain", "yes");
        assert.equal(await page.evaluate(() => document.querySelectorAll("#page img").length), 0, key);
        assert.ok(await page.evaluate((markup) => document.querySelector("main").textContent.includes(markup), markup), key);
      }
      assert.ok(await page.evaluate(() => window.broken === undefined), "the markup ran");
    },
  },
  {
    name: "host: addresses that are not ours lead nowhere and break nothing",
    async run({ visit }) {
      const page = await visit("essentials");
      await page.answer("her2", "positive");
      for (const hash of ["#/nowhere", "#/question/her3", "#/group/none", "#/question/", "#<script>", "#/options/x", "#/question/__proto__"]) {
        await page.evaluate((hash) => new Promise((resolve) => {
          addEventListener("hashchange", resolve, { once: true });
          location.hash = hash;
        }).then(() => null), hash);
        assert.deepEqual((await page.result()).facts, { her2: ["positive"] });
        assert.ok((await page.screen()).heading?.length > 0, `no heading at ${hash}`);
      }
      await page.go("options");
      await assertAgrees(page);
    },
  },
];
