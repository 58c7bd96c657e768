// The one store. Events go in; the state after them, with the engine's answer to it, comes out.
import type { Answer, ProofReport, RecordProposals, TestReport, WhatIfReport } from "engine-module";
import type { Background } from "../engine/background.ts";
import { breath } from "../engine/begin.ts";
import { EngineFault, RefusedAnswer, UnreadableRecord, type Bridge, type Guideline } from "../engine/bridge.ts";
import { checkSignatures } from "./approvals.ts";
import { changesBetween, standings } from "./compare.ts";
import type { SavedPlan } from "./plan-file.ts";
import { recordAtMost } from "./record-at-most.ts";
import type { Shipped } from "./library.ts";
import { firstState, reduce, type Facts, type PageEvent, type Proofs, type State } from "./state.ts";

export interface Session {
  readonly state: State;
  readonly shipped: Shipped;
  /** Throws {@link RefusedAnswer}, and then changes nothing, when the engine does not know a fact or value. */
  send(event: PageEvent): void;
  chooseLocale(locale: string): void;
  adopt(guideline: Guideline): void;
  /** Opens a guideline that came with the page. */
  openGuideline(id: string): void;
  openPlan(plan: SavedPlan): void;
  /** Holds the record's proposals for a person to confirm. Throws, and then changes nothing, where it cannot be read. */
  readRecord(record: string): RecordProposals;
  /** Has "what would change this" worked out for the present answers, beside the page's own thread. */
  wantWhatIf(): void;
  /** Has the guideline proved, once; on demand its vignettes run too. */
  wantProofs(withCases: boolean): void;
  restartEngine(): Promise<void>;
  watch(watcher: () => void): () => void;
}

export async function startSession(
  bridge: Bridge, background: Background, shipped: Shipped, guideline: Guideline, chooseFirst: (locales: string[]) => string,
): Promise<Session> {
  let description = bridge.describe(guideline, "");
  const wanted = chooseFirst(description.locales);
  if (wanted !== "" && wanted !== description.locale) description = bridge.describe(guideline, wanted);
  await breath();
  let state = answered(firstState(guideline, description));
  const watchers = new Set<() => void>();

  function ask(next: State, facts: Facts): Answer {
    const { locale, audience } = next;
    return bridge.answer(next.guideline, { facts, locale, audience });
  }
  function answered(next: State): State {
    const after = reduce(next, { type: "resultArrived", result: ask(next, next.facts) });
    return after.trial ? tried(after) : after;
  }
  function tried(next: State): State {
    return next.trial
      ? reduce(next, { type: "trialArrived", result: ask(next, { ...next.facts, ...next.trial.facts }) })
      : next;
  }

  function concernsEngine(next: State): boolean {
    return next.facts !== state.facts || next.audience !== state.audience || next.locale !== state.locale
      || next.guideline !== state.guideline || next.result === null;
  }

  function send(event: PageEvent): void {
    let next = reduce(state, event);
    try {
      if (concernsEngine(next)) next = answered(next);
      else if (event.type === "tried") next = tried(next);
    } catch (failure) {
      if (failure instanceof RefusedAnswer) throw failure;
      next = reduce(next, { type: "engineFailed", message: messageOf(failure) });
    }
    settle(next);
  }

  function settle(next: State): void {
    if (next === state) return;
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

  function adopt(guideline: Guideline): void {
    orFault(() => {
      const old = state.guideline;
      background.cancel();
      asked = proving = null;
      send({ type: "guidelineLoaded", guideline, description: bridge.describe(guideline, state.locale) });
      bridge.unload(old);
      void checkApprovals();
    });
  }

  async function checkApprovals(): Promise<void> {
    const { approvals } = state.description;
    if (approvals.length === 0) return;
    const signatures = await checkSignatures(approvals);
    settle(reduce(state, { type: "signaturesChecked", signatures }));
  }
  void checkApprovals();

  function openGuideline(id: string): void {
    orFault(() => {
      const loaded = bridge.load(id, shipped.guidelines[id] ?? []);
      if (Array.isArray(loaded)) throw new EngineFault(loaded.map((issue) => issue.message).join("; "));
      adopt(loaded);
    });
  }

  let asked: Facts | null = null;
  async function wantWhatIf(): Promise<void> {
    const { guideline, facts, whatIf } = state;
    if (asked === facts || whatIf?.facts === facts) return;
    if (asked) background.cancel();
    asked = facts;
    const report = await background.ask(bridge, guideline, "whatIf", facts)
      .then(({ reply }) => JSON.parse(reply) as WhatIfReport | { error: unknown })
      .catch(() => null);
    if (asked !== facts) return;
    asked = null;
    if (state.facts === facts && state.guideline === guideline) {
      settle(reduce(state, { type: "whatIfArrived", facts, report: report && "facts" in report ? report : null }));
    }
  }

  let proving: Guideline | null = null;
  async function wantProofs(withCases: boolean): Promise<void> {
    const { guideline } = state;
    if (proving === guideline || (state.proofs && (state.proofs.test || !withCases))) return;
    proving = guideline;
    const arrived = (proofs: Proofs) => {
      if (state.guideline === guideline) settle(reduce(state, { type: "proofsArrived", proofs }));
    };
    try {
      if (!state.proofs) {
        const { reply, took } = await background.ask(bridge, guideline, "check");
        arrived({ check: JSON.parse(reply) as ProofReport, checkTook: took, test: null, testTook: 0 });
      }
      if (casesWanted && state.proofs && state.guideline === guideline) {
        const { reply, took } = await background.ask(bridge, guideline, "test");
        if (state.proofs) arrived({ ...state.proofs, test: JSON.parse(reply) as TestReport, testTook: took });
      }
    } catch {
      // Cancelled for an answer that cannot wait: asked again when somebody looks.
    }
    if (proving === guideline) proving = null;
  }
  let casesWanted = false;

  async function restartEngine(): Promise<void> {
    try {
      const guideline = await bridge.restart(state.guideline);
      send({ type: "engineRestarted", guideline });
    } catch (failure) {
      settle(reduce(state, { type: "engineFailed", message: messageOf(failure) }));
    }
  }

  return {
    get state() { return state; },
    shipped, send, adopt, openGuideline,
    chooseLocale(locale) {
      orFault(() => send({ type: "localeChosen", locale, description: bridge.describe(state.guideline, locale) }));
    },
    openPlan(plan) {
      const { id } = plan.guideline;
      if (id !== state.description.guideline.id && shipped.guidelines[id]) openGuideline(id);
      const from = `${plan.guideline.id} ${plan.guideline.version}`;
      send({ type: "planOpened", kept: plan.kept, from });
      const same = plan.guideline.sha256 === state.description.guideline.sha256;
      const changes = state.result && plan.options && !same ? changesBetween(plan.options, standings(state.result)) : null;
      send({ type: "planCompared", changes });
    },
    readRecord(text) {
      if (text.length > recordAtMost) throw new UnreadableRecord("the record is larger than 20 MB");
      try {
        const record = bridge.importRecord(state.guideline, text, new Date().toISOString().slice(0, 10));
        send({ type: "recordRead", record });
        return record;
      } catch (failure) {
        // What broke the engine once may have left it broken: a fresh one takes over, the answers are the session's.
        if (failure instanceof EngineFault) void restartEngine();
        throw failure;
      }
    },
    wantWhatIf: () => void wantWhatIf(),
    wantProofs(withCases) {
      casesWanted ||= withCases;
      void wantProofs(withCases);
    },
    restartEngine,
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}

const messageOf = (failure: unknown): string => (failure instanceof Error ? failure.message : String(failure));
