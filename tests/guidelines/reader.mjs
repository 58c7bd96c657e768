// Reads a guideline's folder, and finds every text in it: the schema says where a text stands.
import fs from "node:fs";
import path from "node:path";
import { parse } from "yaml";

export const readYaml = (file) => parse(fs.readFileSync(file, "utf8"), { schema: "core", uniqueKeys: true });

export function yamlFiles(folder) {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder).filter((name) => name.endsWith(".yaml")).sort().map((name) => path.join(folder, name));
}

// All sections of a folder's files side by side, as the engine sees them.
export function mergeSections(documents) {
  const merged = {};
  for (const document of documents) {
    for (const [section, content] of Object.entries(document)) {
      if (section === "locale") continue;
      if (section === "guideline") {
        merged[section] = content;
        continue;
      }
      merged[section] ??= {};
      // A language may say the texts of one thing in several files.
      for (const [id, body] of Object.entries(content)) merged[section][id] = id in merged[section] ? { ...merged[section][id], ...body } : body;
    }
  }
  return merged;
}

export function readGuideline(folder) {
  const locales = {};
  for (const file of yamlFiles(path.join(folder, "locales"))) {
    const document = readYaml(file);
    (locales[document.locale] ??= []).push(document);
  }
  for (const code of Object.keys(locales)) locales[code] = mergeSections(locales[code]);
  return {
    name: path.basename(folder),
    folder,
    sections: mergeSections(yamlFiles(folder).map(readYaml)),
    locales,
    vignettes: mergeSections(yamlFiles(path.join(folder, "vignettes")).map(readYaml)),
  };
}

// What is the patient's (or the clinician's) in a text; one string serves both.
export function wording(text, reader) {
  if (text === null || typeof text !== "object") return text === undefined ? undefined : String(text);
  const words = text[reader] ?? (reader === "clinician" ? text.patient : undefined);
  return words === undefined ? undefined : String(words);
}

// Yields [path, text] for every text below `data`, guided by the schema's node for it.
export function* textsBelow(schema, node, data, at = []) {
  if (data === undefined || data === null) return;
  const reference = node.$ref?.split("/").pop();
  if (reference === "text") {
    yield [at, data];
    return;
  }
  if (reference) {
    yield* textsBelow(schema, schema.$defs[reference], data, at);
    return;
  }
  if (Array.isArray(data)) {
    if (node.items) for (const [index, item] of data.entries()) yield* textsBelow(schema, node.items, item, [...at, index]);
    return;
  }
  if (typeof data !== "object") return;
  for (const [key, value] of Object.entries(data)) {
    const below = node.properties?.[key] ?? (typeof node.additionalProperties === "object" ? node.additionalProperties : undefined);
    if (below) yield* textsBelow(schema, below, value, [...at, key]);
  }
}

export function allTexts(schema, sections) {
  return [...textsBelow(schema, schema.$defs.guideline_file, sections)].map(([at, text]) => ({ at, text }));
}

export const pathName = (at) => at.join(".");

export const textAt = (sections, at) => at.reduce((node, key) => node?.[key], sections);
