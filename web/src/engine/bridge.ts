// In: guideline files and requests. Out: values of engine.d.ts. Knows nothing of the page.
// The one place that decides where the engine runs: here, on the page's own thread, so that answers are immediate.
import loadEngine, {
  type Answer, type Audience, type Description, type EngineModule, type Facts, type Issue, type Loaded, type RecordProposals,
  type Refused, type SourceText,
} from "engine-module";
import { engineBytes } from "engine-bytes";
import type { SlowVerb } from "./background.ts";

/** The engine itself failed; nothing the user wrote is to blame. */
export class EngineFault extends Error {
  override name = "EngineFault";
}

/** The engine does not know a fact or value that it was given. */
export class RefusedAnswer extends Error {
  override name = "RefusedAnswer";
  constructor(readonly refusal: Refused["error"]) {
    super(refusal.message);
  }
}

/** What was given as a patient's record is none, or is larger than the page takes. */
export class UnreadableRecord extends Error {
  override name = "UnreadableRecord";
}

export interface Guideline {
  name: string;
  handle: number;
  issues: Issue[];
}

export interface AnswerRequest {
  facts: Facts;
  locale: string;
  audience: Audience;
}

export interface Bridge {
  load(name: string, files: SourceText[]): Guideline | Issue[];
  describe(guideline: Guideline, locale: string): Description;
  answer(guideline: Guideline, request: AnswerRequest): Answer;
  /** Proposals only. Throws {@link UnreadableRecord} where the text is no record. */
  importRecord(guideline: Guideline, record: string, today: string): RecordProposals;
  unload(guideline: Guideline): void;
  /** A slow question on the page's own thread: JSON as the engine gives it. */
  slow(guideline: Guideline, verb: SlowVerb, facts: Facts): string;
  files(guideline: Guideline): SourceText[];
  /** The engine itself, for a second one elsewhere. */
  wasmBinary: ArrayBuffer | Uint8Array;
  /** A fresh engine with the same guideline in it. */
  restart(guideline: Guideline): Promise<Guideline>;
}

export async function startBridge(): Promise<Bridge> {
  const wasmBinary = await engineBytes();
  let engine = await loadEngine({ wasmBinary });
  const sources = new Map<number, SourceText[]>();

  function ask<T extends object>(question: (engine: EngineModule) => string): T {
    let reply: T | Refused;
    try {
      reply = JSON.parse(question(engine)) as T | Refused;
    } catch (fault) {
      throw new EngineFault(fault instanceof Error ? fault.message : String(fault));
    }
    if (!("error" in reply)) return reply;
    throw reply.error.fact === undefined ? new EngineFault(reply.error.message) : new RefusedAnswer(reply.error);
  }

  const bridge: Bridge = {
    wasmBinary,
    load(name, files) {
      const loaded = ask<Loaded>((engine) => engine.load(files));
      if (loaded.guideline === null) return loaded.issues;
      sources.set(loaded.guideline, files);
      return { name, handle: loaded.guideline, issues: loaded.issues };
    },
    describe: (guideline, locale) => ask<Description>((engine) => engine.describe(guideline.handle, locale)),
    answer: (guideline, request) => ask<Answer>((engine) => engine.answer(
      guideline.handle, JSON.stringify(request.facts), request.locale, request.audience, false,
    )),
    importRecord(guideline, record, today) {
      const read = ask<{ proposals: RecordProposals | Refused }>((engine) =>
        `{"proposals":${engine.importRecord(guideline.handle, record, today)}}`).proposals;
      if ("error" in read) throw new UnreadableRecord(read.error.message);
      return read;
    },
    slow: (guideline, verb, facts) =>
      verb === "whatIf" ? engine.whatIf(guideline.handle, JSON.stringify(facts)) : engine[verb](guideline.handle),
    files: (guideline) => sources.get(guideline.handle) ?? [],
    unload(guideline) {
      sources.delete(guideline.handle);
      engine.unload(guideline.handle);
    },
    async restart(guideline) {
      const files = sources.get(guideline.handle) ?? [];
      engine = await loadEngine({ wasmBinary });
      sources.clear();
      const again = bridge.load(guideline.name, files);
      if (Array.isArray(again)) throw new EngineFault(again.map((issue) => issue.message).join("; "));
      return again;
    },
  };
  return bridge;
}
