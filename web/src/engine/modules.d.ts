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
  export function engineBytes(): Promise<ArrayBuffer | Uint8Array>;
  /** The guidelines in the page's data line. */
  export function shippedIn(line: string): Promise<unknown>;
  /** What to show before the guideline is read; `null` where the page has none. */
  export function lookIn(line: string): Promise<unknown>;
}
/** `kept-files-inlined.ts` or `kept-files-beside.ts`, by the same choice. */
declare module "kept-files" {
  export function keepFiles(found: (newer: import("../state/state.ts").NewerBuild) => void): void;
}
declare module "*.css";
