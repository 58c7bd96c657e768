// Packed, engine and guidelines, since the one file should be small: a small WebAssembly unpacks both (engine/pack). They stand in
// the file as texts after the script, so that what is shown first need not wait for them.
import unpacker from "unpack.wasm";

interface Unpacker {
  memory: WebAssembly.Memory;
  room(size: number): number;
  unpack(packed: number, size: number): number;
}

export const cargoHere = (guidelines: string) => ({ guidelines, engine: document.getElementById("waymark-engine")?.textContent ?? "" });

/** As build.mjs writes it. */
const unpackerBytes = () => codesOf(unpacker as string, 48);
const bytesOf = (base64: string) => codesOf(atob(base64), 0);

/** A plain loop: `Uint8Array.from` takes ten times as long. */
function codesOf(text: string, above: number): Uint8Array<ArrayBuffer> {
  const codes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) codes[at] = text.charCodeAt(at) - above;
  return codes;
}

async function unpack(text: string): Promise<Uint8Array> {
  const packed = bytesOf(text);
  const { instance } = await WebAssembly.instantiate(unpackerBytes());
  const { memory, room, unpack } = instance.exports as unknown as Unpacker;
  const from = room(packed.length);
  new Uint8Array(memory.buffer).set(packed, from);
  const to = unpack(from, packed.length);
  if (to === 0) throw new Error("what is packed in this page is damaged, or there is no memory to unpack it");
  return new Uint8Array(memory.buffer, to, new DataView(packed.buffer).getUint32(0, true));
}

export const engineBytes = (text: string): Promise<Uint8Array> => unpack(text);

/** As `waymark build` packs them, or plain JSON. */
export async function shippedIn(guidelines: string): Promise<unknown> {
  const data = JSON.parse(guidelines) as { packed?: string };
  return data.packed === undefined ? data : JSON.parse(new TextDecoder().decode(await unpack(data.packed)));
}
