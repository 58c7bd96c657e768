// Packed, engine and guidelines, since the one file should be small: a small WebAssembly unpacks both (engine/pack). They are texts
// until somebody asks: the page's own thread need not.
import packedEngine from "engine.wasm";
import unpacker from "unpack.wasm";

interface Unpacker {
  memory: WebAssembly.Memory;
  room(size: number): number;
  unpack(packed: number, size: number, most: number): number;
}

/** As build.mjs writes it. */
const unpackerBytes = () => codesOf(unpacker as string, 48);
const bytesOf = (base64: string) => codesOf(atob(base64), 0);

/** A plain loop: `Uint8Array.from` takes ten times as long, and the first screen waits for it. */
function codesOf(text: string, above: number): Uint8Array<ArrayBuffer> {
  const codes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) codes[at] = text.charCodeAt(at) - above;
  return codes;
}

async function unpack(text: string, most = 0xffff_ffff): Promise<Uint8Array> {
  const packed = bytesOf(text);
  const { instance } = await WebAssembly.instantiate(unpackerBytes());
  const { memory, room, unpack } = instance.exports as unknown as Unpacker;
  const from = room(packed.length);
  new Uint8Array(memory.buffer).set(packed, from);
  const to = unpack(from, packed.length, most);
  if (to === 0) throw new Error("what is packed in this page is damaged, or there is no memory to unpack it");
  return new Uint8Array(memory.buffer, to, Math.min(most, new DataView(packed.buffer).getUint32(0, true)));
}

export const engineBytes = (): Promise<Uint8Array> => unpack(packedEngine as string);

/** The data line as `waymark build` packs it: two JSON texts in a row, the first one of `look` bytes. */
interface Packed { packed: string; look: number }
const packedIn = (line: string): Packed | null => {
  const data = JSON.parse(line) as Partial<Packed> | null;
  return data?.packed === undefined ? null : data as Packed;
};

export async function shippedIn(line: string): Promise<unknown> {
  const data = packedIn(line);
  if (!data) return JSON.parse(line);
  return JSON.parse(new TextDecoder().decode((await unpack(data.packed)).subarray(data.look)));
}

/** What is shown before the guideline is read stands at the beginning, and is unpacked alone. */
export async function lookIn(line: string): Promise<unknown> {
  const data = packedIn(line);
  if (!data) return null;
  // A symbol takes no more than a few bytes: there is no need to read all that is packed.
  return JSON.parse(new TextDecoder().decode(await unpack(data.packed.slice(0, 4 * data.look), data.look)));
}
