// Packed, because base64 would make it a third larger.
import packed from "engine.wasm";

export function engineBytes(): Promise<ArrayBuffer> {
  const gzip = new DecompressionStream("gzip");
  // Not by a Blob: in a worker of a local file WebKit cannot read one.
  const writer = gzip.writable.getWriter();
  void writer.write(packed as BufferSource);
  void writer.close();
  return new Response(gzip.readable).arrayBuffer();
}
