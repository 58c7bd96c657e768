// The engine traps: the page says so, keeps the answers and alerts, and can start the engine again.
import assert from "node:assert/strict";
import { assertAgrees } from "../harness/agreement.mjs";
import { breakable, trap, trapped } from "../harness/trap.mjs";

const faultShown = () => document.querySelector("[data-fault]") !== null;

export const fault = [
  {
    name: "fault: when the engine traps the page says so, keeps the answers and starts it again",
    async run({ visit }) {
      const page = await visit("walk", { before: [breakable] });
      await page.answerAll({ at_the_hut: "here", bleeding: "yes" });
      await page.go("question/weather");
      await trap(page);
      await page.choose("weather", "rain");
      await page.until("the fault is shown", faultShown);
      assert.ok((await trapped(page)) > 0, "it was a trap");
      const seen = await page.evaluate(() => ({
        text: document.querySelector("[data-fault]").innerText,
        role: document.querySelector("[data-fault]").getAttribute("role"),
        options: document.querySelectorAll("[data-option]").length,
        alerts: [...document.querySelectorAll("[data-alert]")].map((alert) => alert.dataset.alert),
        live: document.querySelector("[role=status]").textContent,
        checked: document.querySelector("fieldset[data-fact=weather] input:checked")?.value,
      }));
      assert.match(seen.text, /answers are kept/i);
      assert.match(seen.text, /unreachable/i, "with the message for those who made it");
      assert.equal(seen.role, "alert");
      assert.equal(seen.options, 0, "no option of an older answer is left standing");
      assert.equal(seen.live, "");
      assert.deepEqual(seen.alerts, ["blood"], "an alert outlives the fault");
      assert.equal(seen.checked, "rain");

      for (const key of ["options", "plan", "answers", "about", "start", "question/daylight"]) {
        await page.go(key);
        assert.equal(await page.evaluate(() => document.querySelectorAll("[data-option]").length), 0, `an option on ${key}`);
        assert.equal(await page.evaluate(() => document.querySelectorAll("[data-alert]").length), 1, `the alert on ${key}`);
      }
      const answersWhileBroken = await page.evaluate(() => {
        try {
          window.waymark.answer("daylight", "short");
          return "no error";
        } catch (error) {
          return error.name;
        }
      });
      assert.equal(answersWhileBroken, "EngineFault");

      await page.go("options");
      await page.page.click("[data-action=restart]");
      await page.until("the fault is over", () => document.querySelector("[data-fault]") === null);
      const shown = await assertAgrees(page);
      assert.deepEqual(shown.result.facts, { at_the_hut: ["here"], weather: ["rain"], daylight: ["short"], bleeding: ["yes"] }, "all answers are kept");
      assert.ok(shown.options.length > 0);
      await page.go("question/lamp");
      await page.choose("lamp", "yes");
      await assertAgrees(page);
    },
  },
  {
    name: "fault: a trap during another language or a load leaves the answers",
    async run({ visit, engine }) {
      const page = await visit("walk", { before: [breakable] });
      await page.answerAll({ at_the_hut: "here", weather: "snow" });
      await page.go("options");
      await trap(page);
      await page.page.choose("select[data-locale]", "es");
      await page.until("the fault is shown", faultShown);
      const loaded = await page.evaluate(() => window.waymark.load("guideline: {}").then(() => "no error", (error) => error.name));
      assert.equal(loaded, "EngineFault");
      assert.equal(await page.evaluate(() => document.querySelector("select[data-locale]").value), "en", "the box names the language that is spoken");
      await page.page.click("[data-action=restart]");
      await page.until("the fault is over", () => document.querySelector("[data-fault]") === null);
      assert.deepEqual((await assertAgrees(page)).result.facts, { at_the_hut: ["here"], weather: ["snow"] });
      // WebKit tells nobody of a choice that was made and set back before.
      if (engine.name === "webkit") return;
      await page.locale("es");
      await assertAgrees(page);
    },
  },
  {
    name: "fault: an engine that cannot start at all is said plainly",
    quiet: false,
    async run({ pages, start }) {
      const visit = await start();
      await visit.page.open(pages.essentials.address, { before: [function noWasm() { WebAssembly.instantiate = () => Promise.reject(new Error("no wasm here")); }] });
      await visit.until("the page says what is wrong", () => document.querySelector("main.trouble h1") !== null);
      const said = await visit.evaluate(() => ({ heading: document.querySelector("h1").textContent, text: document.querySelector("main").innerText, options: document.querySelectorAll("[data-option]").length }));
      assert.match(said.heading, /could not start/i);
      assert.match(said.text, /no wasm here/);
      assert.equal(said.options, 0);
      const rejected = await visit.evaluate(() => window.waymark.ready.then(() => "ready", (error) => `rejected: ${error}`));
      assert.match(rejected, /rejected/);
      assert.match(await visit.evaluate(() => { try { window.waymark.result(); return ""; } catch (error) { return error.message; } }), /not ready/);
    },
  },
  {
    name: "fault: a page without a guideline says how to make one",
    quiet: false,
    async run({ pages, start }) {
      const visit = await start();
      await visit.page.open(pages.template.address);
      await visit.until("the page says what is wrong", () => document.querySelector("main h1") !== null);
      assert.match(await visit.evaluate(() => document.querySelector("main").innerText), /waymark build/);
    },
  },
];
