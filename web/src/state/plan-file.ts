// The reader's own file: answers, what matters, questions and notes, and how the options stood. Made and read only when asked.
import type { Standing } from "engine-module";
import { standings } from "./compare.ts";
import type { Facts, Kept, State } from "./state.ts";

export interface SavedPlan {
  guideline: { id: string; version: string; sha256: string };
  kept: Kept;
  options: Record<string, Standing> | null;
}

export function planText(state: State, today: string): string {
  const { id, version, sha256 } = state.description.guideline;
  const { facts, notSure, leftOpen, picked, notes, compared, matters, goal } = state;
  return JSON.stringify({
    waymark_plan: 1, saved: today, guideline: { id, version, sha256 },
    facts, not_sure: notSure, left_open: leftOpen, questions: picked, notes, compared, matters, goal,
    options: state.result && !state.result.contradiction ? standings(state.result) : null,
  }, null, 1);
}

/** `null` for anything that is not such a file. What is of another kind than expected is left out. */
export function planFrom(text: string): SavedPlan | null {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(file) || file.waymark_plan !== 1 || !isRecord(file.guideline)) return null;
  const { id, version, sha256 } = file.guideline;
  const options = isRecord(file.options) ? entriesOf(file.options, asStanding) : null;
  return {
    guideline: { id: word(id), version: word(version), sha256: word(sha256) },
    options,
    kept: {
      facts: entriesOf(file.facts, (values) => (isWords(values) ? values : null)) as Facts,
      notSure: words(file.not_sure), leftOpen: words(file.left_open), picked: words(file.questions),
      compared: words(file.compared), notes: word(file.notes), goal: word(file.goal),
      matters: entriesOf(file.matters, (weight) =>
        (typeof weight === "number" && weight >= 0 && weight <= 5 ? Math.round(weight) : null)),
    },
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isWords = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");
const words = (value: unknown): string[] => (isWords(value) ? value : []);
const word = (value: unknown): string => (typeof value === "string" ? value : "");

function asStanding(value: unknown): Standing | null {
  if (!isRecord(value) || !["yes", "no", "depends"].includes(word(value.applies))) return null;
  return { applies: value.applies as Standing["applies"], strengths: words(value.strengths) as Standing["strengths"] };
}

function entriesOf<T>(value: unknown, read: (item: unknown) => T | null): Record<string, T> {
  const all: Record<string, T> = {};
  for (const [key, item] of Object.entries(isRecord(value) ? value : {})) {
    const good = read(item);
    if (good !== null && key !== "__proto__") all[key] = good;
  }
  return all;
}
