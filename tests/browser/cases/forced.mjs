// Forced colours: the browser paints in two colours of the reader's choice. Pictures, what is chosen and where one is stay visible.
import assert from "node:assert/strict";
import { PNG } from "pngjs";
import { states, visitStates } from "../harness/states.mjs";

/** Where something has to be seen, as [what, left, top, width, height] in the whole page. */
const placesOf = (selector) => [...document.querySelectorAll(selector)].flatMap((element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  const name = `${element.tagName.toLowerCase()}.${element.className?.baseVal ?? element.className} "${element.textContent.trim().slice(0, 30)}"`;
  return width > 4 && height > 4 && element.checkVisibility({ visibilityProperty: true })
    ? [[name, x + scrollX, y + scrollY, width, height]] : [];
});

const picture = async (visit) => PNG.sync.read(await visit.page.screenshot({ whole: true }));

/** Every pixel's brightness in the box, widened by `more`. */
function* pixels({ width, height, data }, [, left, top, wide, high], more = 0) {
  for (let y = Math.max(0, Math.floor(top - more)); y < Math.min(height, Math.ceil(top + high + more)); y++) {
    for (let x = Math.max(0, Math.floor(left - more)); x < Math.min(width, Math.ceil(left + wide + more)); x++) {
      const at = 4 * (y * width + x);
      yield 0.2126 * data[at] + 0.7152 * data[at + 1] + 0.0722 * data[at + 2];
    }
  }
}

/** How far apart the darkest and the lightest pixel are, of 255. */
function spread(image, place) {
  let [least, most] = [255, 0];
  for (const light of pixels(image, place)) [least, most] = [Math.min(least, light), Math.max(most, light)];
  return most - least;
}

const clear = 100;

/** Along the left side of a box, from outside to inside: does an edge stand there, whole or broken? */
const hasEdge = (image, [name, left, top, , high]) => spread(image, [name, left - 3, top + high / 4, 8, high / 2]) > clear;

const pictures = ".sign, .dots, .bar, .waymark, .trail-picture";
const boxes = ".card, .option, .choice, .button, .switch, .locale, .pathway-ways > li, .record-given, .outcome, .notice, .aside-note";

export const forced = [
  {
    name: "forced colours: pictures and edges stay, in light and dark",
    engines: ["chromium"],
    minutes: 4,
    run: async (context) => {
      const wanted = ["start", "question-panel", "options-figures", "options-against", "plan", "whatif", "pathway", "record", "group-alerts", "contradiction"];
      for (const dark of [false, true]) {
        await visitStates({ ...context, dark, size: { width: 900, height: 900 } }, async (visit, { name }) => {
          await visit.page.forceColours(true);
          if (name === "options-figures") await visit.unfold("[data-option=ridge] details");
          await visit.until("all is worked out", () => document.querySelector("[data-working]") === null);
          const image = await picture(visit);
          for (const place of await visit.evaluate(placesOf, pictures)) {
            assert.ok(spread(image, place) > clear, `${place[0]} cannot be seen on ${name}, ${dark ? "dark" : "light"}`);
          }
          for (const place of await visit.evaluate(placesOf, boxes)) {
            assert.ok(hasEdge(image, place), `${place[0]} has no edge on ${name}, ${dark ? "dark" : "light"}`);
          }
          await visit.page.forceColours(false);
        }, states.filter(({ name }) => wanted.includes(name)));
      }
    },
  },
  {
    name: "forced colours: what is chosen, where one is and what has the focus are told from the rest",
    engines: ["chromium"],
    async run({ visit }) {
      const page = await visit("essentials", { width: 900 });
      await page.page.forceColours(true);
      await page.go("question/her2");
      const lightness = (image, place) => {
        const all = [...pixels(image, place)];
        return all.reduce((sum, light) => sum + light, 0) / all.length;
      };
      const place = async (selector) => (await page.evaluate(placesOf, selector))[0];

      const image = await picture(page);
      const [pressed, other] = [await place("[data-audience][aria-pressed=true]"), await place("[data-audience][aria-pressed=false]")];
      assert.ok(Math.abs(lightness(image, pressed) - lightness(image, other)) > clear / 2, "the pressed switch looks like the other");
      const under = ([name, left, top, width, height]) => [name, left, top + height - 3, width, 3];
      const [here, elsewhere] = [await place(".way a[aria-current]"), await place(".way a:not([aria-current])")];
      assert.ok(Math.abs(lightness(image, under(here)) - lightness(image, under(elsewhere))) > clear / 2, "the station one is at looks like the others");

      const choice = "fieldset[data-fact=her2] label:nth-of-type(1)";
      await page.choose("her2", "negative");
      const unchosen = await picture(page);
      const input = await place(`${choice} input`);
      await page.choose("her2", "positive");
      const chosen = await picture(page);
      assert.ok(changed(unchosen, chosen, input, 0) > 15, "a chosen answer looks like one that is not");

      for (const selector of ["[data-action=continue]", "a[data-action=back]", "details.why > summary", "[data-audience=clinician]", "select[data-locale]", ".way a:not([aria-current])", `${choice} input`]) {
        await page.evaluate(() => document.activeElement.blur());
        const before = await picture(page);
        await page.evaluate((selector) => document.querySelector(selector).focus({ focusVisible: true }), selector);
        const after = await picture(page);
        const around = await place(selector.endsWith("input") ? choice : selector);
        assert.ok(changed(before, after, around, 6) > 2 * around[3], `the focus on ${selector} cannot be seen`);
      }
      await page.page.forceColours(false);
    },
  },
];

/** How many pixels differ clearly, `more` px around the box included. */
function changed(before, after, place, more) {
  const [was, is] = [[...pixels(before, place, more)], [...pixels(after, place, more)]];
  return was.filter((light, at) => Math.abs(light - is[at]) > clear).length;
}
