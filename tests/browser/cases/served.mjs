// The page as separate files behind Debian's nginx, with the configuration and the strict policy that the repository ships.
import assert from "node:assert/strict";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { finishSite } from "../../../web/hosted/site.mjs";
import { assertAgrees } from "../harness/agreement.mjs";
import { startNginx } from "../harness/nginx.mjs";
import { holdWorker, letRead, startDrawn } from "./early.mjs";

/** Not by fetch, which would unpack what it gets. */
const get = (address, headers = {}, method = "GET") => new Promise((resolve, reject) => {
  request(address, { headers, method }, (reply) => {
    const parts = [];
    reply.on("data", (part) => parts.push(part)).on("end", () => resolve({ status: reply.statusCode, headers: reply.headers, body: Buffer.concat(parts) }));
  }).on("error", reject).end();
});

/** What a page says that is kept in the browser: its own files under the name of this build, and nothing else. */
const filesOnly = (stored) => stored.filter((line) => !/^(cache:|open) waymark http:\/\/127\.0\.0\.1:\d+\/ [0-9a-f]{16}$/.test(line));

async function withNginx({ pages }, options, run) {
  const server = await startNginx(pages.site, options);
  try {
    return await run(server);
  } finally {
    await server.end();
  }
}

/** The files that the service worker of this page holds. */
const keptFiles = async (visit) => {
  await visit.until("the files are kept", () => navigator.serviceWorker.controller !== null);
  return visit.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith("waymark "));
    return Promise.all(names.map(async (name) => ({
      name, files: (await (await caches.open(name)).keys()).map(({ url }) => url.replace(/.*\//, "")),
    })));
  });
};

/** Something a reader of the guideline would see. */
async function changeGuideline(folder, from, to) {
  const index = join(folder, "index.html");
  const text = await readFile(index, "utf8");
  const changed = text.replaceAll(`version: \\"${from}\\"`, `version: \\"${to}\\"`).replaceAll(`version: ${from}`, `version: ${to}`);
  assert.notEqual(changed, text, "the guideline's version stands in the page");
  await writeFile(index, changed);
}

export const served = [
  {
    name: "served: types, compression, long-lived names and policy are those of the shipped configuration",
    browser: false,
    run: ({ pages }) => withNginx({ pages }, {}, async (server) => {
      const within = async (folder) => (await readdir(join(pages.site, folder), { withFileTypes: true }))
        .filter((entry) => entry.isFile() && !entry.name.endsWith(".gz")).map(({ name }) => folder + name);
      const files = [...await within(""), ...await within("smart/")];
      const types = { html: "text/html; charset=utf-8", js: "text/javascript; charset=utf-8", css: "text/css; charset=utf-8", wasm: "application/wasm" };
      for (const name of files) {
        const { status, headers, body } = await get(server.site + name, { "Accept-Encoding": "gzip" });
        assert.equal(status, 200, name);
        assert.equal(headers["content-type"], types[name.split(".").pop()], name);
        assert.equal(headers["content-encoding"], "gzip", name);
        assert.equal(body.readUInt16BE(0), 0x1f8b, name);
        assert.equal(headers["x-content-type-options"], "nosniff", name);
        assert.equal(headers["cache-control"], /-[0-9A-Z]{8}\./.test(name) ? "public, max-age=31536000, immutable" : "no-cache", name);
        const policy = headers["content-security-policy"];
        assert.match(policy, /default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; /, name);
        assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|\*/, name);
        assert.match(policy, name.startsWith("smart/") ? /; connect-src 'none'; / : /; connect-src 'self'; /, name);
        assert.match(policy, new RegExp(`frame-ancestors 'self' ${server.portal.slice(0, -1)}$`), name);
      }
      assert.ok(files.includes("waymark-embed.js") && files.includes("service-worker.js"));
      assert.equal((await get(`${server.site}waymark-embed.js.gz`)).status, 404);
      assert.equal((await get(server.site, {}, "POST")).status, 403);
      const missing = await get(`${server.site}none`);
      assert.equal(missing.status, 404);
      assert.match(missing.headers["content-security-policy"], /default-src 'none'/);
    }),
  },
  {
    name: "served: under the strict policy it works, asks for the site's own files only, and keeps nothing but those",
    quiet: false,
    minutes: 5,
    run: ({ pages, start, reached, engine, say }) => withNginx({ pages }, {}, async (server) => {
      const visit = await start();
      await visit.open(`${server.site}?guideline=essentials`);
      await visit.walk(({ values }) => values[0], { none: () => false, each: () => assertAgrees(visit) });
      await visit.toOptions();
      await assertAgrees(visit);
      await visit.toPlan();
      await visit.locale("es");
      await assertAgrees(visit);
      await visit.go("about");
      await visit.unfold();

      const [kept, ...others] = await keptFiles(visit);
      assert.deepEqual(others, []);
      assert.deepEqual(kept.files.map((name) => name.replace(/-\w{8}\./, ".")).sort(), ["engine.wasm", "index.html", "waymark.css", "waymark.js"]);
      const { problems, stored, requests } = await visit.observed();
      assert.deepEqual(problems, [], "the console, or the policy");
      assert.deepEqual(filesOnly(stored), []);
      const foreign = requests.map((line) => line.replace(/^\w+ (?=\w+:)/, ""))
        .filter((address) => /^\w+:/.test(address) && !address.startsWith("data:") && !address.startsWith(server.site));
      assert.deepEqual(foreign, [], "requests to elsewhere");
      assert.deepEqual(await reached(), []);
      assert.deepEqual(await server.violations(), []);
      assert.deepEqual(await server.wrong(engine), [], "files that are not there");
      say([...new Set((await server.asked()).map((line) => line.split(" ").slice(1, 3).join(" ")))].join(", "));
    }),
  },
  {
    name: "served: the start and the first questions are there before the guideline is read",
    quiet: false,
    run: ({ pages, start }) => withNginx({ pages }, {}, async (server) => {
      const visit = await start();
      await visit.open(server.site, { before: [holdWorker], early: true });
      await startDrawn(visit);
      await visit.begin();
      assert.equal((await visit.screen()).key, "group/red_flags");
      await visit.choose("fever_on_treatment", "yes");
      await letRead(visit);
      assert.deepEqual((await visit.result()).facts, { fever_on_treatment: ["yes"] });
    }),
  },
  {
    name: "served: after the first visit it opens without the server",
    quiet: false,
    minutes: 4,
    run: ({ pages, start }) => withNginx({ pages }, {}, async (server) => {
      const visit = await start();
      await visit.open(server.site);
      await keptFiles(visit);
      await visit.answer("distant_metastasis", "m1");
      await server.stop();
      assert.equal(await fetch(server.site).catch(() => "no server"), "no server");
      await visit.reload();
      assert.deepEqual((await visit.result()).facts, { distant_metastasis: ["m1"] }, "the answers outlive the reload");
      await visit.open(`${server.site}?guideline=essentials`);
      assert.equal((await visit.result()).guideline.id, "essentials");
      await assertAgrees(visit);
    }),
  },
  {
    name: "served: the first visit tells of no newer page, also where the browser lets the worker control it early",
    quiet: false,
    engines: ["chromium", "firefox"],
    run: ({ pages, start }) => withNginx({ pages }, {}, async (server) => {
      const visit = await start();
      // WebKit does so at times.
      const early = () => Object.defineProperty(ServiceWorkerContainer.prototype, "controller", { get: () => ({}) });
      await visit.open(server.site, { before: [early] });
      assert.equal(await visit.evaluate(async () => (await navigator.serviceWorker.ready).active !== null), true);
      await visit.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
      assert.equal(await visit.evaluate(() => document.querySelector("[data-newer]")?.textContent ?? null), null);
    }),
  },
  {
    name: "served: a newer guideline is told, waits to be opened, and brings the answers along",
    quiet: false,
    minutes: 4,
    run: ({ pages, start }) => withNginx({ pages }, {}, async (server) => {
      const visit = await start();
      await visit.open(server.site);
      const [{ name: first }] = await keptFiles(visit);
      const before = (await visit.result()).guideline;
      assert.ok(await visit.evaluate(() => document.querySelector("[data-newer]") === null));
      await visit.answer("distant_metastasis", "m1");

      await changeGuideline(server.siteFolder, before.version, "2099.9");
      await finishSite(server.siteFolder);
      const update = () => visit.evaluate(async () => { await (await navigator.serviceWorker.getRegistration()).update(); });
      await update();
      await visit.until("the newer one is told", () => document.querySelector("[data-newer]")?.dataset.newer === "2099.9");
      assert.equal((await visit.result()).guideline.version, before.version, "nothing changes by itself");
      await visit.reload();
      assert.equal((await visit.result()).guideline.version, before.version, "nor by a reload: the files of a build stay together");
      await visit.until("it is told again", () => document.querySelector("[data-newer]") !== null);

      await visit.evaluate(() => {
        window.testBefore = true;
        document.querySelector("[data-action=newer]").click();
      });
      for (let looks = 0; looks < 300; looks++) {
        if (await visit.evaluate(() => window.testBefore === undefined && window.waymark?.ready.then(() => true)).catch(() => false)) break;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      const after = await visit.result();
      assert.equal(after.guideline.version, "2099.9");
      assert.deepEqual(after.facts, { distant_metastasis: ["m1"] });
      const kept = await keptFiles(visit);
      assert.equal(kept.length, 1, "the old files are gone");
      assert.notEqual(kept[0].name, first);
    }),
  },
  {
    name: "served: a server in the middle of an update, with files of two builds, changes nothing",
    quiet: false,
    minutes: 4,
    run: ({ pages, start }) => withNginx({ pages }, {}, async (server) => {
      const visit = await start();
      await visit.open(server.site);
      const before = await keptFiles(visit);
      const { version } = (await visit.result()).guideline;
      // The new worker is there, its page is not yet.
      const index = await readFile(join(server.siteFolder, "index.html"));
      await changeGuideline(server.siteFolder, version, "2099.9");
      await finishSite(server.siteFolder);
      await writeFile(join(server.siteFolder, "index.html"), index);
      const newest = await readFile(join(server.siteFolder, "service-worker.js"), "utf8");
      assert.match(newest, /2099\.9/);
      await rm(join(server.siteFolder, "index.html.gz"));
      await visit.evaluate(async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        await registration.update().catch(() => {});
        for (let looks = 0; looks < 100 && (registration.installing || looks < 10); looks++) await new Promise((resolve) => setTimeout(resolve, 50));
      });
      assert.equal(await visit.evaluate(async () => (await navigator.serviceWorker.getRegistration()).waiting), null);
      assert.deepEqual(await keptFiles(visit), before);
      await visit.reload();
      assert.equal((await visit.result()).guideline.version, version);
      assert.ok(await visit.evaluate(() => document.querySelector("[data-newer]") === null));
    }),
  },
  {
    name: "served: a site that does not want it keeps no files",
    quiet: false,
    run: ({ pages, start }) => withNginx({ pages }, { settings: { offline: false } }, async (server) => {
      const visit = await start();
      await visit.open(server.site);
      await visit.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1500)));
      assert.deepEqual((await visit.observed()).stored, []);
      assert.ok(!(await server.asked()).some((line) => line.includes("service-worker")));
    }),
  },
];
