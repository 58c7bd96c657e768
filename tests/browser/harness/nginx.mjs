// Debian's nginx with the configuration that the repository ships, on loopback ports, for as long as a case needs it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finishSite } from "../../../web/hosted/site.mjs";
import { root } from "./pages.mjs";

const reports = "/policy-report";

/**
 * The built site, and a portal of another origin with `portalPages` in it that may show it in a frame where `framed` and
 * drive it where `trusted`. `settings` are the site's own. `asks`: the origins of record systems that its configuration names.
 */
export async function startNginx(site, { settings = {}, trusted = true, framed = true, portalPages = {}, asks = "" } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "waymark-nginx-"));
  const [sitePort, portalPort] = await freePorts(2);
  const addresses = { site: `http://127.0.0.1:${sitePort}/`, portal: `http://127.0.0.1:${portalPort}/` };
  const [siteOrigin, portalOrigin] = Object.values(addresses).map((address) => address.slice(0, -1));
  const siteFolder = join(folder, "site");
  await cp(site, siteFolder, { recursive: true });
  await finishSite(siteFolder, { ...settings, origins: trusted ? [siteOrigin, portalOrigin] : [siteOrigin] });
  await mkdir(join(folder, "portal"));
  await cp(join(siteFolder, "waymark-embed.js"), join(folder, "portal/waymark-embed.js"));
  for (const [name, text] of Object.entries(portalPages)) {
    await writeFile(join(folder, "portal", name), text.replaceAll("SITE/", addresses.site));
  }
  await writeFile(join(folder, "site.conf"), await shippedFor(sitePort, siteFolder, framed ? portalOrigin : "", asks));
  await writeFile(join(folder, "nginx.conf"), mainFile(folder, portalPort, siteOrigin));

  const child = spawn("/usr/sbin/nginx", ["-p", folder, "-c", join(folder, "nginx.conf"), "-e", join(folder, "error.log")], { stdio: ["ignore", "ignore", "pipe"] });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  let said = "";
  child.stderr.on("data", (text) => (said += text));
  const gone = new Promise((resolve) => child.once("close", resolve));
  /** Stopped alone, the folder stays: a server that cannot be reached. */
  const stop = async () => {
    child.kill("SIGTERM");
    await gone;
  };
  const log = async () => (await readFile(join(folder, "access.log"), "utf8")).split("\n").filter(Boolean);
  /** "PORT METHOD PATH STATUS" of each request, reports of violations aside. */
  const asked = async () => (await log()).filter((line) => !line.includes(reports));
  await answering(addresses.site, () => child.exitCode !== null && said);
  return {
    ...addresses, siteFolder, stop, asked,
    /** Requests for what is not there. WebKitGTK asks every server for a favicon by itself. */
    wrong: async ({ name }) => (await asked())
      .filter((line) => !/^\d+ GET \S+ (200|304)$/.test(line) && !(name === "webkit" && line.includes("/favicon.ico"))),
    /** What the browser reports of the policy, from the page, its frames and its workers alike. */
    violations: async () => (await log()).filter((line) => line.includes(reports)),
    end: async () => {
      await stop();
      process.off("exit", kill);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function shippedFor(port, folder, portal, asks) {
  let text = await readFile(join(root, "web/hosted/nginx.conf"), "utf8");
  for (const [line, ours] of [
    [/default "'self'"; }/, `default "'self' ${portal}"; }`],
    ...(asks ? [[/(?<=\$waymark_asks \{\n.*)"'none'"(?=;)/, `"${asks}"`]] : []),
    [/default-src 'none'; /, `report-uri ${reports}; default-src 'none'; `],
    [/listen [^;]+; # CHANGE/, `listen 127.0.0.1:${port};`],
    [/root [^;]+; # CHANGE/, `root ${folder};`],
  ]) {
    assert.match(text, line, "the lines to change of web/hosted/nginx.conf");
    text = text.replace(line, ours);
  }
  return text;
}

const mainFile = (folder, portalPort, siteOrigin) => `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events {}
http {
  log_format asked '$server_port $request_method $request_uri $status';
  access_log ${folder}/access.log asked;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  include ${folder}/site.conf;
  server {
    listen 127.0.0.1:${portalPort};
    root ${folder}/portal;
    types { text/html html; text/javascript js; }
    add_header Content-Security-Policy "default-src 'none'; script-src 'self'; frame-src ${siteOrigin}; img-src data:" always;
  }
}
`;

async function freePorts(count) {
  const servers = await Promise.all(Array.from({ length: count }, async () => {
    const server = createServer();
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    return server;
  }));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

async function answering(address, ended) {
  for (let tries = 0; tries < 200; tries++) {
    if (ended()) throw new Error(`nginx ended: ${ended()}`);
    if ((await fetch(address).catch(() => null))?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("nginx does not answer");
}
