// The single file's own security policy: it names script and style by hash, and closes all else.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

const hashOf = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** In the page: tries to run, show, load and send what the policy forbids. Gives what happened all the same, and what it reported. */
async function breakOut() {
  const reported = new Set();
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => reported.add(effectiveDirective));
  // What a driver evaluates may do more than a page; what comes after a pause may not.
  await new Promise((resolve) => setTimeout(resolve, 0));
  const happened = [];
  const host = document.body.appendChild(document.createElement("div"));
  const add = (name, properties) => host.appendChild(Object.assign(document.createElement(name), properties));
  const far = "http://one.invalid/x";
  const tried = (what, act) => {
    try {
      act();
      if (what) happened.push(what);
    } catch { /* as it should be */ }
  };

  add("script", { textContent: "window.testRan = 'an inline script'" });
  add("script", { src: "data:text/javascript,window.testRan='a script from an address'" });
  host.insertAdjacentHTML("beforeend", "<p id=testLoud onclick=\"window.testRan = 'a handler'\" style=\"position: fixed\">x</p>");
  document.getElementById("testLoud").click();
  add("a", { href: "javascript:window.testRan='a link'" }).click();
  tried("eval", () => (0, eval)("1"));
  tried("new Function", () => new Function("return 1")());
  add("style", { textContent: "#testLoud { float: right }" });
  add("link", { rel: "stylesheet", href: far });
  const { position, float } = getComputedStyle(document.getElementById("testLoud"));
  if (position === "fixed" || float === "right") happened.push("a style");
  for (const name of ["img", "iframe", "embed", "video"]) add(name, { src: far });
  add("object", { data: far });
  add("base", { href: far });
  if (document.baseURI.startsWith(far)) happened.push("another base");
  const form = add("form", { action: far, method: "post" });
  // Where these two throw nothing, what they sent would be seen.
  tried("", () => form.submit());
  await fetch(far, { mode: "no-cors" }).then(() => happened.push("fetch"), () => {});
  const socket = await new Promise((resolve) => {
    try {
      const one = new WebSocket("ws://one.invalid/");
      one.onopen = () => resolve("a socket");
      one.onerror = one.onclose = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
  if (socket) happened.push(socket);
  tried("", () => navigator.sendBeacon(far, "x"));
  await new FontFace("Far", `url(${far})`).load().then(() => happened.push("a font"), () => {});
  await new Promise((resolve) => setTimeout(resolve, 500));
  host.remove();
  if (window.testRan) happened.push(window.testRan);
  return { happened, reported: [...reported].sort(), here: location.protocol };
}

export const policy = [
  {
    name: "policy: the single file names its own script and style by hash, and nothing else",
    browser: false,
    async run({ pages }) {
      for (const name of ["default", "essentials", "template"]) {
        const page = await readFile(pages[name].file, "utf8");
        const [, text] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(page);
        assert.equal(page.indexOf("http-equiv"), page.lastIndexOf("http-equiv", page.indexOf("<style>")), "one policy");
        assert.ok(page.indexOf("Content-Security-Policy") < Math.min(page.indexOf("<style>"), page.indexOf("<script")), "it comes before what it is for");
        const inline = (tag) => [...page.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, "g"))].map(([, inside]) => hashOf(inside));
        const [scripts, styles] = [inline("script"), inline("style")];
        assert.deepEqual([scripts.length, styles.length], [1, 1]);
        assert.deepEqual(Object.fromEntries(text.split("; ").map((part) => [part.split(" ")[0], part.split(" ").slice(1)])), {
          "default-src": ["'none'"], "script-src": [scripts[0], "'wasm-unsafe-eval'"], "style-src": styles, "worker-src": ["blob:"],
          "img-src": ["data:"], "base-uri": ["'none'"], "form-action": ["'none'"],
        });
      }
    },
  },
  {
    name: "policy: in the single file nothing else runs, shows, loads or sends",
    engines: ["chromium", "firefox"],
    quiet: false,
    async run({ visit, reached }) {
      const page = await visit("essentials");
      await page.answer("her2", "positive");
      const { happened, reported, here } = await page.evaluate(breakOut);
      assert.deepEqual(happened, []);
      assert.equal(here, "file:");
      for (const directive of ["base-uri", "connect-src", "font-src", "form-action", "frame-src", "img-src", "media-src", "object-src", "script-src-attr", "script-src-elem", "style-src-attr", "style-src-elem"]) {
        assert.ok(reported.includes(directive), `${directive} was not reported: ${reported}`);
      }
      assert.deepEqual(await reached(), []);
      assert.deepEqual((await page.result()).facts, { her2: ["positive"] });
    },
  },
];
