// In: what came with the page. Out: an engine with the first guideline in it, on this thread or moved here from another.
import loadEngine, { type EngineModule, type Loaded } from "engine-module";
import { engineBytes, shippedIn } from "engine-bytes";
import type { Shipped } from "../state/library.ts";

/** An engine with all that it has loaded: its program, and its memory, which is the whole of its state. */
export interface EngineImage { program: WebAssembly.Module; memory: ArrayBuffer }

/** Engine and guidelines as they came with the page. */
export interface Cargo { engine: string; guidelines: string }

export interface Begun {
  engine: EngineModule;
  program: WebAssembly.Module;
  shipped: Shipped;
  /** The guideline that was loaded. */
  name: string;
  loaded: Loaded;
  /** Milliseconds that loading it took. */
  took: number;
}

/** Lets the browser do what waits, a picture or a tap. */
export const breath = (): Promise<void> => new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    resolve();
  };
  port2.postMessage(null);
});

/** Bytes that are copied between two breaths: some milliseconds on a slow device. */
const mouthful = 4 << 20;

export function startEngine(program: WebAssembly.Module, memory?: ArrayBuffer): Promise<EngineModule> {
  return new Promise((resolve, reject) => {
    loadEngine({
      instantiateWasm(imports, done) {
        WebAssembly.instantiate(program, imports).then(done).catch(reject);
        return {};
      },
    }).then(async (engine) => {
      if (memory && !engine._waymark_reserve(memory.byteLength)) throw new Error("there is no memory for the engine");
      for (let at = 0; memory && at < memory.byteLength; at += mouthful) {
        await breath();
        engine.HEAPU8.set(new Uint8Array(memory, at, Math.min(mouthful, memory.byteLength - at)), at);
      }
      resolve(engine);
    }).catch(reject);
  });
}

export const imageOf = (engine: EngineModule, program: WebAssembly.Module): EngineImage =>
  ({ program, memory: engine.HEAPU8.slice().buffer });

/** @param wishes guidelines by name: the first that came with the page is loaded, else the page's default */
export async function begin(cargo: Cargo, wishes: string[]): Promise<Begun> {
  const [shipped, program] = await Promise.all([
    shippedIn(cargo.guidelines) as Promise<Shipped>,
    engineBytes(cargo.engine).then((bytes) => WebAssembly.compile(bytes as BufferSource)),
  ]);
  const engine = await startEngine(program);
  const name = wishes.find((wish) => Object.hasOwn(shipped.guidelines, wish)) ?? shipped.default;
  const start = performance.now();
  const loaded = JSON.parse(engine.load(shipped.guidelines[name] ?? [])) as Loaded;
  return { engine, program, shipped, name, loaded, took: performance.now() - start };
}
