// Waymark in another page: `await embed(place, { src })`, or `<waymark-aid src="…">`. It needs nothing and loads nothing but the frame.
// @ts-check

/** @typedef {import("../../engine/wasm/engine.d.ts").Answer} Answer */
/** @typedef {import("../../engine/wasm/engine.d.ts").RecordProposals} RecordProposals */
/** @typedef {{src: string, guideline?: string, locale?: string, title?: string, autoHeight?: boolean}} Options */
/**
 * @typedef {object} Aid
 * @property {HTMLIFrameElement} frame
 * @property {(fact: string, value: string | string[] | null) => Promise<Answer>} answer
 * @property {() => Promise<Answer>} result
 * @property {() => Promise<Answer>} reset
 * @property {(bundle: object | string) => Promise<RecordProposals>} import  Shows the proposals; a person confirms them.
 * @property {(facts?: string[]) => Promise<Answer>} confirm  For a host that has had them confirmed.
 * @property {(event: "change" | "height" | "screen", listener: (detail: any) => void) => () => void} on
 * @property {() => void} remove
 */

/**
 * @param {Element | ShadowRoot} place
 * @param {Options} options
 * @returns {Promise<Aid>} once the page is ready; rejects when it does not answer in a minute
 */
export async function embed(place, { src, guideline, locale, title = "Waymark", autoHeight = true }) {
  const address = new URL(src, document.baseURI);
  if (guideline) address.searchParams.set("guideline", guideline);
  if (locale) address.searchParams.set("locale", locale);
  // A frame of this page's own origin could take its sandbox off, so there it gets no origin at all.
  const isOther = address.origin !== location.origin;
  const frame = document.createElement("iframe");
  frame.title = title;
  frame.referrerPolicy = "no-referrer";
  frame.setAttribute("sandbox", `allow-scripts allow-forms allow-downloads allow-modals allow-popups${isOther ? " allow-same-origin" : ""}`);
  Object.assign(frame.style, { display: "block", width: "100%", border: "0", height: "40rem" });

  let count = 0;
  /** @type {Map<number, {resolve(result: any): void, reject(failure: Error): void}>} */
  const waiting = new Map();
  /** @type {Map<string, Set<(detail: any) => void>>} */
  const listeners = new Map();

  /** @param {MessageEvent} message */
  function hear({ data, origin, source }) {
    if (source !== frame.contentWindow || origin !== (isOther ? address.origin : "null") || data?.waymark !== 1) return;
    if (data.event === "height" && autoHeight && Number.isFinite(data.height)) frame.style.height = `${Math.max(0, data.height)}px`;
    // The frame does not scroll by itself: a new screen begins at its top.
    if (data.event === "screen" && autoHeight && frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
    if (data.event) for (const listener of listeners.get(data.event) ?? []) listener(data.result ?? data.height ?? data.screen);
    const call = waiting.get(data.id);
    if (!call || data.event) return;
    waiting.delete(data.id);
    if (data.error) call.reject(Object.assign(new Error(data.error.message), { name: data.error.name }));
    else call.resolve(data.result);
  }

  /** @param {string} verb @param {unknown[]} args @returns {Promise<any>} */
  const ask = (verb, ...args) => new Promise((resolve, reject) => {
    const id = ++count;
    waiting.set(id, { resolve, reject });
    frame.contentWindow?.postMessage({ waymark: 1, id, verb, args }, isOther ? address.origin : "*");
  });

  addEventListener("message", hear);
  function remove() {
    removeEventListener("message", hear);
    frame.remove();
    for (const { reject } of waiting.values()) reject(new Error("the frame was removed"));
    waiting.clear();
  }
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  frame.src = address.href;
  place.append(frame);
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${address.href} does not answer: is ${location.origin} among its "origins"?`)), 60_000);
  });
  try {
    await Promise.race([loaded.then(() => ask("hello")), late]);
  } catch (failure) {
    remove();
    throw failure;
  } finally {
    clearTimeout(timer);
  }
  return {
    frame, remove,
    answer: (fact, value) => ask("answer", fact, value),
    result: () => ask("result"),
    reset: () => ask("reset"),
    import: (bundle) => ask("import", bundle),
    confirm: (facts) => ask("confirm", facts ?? null),
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
      return () => set.delete(listener);
    },
  };
}

/** `<waymark-aid src guideline locale>`; `await element.ready` gives the {@link Aid}. Events: `waymark-ready`, `waymark-change`, `waymark-error`. */
export class WaymarkAid extends HTMLElement {
  /** @type {Promise<Aid> | null} */
  ready = null;

  connectedCallback() {
    const of = (/** @type {string} */ name) => this.getAttribute(name) ?? undefined;
    this.style.display = "block";
    this.ready = embed(this, { src: of("src") ?? "index.html", guideline: of("guideline"), locale: of("locale"), title: of("title") });
    const say = (/** @type {string} */ name, /** @type {unknown} */ detail) => this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
    this.ready.then((aid) => {
      aid.on("change", (result) => say("waymark-change", result));
      say("waymark-ready", aid);
    }, (failure) => say("waymark-error", failure));
  }

  disconnectedCallback() {
    this.ready?.then((aid) => aid.remove(), () => {});
    this.replaceChildren();
  }
}
if (!customElements.get("waymark-aid")) customElements.define("waymark-aid", WaymarkAid);
