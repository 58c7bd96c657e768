// Makes build/web/waymark-template.html (one file, no guideline yet) and build/web/site/ (separate files).
// The site holds the guidelines named, the first one open; by default mbc, where it is there and loads, then essentials.
// Usage: node build.mjs [--engine DIR] [--tools DIR] [--out DIR] [GUIDELINE FOLDER …]
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import MessageFormat from "@messageformat/core";
import compileModule from "@messageformat/core/compile-module.js";
import { build } from "esbuild";
import { finishSite, smartConnect, withJson } from "./hosted/site.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const { values: where, positionals: named } = parseArgs({
  allowPositionals: true,
  options: {
    engine: { type: "string", default: join(here, "../build/wasm") },
    tools: { type: "string", default: join(here, "../build/native") },
    out: { type: "string", default: join(here, "../build/web") },
  },
});
const engineFolder = resolve(where.engine);
const outFolder = resolve(where.out);
const siteFolder = join(outFolder, "site");
const slots = ["look", "guidelines"].map((slot) => `<script type="application/json" id="waymark-${slot}">null</script>`);

/** What all bundles have in common. */
const bundling = {
  write: false,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome95", "firefox113", "safari16.4"],
  charset: "utf8",
  entryNames: "[name]-[hash]",
  legalComments: "none",
  logLevel: "warning",
};

/** `bytes` is `inlined` or `beside`: where the engine's wasm comes from. */
async function bundle(bytes, outdir) {
  const result = await build({
    ...bundling,
    entryPoints: { waymark: join(here, "src/main.tsx") },
    outdir,
    jsx: "automatic",
    jsxImportSource: "preact",
    alias: {
      "engine-module": join(engineFolder, "engine.mjs"),
      "engine.wasm": join(engineFolder, "engine.wasm"),
      "unpack.wasm": join(engineFolder, "unpack.wasm"),
      "engine-bytes": join(here, `src/engine/bytes-${bytes}.ts`),
      "kept-files": join(here, `src/host/kept-files-${bytes}.ts`),
    },
    loader: { ".wasm": "file" },
    plugins: bytes === "inlined" ? [unpackerInside, compiledWords] : [compiledWords],
    assetNames: "[name]-[hash]",
  });
  const ending = (end) => result.outputFiles.find((file) => file.path.endsWith(end));
  return { files: result.outputFiles, script: ending(".js"), style: ending(".css") };
}

/** A character for each byte, beyond those that a page may change (`bytes-inlined.ts` reads it): gzip does better with it than with base64. */
const asText = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte + 48)).join("");

const unpackerInside = {
  name: "unpacker-inside",
  setup({ onLoad }) {
    onLoad({ filter: /unpack\.wasm$/ }, async ({ path }) => ({ contents: asText(await readFile(path)), loader: "text" }));
  },
};

/**
 * Messages are compiled here, so that the page needs no parser. The other languages go in as messages alone, in the order of the
 * English keys: the keys need not be there twice. They are made when the first is asked for.
 */
const compiledWords = {
  name: "compiled-words",
  setup({ onLoad }) {
    onLoad({ filter: /words[\\/]\w+\.json$/ }, async ({ path }) => {
      const locale = basename(path, ".json");
      const read = async (file) => JSON.parse(await readFile(file, "utf8"));
      const inOrder = (english, words) => Object.keys(english).flatMap((key) =>
        typeof english[key] === "string" ? [words[key]] : inOrder(english[key], words[key]));
      const words = await read(path);
      const messages = locale === "en" ? words : { ...inOrder(await read(join(dirname(path), "en.json")), words) };
      const compiled = compileModule(new MessageFormat(locale), messages);
      return {
        contents: locale === "en" ? compiled : `import en from "./en.json";
${compiled.replace("export default", "const messages = () => Object.values(")});
const filled = (english, messages) => Object.fromEntries(Object.entries(english).map(([key, words]) =>
  [key, typeof words === "object" ? filled(words, messages) : messages.shift()]));
let words;
const part = (key) => ({ enumerable: true, get: () => (words ??= filled(en, messages()))[key] });
export default Object.defineProperties({}, Object.fromEntries(Object.keys(en).map((key) => [key, part(key)])));`,
        resolveDir: dirname(path),
        loader: "js",
      };
    });
  },
};

/** The pages that a record system starts (SMART on FHIR). They alone hold its client, and ask a server; the aid they show does not. */
async function buildSmart(out) {
  const from = join(here, "smart");
  const { outputFiles } = await build({
    ...bundling,
    entryPoints: { launch: join(from, "launch.ts"), read: join(from, "read.ts"), style: join(from, "style.css") },
    outdir: out,
    plugins: [compiledWords],
    // What fhirclient brings along for old browsers and for servers stays out, and so does a log that could write tokens.
    define: { FHIRCLIENT_PURE: "true", "process.env.NODE_ENV": '"production"' },
    alias: { debug: join(from, "isomorphic-webcrypto/index.cjs") },
  });
  await mkdir(out);
  for (const file of outputFiles) await writeFile(file.path, file.contents);
  const named = (start) => outputFiles.find((file) => nameOf(file).startsWith(start));
  const page = await readFile(join(from, "page.html"), "utf8");
  for (const [name, script] of [["launch.html", "launch-"], ["index.html", "read-"]]) {
    const filled = sitePage(page, { script: named(script), style: named("style-") }, [smartConnect, "frame-src 'self'"]);
    await writeFile(join(out, name), filled);
  }
  for (const file of outputFiles) report(`site/smart/${nameOf(file)}`, file.contents);
}

const policy = (scripts, styles, worker, connect) => [
  "default-src 'none'", `script-src ${scripts} 'wasm-unsafe-eval'`, `style-src ${styles}`, ...connect,
  `worker-src ${worker}`, "img-src data:", "base-uri 'none'", "form-action 'none'",
].join("; ");

const hashOf = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const nameOf = (file) => file.path.split(/[\\/]/).pop();
const fill = (page, parts) => page.replace(/\{\{(\w+)\}\}/g, (_, part) => parts[part]);

/** In base64, in which nothing can end the element. */
async function packedEngine() {
  const packed = execFileSync(join(where.tools, "pack"), { input: await readFile(join(engineFolder, "engine.wasm")), maxBuffer: Infinity });
  return `<script type="text/plain" id="waymark-engine">${packed.toString("base64")}</script>`;
}

function oneFile(page, { script, style }, engine) {
  return fill(page, {
    engine,
    policy: policy(hashOf(script.text), hashOf(style.text), "blob:", []),
    style: `<style>${style.text}</style>`,
    script: `<script>${script.text}</script>`,
  });
}

function sitePage(page, { script, style }, connect = ["connect-src 'self'"]) {
  return fill(page, {
    engine: "",
    policy: policy("'self'", "'self'", "'self'", connect),
    style: `<link rel="stylesheet" href="${nameOf(style)}">`,
    script: `<script src="${nameOf(script)}" defer></script>`,
  });
}

/** In the order of `waymark build`: the fingerprint, which approvals sign, goes by it. */
async function guidelineFiles(folder) {
  const names = [];
  for (const part of ["", "locales/"]) {
    const entries = await readdir(join(folder, part)).catch(() => []);
    names.push(...entries.filter((name) => /\.ya?ml$/.test(name)).sort().map((name) => part + name));
  }
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(join(folder, name), "utf8") })));
}

/** The guidelines by name, in the order in which the reader meets them, and the first one's folder. A default that does not load is left out, aloud. */
async function chosenGuidelines() {
  const folders = named.length > 0 ? named : ["mbc", "essentials"].map((name) => join(here, "../guidelines", name));
  const loadEngine = (await import(pathToFileURL(join(engineFolder, "engine.mjs")))).default;
  const engine = await loadEngine({ wasmBinary: await readFile(join(engineFolder, "engine.wasm")) });
  const guidelines = {};
  let first = null;
  for (const folder of folders) {
    const files = await guidelineFiles(folder);
    const { guideline, issues } = JSON.parse(engine.load(files));
    if (guideline !== null) {
      guidelines[basename(resolve(folder))] = files;
      first ??= folder;
      engine.unload(guideline);
    } else if (named.length > 0) throw new Error(`${folder}: ${issues.find(({ severity }) => severity === "error")?.message}`);
    else console.log(`left out: ${folder} has errors`);
  }
  return { guidelines, first };
}

/** The look as `waymark build` writes it; it alone reads the written cases, too, and where they are wrong there is no look. */
async function lookAt(folder) {
  const work = await mkdtemp(join(tmpdir(), "waymark-look-"));
  const [empty, filled] = ["empty.html", "filled.html"].map((name) => join(work, name));
  await writeFile(empty, slots.join("\n"));
  try {
    execFileSync(join(where.tools, "waymark"), ["build", folder, "--template", empty, "-o", filled]);
    return JSON.parse(/>(.*)</.exec(await readFile(filled, "utf8"))[1]);
  } catch {
    console.log(`no look: waymark cannot build ${folder}`);
    return null;
  } finally {
    await rm(work, { recursive: true });
  }
}

async function withGuidelines(page, { guidelines, first }) {
  const withLook = withJson(page, "waymark-look", first === null ? null : await lookAt(first));
  return withJson(withLook, "waymark-guidelines", { default: Object.keys(guidelines)[0], guidelines });
}

function report(name, text) {
  const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;
  console.log(`${name.padEnd(32)} ${kb(Buffer.byteLength(text)).padStart(10)}  gzipped ${kb(gzipSync(text).length)}`);
}

const page = await readFile(join(here, "src/page.html"), "utf8");
for (const line of slots) if (!page.includes(line)) throw new Error(`src/page.html has lost its line ${line}`);
await rm(siteFolder, { recursive: true, force: true });
await mkdir(siteFolder, { recursive: true });

const template = oneFile(page, await bundle("inlined", siteFolder), await packedEngine());
await writeFile(join(outFolder, "waymark-template.html"), template);
report("waymark-template.html", template);

const site = await bundle("beside", siteFolder);
for (const file of site.files) {
  await writeFile(file.path, file.contents);
  report(`site/${nameOf(file)}`, file.contents);
}
const index = await withGuidelines(sitePage(page, site), await chosenGuidelines());
await writeFile(join(siteFolder, "index.html"), index);
report("site/index.html", index);
await buildSmart(join(siteFolder, "smart"));
await finishSite(siteFolder);
