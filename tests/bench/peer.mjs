// One rule engine in a process of its own: node peer.mjs NAME SCALE GROWTH SECONDS -> one line of JSON.
// Each takes an object of strings and gives an array of options, as its own documentation shows it; first every answer is
// compared with the oracle's, for as long as SECONDS last, then it is timed.
import { createRequire } from "node:module";
import { oracle, profiles, toJavaScript, toObject, workload } from "./workload.mjs";
import { measure, measureAsync, now } from "./measure.mjs";

const require = createRequire(import.meta.url);
const [name, scale, growth, secondsText] = process.argv.slice(2);
const seconds = Number(secondsText);
const work = workload(Number(scale), growth);

const engines = {
  /** What a careful programmer would write. */
  "js-ifelse": async () => (0, eval)(toJavaScript(work)),

  "json-logic-engine": async () => {
    const { LogicEngine } = await import("json-logic-engine");
    return new LogicEngine().build(jsonLogic());
  },

  "json-rules-engine": async () => {
    const { Engine } = await import("json-rules-engine");
    const engine = new Engine();
    for (const rule of work.rules)
      engine.addRule({
        conditions: { all: Object.entries(rule.when).map(([fact, value]) => ({ fact, operator: "in", value })) },
        event: { type: rule.option },
      });
    return async (facts) => (await engine.run(facts)).events.map((event) => event.type);
  },

  zen: async () => {
    const { ZenEngine } = require("@gorules/zen-engine-linux-x64-gnu");
    const decision = new ZenEngine().createDecision(Buffer.from(JSON.stringify(decisionTable())));
    return async (facts) => (await decision.evaluate(facts)).result.map((row) => row.option);
  },

  "cql-execution": async () => {
    const { default: cql } = await import("cql-execution");
    const library = new cql.Library(elm());
    // One patient without a record: all facts are parameters.
    const patient = { id: () => "1", getId: () => "1", get: () => undefined, findRecords: () => [] };
    const patients = { currentPatient: () => patient, nextPatient: () => undefined };
    return async (facts) => {
      const results = await new cql.Executor(library, undefined, facts).exec(patients);
      const found = results.patientResults["1"] ?? results.unfilteredResults;
      return work.rules.filter((rule) => found[rule.id]).map((rule) => rule.option);
    };
  },
};

function jsonLogic() {
  return {
    merge: work.rules.map((rule) => ({
      if: [{ and: Object.entries(rule.when).map(([fact, values]) => ({ in: [{ var: fact }, values] })) }, [rule.option], []],
    })),
  };
}

function decisionTable() {
  const column = (id) => ({ id, name: id, type: "expression", field: id });
  return {
    contentType: "application/vnd.gorules.decision",
    nodes: [
      { id: "in", name: "in", type: "inputNode", position: { x: 0, y: 0 } },
      {
        id: "table", name: "table", type: "decisionTableNode", position: { x: 0, y: 0 },
        content: {
          hitPolicy: "collect",
          inputs: work.ids.map(column),
          outputs: [column("option")],
          rules: work.rules.map((rule) => ({
            _id: rule.id, option: JSON.stringify(rule.option),
            ...Object.fromEntries(work.ids.map((id) => [id, (rule.when[id] ?? []).map((value) => JSON.stringify(value)).join(", ")])),
          })),
        },
      },
      { id: "out", name: "out", type: "outputNode", position: { x: 0, y: 0 } },
    ],
    edges: [
      { id: "e1", type: "edge", sourceId: "in", targetId: "table" },
      { id: "e2", type: "edge", sourceId: "table", targetId: "out" },
    ],
  };
}

/** CQL's translator is no npm package, so its result is written directly: one definition a rule over parameters. */
function elm() {
  const string = (value) => ({ valueType: "{urn:hl7-org:elm-types:r1}String", value, type: "Literal" });
  const and = (parts) => parts.reduce((all, part) => ({ type: "And", operand: [all, part] }));
  return {
    library: {
      identifier: { id: "Workload", version: "1" },
      schemaIdentifier: { id: "urn:hl7-org:elm", version: "r1" },
      usings: { def: [{ localIdentifier: "System", uri: "urn:hl7-org:elm-types:r1" }] },
      parameters: { def: work.ids.map((name) => ({ name, accessLevel: "Public", parameterTypeSpecifier: { type: "NamedTypeSpecifier", name: "{urn:hl7-org:elm-types:r1}String" } })) },
      statements: {
        def: work.rules.map((rule) => ({
          name: rule.id, context: "Patient", accessLevel: "Public",
          expression: and(Object.entries(rule.when).map(([fact, values]) => ({ type: "In", operand: [{ type: "ParameterRef", name: fact }, { type: "List", element: values.map(string) }] }))),
        })),
      },
    },
  };
}

/** Whether what a peer says with one fact unknown is sound: by the 60 profiles and 12 facts of `unknown`. */
async function unknown(evaluate) {
  const truth = oracle(work);
  const all = profiles(work);
  const counts = { cases: 0, depend: 0, groundless: 0, dropped: 0 };
  for (let n = 0; n < 60; ++n) {
    const profile = all[(n * 409 + 17) % all.length];
    for (let f = 0; f < work.ids.length; ++f) {
      ++counts.cases;
      const answers = work.facts[work.ids[f]].map((_, value) => truth(Object.assign([...profile], { [f]: value })));
      const certain = answers[0].filter((option) => answers.every((answer) => answer.includes(option)));
      const possible = new Set(answers.flat());
      if (certain.length === possible.size) continue;
      ++counts.depend;
      const facts = toObject(work, profile);
      delete facts[work.ids[f]];
      let said = [];
      try {
        said = await evaluate(facts);
      } catch {
        said = [];
      }
      if (said.some((option) => !certain.includes(option))) ++counts.groundless;
      if ([...possible].some((option) => !said.includes(option))) ++counts.dropped;
    }
  }
  return counts;
}

async function main() {
  const evaluate = await engines[name]();
  const truth = oracle(work);
  const all = profiles(work, 24576);
  const objects = all.map((profile) => toObject(work, profile));
  let checked = 0, different = 0;
  const until = Date.now() + seconds * 1000 * (Number(scale) === 1 ? 60 : 2);
  for (; checked < all.length && (Date.now() < until || checked < 20); ++checked) {
    const given = await evaluate(objects[checked]);
    if (given.join() !== truth(all[checked]).join()) ++different;
  }
  // As many at a time as a few hundred milliseconds hold.
  const start = now();
  for (let i = 0; i < 3; ++i) await evaluate(objects[i]);
  const one = Math.max(1, (now() - start) / 3);
  const some = objects.slice(0, Math.max(3, Math.min(objects.length, Math.round((seconds / 9) * 1e9 / one))));
  const synchronous = !(evaluate(objects[0]) instanceof Promise);
  let keep = 0;
  const times = synchronous
    ? measure(() => { for (const facts of some) keep += evaluate(facts).length; }, some.length, { seconds })
    : await measureAsync(async () => { for (const facts of some) keep += (await evaluate(facts)).length; }, some.length, { seconds });
  const result = { name, scale: Number(scale), growth, checked, different, ...times };
  if (Number(scale) === 1) result.unknown = await unknown(evaluate);
  console.log(JSON.stringify(result));
  if (keep < 0) console.log(keep);
}

main().then(() => process.exit(0), (fault) => {
  console.log(JSON.stringify({ name, scale: Number(scale), growth, problem: String(fault.message ?? fault).slice(0, 200) }));
  process.exit(0);
});
