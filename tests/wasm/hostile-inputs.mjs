// Texts made to break a reader: guidelines, records, answers and plan files too large, too deep, forged or damaged. The engine's tests
// and the page's go through the same ones.

/**
 * One function without anything from outside, so that a browser can make the texts itself: some are millions of characters.
 * `head`: the guideline that the harmless part of a forged one is taken from; `record`: a good bundle, parsed.
 * @returns for each kind the texts by name: `records` and `guidelines` must be refused with words, `answers` (JSON of facts) too;
 *   of `plans` those of `refused` are refused, those of `opened` are opened and answer nothing. `scripted`: the record with a script in
 *   each text that people read, which is read like any other.
 */
export function hostileInputs(head, record) {
  const bidi = ["\u202a", "\u202b", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"];
  const controls = ["\u0000", "\u0001", "\u0007", "\u0008", "\u001b", "\u007f", "\u0085"];
  const attacks = ["__proto__", "constructor", "prototype"];
  const nested = (open, close, depth, inside = "") => open.repeat(depth) + inside + close.repeat(depth);
  const script = "\"><img src=x onerror=\"window.testRan=1\"><script>window.testRan=1</script><a href=\"javascript:window.testRan=1\">x</a>";
  const patient = { resourceType: "Patient", id: "a", gender: "female" };
  const bundle = (...resources) => JSON.stringify({ resourceType: "Bundle", type: "collection", entry: resources.map((resource) => ({ resource })) });
  const each = (list, name, text) => Object.fromEntries(list.map((one) => [name(one), text(one)]));
  const number = (sign) => sign.codePointAt(0).toString(16);

  const records = {
    "nothing": "", "spaces": "  \n ", "a word": "record", "null": "null", "a number": "1", "a text": "\"x\"", "truth": "true",
    "an empty list": "[]", "an empty object": "{}", "a list of numbers": "[1, 2]", "a page": `<html>${script}</html>`,
    "XML": "<?xml version=\"1.0\"?><Bundle xmlns=\"http://hl7.org/fhir\"/>", "an entity bomb": "<!DOCTYPE a [<!ENTITY b \"bb\">]><a>&b;</a>",
    "YAML": "resourceType: Bundle", "half a text": bundle(patient).slice(0, -9), "two texts": bundle(patient) + bundle(patient),
    "a comma too many": "{\"resourceType\": \"Bundle\",}", "a comment": "/* x */ {}", "NaN": "{\"a\": NaN}", "single quotes": "{'resourceType': 'Bundle'}",
    "a number for no double": "{\"resourceType\": \"Bundle\", \"total\": 1e999}", "a broken escape": "{\"a\": \"\\u12\"}",
    "half a surrogate": "{\"a\": \"\\ud800\"}", "a raw line break in a text": "{\"a\": \"x\ny\"}",
    "100,000 lists": nested("[", "]", 100_000), "100,000 objects": nested("{\"a\":", "}", 100_000, "1"), "an open end": "[".repeat(1_000_000),
    "65 levels": nested("{\"a\":", "}", 65, "1"), "2,000 keys in one object": JSON.stringify(Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`k${at}`, 1]))),
    "a million and one values": `[${"1,".repeat(1_000_001)}1]`, "21 MB": JSON.stringify({ a: "x".repeat(21 << 20) }),
    "a key twice": "{\"resourceType\": \"Bundle\", \"resourceType\": \"Patient\"}",
    "a script for a kind": JSON.stringify({ resourceType: script }), "a script for a patient": bundle(patient, { ...patient, id: script }),
    "a script for a diagnosis": bundle(patient, { resourceType: "Condition", id: script, subject: { reference: "Patient/a" }, code: { text: script, coding: [{ code: script, display: script, system: script }] } }),
    ...each(attacks, (key) => `the key ${key}`, (key) => `{"resourceType": "Bundle", "${key}": {"polluted": true}}`),
    ...each(attacks, (key) => `the escaped key ${key}`, (key) => `{"resourceType": "Bundle", "\\u00${number(key)}${key.slice(1)}": 1}`),
    ...each(bidi, (sign) => `the sign ${number(sign)}`, (sign) => bundle({ ...patient, id: `a${sign}b` })),
    ...each(bidi, (sign) => `the escaped sign ${number(sign)}`, (sign) => bundle({ ...patient, id: "SIGN" }).replace("SIGN", `\\u${number(sign)}`)),
    ...each(controls, (sign) => `the control ${number(sign)}`, (sign) => bundle(patient).replace("female", `fe${sign}male`)),
    "a message": JSON.stringify({ resourceType: "Bundle", type: "message", entry: [] }),
  };

  const guidelines = {
    "nothing": "", "a number": "7", "a list": "- a", "JSON": "{\"a\": 1}", "a page": script,
    "aliases": "a: &a [x]\nb: *a", "a bomb of aliases": `a: &a [x,x]\n${Array.from({ length: 30 }, (_, at) => `b${at}: &b${at} [*${at ? `b${at - 1}` : "a"},*${at ? `b${at - 1}` : "a"}]`).join("\n")}`,
    "a merge key": "a: &a {x: 1}\nb: {<<: *a}", "a tag": "guideline: !!python/object:os.system x", "two documents": `${head}\n---\n${head}`,
    "100,000 lists": nested("[", "]", 100_000), "an open end": "[".repeat(100_000), "100,000 maps": nested("{a: ", "}", 100_000, "1"),
    "65 levels": Array.from({ length: 65 }, (_, at) => `${" ".repeat(at)}a:`).join("\n"), "5 MB": `a: ${"x".repeat(5 << 20)}`,
    "10,000 facts without a word": `${head}\nfacts:\n${Array.from({ length: 10_000 }, (_, at) => `  f${at}: {}`).join("\n")}`,
    "a key twice": `${head}\nguideline: {}`, "a tab": "guideline:\n\tid: x", "an open quote": "guideline: {id: \"x", "a rest of brackets": "a: ]}",
    "a script for a key": JSON.stringify({ [script]: script }),
    ...each(attacks, (key) => `the section ${key}`, (key) => `${head}\n${key}: {polluted: true}`),
    ...each(attacks, (key) => `the fact ${key}`, (key) => `${head}\nfacts:\n  ${key}: {title: x}`),
    ...each(bidi, (sign) => `the sign ${number(sign)}`, (sign) => `${head}\n# ${sign}`),
    ...each(controls.filter((sign) => sign !== "\u0085"), (sign) => `the control ${number(sign)}`, (sign) => `${head}\n# ${sign}`),
  };

  const answers = Object.fromEntries([
    "", "null", "[]", "1", "{", "{\"her2\": 1}", "{\"her2\": []}", "{\"her2\": {}}", "{\"her2\": [[\"positive\"]]}", "{\"__proto__\": \"x\"}", "{\"constructor\": \"x\"}",
    "{\"her2\": \"<script>\"}", "{\"her2\": \"positive\", \"her2\": \"negative\"}", nested("[", "]", 100_000), "{\"her2\": \"\u202e\"}", "{\"her2\": [null]}",
  ].map((text) => [text.slice(0, 40), text]));

  const plan = (more) => JSON.stringify({ waymark_plan: 1, guideline: { id: "x", version: "1", sha256: "" }, facts: {}, ...more });
  const plans = {
    refused: {
      "another number": plan({ waymark_plan: 2 }), "no guideline": plan({ guideline: null }), "a list": "[]", "a script": script, "3 MB": plan({ notes: "x".repeat(3_000_000) }),
      "100,000 lists": nested("[", "]", 100_000), "a key for all": "{\"__proto__\": {\"waymark_plan\": 1, \"guideline\": {}}}",
    },
    opened: {
      "scripts": plan({ guideline: { id: script, version: script, sha256: script }, facts: { [script]: [script], her2: [script] }, not_sure: [script], left_open: [script], questions: [script], notes: script, compared: [script, script], matters: { [script]: 5 }, goal: script, options: { [script]: { applies: "yes", strengths: [script] } } }),
      "forged keys": plan({ not_sure: ["constructor"], left_open: ["toString"], questions: ["valueOf"], compared: ["constructor", "toString"], matters: { constructor: 5 }, options: { constructor: { applies: "yes", strengths: [] } } })
        .replace("\"facts\":{}", "\"facts\":{\"__proto__\":[\"a\"],\"constructor\":[\"positive\"],\"toString\":[\"yes\"]}").replace("\"matters\":{", "\"matters\":{\"__proto__\":{\"polluted\":true},"),
      "other kinds": plan({ facts: [1, [2]], not_sure: 7, left_open: { a: 1 }, questions: "x", notes: ["y"], compared: null, matters: "z", goal: {}, options: [] }),
      "bidi": plan({ guideline: { id: "\u202egnp.", version: "\u2066", sha256: "" }, notes: "\u202e", goal: "\u202e" }),
    },
  };
  const scripted = JSON.stringify(record, (key, value) => {
    if (key === "resource") return { ...value, text: { status: "generated", div: script } };
    return ["display", "family", "text"].includes(key) && typeof value === "string" ? value + script : value;
  });
  return { records, guidelines, answers, plans, scripted };
}
