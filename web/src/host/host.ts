// `window.waymark`: the page as other programs drive it.
import type { Answer, Issue, RecordProposals } from "engine-module";
import { EngineFault, UnreadableRecord, type Bridge } from "../engine/bridge.ts";
import type { Session } from "../state/session.ts";

export interface Waymark {
  /** Settles when the first guideline is loaded; rejects when the page cannot start. */
  ready: Promise<void>;
  /** `null` takes the answer back. Throws on an unknown fact or value, and then keeps what was there. */
  answer(fact: string, value: string | string[] | null): Answer;
  /** The object that `waymark eval` prints. */
  result(): Answer;
  reset(): void;
  /**
   * What a FHIR record (parsed or as text) says, as proposals that the page shows for a person to confirm; nothing becomes an
   * answer by itself. Throws where it is no record, and then changes nothing.
   */
  import(bundle: unknown): RecordProposals;
  /** For a host with its own confirmation: these proposed facts, by default all, become answers. Facts in conflict are never among them. */
  confirm(facts?: string[]): Answer;
  /** A guideline as one YAML text. With errors, the present guideline and all answers stay. */
  load(yamlText: string): Promise<{ loaded: boolean; issues: Issue[] }>;
  /** Gives back a function that ends it. */
  on(event: "change", listener: (result: Answer) => void): () => void;
}

export function hostFace(started: Promise<{ bridge: Bridge; session: Session }>): Waymark {
  let running: { bridge: Bridge; session: Session } | null = null;
  const listeners = new Set<(result: Answer) => void>();

  const ready = started.then((both) => {
    running = both;
    let last = both.session.state.result;
    both.session.watch(() => {
      const { result } = both.session.state;
      if (!result || result === last) return;
      last = result;
      for (const listener of listeners) {
        try {
          listener(result);
        } catch (failure) {
          reportError(failure);
        }
      }
    });
  });
  ready.catch(() => undefined);

  function now() {
    if (!running) throw new Error("waymark is not ready: await waymark.ready first");
    return running;
  }
  function result(): Answer {
    const { state } = now().session;
    if (!state.result) throw new EngineFault(state.fault ?? "the engine gave no answer");
    return state.result;
  }

  return {
    ready,
    result,
    answer(fact, value) {
      const { bridge, session } = now();
      const { guideline, description, locale, audience } = session.state;
      const values = value === null ? null : [value].flat();
      const known = description.facts[fact]?.values.map(({ id }) => id);
      const isKnown = known && (values === null || (values.length > 0 && values.every((one) => known.includes(one))));
      // The engine alone can say which fact or value was meant; what it has no name for must not look like a fault of its own.
      if (!isKnown) bridge.answer(guideline, { facts: { [fact]: values }, locale, audience });
      if (values === null) session.send({ type: "factCleared", fact });
      else session.send({ type: "factAnswered", fact, values });
      return result();
    },
    reset() {
      now().session.send({ type: "startedOver" });
    },
    import(bundle) {
      const { session } = now();
      const record = session.readRecord(typeof bundle === "string" ? bundle : jsonOf(bundle));
      session.send({ type: "screenShown", screen: { name: "record" } });
      return record;
    },
    confirm(facts) {
      const { session } = now();
      const proposed = session.state.record?.facts ?? {};
      const chosen = facts ?? Object.keys(proposed);
      if (!Array.isArray(chosen)) throw new TypeError("waymark.confirm takes a list of facts");
      const unknown = chosen.find((fact) => typeof fact !== "string" || !Object.hasOwn(proposed, fact));
      if (unknown !== undefined) throw new RangeError(`waymark.confirm: the record proposes nothing for "${String(unknown)}"`);
      session.send({ type: "factsConfirmed", facts: Object.fromEntries(chosen.map((fact) => [fact, proposed[fact] ?? []])) });
      return result();
    },
    async load(yamlText) {
      const { bridge, session } = now();
      const loaded = bridge.load("loaded", [{ name: "guideline.yaml", text: yamlText }]);
      if (Array.isArray(loaded)) return { loaded: false, issues: loaded };
      session.adopt(loaded);
      return { loaded: true, issues: loaded.issues };
    },
    on(event, listener) {
      if (event !== "change") throw new Error(`waymark.on: no event "${String(event)}"; there is "change"`);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function jsonOf(bundle: unknown): string {
  try {
    return JSON.stringify(bundle) ?? "null";
  } catch (failure) {
    throw new UnreadableRecord(`this object cannot be written as JSON: ${failure instanceof Error ? failure.message : String(failure)}`);
  }
}
