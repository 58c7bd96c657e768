// The main states as they are kept: which they are, how they are taken so that two runs give the same, and where they stand.
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { readFrom, written } from "./fingerprint.mjs";
import { root } from "./pages.mjs";
import { states, visitStates } from "./states.mjs";

export const keptFile = join(root, "tests/browser/pictures/chromium.txt");
const widths = [[360, 740], [768, 1024], [1280, 900]];
const main = ["start", "question-refused", "question-panel", "answers", "options", "options-all-answered", "stop", "information", "plan",
  "whatif", "matters", "compare", "pathway", "record", "group-alerts", "options-against", "options-figures", "contradiction", "no-guideline"];
const mainInDark = ["start", "question-panel", "options", "group-alerts"];

/** Day of the pictures: of the guidelines shown, one is overdue on it and the other is not. */
function fixedDay() {
  const day = Date.parse("2026-11-28T12:00:00Z");
  const RealDate = Date;
  window.Date = class extends RealDate {
    constructor(...given) { super(...(given.length > 0 ? given : [day])); }
    static now() { return day; }
  };
}

/** The letters that the tests install, and nothing that moves. */
const still = () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :root { --serif: "DejaVu Serif" !important; --sans: "DejaVu Sans" !important }
    * { transition: none !important; animation: none !important; caret-color: transparent !important }`);
  document.adoptedStyleSheets = [sheet];
  window.scrollTo(0, 0);
  document.activeElement?.blur();
};

/** Takes each picture; `each(name, bytes)` gets "options 360", "start 1280 dark", "plan print 1" and its PNG. */
export async function takePictures({ start, pages }, each) {
  for (const dark of [false, true]) {
    const chosen = states.filter(({ name }) => (dark ? mainInDark : main).includes(name));
    const [width, height] = widths.at(-1);
    await visitStates({ start, pages, dark, size: { width, height }, before: [fixedDay] }, async (visit, { name }) => {
      if (name === "options-figures") {
        await visit.unfold("[data-option=ridge] details");
        await visit.until("all is worked out", () => document.querySelector("[data-working]") === null);
      }
      for (const [width, height] of dark ? [widths.at(-1)] : widths) {
        await visit.page.resize(width, height);
        await visit.evaluate(still);
        await each(`${name} ${width}${dark ? " dark" : ""}`, await visit.page.screenshot({ whole: true }));
      }
      await visit.page.resize(width, height);
      if (name === "plan" && !dark) for (const [number, page] of (await printed(visit)).entries()) await each(`plan print ${number + 1}`, page);
    }, chosen);
  }
}

async function printed(visit) {
  const folder = await mkdtemp(join(tmpdir(), "waymark-print-"));
  try {
    await writeFile(join(folder, "plan.pdf"), await visit.page.pdf());
    await promisify(execFile)("pdftoppm", ["-r", "72", "-png", join(folder, "plan.pdf"), join(folder, "page")]);
    return Promise.all((await readdir(folder)).filter((file) => file.endsWith(".png")).sort().map((file) => readFile(join(folder, file))));
  } finally {
    await rm(folder, { recursive: true });
  }
}

export async function keptPictures() {
  const lines = (await readFile(keptFile, "utf8").catch(() => "")).split("\n").filter((line) => line && !line.startsWith("#"));
  return new Map(lines.map((line) => line.split(": ")).map(([name, picture]) => [name, readFrom(picture)]));
}

export async function keepPictures(pictures) {
  const lines = [...pictures].map(([name, picture]) => `${name}: ${written(picture)}`);
  await writeFile(keptFile, ["# Written by node tests/browser/pictures.mjs --update; what stands here is said in harness/fingerprint.mjs.", ...lines, ""].join("\n"));
}
