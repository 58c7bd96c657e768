// What follows from the state: the next question, what is left, the options by what is known of them.
import type { Answer, Description, GroupDescription, OptionAnswer } from "engine-module";
import { screenKey, type Screen } from "./screens.ts";
import type { State } from "./state.ts";

type Session = Pick<State, "description" | "result" | "facts" | "notSure" | "leftOpen">;

export const isStopped = (result: Answer | null): boolean =>
  result?.stops.some((stop) => stop.holds === "yes") ?? false;

export const groupOf = (state: Session, fact: string): GroupDescription | undefined =>
  state.description.groups.find((group) => group.facts.some((member) => member.fact === fact));

export function screenFor(state: Session, fact: string): Screen {
  const group = groupOf(state, fact);
  return group ? { name: "group", group: group.id } : { name: "question", fact };
}

export const isAsked = (state: Session, fact: string): boolean =>
  state.facts[fact] !== undefined || state.notSure.includes(fact);

/** The question screens that still matter, in the order in which they are asked. */
export function stepsAhead(state: Session): Screen[] {
  const { result } = state;
  if (!result || isStopped(result) || result.contradiction) return [];
  const missing = result.missing.map((open) => open.fact);
  const groups = (when: "first" | "last"): Screen[] =>
    state.description.groups
      .filter((group) => group.when === when && isGroupOpen(state, group))
      .map((group) => ({ name: "group", group: group.id }));
  const turns: Screen[] = missing
    .filter((fact) => (groupOf(state, fact)?.when ?? "in_turn") === "in_turn" && !isAsked(state, fact) && !state.leftOpen.includes(fact))
    .map((fact) => screenFor(state, fact));
  const inTurn = turns.filter((step, at) => turns.findIndex((other) => screenKey(other) === screenKey(step)) === at);
  return [...groups("first"), ...inTurn, ...groups("last")];
}

/** Whether the fact can still change something for this patient, or raise an alert. */
export const stillMatters = (state: Session, fact: string): boolean =>
  (state.result?.missing.some((open) => open.fact === fact) ?? false) || (state.result?.alert_facts.includes(fact) ?? false);

const isGroupOpen = (state: Session, group: GroupDescription): boolean =>
  group.facts.some(({ fact }) => !isAsked(state, fact) && !state.leftOpen.includes(fact) && stillMatters(state, fact));

/** What a group asks this patient: what still matters, and what was answered or left open before. */
export const askedInGroup = (state: Session, group: GroupDescription): string[] =>
  group.facts.map((member) => member.fact).filter((fact) =>
    stillMatters(state, fact) || isAsked(state, fact) || state.leftOpen.includes(fact));

export function nextStep(state: Session, after?: Screen): Screen {
  const ahead = stepsAhead(state).filter((step) => !after || screenKey(step) !== screenKey(after));
  return ahead[0] ?? { name: "answers" };
}

/** Whether an answer to what is asked first may raise an alert, before the guideline that knows is read. */
export const mayBeUrgent = ({ description, facts }: Session): boolean =>
  description.groups.some(({ when, facts: members }) => when === "first"
    && members.some(({ fact, none }) => none !== null && facts[fact]?.some((value) => value !== none)));

/** Whether the screen waits for the guideline, of which only a look is there. */
export function isWaiting({ reading, screen, description }: State): boolean {
  if (!reading) return false;
  if (screen.name === "question") return !description.facts[screen.fact];
  if (screen.name === "group")
    return description.groups.find(({ id }) => id === screen.group)?.facts.some(({ fact }) => !description.facts[fact]) ?? true;
  return screen.name !== "start";
}

export function stepBefore(state: State): string {
  const here = state.trail.indexOf(screenKey(state.screen));
  return state.trail[here - 1] ?? "start";
}

export interface OptionSets { fit: OptionAnswer[]; lead: OptionAnswer[]; depend: OptionAnswer[]; advisedAgainst: OptionAnswer[] }

const mayLead = ({ strengths }: OptionAnswer): boolean => strengths.includes("preferred");

/** `lead` holds what may yet be a first choice, drugs before all else; in `fit` what is or may be one stands in front. */
export function sortOptions(options: OptionAnswer[]): OptionSets {
  const sets: OptionSets = { fit: [], lead: [], depend: [], advisedAgainst: [] };
  for (const option of options) {
    if (option.applies === "no") continue;
    if (option.strength === "avoid") sets.advisedAgainst.push(option);
    else if (option.applies === "yes") sets.fit.push(option);
    else if (mayLead(option)) sets.lead.push(option);
    else sets.depend.push(option);
  }
  const isDrug = ({ drugs }: OptionAnswer) => Number(drugs.length > 0);
  sets.lead.sort((a, b) => isDrug(b) - isDrug(a));
  sets.fit.sort((a, b) => Number(mayLead(b)) - Number(mayLead(a)));
  return sets;
}

export const allOptions = (result: Answer): OptionAnswer[] => result.decisions.flatMap((decision) => decision.options);

/** Facts with an answer, in the author's order. */
export const answeredFacts = (state: Session): string[] =>
  Object.keys(state.description.facts).filter((fact) => state.facts[fact] !== undefined);

/** Facts that were asked or still matter, but are not known. */
export function unknownFacts(state: Session): string[] {
  const missing = state.result?.missing.map((open) => open.fact) ?? [];
  return Object.keys(state.description.facts).filter((fact) =>
    state.facts[fact] === undefined && (state.notSure.includes(fact) || state.leftOpen.includes(fact) || missing.includes(fact)));
}

/** A first choice for these answers, whatever the safety checks still say. */
const leads = (option: OptionAnswer): boolean => mayLead(option) && !option.strengths.includes("option");

/** What may yet be a first choice goes before what fits as a fallback, or only as an addition (`besides` of the decision). */
export function orderOf({ fit }: OptionSets, { decisions }: Description, decision: string): (keyof OptionSets)[] {
  const besides = decisions.find(({ id }) => id === decision)?.besides ?? [];
  return fit.some((option) => leads(option) && !besides.includes(option.id))
    ? ["fit", "lead", "depend", "advisedAgainst"] : ["lead", "fit", "depend", "advisedAgainst"];
}

/** Stands in when a decision has nothing better: an outcome, which nobody chooses. */
export const isOutcome = ({ decisions }: Description, option: string): boolean => decisions.some(({ otherwise }) => otherwise === option);

/** Without the outcomes. */
export const choosable = ({ description }: Session, options: string[]): string[] => options.filter((option) => !isOutcome(description, option));

/** Tests not done yet that still decide something, the most useful first. */
export const openTests = (state: Session): Answer["missing"] =>
  state.result?.missing.filter((open) => state.description.facts[open.fact]?.effort === "test") ?? [];
