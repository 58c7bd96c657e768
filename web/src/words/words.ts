// The page's own words, by language. Clinical words never live here: they come with the guideline.
import type { Audience } from "engine-module";
import en from "./en.json";
import es from "./es.json";

type Words = typeof en;
const languages: Record<string, Words> = { en, es };

type Leaf<T, Before extends string = ""> = {
  [K in keyof T & string]: T[K] extends string ? `${Before}${Plain<K>}` : Leaf<T[K], `${Before}${K}.`>;
}[keyof T & string];
type Plain<K extends string> = K extends `${infer Stem}_clinician` ? Stem : K;
export type WordKey = Leaf<Words>;

type Values = Record<string, string | number>;
export type Say = (key: WordKey, values?: Values) => string;

/** What the build makes of a message of the files. */
type Message = (values: Values) => string;
interface Messages { [key: string]: Message | Messages }

function byKey(messages: Messages, before: string, all: Map<string, Message>): Map<string, Message> {
  for (const [key, message] of Object.entries(messages)) {
    if (typeof message === "function") all.set(before + key, message);
    else byKey(message, `${before}${key}.`, all);
  }
  return all;
}

const languageOf = (locale: string): string => locale.split("-")[0] ?? locale;
const known = new Map<Words, Map<string, Message>>();

/** In English where the language is not known. `key_clinician`, where there is one, speaks to clinicians. */
export function wordsFor(locale: string, audience: Audience): Say {
  const words = languages[languageOf(locale)] ?? en;
  const messages = known.get(words) ?? byKey(words as unknown as Messages, "", new Map());
  known.set(words, messages);
  return (key, values = {}) => {
    const message = (audience === "clinician" ? messages.get(`${key}_clinician`) : undefined) ?? messages.get(key);
    return message ? message(values) : key;
  };
}

export const hasWordsFor = (locale: string): boolean => Object.hasOwn(languages, languageOf(locale));

/** In the language itself. */
export function languageName(locale: string): string {
  if (Object.hasOwn(languages, locale)) return wordsFor(locale, "patient")("page.languageItself");
  const name = new Intl.DisplayNames([locale], { type: "language" }).of(locale) ?? locale;
  return capital(locale, name);
}

export const capital = (locale: string, words: string): string =>
  words.charAt(0).toLocaleUpperCase(locale) + words.slice(1);

/** The browser takes longer to make a format than to use it. */
function madeOnce<T>(make: (locale: string) => T): (locale: string) => T {
  const made = new Map<string, T>();
  return (locale) => {
    const known = made.get(locale) ?? make(locale);
    made.set(locale, known);
    return known;
  };
}

const dayIn = madeOnce((locale) => new Intl.DateTimeFormat(locale, { year: "numeric", month: "long", day: "numeric", timeZone: "UTC" }));
const monthIn = madeOnce((locale) => new Intl.DateTimeFormat(locale, { year: "numeric", month: "long", timeZone: "UTC" }));
const numberIn = madeOnce((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }));
const eitherIn = madeOnce((locale) => new Intl.ListFormat(locale, { type: "disjunction" }));
const listIn = madeOnce((locale) => new Intl.ListFormat(locale, { type: "conjunction" }));
const formats = [listIn, eitherIn, numberIn];

/** Has the browser make what the options will need, one at a time: the first list made it think for as long as an answer takes. */
export async function makeFormats(locale: string, pause: () => Promise<unknown>): Promise<void> {
  for (const format of formats) {
    await pause();
    format(locale);
  }
}

/**
 * A day, a month or a year as far as it is written: "2018-05" is May 2018, and no day of it. Anything else stays as it is.
 * The first screen has a date, and the first format that Chromium made was about a third of the script before it: hence our own
 * words where there are some.
 */
export function longDate(locale: string, date: string): string {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T.*)?)?)?$/.exec(date) ?? [];
  if (year === undefined || month === undefined) return date;
  const time = new Date(`${year}-${month}-${day ?? "01"}T00:00:00Z`);
  if (Number.isNaN(time.getTime())) return date;
  if (!Object.hasOwn(languages, locale)) return (day === undefined ? monthIn : dayIn)(locale).format(time);
  const t = wordsFor(locale, "patient");
  const named = t("date.named", { month });
  return day === undefined ? t("date.month", { month: named, year }) : t("date.day", { day: Number(day), month: named, year });
}

export const decimal = (locale: string, value: number): string => numberIn(locale).format(value);

/** Which way the language is written. */
export const directionOf = (locale: string): "ltr" | "rtl" =>
  /^(ar|dv|fa|he|ku-arab|ps|sd|ug|ur|yi)\b/i.test(locale) ? "rtl" : "ltr";

export const eitherOf = (locale: string, words: string[]): string => eitherIn(locale).format(words);
export const listOf = (locale: string, words: string[]): string => listIn(locale).format(words);
