// Texts made to break a reader, given to the page by every door it has: each is refused in words or read as harmless text, the answers
// stay, the page goes on, and nothing of the text runs or becomes an element.
import assert from "node:assert/strict";
import { recordText } from "../harness/records.mjs";
import { hostileInputs } from "../../wasm/hostile-inputs.mjs";
import { assertOwnOnly, inPortal } from "./embed.mjs";

const answers = { distant_metastasis: "m1", her2: ["positive"] };

/** The page makes the texts itself; what comes back are their names by kind. */
async function prepare(visit, head) {
  const record = JSON.parse(await recordText("triple-negative"));
  return visit.evaluate(new Function("head", "record", `
    window.testInputs = (${hostileInputs})(head, record);
    const { records, guidelines, answers, plans } = window.testInputs;
    return Object.fromEntries(Object.entries({ records, guidelines, answers, refused: plans.refused, opened: plans.opened })
      .map(([kind, texts]) => [kind, Object.keys(texts)]));`), head, record);
}

/** In the page: one text through one door, and then whatever is not as it should be. */
async function give(door, kind, name) {
  const { waymark, testInputs: inputs } = window;
  const text = name === null ? inputs[kind] : (inputs[kind] ?? inputs.plans[kind])[name];
  const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const wrong = [];
  const must = (what, holds) => holds || wrong.push(what);
  const comes = async (what, holds) => {
    for (let looks = 0; looks < 4000 && !holds(); looks++) await wait(5);
    must(what, holds());
  };
  const hasWords = (said) => typeof said === "string" && said.length > 10;
  const before = JSON.stringify(waymark.result());

  if (door === "import") {
    try {
      const { refused } = waymark.import(text);
      must("it is refused in words", name === null ? refused === null : hasWords(refused?.text));
    } catch (failure) {
      must(`it is no record, in words: ${failure}`, name !== null && failure.name === "UnreadableRecord" && hasWords(failure.message));
    }
  } else if (door === "load") {
    const { loaded, issues } = await waymark.load(text);
    must("it is not loaded, and the error has words", !loaded && issues.some(({ severity, message }) => severity === "error" && hasWords(message)));
  } else if (door === "answer") {
    let facts = {};
    try {
      facts = JSON.parse(text);
    } catch { /* no answer at all is one of them */ }
    for (const [fact, value] of Object.entries(facts ?? {})) {
      try {
        waymark.answer(fact, value);
        // The last of a key given twice is an answer like any other.
        must("it is refused", value === "negative");
        waymark.answer("her2", ["positive"]);
      } catch (failure) {
        must(`it is refused in words: ${failure}`, hasWords(failure.message));
      }
    }
  } else {
    location.hash = "#/start";
    await comes("the start screen", () => document.querySelector("input[data-action=open]") !== null);
    const files = new DataTransfer();
    files.items.add(new File([text], "plan.json", { type: "application/json" }));
    const input = document.querySelector("input[data-action=open]");
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    await comes("the file is read", () => input.files.length === 0 || !input.isConnected);
    if (kind === "opened") {
      must("it answers nothing", Object.keys(waymark.result().facts).length === 0);
      for (const screen of ["plan", "compare", "matters", "answers"]) {
        location.hash = `#/${screen}`;
        await comes(`the screen ${screen}`, () => document.querySelector("main").dataset.screen === screen);
        must(`no element of it on ${screen}`, strangers() === 0);
      }
      for (const [fact, value] of Object.entries(JSON.parse(before).facts)) waymark.answer(fact, value);
    } else {
      await comes("it is refused", () => document.querySelector(".open-plan [role=alert]") !== null);
    }
  }

  function strangers() {
    return document.querySelectorAll("#page :is(img, script, iframe, object, embed, style, base, [onerror], [style], a[href^='javascript:'])").length;
  }
  await wait(0);
  must("no element of it", strangers() === 0);
  must("the answers are kept", JSON.stringify(waymark.result()) === before);
  waymark.answer("hormone_receptor", "positive");
  must("the page goes on", JSON.stringify(waymark.result().facts.hormone_receptor) === '["positive"]');
  waymark.answer("hormone_receptor", null);
  must("an answer can be taken back", JSON.stringify(waymark.result()) === before);
  must("nothing of it ran", window.testRan === undefined);
  must("no prototype was touched", ({}).polluted === undefined);
  return wrong;
}

export const hostile = [
  {
    name: "hostile: records, guidelines, answers and plan files made to break a reader leave page and answers as they were",
    minutes: 10,
    async run({ pages, visit, say }) {
      const page = await visit("essentials");
      const names = await prepare(page, pages.essentials.head);
      await page.answerAll(answers);
      const wrong = [];
      let count = 0;
      const through = async (door, kind, list) => {
        for (const name of list) {
          count += 1;
          for (const what of await page.evaluate(give, door, kind, name)) wrong.push(`${door}, ${kind}, ${name}: ${what}`);
        }
      };
      await through("import", "records", names.records);
      await through("import", "scripted", [null]);
      await through("load", "guidelines", names.guidelines);
      await through("answer", "answers", names.answers);
      await through("plan", "refused", names.refused);
      await through("plan", "opened", names.opened);
      // Neither is a plan.
      await through("plan", "records", names.records);
      await through("plan", "guidelines", names.guidelines);
      assert.deepEqual(wrong, []);
      say(`${count} texts`);
      assert.ok(count >= 200);
    },
  },
  {
    name: "hostile: the same records by message, and texts that are no message at all",
    quiet: false,
    minutes: 10,
    run: (tools) => inPortal(tools, ["portal", ""], {}, async (visit, server) => {
      await visit.until("the client is there", () => window.testEmbed !== undefined);
      await prepare(visit, tools.pages.essentials.head);
      const seen = await visit.evaluate(async (answers) => {
        const { records, guidelines } = window.testInputs;
        const { frame, answer, result, import: send } = await window.testEmbed(document.body, { src: window.testSite, guideline: "essentials" });
        for (const [fact, value] of Object.entries(answers)) await answer(fact, value);
        const before = JSON.stringify(await result());
        window.testHeard.length = 0;
        const wrong = [];
        for (const [name, text] of Object.entries({ ...records, ...guidelines })) {
          frame.contentWindow.postMessage(text, new URL(window.testSite).origin);
          const said = await send(text).then(({ refused }) => refused?.text, ({ name, message }) => (name === "UnreadableRecord" ? message : ""));
          if (!(said?.length > 10)) wrong.push(`${name}: ${said}`);
          if (JSON.stringify(await result()) !== before) wrong.push(`${name}: the answers are not kept`);
          if ((await answer("hormone_receptor", "positive")).facts.hormone_receptor?.[0] !== "positive") wrong.push(`${name}: the page does not go on`);
          await answer("hormone_receptor", null);
        }
        return { wrong, stray: window.testHeard.filter(({ data }) => !data.event && typeof data.id !== "number").length };
      }, answers);
      assert.deepEqual(seen, { wrong: [], stray: 0 });
      await assertOwnOnly(visit, server, tools);
    }),
  },
];
