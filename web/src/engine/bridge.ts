// In: guideline files and requests. Out: values of engine.d.ts. Knows nothing of the page.
// The one place that decides where the engine runs: here, on the page's own thread, so that answers are immediate.
import type {
  Answer, Audience, Description, EngineModule, Facts, Issue, Loaded, RecordProposals, Refused, SourceText,
} from "engine-module";
import type { SlowVerb } from "./background.ts";
import { imageOf, startEngine, type Begun, type EngineImage } from "./begin.ts";

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
  /** The engine with all its guidelines, for a second one elsewhere. */
  image(): EngineImage;
  /** Counts what was loaded: an image knows what was loaded before it was made. */
  readonly loads: number;
  /** A fresh engine with the same guideline in it. */
  restart(guideline: Guideline): Promise<Guideline>;
}

/** Names from outside are looked up in these, and "constructor" in an address or a forged file is no fact. */
export function withOwnNames(description: Description): Description {
  for (const named of [description.facts, description.options]) Object.setPrototypeOf(named, null);
  return description;
}

/** The bridge to an engine that has begun, and the guideline that is in it or what is wrong with that. */
export function startBridge({ engine, program, shipped, name, loaded }: Begun): { bridge: Bridge; guideline: Guideline | Issue[] } {
  const sources = new Map<number, SourceText[]>();
  let loads = 0;

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

  function taken(name: string, files: SourceText[], { guideline, issues }: Loaded): Guideline | Issue[] {
    if (guideline === null) return issues;
    sources.set(guideline, files);
    return { name, handle: guideline, issues };
  }

  const bridge: Bridge = {
    load(name, files) {
      loads += 1;
      return taken(name, files, ask<Loaded>((engine) => engine.load(files)));
    },
    describe(guideline, locale) {
      return withOwnNames(ask<Description>((engine) => engine.describe(guideline.handle, locale)));
    },
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
    image: () => imageOf(engine, program),
    get loads() { return loads; },
    unload(guideline) {
      sources.delete(guideline.handle);
      engine.unload(guideline.handle);
    },
    async restart(guideline) {
      const files = sources.get(guideline.handle) ?? [];
      engine = await startEngine(program);
      sources.clear();
      const again = bridge.load(guideline.name, files);
      if (Array.isArray(again)) throw new EngineFault(again.map((issue) => issue.message).join("; "));
      return again;
    },
  };
  return { bridge, guideline: taken(name, shipped.guidelines[name] ?? [], loaded) };
}
