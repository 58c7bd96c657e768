// Keeps the files of one build, whole or not at all, so that the page opens without a network. site.mjs puts `build` before this
// text: its version, its guidelines' versions, and its files by name with their hashes. Nothing of a person is kept.
/* global build */
const ours = `waymark ${registration.scope} `;
const mine = ours + build.version;

addEventListener("install", (event) => event.waitUntil(keepAll()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("message", ({ data, source, ports }) => {
  if (data === "waymark: which guidelines?") ports[0]?.postMessage(build.guidelines);
  else if (data === "waymark: take over" && source) skipWaiting();
});
addEventListener("fetch", (event) => {
  const name = nameOf(event.request);
  if (name !== null) event.respondWith(fileOf(name, event.request));
});

async function keepAll() {
  const replies = await Promise.all(Object.entries(build.files).map(async ([name, hash]) => {
    const reply = await fetch(name, { cache: "no-cache" });
    // A server in the middle of an update gives files of two builds.
    if (!reply.ok || await sha256(await reply.clone().arrayBuffer()) !== hash) throw new Error(`${name} is not of build ${build.version}`);
    return [name, reply];
  }));
  const cache = await caches.open(mine);
  try {
    await Promise.all(replies.map(([name, reply]) => cache.put(name, reply)));
  } catch (failure) {
    await caches.delete(mine);
    throw failure;
  }
}

async function takeOver() {
  const others = (await caches.keys()).filter((name) => name.startsWith(ours) && name !== mine);
  await Promise.all(others.map((name) => caches.delete(name)));
  await clients.claim();
}

/** The file of this build that is asked for; null for all else, which goes to the server as if there were no worker. */
function nameOf({ method, url }) {
  const { href, search, hash } = new URL(url);
  if (method !== "GET" || !href.startsWith(registration.scope)) return null;
  const name = href.slice(registration.scope.length, href.length - search.length - hash.length) || "index.html";
  return Object.hasOwn(build.files, name) ? name : null;
}

async function fileOf(name, request) {
  const cache = await caches.open(mine);
  return await cache.match(name, { ignoreVary: true }) ?? fetch(request);
}

async function sha256(bytes) {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
