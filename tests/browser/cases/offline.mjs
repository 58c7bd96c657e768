// One file, by double click, without a network: it asks for nothing, stores nothing and says nothing to the console.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { assertAgrees } from "../harness/agreement.mjs";
import { chance } from "../harness/chance.mjs";

const first = ({ values }) => values[0];
const last = ({ values, tick }) => (tick ? "" : values.filter((value) => value !== "").at(-1));
const notSure = () => "";

async function toPlan(visit, pick, none) {
  const walked = await visit.walk(pick, { none: () => none, each: () => assertAgrees(visit) });
  await assertAgrees(visit);
  await visit.toOptions();
  await assertAgrees(visit);
  await visit.toPlan();
  await assertAgrees(visit);
  return walked;
}

export const offline = [
  {
    name: "offline: the page as it is built opens and shows its start screen",
    async run({ visit }) {
      const page = await visit("default");
      assert.equal((await page.screen()).name, "start");
      assert.ok((await page.screen()).heading.length > 3);
      assert.equal((await page.result()).waymark, 1);
    },
  },
  {
    // In WebKit the other cases see a copy of the page that begins with a watching script.
    name: "offline: the very file works, without anything added",
    engines: ["webkit"],
    quiet: false,
    async run({ pages, start, reached }) {
      const visit = await start();
      await visit.page.openUnwatched(pages.default.address);
      await visit.evaluate(() => window.waymark.ready);
      await visit.begin();
      assert.deepEqual(await visit.evaluate(() => performance.getEntriesByType("resource").map((entry) => entry.name)), []);
      assert.deepEqual(await reached(), []);
    },
  },
  {
    name: "offline: the page as it is built can be walked with the first answer to everything",
    minutes: 5,
    run: async ({ visit, say }) => say(`${(await toPlan(await visit("default"), first, false)).length} questions`),
  },
  {
    name: "offline: the page as it is built can be walked with “not sure” to everything",
    minutes: 5,
    run: async ({ visit, say }) => say(`${(await toPlan(await visit("default"), notSure, false)).length} questions`),
  },
  {
    name: "offline: the page as it is built can be walked with the last answer to everything, or by chance",
    minutes: 5,
    async run({ visit, say }) {
      const page = await visit("default");
      say(`${(await toPlan(page, last, true)).length} questions`);
      const dice = chance(7);
      await page.reset();
      await page.go("start");
      say(`${(await toPlan(page, ({ values, tick }) => (tick && dice.next() < 0.7 ? "" : dice.of(values)), true)).length} questions`);
    },
  },
  {
    name: "offline: the checks of this suite see a page that calls, stores and complains",
    quiet: false,
    async run({ pages, start, reached, engine }) {
      const file = join(dirname(pages.essentials.file), "loud.html");
      await writeFile(file, `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Loud</title></head><body>
        <img src="http://one.invalid/picture.png" alt=""><script>
        window.waymark = { ready: Promise.resolve() };
        localStorage.setItem("kept", "1"); sessionStorage.other = "2";
        fetch("http://two.invalid/data").catch(() => {});
        console.warn("a warning"); console.error("an error"); setTimeout(() => { throw new Error("a mistake"); });
        Promise.reject(new Error("a broken promise"));
        </script></body></html>`);
      const visit = await start();
      await visit.open(pathToFileURL(file).href);
      await visit.until("all its mistakes are noted", () => window.testWatch.problems.length >= 4);
      const called = async (name) => (await reached()).some((line) => line.includes(name));
      for (let looks = 0; looks < 1000 && !(await called("two.invalid")); looks++) await new Promise((resolve) => setTimeout(resolve, 20));
      const { problems, stored, requests } = await visit.observed();
      const has = (list, word) => assert.ok(list.some((line) => line.includes(word)), `${word} not in ${JSON.stringify(list)}`);
      // WebKit does not tell a watching script what the mistake of a local file was.
      const mistake = engine.name === "webkit" ? "Script error" : "a mistake";
      for (const word of ["a warning", "an error", mistake, "a broken promise"]) has(problems, word);
      for (const word of ["kept", "other"]) has(stored, word);
      for (const word of ["one.invalid", "two.invalid"]) has(requests, word);
      for (const word of ["one.invalid", "two.invalid"]) has(await reached(), word);
      // All local files may share one store.
      await visit.evaluate(() => (localStorage.clear(), sessionStorage.clear()));
    },
  },
];
