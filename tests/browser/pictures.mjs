// Pictures for people to look at: node tests/browser/pictures.mjs OUTDIR [--engine chromium]
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { buildPages } from "./harness/pages.mjs";
import { states, visitStates } from "./harness/states.mjs";
import { startRecorder } from "./engines/recorder.mjs";
import { Visit } from "./harness/visit.mjs";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { engine: { type: "string", default: "chromium" } } });
const [folder] = positionals;
if (!folder) {
  console.error("Usage: node tests/browser/pictures.mjs OUTDIR [--engine chromium|firefox|webkit]");
  process.exit(2);
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
