declare module "engine.wasm" {
  const bytesOrAddress: unknown;
  export default bytesOrAddress;
}
/** `bytes-inlined.ts` or `bytes-beside.ts`: build.mjs chooses. */
declare module "engine-bytes" {
  export function engineBytes(): Promise<ArrayBuffer>;
}
declare module "*.css";
