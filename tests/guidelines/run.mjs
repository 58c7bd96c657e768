// The texts of every guideline: their form, their reading grade, their sources, their numbers, their translations, and the
// table that says where each rule comes from. Ends with `N passed, N failed`.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import Ajv from "ajv/dist/2020.js";
import { allTexts, pathName, readGuideline, readYaml, textAt, wording, yamlFiles } from "./reader.mjs";
import { count, grade, termMatcher } from "./readability.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const guidelines = path.resolve(here, "../../guidelines");
const allowed = readYaml(path.join(here, "wording.yaml"));
const schema = JSON.parse(fs.readFileSync(path.join(guidelines, "schema.json"), "utf8"));

const highestGrade = 8;
const fewestWords = 10; // a grade of fewer words says nothing; shorter texts are measured together
const cardParts = ["how_taken", "usual_week", "can_do", "can_cost", "needs", "call_your_team_if"];

let passed = 0;
let failed = 0;
function check(name, problems) {
  if (problems.length === 0) {
    passed += 1;
    return;
  }
  failed += 1;
  console.log(`FAILED: ${name}`);
  for (const problem of problems.slice(0, 40)) console.log(`  ${problem}`);
  if (problems.length > 40) console.log(`  and ${problems.length - 40} more`);
}

const oneLine = (text) => text.replace(/\s+/g, " ").trim();
const listOf = (value) => (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]);

// ---- every file fits the schema

const validate = new Ajv({ allErrors: true, allowUnionTypes: true, strict: false }).compile(schema);
function schemaProblems(file) {
  let document;
  try {
    document = readYaml(file);
  } catch (error) {
    return [error.message];
  }
  if (validate(document)) return [];
  return validate.errors.map((error) => `${error.instancePath || "/"} ${error.message}`);
}

// ---- reading grade

function readingProblems(name, texts, terms, figures = {}) {
  const problems = [];
  const short = new Map();
  const grades = [];
  for (const { at, text } of texts) {
    const words = wording(text, "patient");
    const counts = count(words, terms);
    if (counts.word === 0) continue;
    const place = pathName(at);
    if (counts.word < fewestWords) {
      const together = short.get(at[0]) ?? { sentence: 0, word: 0, syllable: 0 };
      for (const unit of Object.keys(together)) together[unit] += counts[unit];
      short.set(at[0], together);
      continue;
    }
    const measured = grade(counts);
    grades.push(measured);
    const excused = place in allowed.hard_to_read;
    if (measured > highestGrade && !excused) problems.push(`${place}: grade ${measured.toFixed(1)}: ${oneLine(words)}`);
    if (measured <= highestGrade && excused) problems.push(`${place}: no longer needs its exception`);
  }
  for (const [section, counts] of short) {
    const measured = grade(counts);
    if (measured > highestGrade) problems.push(`short texts of ${section}: grade ${measured.toFixed(1)}`);
  }
  grades.sort((a, b) => a - b);
  const mean = grades.reduce((sum, measured) => sum + measured, 0) / grades.length;
  console.log(
    `${name}: ${grades.length} patient texts of ${fewestWords} words or more, reading grade ${mean.toFixed(1)} on average, ` +
      `${grades[grades.length - 1].toFixed(1)} at most`,
  );
  // What a guideline tells its readers of this is what was measured.
  for (const [figure, measured] of [["reading_grade_average", mean], ["reading_grade_highest", grades[grades.length - 1]]]) {
    if (figures[figure] && figures[figure].value.toFixed(1) !== measured.toFixed(1)) {
      problems.push(`figures.${figure}: ${figures[figure].value} is told, ${measured.toFixed(1)} was measured`);
    }
  }
  return problems;
}

// ---- sources

function sourceProblems(sections) {
  const problems = [];
  const known = new Set(Object.keys(sections.sources));
  const demand = (place, sources) => {
    const named = listOf(sources);
    if (named.length === 0) problems.push(`${place} names no source`);
    for (const id of named) if (!known.has(id)) problems.push(`${place}: there is no source ${id}`);
  };
  for (const section of ["rules", "cautions", "constraints", "alerts", "stops", "options", "facts", "trials", "figures", "information", "question_guide"]) {
    for (const [id, entry] of Object.entries(sections[section] ?? {})) {
      demand(`${section}.${id}`, entry.sources);
      if (entry.note?.text) demand(`${section}.${id}.note`, entry.note.sources);
      for (const [index, approval] of (entry.approvals ?? []).entries()) demand(`${section}.${id}.approvals.${index}`, approval.sources);
    }
  }
  const counted = new Set(Object.values(sections.trials ?? {}).flatMap((trial) => Object.keys(trial.side_effects ?? {})));
  for (const id of Object.keys(sections.side_effects ?? {})) {
    if (!counted.has(id)) problems.push(`side_effects.${id}: no trial counts it, so nothing is its source`);
  }
  return problems;
}

// ---- numbers

// Every number of a text that no placeholder gives and no allowed pattern covers.
function strayNumbers(words, patterns, wanted) {
  let rest = words.replace(/\{[^}]*\}/g, " ");
  for (const pattern of patterns) rest = rest.replace(pattern, " ");
  return rest.match(wanted) ?? [];
}
const anywhere = (list) => Object.keys(list.anywhere).map((pattern) => new RegExp(`(?<![\\w.])(?:${pattern})`, "gi"));
const patientPatterns = anywhere(allowed.numbers);
const clinicianPatterns = anywhere(allowed.clinical_numbers);
// A digit inside a name (HER2, CDK4/6, T-DM1, PD-L1) is no number.
const plainNumber = /(?<![\w/*+.-])\d+(?:[.,]\d+)*(?![\w+*/-])/g;
const statistic = /(?:HR|hazard ratio) \d[\d.]*|\d[\d.,]* ?%|\d[\d.,]* percent/g;

function numberProblems(texts, reader) {
  const list = reader === "patient" ? allowed.numbers : allowed.clinical_numbers;
  const below = Object.keys(allowed.numbers.below);
  const problems = [];
  for (const { at, text } of texts) {
    if (at.some((key) => below.includes(key))) continue;
    const place = pathName(at);
    if (place in list.at) continue;
    const words = wording(text, reader);
    const found = reader === "patient" ? strayNumbers(words, patientPatterns, plainNumber) : strayNumbers(words, clinicianPatterns, statistic);
    if (found.length > 0) problems.push(`${place}: ${found.join(", ")} in: ${oneLine(words).slice(0, 160)}`);
  }
  return problems;
}

// ---- words

const wordRules = allowed.words.map(({ word, unless }) => ({
  word: new RegExp(`\\b(?:${word})\\b`, "gi"),
  unless: unless === undefined ? undefined : new RegExp(unless, "i"),
}));
function wordProblems(texts) {
  const problems = [];
  for (const { at, text } of texts) {
    for (const sentence of oneLine(wording(text, "patient")).split(/(?<=[.!?]) /)) {
      for (const { word, unless } of wordRules) {
        const found = sentence.match(word);
        if (found && !(unless && unless.test(sentence))) problems.push(`${pathName(at)}: "${found[0]}" in: ${sentence}`);
      }
    }
  }
  return problems;
}

// ---- translations

function translationProblems(texts, locale) {
  const problems = [];
  for (const { at, text } of texts) {
    // What the format does not translate, because only authors read it.
    if (["sources", "figures", "derived"].includes(at[0])) continue;
    const original = wording(text, "patient");
    const translated = textAt(locale, at);
    const words = translated === undefined ? undefined : wording(translated, "patient");
    if (words === undefined || words.trim() === "") {
      problems.push(`${pathName(at)} is missing`);
      continue;
    }
    const figures = (from) => (from.match(/\{[^}]*\}/g) ?? []).sort().join(" ");
    if (figures(original) !== figures(words)) problems.push(`${pathName(at)} does not show the same figures`);
    if (words === original && original.length > 40) problems.push(`${pathName(at)} is still in English`);
  }
  return problems;
}

// ---- one template for every card

function cardProblems(options) {
  const problems = [];
  const cards = Object.entries(options).filter(([, option]) => option.decision === "systemic_therapy");
  if (!cards.some(([, option]) => option.card)) return problems; // a guideline without cards
  for (const [id, option] of cards) {
    for (const part of cardParts) {
      if (!option.card?.[part]) problems.push(`options.${id}.card has no ${part}`);
    }
    for (const choice of option.drugs ?? []) {
      if (new Set(choice).size < choice.length) problems.push(`options.${id}: one choice names a drug twice`);
    }
    const choices = option.drugs ?? [];
    for (const [index, choice] of choices.entries()) {
      for (const later of choices.slice(index + 1)) {
        for (const drug of choice) if (later.includes(drug)) problems.push(`options.${id}: ${drug} could be chosen twice`);
      }
    }
  }
  // The other decisions have fewer parts, but all options of one decision the same ones, apart from when to call.
  const parts = new Map();
  for (const [id, option] of Object.entries(options)) {
    if (option.decision === "systemic_therapy" || !option.card) continue;
    const given = cardParts.filter((part) => part !== "call_your_team_if" && option.card[part]).join(", ");
    const [first, expected] = parts.get(option.decision) ?? [id, given];
    parts.set(option.decision, [first, expected]);
    if (given !== expected) problems.push(`options.${id}.card has ${given}, but options.${first}.card has ${expected}`);
  }
  return problems;
}

// ---- length of life

// Patients see how long people lived only when they ask (the figures of the trials); no text of a card tells it unasked.
function lifeProblems(options) {
  return Object.entries(options).flatMap(([id, { text, card }]) =>
    Object.entries({ text, ...card }).filter(([, words]) => /\{\w+\.(os_|alive)/.test(words.patient ?? words)).map(([part]) => `options.${id}.${part}`));
}

// ---- "none of these"

// Whether a condition holds for facts that are known in part: true, false, or undefined.
function holds(condition, facts) {
  if (condition === "always") return true;
  const each = Object.entries(condition).map(([key, wanted]) => {
    if (key === "any") return some(listOf(wanted).map((one) => holds(one, facts)));
    if (key === "all") return every(listOf(wanted).map((one) => holds(one, facts)));
    if (key === "not" || key === "unless") return opposite(holds(wanted, facts));
    if (!(key in facts)) return undefined;
    const values = (list) => listOf(list).map(String);
    if (wanted !== null && typeof wanted === "object" && !Array.isArray(wanted)) return !values(wanted.not).includes(facts[key]);
    return values(wanted).includes(facts[key]);
  });
  return every(each);
}
const opposite = (truth) => (truth === undefined ? undefined : !truth);
const every = (truths) => (truths.includes(false) ? false : truths.includes(undefined) ? undefined : true);
const some = (truths) => (truths.includes(true) ? true : truths.includes(undefined) ? undefined : false);

// Somebody ticks one box of a group, and "none of the others": that must not contradict itself.
function groupProblems(sections) {
  const problems = [];
  for (const [id, group] of Object.entries(sections.groups ?? {})) {
    const none = Object.fromEntries(Object.entries(group.facts ?? {}).map(([fact, value]) => [fact, String(value)]));
    for (const fact of Object.keys(none)) {
      for (const value of Object.keys(sections.facts[fact].values)) {
        const answers = { ...none, [fact]: value };
        for (const [name, { if: when, then, never }] of Object.entries(sections.constraints ?? {})) {
          const broken = never ? holds(never, answers) : every([holds(when ?? "always", answers), opposite(holds(then ?? "always", answers))]);
          if (broken === true) problems.push(`groups.${id}: ${fact} ${value} and none of the others cannot be (${name})`);
        }
      }
    }
  }
  return problems;
}

// ---- the table of recommendations

function tableProblems(folder, sections) {
  const readme = fs.readFileSync(path.join(folder, "README.md"), "utf8");
  const known = new Set([...Object.keys(sections.rules), ...Object.keys(sections.cautions ?? {})]);
  const named = new Set();
  const problems = [];
  let column = -1;
  let reasonColumn = -1;
  for (const line of readme.split("\n")) {
    if (!line.startsWith("|")) {
      column = -1;
      continue;
    }
    const cells = line.split("|").slice(1, -1).map((cell) => cell.trim());
    if (cells.includes("rules and cautions")) {
      column = cells.indexOf("rules and cautions");
      reasonColumn = cells.length - 1;
      continue;
    }
    if (column < 0 || /^-+$/.test(cells[0])) continue;
    const ids = [...cells[column].matchAll(/`([^`]+)`/g)].map((match) => match[1]);
    for (const id of ids) {
      if (!known.has(id)) problems.push(`the table names ${id}, which is no rule or caution`);
      named.add(id);
    }
    if (ids.length === 0 && cells[reasonColumn] === "") problems.push(`no rule and no reason: ${line}`);
  }
  if (named.size === 0) return undefined; // a guideline without such a table
  for (const id of known) if (!named.has(id)) problems.push(`no table of the README names ${id}`);
  return problems;
}

// ---- who wrote it, and when it ends

function governanceProblems({ guideline }, readme) {
  const problems = [];
  for (const key of ["id", "version", "status", "date", "review_by", "title", "summary", "authors", "funding", "disclaimer", "changes"]) {
    if (guideline[key] === undefined) problems.push(`guideline.${key} is missing`);
  }
  if (!(String(guideline.review_by) > String(guideline.date))) problems.push("review_by is not after date");
  if (guideline.changes?.[0]?.version !== guideline.version) problems.push("the newest change is not of this version");
  if (!/^#+ .*left out/im.test(readme)) problems.push("the README does not say what was left out");
  return problems;
}

// ---- all guidelines

for (const entry of fs.readdirSync(guidelines, { withFileTypes: true })) {
  if (!entry.isDirectory()) continue;
  const folder = path.join(guidelines, entry.name);
  for (const below of ["", "locales", "vignettes"]) {
    for (const file of yamlFiles(path.join(folder, below))) check(`${path.relative(guidelines, file)} fits the schema`, schemaProblems(file));
  }
  const guideline = readGuideline(folder);
  const { name, sections } = guideline;
  const texts = allTexts(schema, sections);
  const ours = texts.filter(({ at }) => at[0] !== "sources" && !at.includes("approvals"));
  const drugs = Object.values(sections.options).flatMap((option) => (option.drugs ?? []).flat());
  check(`${name}: patients' texts are at grade ${highestGrade} or below`, readingProblems(name, ours, termMatcher([...drugs, ...Object.keys(allowed.terms)]), sections.figures));
  check(`${name}: everything names a source`, sourceProblems(sections));
  check(`${name}: numbers in patients' texts are figures`, numberProblems(texts, "patient"));
  check(`${name}: results in clinicians' texts are figures`, numberProblems(texts, "clinician"));
  check(`${name}: no text promises, blames or leaves no doubt`, wordProblems(ours));
  check(`${name}: every card of a drug treatment has every part`, cardProblems(sections.options));
  check(`${name}: no card tells a patient unasked how long people lived`, lifeProblems(sections.options));
  check(`${name}: no "none of these" contradicts another answer of its screen`, groupProblems(sections));
  check(`${name} says who wrote it, its version and its end`, governanceProblems(sections, fs.readFileSync(path.join(folder, "README.md"), "utf8")));
  for (const [code, locale] of Object.entries(guideline.locales)) {
    check(`${name}: ${code} has every patient's text with its figures`, translationProblems(texts, locale));
  }
  const table = tableProblems(folder, sections);
  if (table !== undefined) check(`${name}: the README's table and the rules name each other`, table);
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
