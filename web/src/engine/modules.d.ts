declare module "engine.wasm" {
  const bytesOrAddress: unknown;
  export default bytesOrAddress;
}
declare module "unpack.wasm" {
  const bytes: unknown;
  export default bytes;
}
/** `bytes-inlined.ts` or `bytes-beside.ts`: build.mjs chooses. */
declare module "engine-bytes" {
  /** What came with the page, with its data line: texts, which a worker can be given. */
  export function cargoHere(guidelines: string): import("./begin.ts").Cargo;
  export function engineBytes(engine: string): Promise<ArrayBuffer | Uint8Array>;
  export function shippedIn(guidelines: string): Promise<unknown>;
}
/** `kept-files-inlined.ts` or `kept-files-beside.ts`, by the same choice. */
declare module "kept-files" {
  export function keepFiles(found: (newer: import("../state/state.ts").NewerBuild) => void): void;
}
declare module "*.css";
