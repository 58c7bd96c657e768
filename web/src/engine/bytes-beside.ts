import address from "engine.wasm";

export async function engineBytes(): Promise<ArrayBuffer> {
  const reply = await fetch(address as string);
  if (!reply.ok) throw new Error(`${address as string}: HTTP ${reply.status}`);
  return reply.arrayBuffer();
}

/** A server packs by itself. */
export const shippedIn = async (line: string): Promise<unknown> => JSON.parse(line);
