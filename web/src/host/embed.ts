// The verbs of `window.waymark` for the page around this one, by postMessage. Nothing is said to anybody who is not named by the
// site's configuration and has not asked first; what is not a well-formed call is left without a reply.
import type { Session } from "../state/session.ts";
import type { Waymark } from "./host.ts";

interface Call { waymark: 1; id: number | string; verb: string; args: unknown[] }

const verbs: Record<string, (waymark: Waymark, args: unknown[]) => unknown> = {
  hello: () => ({ waymark: 1 }),
  answer: (waymark, [fact, value]) => {
    if (!isWord(fact) || !(value === null || isWord(value) || isWords(value))) throw new TypeError("answer takes a fact and a value, a list of values, or null");
    return waymark.answer(fact, value);
  },
  result: (waymark) => waymark.result(),
  reset: (waymark) => (waymark.reset(), waymark.result()),
  import: (waymark, [bundle]) => waymark.import(bundle),
  confirm: (waymark, [facts]) => {
    if (facts !== undefined && facts !== null && !isWords(facts)) throw new TypeError("confirm takes a list of facts");
    return waymark.confirm(facts ?? undefined);
  },
};

const isWord = (value: unknown): value is string => typeof value === "string" && value.length <= 200;
const isWords = (value: unknown): value is string[] => Array.isArray(value) && value.length <= 500 && value.every(isWord);

function callIn(data: unknown): Call | null {
  if (typeof data !== "object" || data === null) return null;
  const { waymark, id, verb, args = [] } = data as Partial<Call>;
  const isNamed = (typeof id === "number" && Number.isSafeInteger(id)) || (typeof id === "string" && id.length <= 64);
  if (waymark !== 1 || !isNamed || typeof verb !== "string" || !Object.hasOwn(verbs, verb)) return null;
  return Array.isArray(args) && args.length <= 2 ? { waymark, id, verb, args } : null;
}

/** `origins` are those named by the site; by default only the page's own. An opaque origin ("null") is nobody in particular. */
export function serveEmbedding(waymark: Waymark, session: Promise<Session>, origins: string[]): void {
  // The page itself tells of a start that failed.
  session.catch(() => undefined);
  const host = window.parent;
  if (host === window) return;
  document.documentElement.dataset.embedded = "";
  const allowed = origins.length > 0 ? origins : [location.origin];
  let known: string | null = null;
  const say = (origin: string, message: object) => host.postMessage({ waymark: 1, ...message }, origin);
  const tell = (message: object) => known !== null && say(known, message);

  addEventListener("message", async ({ data, origin, source }) => {
    if (source !== host || origin === "null" || !allowed.includes(origin)) return;
    const call = callIn(data);
    if (!call) return;
    const { id, verb } = call;
    try {
      await waymark.ready;
      const result = verbs[verb]?.(waymark, call.args);
      const first = known === null;
      known = origin;
      say(origin, { id, verb, result });
      if (first) begin();
    } catch (failure) {
      const { name, message } = failure instanceof Error ? failure : new Error(String(failure));
      say(origin, { id, verb, error: { name, message } });
    }
  });

  function begin(): void {
    waymark.on("change", (result) => tell({ event: "change", result }));
    const page = document.getElementById("page") as HTMLElement;
    let height = 0;
    new ResizeObserver(() => {
      const now = Math.ceil(page.getBoundingClientRect().height);
      if (now !== height) tell({ event: "height", height: height = now });
    }).observe(page);
    void session.then((session) => {
      let { screen } = session.state;
      session.watch(() => {
        if (session.state.screen === screen) return;
        screen = session.state.screen;
        tell({ event: "screen", screen: screen.name });
      });
    });
  }
}
