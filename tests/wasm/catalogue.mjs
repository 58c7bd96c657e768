// The catalogues of bad inputs that the native tests use (tests/unit/bad-input says how they are written).
import fs from "node:fs";

const bytes = (text) => Buffer.from(text, "utf8");

/** %{10000*[} and %{x00} written out, as bytes: not all of them are text. */
function writtenOut(text) {
  const parts = [];
  let rest = text;
  for (let at = rest.indexOf("%{"); at >= 0; at = rest.indexOf("%{")) {
    parts.push(bytes(rest.slice(0, at)));
    if (rest[at + 2] === "x") {
      parts.push(Buffer.from([parseInt(rest.slice(at + 3, at + 5), 16)]));
      rest = rest.slice(at + 6);
    } else {
      const star = rest.indexOf("*", at);
      const end = rest.indexOf("}", star + 2);
      parts.push(bytes(rest.slice(star + 1, end).repeat(Number(rest.slice(at + 2, star)))));
      rest = rest.slice(end + 1);
    }
  }
  return Buffer.concat([...parts, bytes(rest)]);
}

/** @returns {{ name: string, parts: { name: string, text: Buffer }[], expected: string[] }[]} */
export function readCatalogue(file) {
  const entries = [];
  let expecting = false;
  for (const line of fs.readFileSync(file, "utf8").split("\n")) {
    const entry = entries.at(-1);
    if (line.startsWith("=== ")) {
      entries.push({ name: line.slice(4), parts: [], expected: [] });
      expecting = false;
    } else if (line === "--- expect") expecting = true;
    else if (line.startsWith("--- ")) entry.parts.push({ name: line.slice(4), text: "" });
    else if (expecting) {
      if (line !== "" && !line.startsWith("#")) entry.expected.push(line);
    } else if (entry?.parts.length > 0) entry.parts.at(-1).text += `${line}\n`;
  }
  for (const entry of entries) for (const part of entry.parts) part.text = writtenOut(part.text);
  return entries;
}

/** The base's files with those of the entry added, or in the place of the ones of the same name. */
export function filesOf(base, entry) {
  const own = new Set(entry.parts.map((part) => part.name));
  return [...base.parts.filter((part) => !own.has(part.name)), ...entry.parts];
}

/** The form of a line that editors and compilers share. */
export function toLine(issue) {
  const place = issue.line > 0 ? `:${issue.line}:${issue.column}` : "";
  return `${issue.file}${place}: ${issue.severity}: ${issue.message}${issue.remedy ? `; ${issue.remedy}` : ""}`;
}
