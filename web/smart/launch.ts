// Where a record system starts the aid (SMART App Launch): on to that system's own login, with leave to read and nothing else.
import { client as fhirClient, oauth2 } from "fhirclient";
import { read as kinds } from "./kinds.ts";
import { baseOf, recordSystems, systemAt } from "./settings.ts";
import { reasonOf, say, show } from "./words.ts";

interface Configuration { capabilities?: unknown; scopes_supported?: unknown }

/** SMART 2 writes "may read and search" as `rs`; a server that does not say that it knows this gets the older `read`. */
async function scopesAt(server: string, launch: string | null): Promise<string> {
  const { capabilities, scopes_supported: scopes } =
    await fhirClient(server).request<Configuration>(".well-known/smart-configuration").catch((): Configuration => ({})) ?? {};
  const listed = (list: unknown, ...words: RegExp[]) =>
    Array.isArray(list) && list.some((one) => words.some((word) => word.test(String(one))));
  const right = listed(capabilities, /^permission-v2$/) || listed(scopes, /^(patient|user)\/[\w*]+\.(c?r?u?d?s)\b/) ? "rs" : "read";
  return [launch === null ? "launch/patient" : "launch", ...kinds.map((kind) => `patient/${kind}.${right}`)].join(" ");
}

async function launch(): Promise<void> {
  const asked = new URLSearchParams(location.search);
  const only = recordSystems().length === 1 ? recordSystems()[0]?.server : undefined;
  const iss = asked.get("iss") ?? only;
  if (iss === undefined) return show("failed", say("noServer"));
  const system = systemAt(iss);
  if (!system) return show("failed", say("notNamed", { server: baseOf(iss) }));
  const code = asked.get("launch");
  show("reading", say("toLogin", { server: new URL(system.server).host }));
  // The client takes more than these two from the address, such as another patient or server.
  history.replaceState(null, "", `?${new URLSearchParams({ iss, ...(code === null ? {} : { launch: code }) })}`);
  try {
    const address = await oauth2.authorize({
      clientId: system.client, scope: await scopesAt(iss, code), redirectUri: "index.html",
      stateKey: crypto.randomUUID(), completeInTarget: true, noRedirect: true,
    });
    const { protocol, searchParams } = new URL(String(address));
    if (!/^https?:$/.test(protocol) || searchParams.get("response_type") !== "code") throw new Error("OAuth?");
    location.replace(String(address));
  } catch (failure) {
    show("failed", say("noLogin", { server: system.server, reason: reasonOf(failure) }));
  }
}

void launch();
