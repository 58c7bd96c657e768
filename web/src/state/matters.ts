// What may matter to people, and where an option speaks of it. No weights are added up, and nothing is scored.
import type { CardSection } from "engine-module";

export interface MattersItem {
  id: (typeof matterIds)[number];
  /** Side effects that speak of it, by their ids in the guideline. */
  sideEffects?: RegExp;
  /** The part of the option's card that speaks of it. */
  card?: CardSection;
}

const matterIds = [
  "length", "daily", "hair", "tablets", "visits", "tired", "nerves", "stomach", "infection", "work", "fertility",
  "intimacy", "travel", "money", "research", "thinking",
] as const;

export const mattersItems: MattersItem[] = [
  { id: "length", card: "can_do" },
  { id: "daily", card: "can_cost" },
  { id: "hair", sideEffects: /hair|alopecia/ },
  { id: "tablets", card: "how_taken" },
  { id: "visits", card: "usual_week" },
  { id: "tired", sideEffects: /fatigue|tired/ },
  { id: "nerves", sideEffects: /nerve|neuropathy|hand_foot/ },
  { id: "stomach", sideEffects: /diarrh|nausea|vomit/ },
  { id: "infection", sideEffects: /neutropenia|infection/ },
  { id: "work", card: "usual_week" },
  { id: "fertility" },
  { id: "intimacy", sideEffects: /hot_flush/ },
  { id: "travel", card: "how_taken" },
  { id: "money" },
  { id: "research" },
  { id: "thinking" },
];

/** Rated 4 or 5, the most important first. */
export const whatMattersMost = (matters: Record<string, number>): MattersItem[] =>
  mattersItems.filter(({ id }) => (matters[id] ?? 0) >= 4).sort((a, b) => (matters[b.id] ?? 0) - (matters[a.id] ?? 0));
