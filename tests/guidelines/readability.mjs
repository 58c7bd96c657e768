// Reading grade of a patient's English text: Flesch-Kincaid, from the packages `flesch-kincaid` (the formula) and
// `syllable` (the syllables). Drug names and the terms of exceptions.yaml count as one plain word each, and a figure as one
// short word, because no plainer word exists for them.
import { fleschKincaid } from "flesch-kincaid";
import { syllable } from "syllable";

const escape = (words) => words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

// The longest first, so that `trastuzumab deruxtecan` is one name and not two. A space, a hyphen or an underscore alike.
export function termMatcher(terms) {
  const sorted = [...new Set(terms.map((term) => term.toLowerCase()))].sort((a, b) => b.length - a.length);
  const alternatives = sorted.map((term) => escape(term).replace(/[ _-]+/g, "[ _-]"));
  return new RegExp(`(?<![A-Za-z0-9])(?:${alternatives.join("|")})(?![A-Za-z0-9])`, "gi");
}

export function plainWords(text, terms) {
  return text
    .replace(/\{[^}]*\}/g, "ten")
    .replace(terms, "drug")
    .replace(/°\s?[CF]\b/g, "")
    .replace(/\d+(?:[.,]\d+)*\+?/g, "ten");
}

// A sentence ends at . ! ? : or the end of a paragraph. A colon too: what follows is read as a sentence of its own.
export function count(text, terms) {
  const sentences = plainWords(text, terms)
    .split(/[.!?:](?=\s|$)|\n\s*\n/)
    .map((sentence) => sentence.match(/[A-Za-z][A-Za-z'’]*/g) ?? [])
    .filter((words) => words.length > 0);
  const words = sentences.flat();
  return { sentence: sentences.length, word: words.length, syllable: words.reduce((sum, word) => sum + syllable(word), 0) };
}

export const grade = (counts) => fleschKincaid(counts);
