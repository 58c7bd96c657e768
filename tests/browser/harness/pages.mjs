// The pages under test, built anew at the start of each run.
import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { cp, mkdir, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

const call = promisify(execFile);
export const root = fileURLToPath(new URL("../../../", import.meta.url));
const tool = join(root, "build/native/waymark");
// Runs may be under way side by side.
const folder = join(root, "build/test-pages", String(process.pid));

/** `web`: a folder as `web/build.mjs` writes it; `guidelines`: where they are read. */
export async function buildPages({ web, page, guidelines = join(root, "guidelines") }) {
  const own = web === undefined;
  const built = own ? join(root, "build/web") : web;
  const template = join(built, "waymark-template.html");
  if (own && (await isStale(template))) await call("node", [join(root, "web/build.mjs")]);
  await mkdir(folder, { recursive: true });
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const pages = {
    default: { file: page ?? join(root, "build/waymark.html") },
    essentials: await build("essentials", join(guidelines, "essentials"), template),
    mbc: await build("mbc", join(guidelines, "mbc"), template),
    walk: await build("walk", join(root, "tests/browser/guidelines/walk"), template),
    template: { file: template },
    site: join(built, "site"),
  };
  for (const one of Object.values(pages)) if (one.file) one.address = pathToFileURL(one.file).href;
  return pages;
}

/** From a copy of the guideline, so that page and command line go by the same text even if somebody writes meanwhile. */
async function build(name, source, template) {
  const guideline = join(folder, name);
  await cp(source, guideline, { recursive: true });
  const file = join(folder, `${name}.html`);
  await call(tool, ["build", guideline, "--template", template, "-o", file]);
  return { file, guideline, head: await readFile(join(guideline, "guideline.yaml"), "utf8") };
}

async function isStale(template) {
  const time = async (file) => (await stat(file).catch(() => ({ mtimeMs: 0 }))).mtimeMs;
  const sources = (await readdir(join(root, "web/src"), { withFileTypes: true, recursive: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const newest = await Promise.all(
    [...sources, join(root, "web/build.mjs"), ...["pack", "waymark"].map((tool) => join(root, "build/native", tool)),
      ...["engine.wasm", "engine.mjs", "unpack.wasm"].map((file) => join(root, "build/wasm", file))].map(time));
  return (await time(template)) < Math.max(...newest);
}

/** What `waymark eval` prints for these facts. */
export async function evaluated({ guideline }, facts, { locale, audience }) {
  const run = call(tool, ["eval", guideline, "--facts", "-", "--locale", locale, "--audience", audience], { maxBuffer: 1e8 });
  run.child.stdin.end(JSON.stringify(facts));
  return JSON.parse((await run).stdout);
}
