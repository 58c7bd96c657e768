// A second engine in a worker, so that the page's own thread stays free: it loads what came with the page, hands itself over as an
// image of its memory, and from then on answers the slow questions. The worker runs the page's own script again; where there can be
// no worker, the page's thread does it.
import type { EngineModule, Facts } from "engine-module";
import { ownScript } from "../host/own-script.ts";
import { begin, breath, imageOf, startEngine, type Begun, type Cargo, type EngineImage } from "./begin.ts";
import type { Bridge, Guideline } from "./bridge.ts";

export type SlowVerb = "check" | "test" | "whatIf";
/** The worker's first message: where its engine comes from. */
type Origin = { cargo: Cargo; wishes: string[] } | EngineImage;
interface Request { id: number; verb: SlowVerb; guideline: number; facts: Facts }
interface Reply { id: number; reply: string; took: number }
type Handover = Omit<Begun, "engine"> & EngineImage;

export interface Background {
  /** Unpacks the engine and what came with the page, and loads the first guideline. */
  begin(cargo: Cargo, wishes: string[]): Promise<Begun>;
  /** JSON as the engine gives it, and the milliseconds it took there. */
  ask(bridge: Bridge, guideline: Guideline, verb: SlowVerb, facts?: Facts): Promise<{ reply: string; took: number }>;
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

export function startBackground(): Background {
  let worker: Worker | null = null;
  let broken = false;
  /** What the worker's engine has loaded, as the bridge counts it. */
  let knows = 0;
  let count = 0;
  const waiting = new Map<number, { resolve(reply: Reply | Handover): void; reject(failure: Error): void }>();

  function end(why: string): void {
    worker?.terminate();
    worker = null;
    for (const { reject } of waiting.values()) reject(new Error(why));
    waiting.clear();
  }

  function startFrom(origin: Origin): Worker | null {
    worker = startWorker();
    broken = worker === null;
    worker?.postMessage(origin, "memory" in origin ? [origin.memory] : []);
    worker?.addEventListener("message", ({ data }: MessageEvent<Reply | Handover>) => {
      const id = "id" in data ? data.id : 0;
      waiting.get(id)?.resolve(data);
      waiting.delete(id);
    });
    worker?.addEventListener("error", (event) => {
      event.preventDefault();
      broken = true;
      end("the worker failed");
    });
    return worker;
  }

  const replyTo = <T extends Reply | Handover>(id: number): Promise<T> =>
    new Promise<T>((resolve, reject) => { waiting.set(id, { resolve: resolve as (reply: Reply | Handover) => void, reject }); });

  async function askHere(bridge: Bridge, guideline: Guideline, verb: SlowVerb, facts: Facts) {
    await breath();
    const begun = performance.now();
    return { reply: bridge.slow(guideline, verb, facts), took: performance.now() - begun };
  }

  return {
    async begin(cargo, wishes) {
      if (!startFrom({ cargo, wishes })) return begin(cargo, wishes);
      try {
        const { memory, ...begun } = await replyTo<Handover>(0);
        return { ...begun, engine: await startEngine(begun.program, memory) };
      } catch {
        broken = true;
        end("the worker failed");
        return begin(cargo, wishes);
      }
    },
    async ask(bridge, guideline, verb, facts = {}) {
      if (worker && knows !== bridge.loads) end("the worker knows other guidelines");
      const there = worker ?? (broken ? null : startFrom(bridge.image()));
      knows = bridge.loads;
      if (!there) return askHere(bridge, guideline, verb, facts);
      const id = ++count;
      const reply = replyTo<Reply>(id);
      there.postMessage({ id, verb, guideline: guideline.handle, facts } satisfies Request);
      return reply.catch((failure) => {
        if (!broken) throw failure;
        return askHere(bridge, guideline, verb, facts);
      });
    },
    cancel() {
      if (waiting.size > 0) end("cancelled");
    },
  };
}

/** The worker's side. */
export function serveBackground(): void {
  const scope = self as unknown as Worker;
  let engine: Promise<EngineModule>;

  async function beginHere(cargo: Cargo, wishes: string[]): Promise<EngineModule> {
    const { engine, ...begun } = await begin(cargo, wishes);
    const { memory } = imageOf(engine, begun.program);
    scope.postMessage({ ...begun, memory } satisfies Handover, [memory]);
    return engine;
  }

  async function answer({ data }: MessageEvent<Origin | Request>): Promise<void> {
    if (!("verb" in data)) {
      engine = "cargo" in data ? beginHere(data.cargo, data.wishes) : startEngine(data.program, data.memory);
      await engine;
      return;
    }
    const { check, test, whatIf } = await engine;
    const start = performance.now();
    const reply = data.verb === "whatIf" ? whatIf(data.guideline, JSON.stringify(data.facts)) : { check, test }[data.verb](data.guideline);
    scope.postMessage({ id: data.id, reply, took: performance.now() - start } satisfies Reply);
  }
  // Thrown on, so that the page hears of it.
  scope.addEventListener("message", (message: MessageEvent<Origin | Request>) => void answer(message).catch((failure: unknown) => {
    setTimeout(() => { throw failure; });
  }));
}
