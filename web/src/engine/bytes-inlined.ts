// Packed, because base64 would make it a third larger.
import packed from "engine.wasm";

export function engineBytes(): Promise<ArrayBuffer> {
  const unpacked = new Blob([packed as BlobPart]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(unpacked).arrayBuffer();
}
