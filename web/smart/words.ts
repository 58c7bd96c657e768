// The words of these pages; the aid in the frame has its own.
import en from "./words/en.json";
import es from "./words/es.json";

type Words = typeof en;
export type Kind = keyof Words["kinds"];

const locale = navigator.language.startsWith("es") ? "es" : "en";
/** As the build compiles them (`compiledWords` in build.mjs). */
type Message = (values: Record<string, string>) => string;
type Key = Exclude<keyof Words, "kinds">;
const words = (locale === "es" ? es : en) as unknown as Record<Key, Message> & { kinds: Record<Kind, Message> };
document.documentElement.lang = locale;

export const nameOf = (kind: Kind): string => words.kinds[kind]({});

export const say = (key: Key, values: Record<string, string> = {}): string => words[key](values);

/** `state` is for whoever looks from outside: "reading", "read", "failed" or "idle". */
export function show(state: string, text: string): void {
  const line = document.getElementById("said") as HTMLElement;
  line.dataset.state = state;
  line.textContent = text;
}

export const reasonOf = (failure: unknown): string =>
  (failure instanceof Error ? failure.message : String(failure)).split("\n")[0]?.slice(0, 200) ?? "";
