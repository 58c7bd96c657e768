// The same page as separate files from a web server that allows it nothing but its own files.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { assertAgrees } from "../harness/agreement.mjs";

const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
const kinds = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };

async function serve(folder) {
  const asked = [];
  const files = new Set(await readdir(folder));
  const server = createServer(async (request, reply) => {
    const name = request.url === "/" ? "index.html" : request.url.slice(1);
    const there = files.has(name);
    asked.push(`${request.method} ${request.url} ${there ? 200 : 404}`);
    reply.writeHead(there ? 200 : 404, {
      "Content-Type": kinds[extname(name)] ?? "text/plain", "Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
    });
    reply.end(there ? await readFile(join(folder, name)) : "not found");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${server.address().port}/`, asked, files, stop: () => server.close() };
}

export const site = [{
  name: "site: as separate files under a strict security policy it asks for its own files only, and works",
  quiet: false,
  minutes: 3,
  async run({ pages, start, reached, engine, say }) {
    const server = await serve(pages.site);
    try {
      const visit = await start();
      await visit.open(server.address);
      await visit.walk(({ values }) => values[0], { none: () => false, each: () => assertAgrees(visit) });
      await visit.toOptions();
      await assertAgrees(visit);
      await visit.toPlan();
      await assertAgrees(visit);
      await visit.locale("es");
      await assertAgrees(visit);

      const { problems, stored, requests } = await visit.observed();
      assert.deepEqual(problems, [], "the console, or the policy");
      assert.deepEqual(stored, []);
      const own = (address) => address.startsWith("data:") || address.split("#")[0] === server.address
        || server.files.has(address.replace(server.address, "").replace(/^\.\//, ""));
      assert.deepEqual(requests.filter((request) => !own(request.replace(/^\w+ /, ""))), [], "requests to elsewhere");
      assert.deepEqual(await reached(), []);
      // WebKitGTK asks every server for this by itself.
      const browsersOwn = engine.name === "webkit" ? ["GET /favicon.ico 404"] : [];
      const asked = server.asked.filter((line) => !browsersOwn.includes(line));
      assert.deepEqual(asked.filter((line) => !line.endsWith(" 200")), [], "files that are not there");
      assert.deepEqual(asked.filter((line) => !line.startsWith("GET ")), [], "it only reads");
      assert.equal(new Set(asked).size, 4, `page, script, style and engine: ${asked.join(", ")}`);
      say(asked.join(", "));
    } finally {
      server.stop();
    }
  },
}];
