// The slow questions, asked of a second engine in a worker, so that the page's own thread stays free.
// The worker runs the page's own script again; where there can be no worker, the first engine answers.
import type { Facts, Loaded, SourceText } from "engine-module";
import loadEngine from "engine-module";
import { ownScript } from "../host/own-script.ts";
import type { Bridge, Guideline } from "./bridge.ts";

export type SlowVerb = "check" | "test" | "whatIf";
interface Request { id: number; verb: SlowVerb; guideline: string; facts: Facts; files?: SourceText[] }
/** The worker's first message: the engine. */
type Engine = ArrayBuffer | Uint8Array;
interface Reply { id: number; reply: string; took: number }

export interface Background {
  /** JSON as the engine gives it, and the milliseconds it took there. */
  ask(guideline: Guideline, verb: SlowVerb, facts?: Facts): Promise<{ reply: string; took: number }>;
  /** Gives up what is under way: its promises reject. */
  cancel(): void;
}

const page = typeof document === "undefined" ? null : document.currentScript as HTMLScriptElement | null;

function startWorker(): Worker | null {
  try {
    if (!page) return null;
    // In a frame without an origin the script is a stranger's.
    if (page.src) return self.origin === "null" ? null : new Worker(ownScript(page.src));
    const address = URL.createObjectURL(new Blob([page.textContent ?? ""], { type: "text/javascript" }));
    return new Worker(ownScript(address));
  } catch {
    return null;
  }
}

export function startBackground(bridge: Bridge): Background {
  let worker: Worker | null = null;
  let broken = false;
  let known = new Set<string>();
  let count = 0;
  const waiting = new Map<number, { resolve(reply: Reply): void; reject(failure: Error): void }>();

  function end(why: string): void {
    worker?.terminate();
    worker = null;
    known = new Set();
    for (const { reject } of waiting.values()) reject(new Error(why));
    waiting.clear();
  }

  function running(): Worker | null {
    if (worker || broken) return worker;
    worker = startWorker();
    broken = worker === null;
    worker?.postMessage(bridge.wasmBinary);
    worker?.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
      waiting.get(data.id)?.resolve(data);
      waiting.delete(data.id);
    });
    worker?.addEventListener("error", (event) => {
      event.preventDefault();
      broken = true;
      end("the worker failed");
    });
    return worker;
  }

  async function askHere(guideline: Guideline, verb: SlowVerb, facts: Facts) {
    await new Promise((resume) => setTimeout(resume));
    const begun = performance.now();
    return { reply: bridge.slow(guideline, verb, facts), took: performance.now() - begun };
  }

  return {
    async ask(guideline, verb, facts = {}) {
      const there = running();
      if (!there) return askHere(guideline, verb, facts);
      const key = `${guideline.name} ${guideline.handle}`;
      const request: Request = { id: ++count, verb, guideline: key, facts };
      if (!known.has(key)) request.files = bridge.files(guideline);
      known.add(key);
      return new Promise<Reply>((resolve, reject) => {
        waiting.set(request.id, { resolve, reject });
        there.postMessage(request);
      }).catch((failure) => {
        if (!broken) throw failure;
        return askHere(guideline, verb, facts);
      });
    },
    cancel() {
      if (waiting.size > 0) end("cancelled");
    },
  };
}

/** The worker's side. One guideline at a time: another one takes its place. */
export function serveBackground(): void {
  const scope = self as unknown as Worker;
  let started: (wasmBinary: Engine) => void;
  const engine = new Promise<Engine>((resolve) => { started = resolve; }).then((wasmBinary) => loadEngine({ wasmBinary }));
  let held: { key: string; handle: number } | null = null;
  async function answer({ data }: MessageEvent<Engine | Request>): Promise<void> {
    if (!("verb" in data)) {
      started(data);
      return;
    }
    const { load, unload, check, test, whatIf } = await engine.then((engine) => ({
      load: engine.load.bind(engine), unload: engine.unload.bind(engine), check: engine.check.bind(engine),
      test: engine.test.bind(engine), whatIf: engine.whatIf.bind(engine),
    }));
    if (data.files) {
      if (held) unload(held.handle);
      held = { key: data.guideline, handle: (JSON.parse(load(data.files)) as Loaded).guideline ?? -1 };
    }
    const begun = performance.now();
    const handle = held?.handle ?? -1;
    const reply = data.verb === "whatIf" ? whatIf(handle, JSON.stringify(data.facts)) : { check, test }[data.verb](handle);
    scope.postMessage({ id: data.id, reply, took: performance.now() - begun } satisfies Reply);
  }
  // Thrown on, so that the page hears of it.
  scope.addEventListener("message", (message: MessageEvent<Engine | Request>) => void answer(message).catch((failure: unknown) => {
    setTimeout(() => { throw failure; });
  }));
}
