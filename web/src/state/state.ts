// What the page knows, and how each event changes it. Pure: no engine, no document, no clock.
import type { Answer, Audience, Description } from "engine-module";
import type { Guideline } from "../engine/bridge.ts";
import { screenKey, type Screen } from "./screens.ts";

export type Facts = Record<string, string[]>;

export interface State {
  guideline: Guideline;
  description: Description;
  locale: string;
  audience: Audience;
  /** What has been answered: for each fact the values that are still possible. */
  facts: Facts;
  /** Asked, and answered with "not sure". The engine never hears of these. */
  notSure: string[];
  groupsSeen: string[];
  screen: Screen;
  /** The question screens in the order they were walked. */
  trail: string[];
  /** `null` only while the engine has failed. */
  result: Answer | null;
  fault: string | null;
  /** The alerts of the last answer: a fault of the engine must not hide them. */
  alerts: Answer["alerts"];
  revealed: string[];
  /** Questions of the guide that the reader wants to ask, as `guide/number`. */
  picked: string[];
  notes: string;
}

export type PageEvent =
  | { type: "factAnswered"; fact: string; values: string[] }
  | { type: "factCleared"; fact: string }
  | { type: "restOfGroupIsNone"; group: string; none: boolean }
  | { type: "groupLeft"; group: string }
  | { type: "screenShown"; screen: Screen }
  | { type: "audienceChosen"; audience: Audience }
  | { type: "localeChosen"; locale: string; description: Description }
  | { type: "guidelineLoaded"; guideline: Guideline; description: Description }
  | { type: "resultArrived"; result: Answer }
  | { type: "engineFailed"; message: string }
  | { type: "engineRestarted"; guideline: Guideline }
  | { type: "informationRevealed"; information: string; shown: boolean }
  | { type: "questionPicked"; question: string; picked: boolean }
  | { type: "notesWritten"; notes: string }
  | { type: "startedOver" };

export function firstState(guideline: Guideline, description: Description): State {
  return {
    guideline, description,
    locale: description.locale, audience: "patient",
    facts: {}, notSure: [], groupsSeen: [],
    screen: { name: "start" }, trail: [],
    result: null, fault: null, alerts: [],
    revealed: [], picked: [], notes: "",
  };
}

export function reduce(state: State, event: PageEvent): State {
  switch (event.type) {
    case "factAnswered":
      return withFact(state, event.fact, event.values);
    case "factCleared":
      return { ...state, facts: omit(state.facts, event.fact), notSure: without(state.notSure, event.fact) };
    case "restOfGroupIsNone":
      return withRestOfGroup(state, event.group, event.none);
    case "groupLeft":
      return { ...state, groupsSeen: [...without(state.groupsSeen, event.group), event.group] };
    case "screenShown":
      return { ...state, screen: event.screen, trail: walked(state.trail, event.screen) };
    case "audienceChosen":
      return { ...state, audience: event.audience };
    case "localeChosen":
      return { ...state, locale: event.locale, description: event.description };
    case "guidelineLoaded":
      return withGuideline(state, event.guideline, event.description);
    case "resultArrived":
      return { ...state, result: event.result, fault: null, alerts: event.result.alerts };
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
    case "startedOver":
      return {
        ...firstState(state.guideline, state.description),
        locale: state.locale, audience: state.audience, result: state.result,
      };
  }
}

function withFact(state: State, fact: string, values: string[]): State {
  const notSure = without(state.notSure, fact);
  if (values.length === 0) return { ...state, facts: omit(state.facts, fact), notSure: [...notSure, fact] };
  return { ...state, facts: { ...state.facts, [fact]: values }, notSure };
}

function withRestOfGroup(state: State, id: string, none: boolean): State {
  const group = state.description.groups.find((group) => group.id === id);
  let facts = state.facts;
  for (const member of group?.facts ?? []) {
    const given = facts[member.fact];
    if (none && given === undefined) facts = { ...facts, [member.fact]: [member.none] };
    if (!none && given?.length === 1 && given[0] === member.none) facts = omit(facts, member.fact);
  }
  return { ...state, facts };
}

function withGuideline(state: State, guideline: Guideline, description: Description): State {
  const knows = (fact: string) => description.facts[fact] !== undefined;
  const facts: Facts = {};
  for (const [fact, given] of Object.entries(state.facts)) {
    const values = given.filter((value) => description.facts[fact]?.values.some((known) => known.id === value));
    if (values.length > 0 && values.length === given.length) facts[fact] = values;
  }
  return {
    ...state, guideline, description, facts,
    locale: description.locale,
    notSure: state.notSure.filter(knows),
    groupsSeen: [], trail: [], revealed: [], picked: [],
    screen: { name: "start" },
  };
}

function walked(trail: string[], screen: Screen): string[] {
  const isStep = screen.name === "question" || screen.name === "group" || screen.name === "answers";
  const key = screenKey(screen);
  return isStep && !trail.includes(key) ? [...trail, key] : trail;
}

const without = (list: string[], item: string): string[] => list.filter((other) => other !== item);

const withOrWithout = (list: string[], item: string, wanted: boolean): string[] =>
  wanted ? [...without(list, item), item] : without(list, item);

function omit(facts: Facts, fact: string): Facts {
  const { [fact]: _, ...rest } = facts;
  return rest;
}
