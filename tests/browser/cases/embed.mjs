// The page in other people's pages, through Debian's nginx: a frame with a sandbox, the custom element, messages.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startNginx } from "../harness/nginx.mjs";

const portalPages = {
  "index.html": `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Portal</title><link rel="icon" href="data:,">
<script type="module" src="portal.js"></script></head><body></body></html>`,
  "portal.js": `import { embed } from "./waymark-embed.js";
window.testEmbed = embed;
window.testSite = "SITE/";
window.testHeard = [];
addEventListener("message", ({ data, origin }) => window.testHeard.push({ data, origin }));`,
};

/** Opens a page that is not ours, in which no `window.waymark` is. */
export async function inPortal({ pages, start }, address, options, run) {
  const server = await startNginx(pages.site, { portalPages, ...options });
  try {
    const visit = await start();
    await visit.page.open(server[address[0]] + address[1]);
    return await run(visit, server);
  } finally {
    await server.end();
  }
}

export async function assertOwnOnly(visit, server, { engine, reached }) {
  assert.deepEqual(await server.violations(), []);
  const { problems } = await visit.observed();
  assert.deepEqual(problems, []);
  assert.deepEqual(await server.wrong(engine), []);
  assert.deepEqual(await reached(), []);
}

const heightOf = (visit) => visit.evaluate(() => Number.parseFloat(document.querySelector("iframe").style.height));

export const embed = [
  {
    name: "embed: the intranet page shows the custom element in a frame with a sandbox and no origin, and drives it",
    // WebKitGTK's 'self' is nobody in a frame without an origin, so there the page needs an origin of its own: the next case.
    engines: ["chromium", "firefox"],
    quiet: false,
    minutes: 4,
    run: (tools) => inPortal(tools, ["site", "intranet.html"], {}, async (visit, server) => {
      await visit.until("the element is ready or not", () => document.getElementById("said").textContent !== "Waymark is starting.");
      assert.match(await visit.evaluate(() => document.getElementById("said").textContent), /^Answers: 0\./);
      assert.equal(await visit.evaluate(() => document.querySelector("waymark-aid iframe").sandbox.contains("allow-same-origin")), false);
      const tall = await heightOf(visit);
      assert.ok(tall > 300 && tall !== 640, `the frame is as high as what is in it: ${tall}`);

      await visit.page.click("#prefill");
      await visit.until("the frame shows the record's screen, of another height", (tall) =>
        Number.parseFloat(document.querySelector("iframe").style.height) !== tall, tall);
      assert.deepEqual((await visit.evaluate(async () => (await document.querySelector("waymark-aid").ready).result())).facts, {}, "nothing is an answer by itself");
      await visit.evaluate(async () => (await document.querySelector("waymark-aid").ready).confirm());
      await visit.until("the page is told of the change", () => /^Answers: [1-9]/.test(document.getElementById("said").textContent));
      await visit.page.click("#reset");
      await visit.until("it starts over", () => document.getElementById("said").textContent.startsWith("Answers: 0."));
      await assertOwnOnly(visit, server, tools);

      await visit.evaluate(() => document.querySelector("waymark-aid").remove());
      assert.equal(await visit.evaluate(() => document.querySelectorAll("iframe").length), 0);
    }),
  },
  {
    name: "embed: a portal of another origin that the site names drives the frame and hears of change, height and screen",
    quiet: false,
    minutes: 4,
    run: (tools) => inPortal(tools, ["portal", ""], {}, async (visit, server) => {
      await visit.until("the client is there", () => window.testEmbed !== undefined);
      const seen = await visit.evaluate(async () => {
        const aid = await window.testEmbed(document.body, { src: window.testSite, guideline: "essentials", locale: "es", title: "Guía" });
        window.testAid = aid;
        window.testTold = [];
        for (const event of ["change", "height", "screen"]) aid.on(event, (detail) => window.testTold.push([event, detail]));
        const answered = await aid.answer("her2", ["negative"]);
        const wrong = await aid.answer("her2", "blue").then(() => "", (failure) => `${failure.name}: ${failure.message}`);
        const none = await aid.import("no record").then(() => "", (failure) => `${failure.name}: ${failure.message}`);
        const { sandbox, referrerPolicy, title } = aid.frame;
        return {
          id: answered.guideline.id, facts: answered.facts, wrong, none, after: (await aid.result()).facts,
          proposals: Object.keys(await aid.import({ resourceType: "Patient", id: "one" })), sandbox: String(sandbox), referrerPolicy, title,
        };
      });
      assert.equal(seen.id, "essentials");
      assert.deepEqual(seen.facts, { her2: ["negative"] });
      assert.match(seen.wrong, /RefusedAnswer: .*blue/);
      assert.match(seen.none, /UnreadableRecord: ./);
      assert.deepEqual(seen.after, { her2: ["negative"] }, "the answers are kept");
      assert.ok(seen.proposals.includes("refused"));
      assert.match(seen.sandbox, /^allow-scripts .*allow-same-origin$/);
      assert.deepEqual([seen.referrerPolicy, seen.title], ["no-referrer", "Guía"]);
      await visit.until("the events have come", () => ["change", "height", "screen"].every((name) => window.testTold.some(([event]) => event === name)));
      const told = await visit.evaluate(() => window.testTold);
      assert.deepEqual(told.find(([event]) => event === "change")[1].facts, { her2: ["negative"] });
      assert.ok(told.find(([event]) => event === "height")[1] > 300);
      assert.equal(told.find(([event]) => event === "screen")[1], "record");
      await assertOwnOnly(visit, server, tools);
    }),
  },
  {
    name: "embed: what is no well-formed call is left without a reply",
    quiet: false,
    minutes: 4,
    run: (tools) => inPortal(tools, ["portal", ""], {}, async (visit) => {
      await visit.until("the client is there", () => window.testEmbed !== undefined);
      const replies = await visit.evaluate(async () => {
        const { frame, result } = await window.testEmbed(document.body, { src: window.testSite, guideline: "essentials" });
        window.testHeard.length = 0;
        const calls = [
          null, 1, "hello", [], {}, { verb: "reset" }, { waymark: 2, id: "bad", verb: "reset" }, { waymark: 1, verb: "reset" },
          { waymark: 1, id: {}, verb: "reset" }, { waymark: 1, id: "x".repeat(65), verb: "reset" }, { waymark: 1, id: 0.5, verb: "reset" },
          { waymark: 1, id: "bad", verb: "load", args: ["guideline: {}"] }, { waymark: 1, id: "bad", verb: "__proto__" },
          { waymark: 1, id: "bad", verb: "constructor" }, { waymark: 1, id: "bad", verb: "toString", args: [] },
          { waymark: 1, id: "bad", verb: "answer", args: { 0: "her2" } }, { waymark: 1, id: "bad", verb: "answer", args: [1, 2, 3] },
        ];
        for (const call of calls) frame.contentWindow.postMessage(call, new URL(window.testSite).origin);
        const wrong = [["answer", "her2", 7], ["answer", {}, "a"], ["answer", "x".repeat(201), "a"], ["answer", "her2", { length: 1 }], ["confirm", "her2"], ["confirm", [1]]];
        for (const [at, [verb, ...args]] of wrong.entries()) frame.contentWindow.postMessage({ waymark: 1, id: `wrong-${at}`, verb, args }, "*");
        const { facts } = await result();
        return { facts, heard: window.testHeard.map(({ data }) => data).filter(({ event }) => !event), count: wrong.length };
      });
      assert.deepEqual(replies.facts, {});
      const named = replies.heard.filter(({ id }) => typeof id === "string");
      assert.deepEqual(named.map(({ id }) => id).sort(), Array.from({ length: replies.count }, (_, at) => `wrong-${at}`));
      for (const { error } of named) assert.equal(error.name, "TypeError");
    }),
  },
  {
    name: "embed: an origin that the site does not name gets no word out of it",
    quiet: false,
    minutes: 4,
    run: (tools) => inPortal(tools, ["portal", ""], { trusted: false }, async (visit) => {
      await visit.until("the client is there", () => window.testEmbed !== undefined);
      const heard = await visit.evaluate(async () => {
        const frame = document.createElement("iframe");
        frame.src = window.testSite;
        document.body.append(frame);
        await new Promise((resolve) => frame.addEventListener("load", resolve));
        for (let times = 0; times < 12; times++) {
          for (const verb of ["hello", "result", "reset"]) frame.contentWindow.postMessage({ waymark: 1, id: times, verb, args: [] }, "*");
          frame.contentWindow.postMessage({ waymark: 1, id: times, verb: "answer", args: ["distant_metastasis", "m1"] }, "*");
          await new Promise((resolve) => setTimeout(resolve, 500));
        }
        return window.testHeard;
      });
      assert.deepEqual(heard, []);
    }),
  },
  {
    name: "embed: a portal that the server does not name cannot show it at all",
    quiet: false,
    minutes: 4,
    run: (tools) => inPortal(tools, ["portal", ""], { framed: false }, async (visit, server) => {
      await visit.until("the client is there", () => window.testEmbed !== undefined);
      const heard = await visit.evaluate(async () => {
        const frame = document.createElement("iframe");
        frame.src = window.testSite;
        document.body.append(frame);
        await new Promise((resolve) => setTimeout(resolve, 4000));
        frame.contentWindow.postMessage({ waymark: 1, id: 1, verb: "hello", args: [] }, "*");
        await new Promise((resolve) => setTimeout(resolve, 1000));
        return window.testHeard;
      });
      assert.deepEqual(heard, []);
      assert.ok(!(await server.asked()).some((line) => line.includes(".wasm")), "not even its engine is asked for");
    }),
  },
  {
    name: "embed: the server hears of a violation, so that none heard means none",
    quiet: false,
    run: (tools) => inPortal(tools, ["site", ""], {}, async (visit, server) => {
      await writeFile(join(server.siteFolder, "loud.html"), "<!doctype html><html lang=\"en\"><title>Loud</title><link rel=\"icon\" href=\"data:,\"><script>window.ran = 1;</script><body>");
      await visit.page.open(`${server.site}loud.html`);
      assert.equal(await visit.evaluate(() => window.ran === undefined), true);
      for (let looks = 0; looks < 100 && (await server.violations()).length === 0; looks++) await new Promise((resolve) => setTimeout(resolve, 100));
      assert.notEqual((await server.violations()).length, 0);
    }),
  },
];
