// What the page knows, and how each event changes it. Pure: no engine, no document, no clock.
import type { Answer, Audience, Description, ProofReport, RecordProposals, TestReport, Text, WhatIfReport } from "engine-module";
import type { Guideline } from "../engine/bridge.ts";
import type { Signatures } from "./approvals.ts";
import { sharedWith, type OptionChange } from "./compare.ts";
import { screenKey, type Screen } from "./screens.ts";

export type Facts = Record<string, string[]>;

export interface State {
  guideline: Guideline;
  description: Description;
  locale: string;
  audience: Audience;
  /** 0 is the usual size of the text, 1 larger, 2 largest. */
  textSize: number;
  /** What has been answered: for each fact the values that are still possible. */
  facts: Facts;
  /** Asked, and answered with "not sure". The engine never hears of these. */
  notSure: string[];
  /** Shown in a group, and left empty. The engine never hears of these either. */
  leftOpen: string[];
  screen: Screen;
  /** The question screens in the order they were walked. */
  trail: string[];
  /** Whether the guideline is still being read: what is here of it is the look that came with the page. */
  reading: boolean;
  /** `null` only while the engine has failed. */
  result: Answer | null;
  fault: string | null;
  /** The alerts of the last answer: a fault of the engine must not hide them. */
  alerts: Answer["alerts"];
  revealed: string[];
  /** Questions of the guide that the reader wants to ask, as `guide/number`. */
  picked: string[];
  notes: string;
  /** The options set side by side. */
  compared: string[];
  /** What matters, from 1 (little) to 5 (most); 0 for "not sure"; what was not rated is absent. */
  matters: Record<string, number>;
  goal: string;
  /** Answers tried out, which are not answers; `result` is what they would give. */
  trial: { facts: Facts; result: Answer | null } | null;
  /** What another value of each fact would do; `facts` tells for which answers that was worked out. */
  whatIf: { facts: Facts; report: WhatIfReport | null } | null;
  proofs: Proofs | null;
  /** What a patient's record says: proposals, which are no answers until a person confirms them. */
  record: RecordProposals | null;
  /** What the last change of guideline, or the last opened file, did to the answers. */
  moved: Moved | null;
  newer: NewerBuild | null;
  /** Of the guidelines' approvals, as far as they have been checked. */
  signatures: Signatures;
}

/** A newer build of the hosted page, with its guidelines' versions by id, which waits for the reader. */
export interface NewerBuild { guidelines: Record<string, string>; open(): void }

/** `test` is `null` until the written cases have been run. */
export interface Proofs { check: ProofReport; checkTook: number; test: TestReport | null; testTook: number }

export interface Moved {
  by: "guideline" | "file";
  from: string;
  kept: number;
  dropped: { title: Text; values: Text[] }[];
  /** Options that stand otherwise than when the file was saved; `null` where that is not known. */
  changes: OptionChange[] | null;
}

/** What a file of the reader's own holds. */
export interface Kept {
  facts: Facts; notSure: string[]; leftOpen: string[];
  picked: string[]; notes: string; compared: string[]; matters: Record<string, number>; goal: string;
}

export type PageEvent =
  | { type: "factAnswered"; fact: string; values: string[] }
  | { type: "factCleared"; fact: string }
  | { type: "restOfGroupIsNone"; group: string; facts: string[]; none: boolean }
  | { type: "restNotKnown"; facts: string[]; notKnown: boolean }
  | { type: "groupLeft"; facts: string[]; next: Screen }
  | { type: "screenShown"; screen: Screen }
  | { type: "audienceChosen"; audience: Audience }
  | { type: "localeChosen"; locale: string; description: Description }
  | { type: "textSizeChosen"; size: number }
  | { type: "guidelineLoaded"; guideline: Guideline; description: Description }
  | { type: "planOpened"; kept: Kept; from: string }
  | { type: "planCompared"; changes: OptionChange[] | null }
  | { type: "noticeRead" }
  | { type: "newerFound"; newer: NewerBuild }
  | { type: "signaturesChecked"; signatures: Signatures }
  | { type: "resultArrived"; result: Answer }
  | { type: "engineFailed"; message: string }
  | { type: "engineRestarted"; guideline: Guideline }
  | { type: "informationRevealed"; information: string; shown: boolean }
  | { type: "questionPicked"; question: string; picked: boolean }
  | { type: "notesWritten"; notes: string }
  | { type: "optionCompared"; option: string; compared: boolean }
  | { type: "mattersRated"; item: string; weight: number }
  | { type: "goalWritten"; goal: string }
  | { type: "tried"; fact: string; values: string[] }
  | { type: "trialArrived"; result: Answer }
  | { type: "trialDropped" }
  | { type: "trialKept" }
  | { type: "whatIfArrived"; facts: Facts; report: WhatIfReport | null }
  | { type: "proofsArrived"; proofs: Proofs }
  | { type: "recordRead"; record: RecordProposals | null }
  | { type: "factsConfirmed"; facts: Facts }
  | { type: "tookOver"; from: State }
  | { type: "startedOver" };

export const comparedAtMost = 3;

const nothingKept: Kept = {
  facts: {}, notSure: [], leftOpen: [], picked: [], notes: "", compared: [], matters: {}, goal: "",
};

export function firstState(guideline: Guideline, description: Description): State {
  return {
    ...nothingKept,
    guideline, description,
    locale: description.locale, audience: "patient", textSize: 0,
    screen: { name: "start" }, trail: [],
    reading: false, result: null, fault: null, alerts: [],
    revealed: [],
    trial: null, whatIf: null, proofs: null, record: null, moved: null, newer: null, signatures: {},
  };
}

export function reduce(state: State, event: PageEvent): State {
  switch (event.type) {
    case "factAnswered":
      return withFact(state, event.fact, event.values);
    case "factCleared":
      return { ...state, facts: omit(state.facts, event.fact), notSure: without(state.notSure, event.fact) };
    case "restOfGroupIsNone":
      return withRestOfGroup(state, event.group, event.facts, event.none);
    case "restNotKnown":
      return event.facts.reduce(
        (next, fact) => event.notKnown ? withFact(next, fact, []) : { ...next, notSure: without(next.notSure, fact) }, state);
    case "groupLeft":
      return shown({ ...state, leftOpen: [...new Set([...state.leftOpen, ...event.facts])] }, event.next);
    case "screenShown":
      return shown(state, event.screen);
    case "audienceChosen":
      return { ...state, audience: event.audience };
    case "localeChosen":
      return { ...state, locale: event.locale, description: event.description };
    case "textSizeChosen":
      return { ...state, textSize: event.size };
    case "guidelineLoaded":
      return withGuideline(state, event.guideline, event.description);
    case "planOpened":
      return withPlan(state, event.kept, event.from);
    case "planCompared":
      return { ...state, moved: state.moved && { ...state.moved, changes: event.changes } };
    case "noticeRead":
      return { ...state, moved: null };
    case "newerFound":
      return { ...state, newer: event.newer };
    case "signaturesChecked":
      return { ...state, signatures: { ...state.signatures, ...event.signatures } };
    case "resultArrived":
      return { ...state, result: sharedWith(state.result, event.result), fault: null, alerts: event.result.alerts };
    case "engineFailed":
      return { ...state, result: null, fault: event.message };
    case "engineRestarted":
      return { ...state, guideline: event.guideline };
    case "informationRevealed":
      return { ...state, revealed: withOrWithout(state.revealed, event.information, event.shown) };
    case "questionPicked":
      return { ...state, picked: withOrWithout(state.picked, event.question, event.picked) };
    case "notesWritten":
      return { ...state, notes: event.notes };
    case "optionCompared":
      if (event.compared && state.compared.length >= comparedAtMost) return state;
      return { ...state, compared: withOrWithout(state.compared, event.option, event.compared) };
    case "mattersRated":
      return { ...state, matters: { ...state.matters, [event.item]: event.weight } };
    case "goalWritten":
      return { ...state, goal: event.goal };
    case "tried":
      return { ...state, trial: { facts: { [event.fact]: event.values }, result: null } };
    case "trialArrived":
      return { ...state, trial: state.trial && { ...state.trial, result: event.result } };
    case "trialDropped":
      return { ...state, trial: null };
    case "trialKept":
      return Object.entries(state.trial?.facts ?? {}).reduce(
        (next, [fact, values]) => withFact(next, fact, values), { ...state, trial: null } as State);
    case "whatIfArrived":
      return { ...state, whatIf: { facts: event.facts, report: event.report } };
    case "proofsArrived":
      return { ...state, proofs: event.proofs };
    case "recordRead":
      return { ...state, record: event.record };
    case "factsConfirmed":
      return Object.entries(event.facts).reduce((next, [fact, values]) => withFact(next, fact, values), state);
    case "tookOver": {
      const { facts, notSure, leftOpen, audience, textSize, screen, trail, revealed } = event.from;
      return { ...state, facts, notSure, leftOpen, audience, textSize, screen, trail, revealed };
    }
    case "startedOver":
      return {
        ...firstState(state.guideline, state.description),
        locale: state.locale, audience: state.audience, textSize: state.textSize,
        reading: state.reading, result: state.result, proofs: state.proofs, signatures: state.signatures,
      };
  }
}

function withFact(state: State, fact: string, values: string[]): State {
  const notSure = without(state.notSure, fact);
  if (values.length === 0) return { ...state, facts: omit(state.facts, fact), notSure: [...notSure, fact] };
  return { ...state, facts: { ...state.facts, [fact]: values }, notSure };
}

function withRestOfGroup(state: State, id: string, shown: string[], none: boolean): State {
  const group = state.description.groups.find((group) => group.id === id);
  let facts = state.facts;
  for (const member of group?.facts ?? []) {
    if (member.none === null || !shown.includes(member.fact)) continue;
    const given = facts[member.fact];
    if (none && given === undefined) facts = { ...facts, [member.fact]: [member.none] };
    if (!none && given?.length === 1 && given[0] === member.none) facts = omit(facts, member.fact);
  }
  return { ...state, facts };
}

/** The answers that `description` knows, word for word, and those that it does not. */
function fitted(given: Facts, description: Description, before: Description): Pick<Moved, "kept" | "dropped"> & { facts: Facts } {
  const facts: Facts = {};
  const dropped: Moved["dropped"] = [];
  const plain = (words: string): Text => ({ patient: words, clinician: words });
  for (const [fact, values] of Object.entries(given)) {
    const known = description.facts[fact];
    if (known && values.length > 0 && values.every((value) => known.values.some(({ id }) => id === value))) {
      facts[fact] = values;
      continue;
    }
    const was = before.facts[fact] ?? known;
    dropped.push({
      title: was?.title ?? plain(fact),
      values: values.map((value) => was?.values.find(({ id }) => id === value)?.text ?? plain(value)),
    });
  }
  return { facts, kept: Object.keys(facts).length, dropped };
}

function withGuideline(state: State, guideline: Guideline, description: Description): State {
  const { facts, kept, dropped } = fitted(state.facts, description, state.description);
  const knows = (fact: string) => description.facts[fact] !== undefined;
  const any = kept + dropped.length > 0;
  return {
    ...state, guideline, description, facts,
    locale: description.locale,
    notSure: state.notSure.filter(knows),
    leftOpen: [], trail: [], revealed: [], picked: [], compared: [],
    trial: null, whatIf: null, proofs: null, record: null,
    moved: any ? { by: "guideline", from: state.description.guideline.id, kept, dropped, changes: null } : null,
    screen: state.screen.name === "about" ? state.screen : { name: "start" },
  };
}

function withPlan(state: State, plan: Kept, from: string): State {
  const { description } = state;
  const { facts, kept, dropped } = fitted(plan.facts, description, description);
  const knows = (fact: string) => description.facts[fact] !== undefined;
  return {
    ...state, ...plan, facts,
    notSure: plan.notSure.filter(knows), leftOpen: plan.leftOpen.filter(knows),
    compared: plan.compared.filter((option) => description.options[option]).slice(0, comparedAtMost),
    trail: [], trial: null, whatIf: null,
    moved: { by: "file", from, kept, dropped, changes: null },
  };
}

const shown = (state: State, screen: Screen): State => ({ ...state, screen, trail: walked(state.trail, screen) });

function walked(trail: string[], screen: Screen): string[] {
  const isStep = screen.name === "question" || screen.name === "group" || screen.name === "answers";
  const key = screenKey(screen);
  return isStep && !trail.includes(key) ? [...trail, key] : trail;
}

const without = (list: string[], item: string): string[] => list.filter((other) => other !== item);

const withOrWithout = (list: string[], item: string, wanted: boolean): string[] =>
  wanted ? [...without(list, item), item] : without(list, item);

function omit<T>(all: Record<string, T>, one: string): Record<string, T> {
  const { [one]: _, ...rest } = all;
  return rest;
}
