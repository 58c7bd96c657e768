// The wasm engine's side of the benchmarks, and hand-written C++ in wasm beside it. Prints one line of JSON.
//   node wasm.mjs workload NAME SCALE GROWTH SECONDS
//   node wasm.mjs times GUIDELINE NEWER CASES SECONDS
import { readFileSync, readdirSync, statSync } from "node:fs";
import { evaluator } from "../../engine/wasm/packed.mjs";
import { inOrder, oracle, pack, profiles, toObject, workload } from "./workload.mjs";
import { measure, now, summary } from "./measure.mjs";

const root = new URL("../../", import.meta.url);
const started = now();
const { default: loadEngine } = await import(new URL("build/wasm/engine.mjs", root));
const engine = await loadEngine({ wasmBinary: readFileSync(new URL("build/wasm/engine.wasm", root)) });
const start = now() - started;

function filesAt(path) {
  if (!statSync(path).isDirectory()) return [{ name: "guideline.yaml", text: readFileSync(path, "utf8") }];
  return ["", "vignettes/"].flatMap((folder) => {
    try {
      return readdirSync(`${path}/${folder}`).filter((name) => name.endsWith(".yaml")).sort().map((name) => ({ name: folder + name, text: readFileSync(`${path}/${folder}${name}`, "utf8") }));
    } catch {
      return [];
    }
  });
}
function load(path) {
  const files = filesAt(path);
  const began = now();
  const loaded = JSON.parse(engine.load(files));
  return { guideline: loaded.guideline, ns: now() - began, issues: loaded.issues };
}
const megabytes = () => engine.HEAPU8.buffer.byteLength / 2 ** 20;

async function completeProfiles(name, scale, growth, seconds) {
  const work = workload(scale, growth);
  const all = profiles(work, 24576), truth = oracle(work), packed = Uint32Array.from(all, pack(work));
  const objects = all.map((profile) => toObject(work, profile));
  const result = { load: 0, pack: 0 };
  const { guideline, ns } = load(new URL(`build/bench/${name}.yaml`, root).pathname);
  result.load = ns;
  const began = now();
  const json = engine.pack(guideline);
  result.pack = now() - began;
  result.json = json.length;
  let keep = 0;

  if (!json.startsWith('{"error"')) {
    const evaluate = evaluator(json);
    const outcomes = JSON.parse(json).outcomes;
    // Both ways in give the oracle's answer.
    result.checked = result.different = 0;
    const until = now() + 20e9;
    for (let i = 0; i < all.length && now() < until; ++i, ++result.checked) {
      const expected = truth(all[i]).join();
      if (evaluate(objects[i]).join() !== expected) ++result.different;
      if (outcomes[engine._waymark_outcome(packed[i], 0)].map(([option]) => work.options[option]).join() !== expected) ++result.different;
    }
    result.packed = measure(() => { for (let i = 0; i < packed.length; ++i) keep += engine._waymark_outcome(packed[i], 0); }, packed.length, { seconds });
    const address = engine._malloc(packed.length * 8);
    const wide = new BigUint64Array(packed.length);
    packed.forEach((profile, i) => (wide[i] = BigInt(profile)));
    engine.HEAPU8.set(new Uint8Array(wide.buffer), address);
    result.inside = measure(() => { keep += engine._waymark_outcomes(address, packed.length); }, packed.length, { seconds });
    result.object = measure(() => { for (const facts of objects) keep += evaluate(facts).length; }, objects.length, { seconds });
  }

  const { instance } = await WebAssembly.instantiate(readFileSync(new URL(`build/bench/${name}.wasm`, root)), imports());
  const hand = instance.exports;
  hand._initialize?.();
  new Uint32Array(hand.memory.buffer, hand.input_address(), packed.length).set(packed);
  for (const form of ["ifelse", "bitset"]) {
    const one = hand[form], many = hand[`all_${form}`];
    result[`${form}_called`] = measure(() => { for (let i = 0; i < packed.length; ++i) keep += one(packed[i]); }, packed.length, { seconds });
    result[`${form}_inside`] = measure(() => { keep += many(packed.length); }, packed.length, { seconds });
    const evaluate = objectIn(work, hand, one);
    for (let i = 0; i < all.length; i += scale) if (evaluate(objects[i]).join() !== truth(all[i]).join()) throw new Error("the hand-written form is wrong");
    result[`${form}_object`] = measure(() => { for (const facts of objects) keep += evaluate(facts).length; }, objects.length, { seconds });
  }

  // The contract's answer, text in and text out, for cards of one patient and for a cohort of many.
  const texts = objects.slice(0, 2000).map((facts) => JSON.stringify(facts));
  let bytes = 0;
  result.full = measure(() => { bytes = 0; for (const text of texts) bytes += engine.answer(guideline, text, "", "patient", false).length; }, texts.length, { seconds, rounds: 5 });
  result.bytes = Math.round(bytes / texts.length);
  result.memory = megabytes();
  if (keep < 0) console.log(keep);
  return result;
}

const imports = () => ({ env: {}, wasi_snapshot_preview1: { proc_exit() {} } });

/** A JavaScript object in, an array of options out, through packed numbers and the module's memory. */
function objectIn(work, hand, one) {
  const codes = inOrder(work);
  const out = new Uint16Array(hand.memory.buffer, hand.out_address(), work.rules.length);
  const { ids, options } = work;
  return (facts) => {
    let profile = 0;
    for (let f = 0; f < ids.length; ++f) profile |= codes[f][facts[ids[f]]];
    const count = one(profile);
    const found = new Array(count);
    for (let i = 0; i < count; ++i) found[i] = options[out[i]];
    return found;
  };
}

function times(path, newer, cases, seconds) {
  const { guideline, ns, issues } = load(path);
  const result = { start, load: ns, memory_loaded: megabytes() };
  if (guideline === null) return { ...result, problem: issues.find((issue) => issue.severity === "error")?.message };
  const compiled = [ns];
  for (let i = 0; i < 4 && ns < seconds * 1e9; ++i) {
    const again = load(path);
    compiled.push(again.ns);
    engine.unload(again.guideline);
  }
  result.load = summary(compiled).ns;
  result.answers = [];
  for (const { known, facts } of JSON.parse(readFileSync(cases, "utf8"))) {
    const texts = facts.map((one) => JSON.stringify(one));
    const taken = [];
    let bytes = 0;
    const end = now() + (seconds * 1e9) / 3;
    do
      for (const text of texts) {
        const began = now();
        bytes = engine.answer(guideline, text, "", "patient", false).length;
        taken.push(now() - began);
      }
    while (now() < end);
    result.answers.push({ known, with_json: summary(taken), bytes });
  }
  const repeat = (call, most) => {
    const taken = [];
    for (let i = 0; i < most && (i === 0 || taken[0] < seconds * 1e9); ++i) {
      const began = now();
      call(i);
      taken.push(now() - began);
    }
    return summary(taken);
  };
  const some = JSON.parse(readFileSync(cases, "utf8")).find((group) => group.known === 50).facts;
  result.what_if = repeat((i) => engine.whatIf(guideline, JSON.stringify(some[i % some.length])), 10);
  result.check = repeat(() => engine.check(guideline), 5);
  result.memory_proved = megabytes();
  if (newer !== "-") {
    const other = load(newer);
    result.diff = repeat(() => engine.diff(guideline, other.guideline), 5);
  }
  result.memory = megabytes();
  return result;
}

const [command, ...rest] = process.argv.slice(2);
const result = command === "workload" ? await completeProfiles(rest[0], Number(rest[1]), rest[2], Number(rest[3])) : times(rest[0], rest[1], rest[2], Number(rest[3]));
console.log(JSON.stringify(result));
