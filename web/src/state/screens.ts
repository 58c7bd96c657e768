// Every screen has an address after the "#", so that the browser's own back button walks the screens.

const plain = [
  "start", "questions", "answers", "options", "compare", "whatif", "pathway", "matters", "plan", "information", "about", "record",
] as const;

export type Screen =
  | { name: (typeof plain)[number] }
  | { name: "question"; fact: string }
  | { name: "group"; group: string };


export function screenKey(screen: Screen): string {
  if (screen.name === "question") return `question/${screen.fact}`;
  if (screen.name === "group") return `group/${screen.group}`;
  return screen.name;
}

export const addressOf = (screen: Screen): string => `#/${screenKey(screen)}`;

/** `null` for anything that is not an address of ours. */
export function screenAt(hash: string): Screen | null {
  if (hash === "" || hash === "#") return { name: "start" };
  const [, name, id] = /^#\/([a-z]+)(?:\/([a-z0-9_]+))?$/.exec(hash) ?? [];
  if (name === "question" && id) return { name, fact: id };
  if (name === "group" && id) return { name, group: id };
  const known = plain.find((screen) => screen === name);
  return known && !id ? { name: known } : null;
}
