// The record systems that the site names: `smart` of its settings, put into these pages by hosted/site.mjs.

export interface RecordSystem {
  /** Base address of the FHIR server, without a slash at the end. */
  server: string;
  /** The name under which that system knows this page (OAuth client_id). */
  client: string;
}

export const baseOf = (address: string): string => address.replace(/\/+$/, "");

export function recordSystems(): RecordSystem[] {
  const named: unknown = JSON.parse(document.getElementById("waymark-smart")?.textContent ?? "null");
  return (Array.isArray(named) ? named : []).flatMap((one: Partial<RecordSystem> | null) =>
    (typeof one?.server === "string" && typeof one.client === "string" ? [{ server: baseOf(one.server), client: one.client }] : []));
}

export function systemAt(address: string): RecordSystem | undefined {
  return recordSystems().find(({ server }) => server === baseOf(address));
}
