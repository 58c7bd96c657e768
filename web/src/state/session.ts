// The one store. Events go in; the state after them, with the engine's answer to it, comes out.
import { EngineFault, RefusedAnswer, type Bridge, type Guideline } from "../engine/bridge.ts";
import { firstState, reduce, type PageEvent, type State } from "./state.ts";

export interface Session {
  readonly state: State;
  /** Throws {@link RefusedAnswer}, and then changes nothing, when the engine does not know a fact or value. */
  send(event: PageEvent): void;
  chooseLocale(locale: string): void;
  adopt(guideline: Guideline): void;
  restartEngine(): Promise<void>;
  watch(watcher: () => void): () => void;
}

export function startSession(bridge: Bridge, guideline: Guideline, locale: string): Session {
  const description = bridge.describe(guideline, locale);
  let state = answered(firstState(guideline, description));
  const watchers = new Set<() => void>();

  function answered(next: State): State {
    const { facts, locale, audience } = next;
    const result = bridge.answer(next.guideline, { facts, locale, audience });
    return reduce(next, { type: "resultArrived", result });
  }

  function concernsEngine(next: State): boolean {
    return next.facts !== state.facts || next.audience !== state.audience || next.locale !== state.locale
      || next.guideline !== state.guideline || next.result === null;
  }

  function send(event: PageEvent): void {
    let next = reduce(state, event);
    if (concernsEngine(next)) {
      try {
        next = answered(next);
      } catch (failure) {
        if (failure instanceof RefusedAnswer) throw failure;
        next = reduce(next, { type: "engineFailed", message: messageOf(failure) });
      }
    }
    settle(next);
  }

  function settle(next: State): void {
    state = next;
    for (const watcher of watchers) watcher();
  }

  function orFault(act: () => void): void {
    try {
      act();
    } catch (failure) {
      if (!(failure instanceof EngineFault)) throw failure;
      settle(reduce(state, { type: "engineFailed", message: failure.message }));
    }
  }

  return {
    get state() { return state; },
    send,
    chooseLocale(locale) {
      orFault(() => send({ type: "localeChosen", locale, description: bridge.describe(state.guideline, locale) }));
    },
    adopt(guideline) {
      orFault(() => {
        const old = state.guideline;
        send({ type: "guidelineLoaded", guideline, description: bridge.describe(guideline, state.locale) });
        bridge.unload(old);
      });
    },
    async restartEngine() {
      try {
        const guideline = await bridge.restart(state.guideline);
        send({ type: "engineRestarted", guideline });
      } catch (failure) {
        settle(reduce(state, { type: "engineFailed", message: messageOf(failure) }));
      }
    },
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}

const messageOf = (failure: unknown): string => (failure instanceof Error ? failure.message : String(failure));
