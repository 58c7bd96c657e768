// The guidelines that came with the page: texts only, until one is opened.
import type { SourceText } from "engine-module";

export interface Shipped { default: string; guidelines: Record<string, SourceText[]> }

/** The title of a guideline that is not loaded, read off its text; its id where that fails. */
export function titleOf(shipped: Shipped, id: string, locale: string): string {
  const files = shipped.guidelines[id] ?? [];
  const translated = files.filter((file) => file.name.startsWith(`locales/${locale}`));
  for (const { text } of [...translated, ...files.filter((file) => !file.name.includes("/"))]) {
    const head = /^guideline:\s*\n((?:[ #].*\n|\s*\n)+)/m.exec(text)?.[1] ?? "";
    const title = /^ {2}title:(?:\s*\{?\s*patient:)?[ ]*(.*(?:\n {4}patient:.*)?)/m.exec(head)?.[1] ?? "";
    const words = title.replace(/^\s*patient:\s*/, "").replace(/,?\s*clinician:.*$/, "").replace(/^["'\s]+|["'\s}]+$/g, "");
    if (words) return words;
  }
  return id;
}
