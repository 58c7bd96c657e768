// Packed, engine and guidelines, since the one file should be small: a small WebAssembly unpacks both (engine/pack).
import packedEngine from "engine.wasm";
import unpacker from "unpack.wasm";

interface Unpacker {
  memory: WebAssembly.Memory;
  room(size: number): number;
  unpack(packed: number, size: number): number;
}

async function unpack(packed: Uint8Array): Promise<Uint8Array> {
  const { instance } = await WebAssembly.instantiate(unpacker as BufferSource);
  const { memory, room, unpack } = instance.exports as unknown as Unpacker;
  const from = room(packed.length);
  new Uint8Array(memory.buffer).set(packed, from);
  const to = unpack(from, packed.length);
  if (to === 0) throw new Error("what is packed in this page is damaged, or there is no memory to unpack it");
  return new Uint8Array(memory.buffer, to, new DataView(packed.buffer, packed.byteOffset).getUint32(0, true));
}

export const engineBytes = (): Promise<Uint8Array> => unpack(packedEngine as Uint8Array);

/** What the page's data line holds, as it is or as `waymark build` packs it. */
export async function shippedIn(line: string): Promise<unknown> {
  const data = JSON.parse(line) as { packed?: string } | null;
  if (data?.packed === undefined) return data;
  const packed = Uint8Array.from(atob(data.packed), (character) => character.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(await unpack(packed)));
}
