// A real fault of the engine, without anything in the page for it: the wasm module is started with a switch on its exports.
// Once it is thrown, whatever the engine is asked for next runs into wasm's `unreachable`.

/** Runs in the page before its own scripts. */
export function breakable() {
  const instantiate = WebAssembly.instantiate;
  // (module (func (export "trap") unreachable))
  const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 8, 1, 4, 116, 114, 97, 112, 0, 0, 10, 5, 1, 3, 0, 0, 11]);
  window.testTrap = { broken: false, started: 0, trapped: 0 };
  WebAssembly.instantiate = async (source, imports) => {
    const started = await instantiate.call(WebAssembly, source, imports);
    const { trap } = (await instantiate.call(WebAssembly, bytes)).instance.exports;
    const instance = started.instance ?? started;
    window.testTrap.started += 1;
    window.testTrap.broken = false;
    const exports = {};
    for (const [name, item] of Object.entries(instance.exports)) {
      exports[name] = typeof item !== "function" ? item : (...args) => {
        if (window.testTrap.broken) {
          window.testTrap.trapped += 1;
          trap();
        }
        return item(...args);
      };
    }
    return started.instance ? { module: started.module, instance: { exports } } : { exports };
  };
}

export const trap = (visit) => visit.evaluate(() => { window.testTrap.broken = true; });
export const trapped = (visit) => visit.evaluate(() => window.testTrap.trapped);
