// Two answers of the engine, side by side: what they share, and what differs between them.
import type { Answer, OptionAnswer, Standing } from "engine-module";

export interface OptionChange { option: string; before: Standing; after: Standing }

const nowhere: Standing = { applies: "no", strengths: [] };

export const standingOf = (option: OptionAnswer): Standing => ({ applies: option.applies, strengths: option.strengths });

export const standings = (result: Answer): Record<string, Standing> =>
  Object.fromEntries(result.decisions.flatMap(({ options }) => options.map((option) => [option.id, standingOf(option)])));

/** Every option that stands otherwise, first those that `after` lists. */
export function changesBetween(before: Record<string, Standing>, after: Record<string, Standing>): OptionChange[] {
  const changes: OptionChange[] = [];
  for (const option of new Set([...Object.keys(after), ...Object.keys(before)])) {
    const [was, is] = [before, after].map((all) => (Object.hasOwn(all, option) ? all[option] : undefined) ?? nowhere) as [Standing, Standing];
    if (was.applies !== is.applies || was.strengths.join() !== is.strengths.join()) {
      changes.push({ option, before: was, after: is });
    }
  }
  return changes;
}

export interface ChangeSets { appear: OptionChange[]; disappear: OptionChange[]; change: OptionChange[] }

export function sortChanges(changes: OptionChange[]): ChangeSets {
  const sets: ChangeSets = { appear: [], disappear: [], change: [] };
  for (const change of changes) {
    if (change.before.applies === "no") sets.appear.push(change);
    else if (change.after.applies === "no") sets.disappear.push(change);
    else sets.change.push(change);
  }
  return sets;
}

/** `next`, with each option that is the same as before being the same object, so that its view need not be drawn again. */
export function sharedWith(last: Answer | null, next: Answer): Answer {
  if (!last) return next;
  const known = new Map(last.decisions.flatMap(({ options }) => options.map((option) => [option.id, option])));
  return {
    ...next,
    decisions: next.decisions.map((decision) => ({
      ...decision,
      options: decision.options.map((option) => {
        const before = known.get(option.id);
        return before && JSON.stringify(before) === JSON.stringify(option) ? before : option;
      }),
    })),
  };
}
