// The session before there is an engine. `waymark build` puts a look at the guideline into the page: enough for the start and the first
// questions, while the engine and the guideline are unpacked and read beside. Answers given meanwhile are taken over.
import type { Answer, Description } from "engine-module";
import { UnreadableRecord, withOwnNames } from "../engine/bridge.ts";
import type { Session } from "./session.ts";
import { firstState, reduce, type PageEvent, type State } from "./state.ts";

export interface Look {
  /** Of the guideline that opens first. */
  name: string;
  /** In each of its languages, with a few facts and no options. */
  locales: Record<string, Description>;
  /** With nothing answered. */
  missing: string[];
  alert_facts: string[];
}

export function startEarly(look: Look, chooseFirst: (locales: string[]) => string): Session {
  const [own = ""] = Object.keys(look.locales);
  const described = (locale: string): Description => withOwnNames((look.locales[locale] ?? look.locales[own]) as Description);
  const description = described(chooseFirst(Object.keys(look.locales)));
  const { id, version, status, sha256 } = description.guideline;
  const result: Answer = {
    waymark: 1, guideline: { id, version, status, sha256 }, facts: {}, alerts: [], alert_facts: look.alert_facts, stops: [], decisions: [],
    missing: look.missing.map((fact, at) => ({ fact, ask_order: at + 1, changes: [], weight: 0 })),
  };
  let state: State = { ...firstState({ name: look.name, handle: -1, issues: [] }, description), result, reading: true };
  const watchers = new Set<() => void>();

  function send(event: PageEvent): void {
    state = reduce(state, event);
    for (const watcher of watchers) watcher();
  }
  const notYet = (): void => undefined;
  return {
    get state() { return state; },
    shipped: { default: look.name, guidelines: {} },
    send,
    chooseLocale: (locale) => send({ type: "localeChosen", locale, description: described(locale) }),
    adopt: notYet, openGuideline: notYet, openPlan: notYet, wantWhatIf: notYet, wantProofs: notYet,
    readRecord() { throw new UnreadableRecord("the guideline is not read yet"); },
    restartEngine: async () => undefined,
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}
