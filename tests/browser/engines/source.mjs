// Page code travels as text: browsers that drive differently then run the same thing.

/** `fn(...args)` as an expression. */
export const callOf = (fn, args) => `(${fn})(...${JSON.stringify(args).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029")})`;

/** Runs in the page before any script of its own and notes what the page does that it should not. */
export function watch() {
  const watched = { problems: [], stored: [], sent: [] };
  Object.defineProperty(window, "testWatch", { value: watched });
  const textOf = (thing) => (thing instanceof Error ? `${thing.name}: ${thing.message}` : String(thing));
  for (const level of ["error", "warn"]) {
    const original = console[level];
    console[level] = (...words) => {
      watched.problems.push(`console.${level}: ${words.map(textOf).join(" ")}`);
      original.apply(console, words);
    };
  }
  addEventListener("error", (event) => watched.problems.push(
    `error: ${event.message ?? event.target?.outerHTML}, at ${location.hash} after ${performance.now().toFixed(0)} ms`), true);
  addEventListener("unhandledrejection", (event) => watched.problems.push(`unhandled: ${textOf(event.reason)}`));
  addEventListener("securitypolicyviolation", (event) =>
    watched.problems.push(`policy: ${event.effectiveDirective} ${event.blockedURI}`));
  const note = (owner, name, list) => {
    const original = owner?.[name];
    if (typeof original !== "function") return;
    owner[name] = new Proxy(original, {
      apply: (call, self, args) => (list.push(`${name} ${args[0]}`), Reflect.apply(call, self, args)),
      construct: (call, args) => (list.push(`${name} ${args[0]}`), Reflect.construct(call, args)),
    });
  };
  note(Storage.prototype, "setItem", watched.stored);
  note(window.IDBFactory?.prototype, "open", watched.stored);
  note(window.CacheStorage?.prototype, "open", watched.stored);
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
  Object.defineProperty(document, "cookie", {
    get: () => cookie.get.call(document),
    set: (value) => (watched.stored.push(`cookie ${value}`), cookie.set.call(document, value)),
  });
  note(window, "fetch", watched.sent);
  note(window.XMLHttpRequest?.prototype, "open", watched.sent);
  note(window.Navigator?.prototype, "sendBeacon", watched.sent);
  for (const name of ["WebSocket", "EventSource", "RTCPeerConnection", "SharedWorker", "Worker"]) note(window, name, watched.sent);
}

/** For WebKit, which says "Script error." and no more of what goes wrong in a local file. Runs before `watch`. */
export function tellThrown() {
  const guarded = new WeakMap();
  const guard = (what, act) => {
    if (typeof act !== "function") return act;
    if (!guarded.has(act)) guarded.set(act, function (...args) {
      try {
        return act.apply(this, args);
      } catch (failure) {
        window.testWatch?.problems.push(`thrown in ${what}: ${failure} ${failure?.stack}`);
        throw failure;
      }
    });
    return guarded.get(act);
  };
  for (const name of ["setTimeout", "requestAnimationFrame", "queueMicrotask"]) {
    const original = window[name];
    window[name] = (act, ...rest) => original.call(window, guard(name, act), ...rest);
  }
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (name, act, ...rest) { addEventListener.call(this, name, guard(name, act), ...rest); };
  EventTarget.prototype.removeEventListener = function (name, act, ...rest) { removeEventListener.call(this, name, guarded.get(act) ?? act, ...rest); };
}

/** What `watch` saw, and what is stored now. */
export async function watched() {
  const { problems, stored, sent } = window.testWatch ?? { problems: ["nobody watched"], stored: [], sent: [] };
  const there = [...stored];
  for (const name of ["localStorage", "sessionStorage"]) {
    for (let i = 0; i < window[name].length; i++) there.push(`${name}: ${window[name].key(i)}`);
  }
  if (document.cookie) there.push(`cookies: ${document.cookie}`);
  try {
    for (const { name } of (await window.indexedDB?.databases?.()) ?? []) there.push(`indexedDB: ${name}`);
    for (const name of (await window.caches?.keys()) ?? []) there.push(`cache: ${name}`);
  } catch { /* not to be had at this address */ }
  return { problems, stored: there, sent: [...sent, ...performance.getEntriesByType("resource").map((entry) => entry.name)] };
}

/** Brings the first that `selector` finds into view, and waits until it stands still and nothing lies over its middle. */
export async function atRest(selector) {
  const end = performance.now() + 60_000;
  let before = "";
  while (performance.now() < end) {
    const one = document.querySelector(selector);
    one?.scrollIntoView({ block: "center", behavior: "instant" });
    const box = one?.getClientRects()[0];
    const now = box ? [box.x, box.y, box.width, box.height].join() : "";
    const met = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (met && now === before && (one.contains(met) || met.contains(one) || [...(one.labels ?? [])].some((label) => label.contains(met)))) return;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error(`${selector} is not there to be pressed`);
}
