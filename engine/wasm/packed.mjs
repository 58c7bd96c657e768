// Complete profiles at full speed from JavaScript: the joined diagram of `pack` walked here, without a call into wasm.

/**
 * @param {string} json what the engine's `pack` gave
 * @returns {(facts: Record<string, string>) => readonly string[]} from one value a fact to the ids of the options listed;
 *   throws a RangeError where a fact that decides is absent or has an unknown value
 */
export function evaluator(json) {
  const { facts, options, root, table, outcomes } = JSON.parse(json);
  const names = facts.map((fact) => fact.id);
  const codes = facts.map((fact) => Object.fromEntries(fact.values.map((value, index) => [value, index + 1])));
  const next = Int32Array.from(table);
  const answers = outcomes.map((listed) => Object.freeze(listed.map(([option]) => options[option])));
  return (given) => {
    let at = root;
    while (at >= 0) {
      const fact = next[at];
      const code = codes[fact][given[names[fact]]];
      if (code === undefined) throw new RangeError(`the fact '${names[fact]}' is missing or has an unknown value`);
      at = next[at + code];
    }
    return answers[-1 - at];
  };
}
