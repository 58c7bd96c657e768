// What every view gets: the state, the words in the reader's language and register, and ways to say what happened.
import type { Text } from "engine-module";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Session } from "../state/session.ts";
import type { State } from "../state/state.ts";
import { eitherOf, listOf, wordsFor, type Say } from "../words/words.ts";

export interface Page {
  state: State;
  send: Session["send"];
  chooseLocale: Session["chooseLocale"];
  restartEngine: Session["restartEngine"];
  /** The page's own words. */
  t: Say;
  /** A text of the guideline. */
  text(text: Text): string;
  factTitle(fact: string): string;
  values(fact: string, values: string[]): string;
  titles(options: string[]): string;
}

export function pageOf(session: Session): Page {
  const { state } = session;
  const { description, locale, audience } = state;
  const text = (text: Text) => text[audience];
  const factTitle = (fact: string) => {
    const known = description.facts[fact];
    return known ? text(known.title) : fact;
  };
  const values = (fact: string, values: string[]) => {
    const known = description.facts[fact];
    const partial = known?.partial.find((partial) => sameValues(partial.values, values));
    if (partial) return text(partial.text);
    return eitherOf(locale, values.map((value) => {
      const named = known?.values.find((other) => other.id === value);
      return named ? text(named.text) : value;
    }));
  };
  return {
    state, text, factTitle, values,
    send: session.send,
    chooseLocale: session.chooseLocale,
    restartEngine: session.restartEngine,
    t: wordsFor(locale, audience),
    titles: (options) => listOf(locale, options.map((id) => {
      const option = description.options[id];
      return option ? text(option.title) : id;
    })),
  };
}

export const sameValues = (some: string[], others: string[]): boolean =>
  some.length === others.length && some.every((value) => others.includes(value));

export const PageContext = createContext<Page | null>(null);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error("no page around this view");
  return page;
}
