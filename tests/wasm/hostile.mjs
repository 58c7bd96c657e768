// Texts made to break a reader, in the engine: each gives a clear error or harmless data in good time, and what was answered before
// is answered the same after it.
import fs from "node:fs";
import path from "node:path";
import { hostileInputs } from "./hostile-inputs.mjs";

/** Milliseconds of this process's own work in which each must be read: a busy machine is slow, and that is no fault of the engine. */
const bound = 5000;
const worked = () => process.cpuUsage().user / 1000;

export function testHostile({ root, engine, guideline, files, check }) {
  const facts = JSON.stringify({ distant_metastasis: "m1", her2: ["positive"] });
  const answer = () => engine.answer(guideline, facts, "", "patient", false);
  const before = answer();
  let count = 0;
  const each = (kind, name, read, isError) => {
    count += 1;
    const begun = worked();
    let reply;
    try {
      reply = read();
    } catch (fault) {
      check(`hostile ${kind}, ${name}: an error with words, not a fault`, false, String(fault));
      return;
    }
    const took = worked() - begun;
    check(`hostile ${kind}, ${name}: an error with words`, isError(JSON.parse(reply)), reply.slice(0, 300));
    check(`hostile ${kind}, ${name}: in good time`, took < bound, `${took.toFixed(0)} ms`);
    check(`hostile ${kind}, ${name}: the answers are kept`, answer() === before);
  };
  const words = (text) => typeof text === "string" && text.length > 10;

  const record = JSON.parse(fs.readFileSync(path.join(root, "tests/records/triple-negative.json"), "utf8"));
  const { records, guidelines, answers, scripted } = hostileInputs(files.find(({ name }) => name === "guideline.yaml").text, record);
  for (const [name, text] of Object.entries(records))
    each("record", name, () => engine.importRecord(guideline, text, "2026-11-24"), ({ error, refused }) => words(error?.message) || words(refused?.text));
  for (const [name, text] of Object.entries(guidelines))
    each("guideline", name, () => engine.load([{ name: "guideline.yaml", text }]),
      ({ guideline, issues }) => guideline === null && issues.some(({ severity, message }) => severity === "error" && words(message)));
  for (const [name, text] of Object.entries(answers))
    each("facts", name, () => engine.answer(guideline, text, "", "patient", false), ({ error }) => words(error?.message));

  // Text that is a script elsewhere is text here: it is handed on as it is, or left out, and changes no fact.
  const clean = JSON.parse(engine.importRecord(guideline, JSON.stringify(record), "2026-11-24"));
  const marked = JSON.parse(engine.importRecord(guideline, scripted, "2026-11-24"));
  check("hostile record, script in every text: the same facts", JSON.stringify(marked.facts) === JSON.stringify(clean.facts));
  check(`hostile: ${count} inputs, a hundred or more`, count >= 100);
  check("hostile: no prototype was touched", ({}).polluted === undefined);
}
