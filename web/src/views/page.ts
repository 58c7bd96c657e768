// What every view gets: the state, the words in the reader's language and register, and ways to say what happened.
import type { Audience, Description, FactValues, Standing, Text } from "engine-module";
import { createContext, h, type Component, type FunctionComponent, type VNode } from "preact";
import { useContext } from "preact/hooks";
import type { Site } from "../state/site.ts";
import type { Session } from "../state/session.ts";
import type { State } from "../state/state.ts";
import { eitherOf, listOf, wordsFor, type Say } from "../words/words.ts";

/** What stays the same until guideline, language or register changes: all that a list of a hundred options needs. */
export interface Words {
  locale: string;
  audience: Audience;
  description: Description;
  send: Session["send"];
  /** The page's own words. */
  t: Say;
  /** A text of the guideline. */
  text(text: Text): string;
  factTitle(fact: string): string;
  values(fact: string, values: string[]): string;
  /** "HER2: low or zero" */
  given(given: FactValues): string;
  optionTitle(option: string): string;
  titles(options: string[]): string;
  /** How an option stands, in a few words. */
  standing(standing: Standing): string;
}

export interface Page extends Words {
  state: State;
  session: Session;
  site: Site;
  today: string;
}

function wordsOf(description: Description, locale: string, audience: Audience, send: Session["send"]): Words {
  const t = wordsFor(locale, audience);
  // A look (`state/early.ts`) has patients' words only.
  const text = (text: Text) => text[audience] ?? text.patient;
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
  const optionTitle = (id: string) => {
    const option = description.options[id];
    return option ? text(option.title) : id;
  };
  return {
    locale, audience, description, send, t, text, factTitle, values, optionTitle,
    given: ({ fact, values: some }) => `${factTitle(fact)}: ${values(fact, some)}`,
    titles: (options) => listOf(locale, options.map(optionTitle)),
    standing({ applies, strengths }) {
      if (applies === "no") return t("standing.no");
      const each = strengths.map((strength) => t(`option.${strength}Short`));
      const words = each.length > 2
        ? t("standing.range", { from: each[0] ?? "", to: each.at(-1) ?? "" })
        : eitherOf(locale, each);
      return applies === "yes" ? words : t("standing.depends", { strengths: words });
    },
  };
}

/** `last` is given back where nothing that it speaks of has changed. */
export function wordsAfter(last: Words | null, { state, send }: Session): Words {
  const { description, locale, audience } = state;
  const same = last && last.description === description && last.locale === locale && last.audience === audience;
  return same ? last : wordsOf(description, locale, audience, send);
}

export const sameValues = (some: string[], others: string[]): boolean =>
  some.length === others.length && some.every((value) => others.includes(value));

export const PageContext = createContext<Page | null>(null);
export const WordsContext = createContext<Words | null>(null);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error("no page around this view");
  return page;
}

/** For views that are drawn often and many: they are spared when only the answers change. */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error("no page around this view");
  return words;
}

/** A view that is drawn again only when one of its properties is another. */
export function memo<P extends object>(view: FunctionComponent<P>): FunctionComponent<P> {
  function Spared(this: Component<P>, props: P): VNode {
    this.shouldComponentUpdate = (next) => {
      const [old, now] = [this.props as Record<string, unknown>, next as Record<string, unknown>];
      return Object.keys({ ...old, ...now }).some((key) => old[key] !== now[key]);
    };
    return h(view as FunctionComponent<object>, props);
  }
  return Spared as FunctionComponent<P>;
}
