// What a hospital sets in the file, and what a reader sets for the eyes.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const empty = '<script type="application/json" id="waymark-site">null</script>';

async function withSite(pages, start, name, site) {
  const page = await readFile(pages.essentials.file, "utf8");
  assert.ok(page.includes(empty), "the line for a hospital is there");
  const file = join(dirname(pages.essentials.file), `site-${name}.html`);
  await writeFile(file, page.replace(empty, () => empty.replace("null", () => JSON.stringify(site).replaceAll("<", "\\u003c"))));
  return (await start()).open(pathToFileURL(file).href);
}

export const own = [
  {
    name: "own: a hospital's name, logo, numbers, words and colours stand on every screen",
    async run({ pages, start, engine }) {
      const page = await withSite(pages, start, `good-${engine.name}`, {
        name: "Example Hospital",
        logo: "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='20' height='20'/%3E",
        phones: [{ label: "Cancer team, day and night", number: "+00 123 456" }],
        emergency: { en: "In danger? Call 112 now.", es: "¿En peligro? Llame ahora al 112." },
        colours: { light: { accent: "#0b4f8a" } },
      });
      for (const key of ["start", "options", "plan", "about"]) {
        if (key !== "start") await page.go(key);
        assert.match(await page.evaluate(() => document.querySelector("header").textContent), /Example Hospital/, key);
        assert.match(await page.evaluate(() => document.querySelector(".urgent").textContent), /Call 112 now[^]*Cancer team, day and night: \+00 123 456/, key);
      }
      assert.equal(await page.evaluate(() => document.querySelector(".urgent a").getAttribute("href")), "tel:+00123456");
      assert.match(await page.evaluate(() => document.querySelector("header img").src), /^data:image/);
      await page.go("plan");
      assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector("[data-action=print]")).backgroundColor), "rgb(11, 79, 138)");
      assert.match(await page.evaluate(() => document.querySelector(".plan .eyebrow").textContent), /Example Hospital/, "and on paper");
      await page.locale("es");
      assert.match(await page.evaluate(() => document.querySelector(".urgent").textContent), /Llame ahora al 112/);
    },
  },
  {
    name: "own: what is not of the kind shown is left aside",
    async run({ pages, start, engine }) {
      const page = await withSite(pages, start, `bad-${engine.name}`, {
        name: ["x"], logo: "http://one.invalid/logo.png", phones: "112", emergency: 112, guideline: "none",
        colours: { light: { accent: "url(http://two.invalid)", "}body{display": "#fff" } },
      });
      assert.equal((await page.screen()).name, "start");
      assert.equal(await page.evaluate(() => document.querySelector("header img")), null);
      assert.match(await page.evaluate(() => document.querySelector(".urgent").textContent), /emergency number/);
    },
  },
  {
    name: "own: the size of the text has three steps, which are kept on every screen",
    async run({ visit }) {
      const page = await visit("essentials");
      const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.querySelector("main p")).fontSize));
      const seen = [await size()];
      for (const step of [1, 2]) {
        await page.page.click(`button[data-size="${step}"]`);
        seen.push(await size());
      }
      assert.ok(seen[0] < seen[1] && seen[1] < seen[2], seen.join());
      await page.go("about");
      assert.equal(await page.evaluate(() => document.querySelector("button[data-size='2']").getAttribute("aria-pressed")), "true");
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), true);
    },
  },
  {
    name: "own: the page moves nothing by itself, so there is nothing to reduce",
    async run({ visit }) {
      const page = await visit("essentials");
      await page.answerAll({ distant_metastasis: "m1" });
      for (const key of ["question/her2", "options", "pathway"]) {
        await page.go(key);
        assert.equal(await page.evaluate(() => document.getAnimations().length), 0, key);
      }
    },
  },
];
