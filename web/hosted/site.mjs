// Makes the folder of page, script, style and engine into one to put on a server: the embedding client and the intranet page
// that shows it, the pages that a record system starts, the service worker, and everything packed for `gzip_static`. After each
// change to the folder, again.
// Usage: node site.mjs FOLDER [--settings FILE]      the settings are the JSON of `waymark-site` (web/README.md)
import { createHash } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";

const here = fileURLToPath(new URL(".", import.meta.url));
const worker = "service-worker.js";
/** Names that pages outside of this folder write down. */
const embedding = ["waymark-embed.js", "intranet.html"];

/** The part of the policy in the pages of `smart/` that names the servers they may ask: none until the settings name one. */
export const smartConnect = "connect-src 'none'";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
/** As esbuild names what it makes, so that one rule of the server serves all. */
const hashed = (name, bytes) =>
  name.replace(extname(name), `-${sha256(bytes).slice(0, 8).toUpperCase()}${extname(name)}`);

export async function finishSite(folder, settings) {
  for (const name of await filesIn(folder)) {
    if (name === worker || embedding.includes(name) || /^intranet-|\.gz$/.test(name)) await rm(join(folder, name));
  }
  const indexFile = join(folder, "index.html");
  let index = await readFile(indexFile, "utf8");
  if (settings !== undefined) {
    index = withJson(index, "waymark-site", settings);
    await writeFile(indexFile, index);
    await nameRecordSystems(join(folder, "smart"), settings.smart ?? []);
  }
  // Without a network there is no record system to ask, so the pages of `smart/` are not kept.
  const files = {};
  for (const name of (await filesIn(folder)).sort()) files[name] = sha256(await readFile(join(folder, name)));
  const build = { version: sha256(JSON.stringify(files)).slice(0, 16), guidelines: versionsIn(index), files };
  const source = await readFile(join(here, worker), "utf8");
  await writeFile(join(folder, worker), `const build = ${JSON.stringify(build)};\n${source}`);
  await addEmbedding(folder);
  for (const place of [folder, join(folder, "smart")]) {
    for (const name of await filesIn(place)) {
      if (!name.endsWith(".gz")) await writeFile(join(place, `${name}.gz`), gzipSync(await readFile(join(place, name)), { level: 9 }));
    }
  }
}

const filesIn = async (folder) => (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile()).map(({ name }) => name);

/** `systems`: `{server, client, token?}` of the settings; the addresses go into the pages' own policy too. */
async function nameRecordSystems(folder, systems) {
  const origins = new Set(systems.flatMap(({ server, token }) => (token ? [server, token] : [server])).map((address) => new URL(address).origin));
  const connect = `connect-src ${origins.size > 0 ? [...origins].join(" ") : "'none'"}`;
  for (const name of ["launch.html", "index.html"]) {
    const page = withJson(await readFile(join(folder, name), "utf8"), "waymark-smart", systems.map(({ server, client }) => ({ server, client })));
    await writeFile(join(folder, name), page.replace(/connect-src [^;"]*/, connect));
  }
}

/** The page with `value` in its line of JSON for `id`. */
export function withJson(page, id, value) {
  const block = new RegExp(`(<script type="application/json" id="${id}">)[^<]*(</script>)`);
  if (!block.test(page)) throw new Error(`a page has lost its line for ${id}`);
  const data = JSON.stringify(value).replaceAll("<", "\\u003c");
  return page.replace(block, (_, before, after) => before + data + after);
}

/** So that the reader can be told which guideline is newer, before it is loaded. */
function versionsIn(index) {
  const data = /<script type="application\/json" id="waymark-guidelines">([^<]*)<\/script>/.exec(index)?.[1] ?? "null";
  const { guidelines } = JSON.parse(data) ?? { guidelines: {} };
  return Object.fromEntries(Object.entries(guidelines).map(([id, files]) => {
    const text = files.map((file) => file.text).find((text) => /^guideline:/m.test(text)) ?? "";
    return [id, /^guideline:\n(?:[ #].*\n|\n)*? {2}version: *["']?([^"'\n]+)/m.exec(text)?.[1] ?? ""];
  }));
}

async function addEmbedding(folder) {
  const read = (name) => readFile(join(here, "../embed", name), "utf8");
  let page = await read("intranet.html");
  for (const name of ["intranet.css", "intranet.js"]) {
    const text = await read(name);
    await writeFile(join(folder, hashed(name, text)), text);
    page = page.replace(`"${name}"`, `"${hashed(name, text)}"`);
  }
  await writeFile(join(folder, "intranet.html"), page);
  await writeFile(join(folder, "waymark-embed.js"), await read("waymark-embed.js"));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { settings: { type: "string" } } });
  if (positionals.length !== 1) throw new Error("Usage: node site.mjs FOLDER [--settings FILE]");
  await finishSite(resolve(positionals[0]), values.settings && JSON.parse(await readFile(values.settings, "utf8")));
}
