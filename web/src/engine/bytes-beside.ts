import address from "engine.wasm";

export async function engineBytes(): Promise<ArrayBuffer> {
  const reply = await fetch(address as string);
  if (!reply.ok) throw new Error(`${address as string}: HTTP ${reply.status}`);
  return reply.arrayBuffer();
}

/** What a site ships is not packed by us, and has no look of its own: its files are kept in the browser. */
export const lookIn = async (): Promise<unknown> => null;
/** A server packs by itself. */
export const shippedIn = async (line: string): Promise<unknown> => JSON.parse(line);
