// Texts made to break a reader: guidelines and records too large, too deep, forged or damaged. Each gives a clear error or harmless
// data in good time, and what was answered before is answered the same after it.
import fs from "node:fs";
import path from "node:path";

const bidi = ["\u202a", "\u202b", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"];
const controls = ["\u0000", "\u0001", "\u0007", "\u0008", "\u001b", "\u007f", "\u0085"];
const attacks = ["__proto__", "constructor", "prototype"];
const nested = (open, close, depth, inside = "") => open.repeat(depth) + inside + close.repeat(depth);
const patient = { resourceType: "Patient", id: "a", gender: "female" };
const bundle = (...resources) => JSON.stringify({ resourceType: "Bundle", type: "collection", entry: resources.map((resource) => ({ resource })) });

/** Name and text of each; all must be refused with words. */
function badRecords() {
  return {
    "nothing": "", "spaces": "  \n ", "a word": "record", "null": "null", "a number": "1", "a text": "\"x\"", "truth": "true",
    "an empty list": "[]", "an empty object": "{}", "a list of numbers": "[1, 2]", "a page": "<html><script>alert(1)</script></html>",
    "XML": "<?xml version=\"1.0\"?><Bundle xmlns=\"http://hl7.org/fhir\"/>", "an entity bomb": "<!DOCTYPE a [<!ENTITY b \"bb\">]><a>&b;</a>",
    "YAML": "resourceType: Bundle", "half a text": bundle(patient).slice(0, -9), "two texts": bundle(patient) + bundle(patient),
    "a comma too many": "{\"resourceType\": \"Bundle\",}", "a comment": "/* x */ {}", "NaN": "{\"a\": NaN}", "single quotes": "{'resourceType': 'Bundle'}",
    "a number for no double": "{\"resourceType\": \"Bundle\", \"total\": 1e999}", "a broken escape": "{\"a\": \"\\u12\"}",
    "half a surrogate": "{\"a\": \"\\ud800\"}", "a raw line break in a text": "{\"a\": \"x\ny\"}",
    "100,000 lists": nested("[", "]", 100_000), "100,000 objects": nested("{\"a\":", "}", 100_000, "1"), "an open end": "[".repeat(1_000_000),
    "65 levels": nested("{\"a\":", "}", 65, "1"), "2,000 keys in one object": JSON.stringify(Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`k${at}`, 1]))),
    "a million and one values": `[${"1,".repeat(1_000_001)}1]`, "21 MB": JSON.stringify({ a: "x".repeat(21 << 20) }),
    "a key twice": "{\"resourceType\": \"Bundle\", \"resourceType\": \"Patient\"}",
    ...Object.fromEntries(attacks.map((key) => [`the key ${key}`, `{"resourceType": "Bundle", "${key}": {"polluted": true}}`])),
    ...Object.fromEntries(attacks.map((key) => [`the escaped key ${key}`, `{"resourceType": "Bundle", "\\u00${key.charCodeAt(0).toString(16)}${key.slice(1)}": 1}`])),
    ...Object.fromEntries(bidi.map((sign) => [`the sign ${sign.codePointAt(0).toString(16)}`, bundle({ ...patient, id: `a${sign}b` })])),
    ...Object.fromEntries(bidi.map((sign) => [`the escaped sign ${sign.codePointAt(0).toString(16)}`, bundle({ ...patient, id: "SIGN" }).replace("SIGN", `\\u${sign.codePointAt(0).toString(16)}`)])),
    ...Object.fromEntries(controls.map((sign) => [`the control ${sign.codePointAt(0)}`, bundle(patient).replace("female", `fe${sign}male`)])),
    "a message": JSON.stringify({ resourceType: "Bundle", type: "message", entry: [] }),
  };
}

function badGuidelines(head) {
  return {
    "nothing": "", "a number": "7", "a list": "- a", "JSON": "{\"a\": 1}", "a page": "<script>alert(1)</script>",
    "aliases": "a: &a [x]\nb: *a", "a bomb of aliases": `a: &a [x,x]\n${Array.from({ length: 30 }, (_, at) => `b${at}: &b${at} [*${at ? `b${at - 1}` : "a"},*${at ? `b${at - 1}` : "a"}]`).join("\n")}`,
    "a merge key": "a: &a {x: 1}\nb: {<<: *a}", "a tag": "guideline: !!python/object:os.system x", "two documents": `${head}\n---\n${head}`,
    "100,000 lists": nested("[", "]", 100_000), "an open end": "[".repeat(100_000), "100,000 maps": nested("{a: ", "}", 100_000, "1"),
    "65 levels": Array.from({ length: 65 }, (_, at) => `${" ".repeat(at)}a:`).join("\n"), "5 MB": `a: ${"x".repeat(5 << 20)}`,
    "10,000 facts without a word": `${head}\nfacts:\n${Array.from({ length: 10_000 }, (_, at) => `  f${at}: {}`).join("\n")}`,
    "a key twice": `${head}\nguideline: {}`, "a tab": "guideline:\n\tid: x", "an open quote": "guideline: {id: \"x", "a rest of brackets": "a: ]}",
    ...Object.fromEntries(attacks.map((key) => [`the section ${key}`, `${head}\n${key}: {polluted: true}`])),
    ...Object.fromEntries(attacks.map((key) => [`the fact ${key}`, `${head}\nfacts:\n  ${key}: {title: x}`])),
    ...Object.fromEntries(bidi.map((sign) => [`the sign ${sign.codePointAt(0).toString(16)}`, `${head}\n# ${sign}`])),
    ...Object.fromEntries(controls.filter((sign) => sign !== "\u0085").map((sign) => [`the control ${sign.codePointAt(0)}`, `${head}\n# ${sign}`])),
  };
}

const badFacts = [
  "", "null", "[]", "1", "{", "{\"her2\": 1}", "{\"her2\": []}", "{\"her2\": {}}", "{\"her2\": [[\"positive\"]]}", "{\"__proto__\": \"x\"}", "{\"constructor\": \"x\"}",
  "{\"her2\": \"<script>\"}", "{\"her2\": \"positive\", \"her2\": \"negative\"}", nested("[", "]", 100_000), "{\"her2\": \"\u202e\"}", "{\"her2\": [null]}",
];

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

  for (const [name, text] of Object.entries(badRecords()))
    each("record", name, () => engine.importRecord(guideline, text, "2026-11-24"), ({ error, refused }) => words(error?.message) || words(refused?.text));
  const head = files.find(({ name }) => name === "guideline.yaml").text;
  for (const [name, text] of Object.entries(badGuidelines(head)))
    each("guideline", name, () => engine.load([{ name: "guideline.yaml", text }]),
      ({ guideline, issues }) => guideline === null && issues.some(({ severity, message }) => severity === "error" && words(message)));
  for (const text of badFacts)
    each("facts", text.slice(0, 40), () => engine.answer(guideline, text, "", "patient", false), ({ error }) => words(error?.message));

  // Text that is a script elsewhere is text here: it is handed on as it is, or left out, and changes no fact.
  const script = "\"><img src=x onerror=alert(1)><script>alert(1)</script>";
  const record = JSON.parse(fs.readFileSync(path.join(root, "tests/records/triple-negative.json"), "utf8"));
  const clean = JSON.parse(engine.importRecord(guideline, JSON.stringify(record), "2026-11-24"));
  for (const { resource } of record.entry) resource.text = { status: "generated", div: script };
  const marked = JSON.parse(engine.importRecord(guideline, JSON.stringify(record), "2026-11-24"));
  check("hostile record, script in every narrative: the same facts", JSON.stringify(marked.facts) === JSON.stringify(clean.facts));
  check(`hostile: ${count} inputs, a hundred or more`, count >= 100);
  check("hostile: no prototype was touched", ({}).polluted === undefined);
}
