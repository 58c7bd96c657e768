// Pictures for people to look at: node tests/browser/pictures.mjs OUTDIR [--engine chromium]
// To keep those of the main states as they are now, for cases/pictures.mjs: node tests/browser/pictures.mjs --update
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { differences, fingerprintOf } from "./harness/fingerprint.mjs";
import { keepPictures, keptPictures, takePictures } from "./harness/kept-pictures.mjs";
import { buildPages } from "./harness/pages.mjs";
import { states, visitStates } from "./harness/states.mjs";
import { startRecorder } from "./engines/recorder.mjs";
import { Visit } from "./harness/visit.mjs";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { engine: { type: "string", default: "chromium" }, update: { type: "boolean", default: false } } });
const [folder] = positionals;
if (!folder && !values.update) {
  console.error("Usage: node tests/browser/pictures.mjs OUTDIR [--engine chromium|firefox|webkit]\n       node tests/browser/pictures.mjs --update");
  process.exit(2);
}
if (values.update) {
  await update();
  process.exit(0);
}
const engine = await import(`./engines/${values.engine}.mjs`);
await mkdir(folder, { recursive: true });
const pages = await buildPages({});
const recorder = await startRecorder();

for (const dark of [false, true]) {
  const browser = await engine.launch({ recorder, dark });
  const start = async (size) => new Visit(await browser.newPage(size), engine.name);
  const save = async (name, bytes) => {
    await writeFile(join(folder, name), bytes);
    console.log(join(folder, name));
  };
  for (const [width, height] of dark ? [[1280, 900]] : [[360, 740], [768, 1024], [1280, 900]]) {
    await visitStates({ start, pages, dark, size: { width, height } }, async (visit, { name }) => {
      await save(`${name}-${width}${dark ? "-dark" : ""}.png`, await visit.page.screenshot({ whole: true }));
      if (visit.page.pdf && name.startsWith("plan") && width === 1280 && !dark) {
        await save(`${name}-print.pdf`, await visit.page.pdf());
        await promisify(execFile)("pdftoppm", ["-r", "80", "-png", join(folder, `${name}-print.pdf`), join(folder, `${name}-print`)]).catch(() => {});
      }
    }, states.filter(({ name }) => !dark || ["start", "question-panel", "options", "group-alerts", "plan"].includes(name)));
  }
  await browser.close();
}
recorder.stop();

/** What still looks the same stays as it is written. */
async function update() {
  const engine = await import("./engines/chromium.mjs");
  const pages = await buildPages({});
  const recorder = await startRecorder();
  const browsers = new Map();
  const start = async ({ dark, ...size }) => {
    if (!browsers.has(dark)) browsers.set(dark, await engine.launch({ recorder, dark }));
    return new Visit(await browsers.get(dark).newPage(size), engine.name);
  };
  const [kept, now] = [await keptPictures(), new Map()];
  await takePictures({ start, pages }, (name, bytes) => {
    const [before, after] = [kept.get(name), fingerprintOf(bytes)];
    const same = before && !differences(before, after);
    now.set(name, same ? before : after);
    if (!same) console.log(`${before ? "changed" : "new"}: ${name}`);
  });
  for (const name of kept.keys()) if (!now.has(name)) console.log(`gone: ${name}`);
  await keepPictures(now);
  for (const browser of browsers.values()) await browser.close();
  recorder.stop();
}
