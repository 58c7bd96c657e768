// The whole way with Tab, arrows, Space and Enter alone.
import assert from "node:assert/strict";
import { assertAgrees } from "../harness/agreement.mjs";

/** What has the focus, whether it can be seen, and whether it looks like it. */
const focused = () => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const ringed = (one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
  };
  return {
    name: element.outerHTML.slice(0, 90),
    nothing: element === document.body || element === document.documentElement,
    inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    ringed: ringed(element) || (element.closest(".choice") !== null && ringed(element.closest(".choice"))),
  };
};

async function tab(visit, key = "Tab") {
  await visit.page.press(key);
  const focus = await visit.evaluate(focused);
  if (focus.nothing) return focus;
  assert.ok(focus.inView, `${focus.name} has the focus out of sight`);
  assert.ok(focus.ringed, `${focus.name} does not show that it has the focus`);
  return focus;
}

async function tabTo(visit, selector, key = "Tab") {
  for (let presses = 0; presses < 150; presses++) {
    if (await visit.evaluate((selector) => document.activeElement.matches(selector), selector)) return;
    await tab(visit, key);
  }
  assert.fail(`${key} does not reach ${selector}`);
}

const headingFocused = (visit) => visit.until("the heading of the new screen has the focus", () => document.activeElement === document.querySelector("main h1"));

export const keyboard = [
  {
    name: "keyboard: from the start screen to the printout without a mouse",
    minutes: 4,
    async run({ visit }) {
      const page = await visit("essentials");
      const { press } = page.page;
      const checked = () => page.evaluate(() => document.querySelector("main fieldset input:checked")?.value);

      await tab(page);
      assert.ok(await page.evaluate(() => document.activeElement.matches(".skip")), "the first stop skips to the main part");
      await press("Enter");
      assert.ok(await page.evaluate(() => document.activeElement.matches("main")));

      await tabTo(page, "[data-action=begin]");
      await page.moved(() => press("Enter"), "Enter");
      let questions = 0;
      while ((await page.screen()).name === "question") {
        await headingFocused(page);
        if (questions === 1) assert.ok(await page.evaluate(() => window.testOpened.isConnected && window.testOpened.open), "it stays open at the next question");
        const [{ fact, values }] = await page.questions();
        await tab(page);
        assert.ok(await page.evaluate((fact) => document.activeElement.matches(`fieldset[data-fact=${fact}] input`), fact),
          "one Tab leads from the heading to the answers");
        await press("Space");
        assert.equal(await checked(), values[0]);
        if (questions % 2 === 1) {
          await press("ArrowDown");
          assert.equal(await checked(), values[1], "the arrow chooses the next answer");
          assert.deepEqual((await page.result()).facts[fact], [values[1]]);
          await press("ArrowDown");
          assert.equal(await checked(), "", "and then “not sure”");
          await press("ArrowUp");
          assert.equal(await checked(), values[1]);
        }
        if (questions === 0) {
          await tabTo(page, ".why summary");
          await press("Enter");
          await page.until("Enter opens “why we ask”", () => document.querySelector(".why").open);
          await tabTo(page, ".panel summary");
          await press("Space");
          await page.until("Space opens an option", () => document.querySelector(".panel summary").parentElement.open);
          await page.evaluate(() => { window.testOpened = document.querySelector(".panel summary").parentElement; });
          await tabTo(page, "[data-action=continue]", "Shift+Tab");
        } else {
          await tabTo(page, "[data-action=continue]");
        }
        await page.moved(() => press(questions % 2 === 0 ? "Enter" : "Space"), "the button");
        questions += 1;
        assert.ok(questions < 20);
      }
      assert.ok(questions >= 5);
      assert.equal((await page.screen()).name, "answers");
      await tabTo(page, "main [data-action=options]");
      await page.moved(() => press("Enter"), "Enter");
      await page.arrives("options");
      await headingFocused(page);
      await tabTo(page, "main [data-action=plan]");
      await page.moved(() => press("Enter"), "Enter");
      await page.arrives("plan");
      await page.evaluate(() => { window.print = () => { window.printed = true; }; });
      await tabTo(page, "[data-action=print]");
      await press("Space");
      assert.ok(await page.evaluate(() => window.printed), "Space prints");
      await assertAgrees(page);
    },
  },
  {
    name: "keyboard: Tab stops at every control of a screen, in the order of reading",
    minutes: 4,
    async run({ visit }) {
      const page = await visit("walk");
      await page.answerAll({ at_the_hut: "here", bleeding: "yes" });
      for (const key of ["question/weather", "group/before_you_go", "answers", "information"]) {
        await page.go("start");
        await page.go(key);
        const expected = await page.evaluate(() => {
          const folded = (element) => {
            for (let above = element.parentElement; above; above = above.parentElement) {
              if (above.tagName === "DETAILS" && !above.open && above.firstElementChild !== element) return true;
            }
            return false;
          };
          const reachable = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
            .filter((element) => !element.disabled && element.getClientRects().length > 0 && !folded(element));
          const seen = new Set();
          const stops = reachable.filter((element) => {
            if (element.type !== "radio") return true;
            const group = [...document.getElementsByName(element.name)];
            if (group.some((other) => other.checked) && !element.checked) return false;
            return !seen.has(element.name) && seen.add(element.name);
          });
          stops.forEach((element, number) => { element.testStop = number; });
          document.querySelector(".skip").focus();
          return stops.length;
        });
        const order = [0];
        for (let press = 1; press < expected; press++) {
          await tab(page);
          order.push(await page.evaluate(() => document.activeElement.testStop ?? document.activeElement.outerHTML.slice(0, 90)));
        }
        assert.deepEqual(order, [...order.keys()], `the stops of ${key}`);
      }
    },
  },
  {
    name: "keyboard: the switch of readers works with Space",
    async run({ visit }) {
      const page = await visit("essentials");
      await tabTo(page, "button[data-audience=clinician]");
      await page.page.press("Space");
      await page.until("clinician is pressed", () => document.querySelector("button[data-audience=clinician]").getAttribute("aria-pressed") === "true");
      await tabTo(page, "button[data-audience=patient]", "Shift+Tab");
      await page.page.press("Enter");
      await page.until("patient is pressed", () => document.querySelector("button[data-audience=patient]").getAttribute("aria-pressed") === "true");
    },
  },
];
