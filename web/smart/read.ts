// Where a record system comes back to after its login: reads one patient's resources, puts them into one bundle and hands it to the
// aid in the frame below, whose screen has a person confirm each proposal. It writes nothing to the record system.
import { oauth2 } from "fhirclient";
import type { Waymark } from "../src/host/host.ts";
import { recordAtMost } from "../src/state/record-at-most.ts";
import { read as kinds } from "./kinds.ts";
import { systemAt } from "./settings.ts";
import { nameOf, reasonOf, say, show, type Kind } from "./words.ts";

type Client = Awaited<ReturnType<typeof oauth2.ready>>;
interface Resource { resourceType?: string; id?: string; issue?: { severity?: string; code?: string }[] }
interface Entry { fullUrl?: string; resource?: Resource }
interface Page extends Resource { entry?: Entry[]; link?: { relation?: string; url?: string }[] }

const mostPages = 200;
const patience = 60_000;
/** Drugs that an order only refers to come along where the server knows how. */
const including: Partial<Record<Kind, string>> = { MedicationRequest: "&_include=MedicationRequest:medication" };

class Unreadable extends Error {}

async function get<T extends Resource>(client: Client, url: string): Promise<T> {
  const stopper = new AbortController();
  const timer = setTimeout(() => stopper.abort(), patience);
  try {
    return await client.request<T>({ url, signal: stopper.signal });
  } finally {
    clearTimeout(timer);
  }
}

/** What the login gave leave to read; null where it does not say. */
function grantOf(scopes: string | undefined, kind: Kind): "all" | "part" | "none" | null {
  if (!scopes) return null;
  const rights = scopes.split(" ").map((scope) => /^(?:patient|user)\/(\*|\w+)\.(\*|\w+)(\?.*)?$/.exec(scope))
    .filter((right) => right && (right[1] === "*" || right[1] === kind) && (/^(?:\*|read)$/.test(right[2] ?? "") || /^c?ru?d?s?$/.test(right[2] ?? "")));
  if (rights.length === 0) return "none";
  return rights.some((right) => right?.[3] === undefined) ? "all" : "part";
}

/** All pages or nothing: half a list could lack the newest result. */
async function listOf(client: Client, kind: Kind, patient: string, room: { left: number }): Promise<Entry[]> {
  const found: Entry[] = [];
  const asked = new Set<string>();
  const server = new URL(client.state.serverUrl);
  let next: string | undefined = `${kind}?patient=${encodeURIComponent(patient)}&_count=200${including[kind] ?? ""}`;
  while (next !== undefined) {
    if (asked.has(next) || asked.size === mostPages) throw new Unreadable(say("noEnd"));
    asked.add(next);
    const page: Page = await get<Page>(client, next);
    if (page?.resourceType !== "Bundle") throw new Unreadable(say("noList"));
    room.left -= JSON.stringify(page).length;
    if (room.left < 0) throw new Unreadable(say("tooLarge"));
    for (const { fullUrl, resource } of page.entry ?? []) {
      if (resource?.resourceType === "OperationOutcome") {
        if (resource.issue?.some(({ severity, code }) => severity === "error" || severity === "fatal" || code === "suppressed")) throw new Unreadable(say("incomplete"));
      } else if (resource) found.push({ ...(fullUrl === undefined ? {} : { fullUrl }), resource });
    }
    next = page.link?.find(({ relation }) => relation === "next")?.url;
    // The token goes nowhere but to the server that gave it.
    if (next !== undefined && new URL(next, `${server.href}/`).origin !== server.origin) throw new Unreadable(say("elsewhere"));
  }
  return found;
}

const isForbidden = (failure: unknown): boolean => [401, 403].includes((failure as { status?: number } | null)?.status ?? 0);

interface Read { entries: Entry[]; counts: Map<Kind, number>; notes: { kind: Kind; why: "notAllowed" | "inPart" | "failed"; reason: string }[] }

async function recordOf(client: Client, patient: Entry): Promise<Read> {
  const out: Read = { entries: [patient], counts: new Map([["Patient", 1]]), notes: [] };
  const room = { left: recordAtMost };
  const scopes = client.state.tokenResponse?.scope;
  const id = patient.resource?.id ?? "";
  // In the order of `kinds`, so that one record is one bundle whatever comes first.
  const lists = await Promise.all(kinds.slice(1).map(async (kind) => {
    const grant = grantOf(scopes, kind);
    if (grant === "none") return { kind, why: "notAllowed" as const, reason: "", list: null };
    try {
      return { kind, why: grant === "part" ? "inPart" as const : null, reason: "", list: await listOf(client, kind, id, room) };
    } catch (failure) {
      return { kind, why: isForbidden(failure) ? "notAllowed" as const : "failed" as const, reason: reasonOf(failure), list: null };
    }
  }));
  for (const { kind, why, reason, list } of lists) {
    if (list) {
      out.entries.push(...list);
      out.counts.set(kind, list.length);
    }
    if (why) out.notes.push({ kind, why, reason });
  }
  return out;
}

const frame = document.createElement("iframe");
async function startAid(): Promise<Waymark> {
  frame.title = say("frame");
  frame.src = "../index.html";
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  document.body.append(frame);
  await loaded;
  const { waymark } = frame.contentWindow as Window;
  await waymark.ready;
  return waymark;
}

/** The login's state and the token go out of the tab's storage as soon as the client holds them. */
function forget(key: string): void {
  for (const name of [key, "SMART_KEY"]) sessionStorage.removeItem(name);
}

/** Null where no login of this tab comes back: what such an address says is not shown either. */
async function logIn(): Promise<Client | null> {
  const key = new URLSearchParams(location.search).get("state");
  if (key === null || sessionStorage.getItem(key) === null) return null;
  try {
    return await oauth2.ready();
  } finally {
    forget(key);
    history.replaceState(null, "", location.pathname);
  }
}

async function read(aid: Promise<Waymark>): Promise<void> {
  let client: Client | null;
  try {
    client = await logIn();
  } catch (failure) {
    return show("failed", say("refused", { reason: reasonOf(failure) }));
  }
  if (!client) return show("idle", say("notStarted"));
  const { serverUrl } = client.state;
  if (!systemAt(serverUrl)) return show("failed", say("notNamed", { server: serverUrl }));
  const server = new URL(serverUrl).host;
  show("reading", say("reading", { server }));
  const id = client.patient.id;
  if (!id) return show("failed", say("noPatient"));
  let patient: Resource;
  try {
    patient = await get<Resource>(client, `Patient/${encodeURIComponent(id)}`);
  } catch (failure) {
    return show("failed", say("patientFailed", { reason: reasonOf(failure) }));
  }
  if (patient?.resourceType !== "Patient" || patient.id !== id) return show("failed", say("otherPatient"));
  const { entries, counts, notes } = await recordOf(client, { fullUrl: `${serverUrl.replace(/\/+$/, "")}/Patient/${id}`, resource: patient });
  tell(notes);
  try {
    (await aid).import({ resourceType: "Bundle", type: "collection", entry: entries });
    show("read", say("read", { server, kinds: [...counts].map(([kind, count]) => `${nameOf(kind)} ${count}`).join(", ") }));
  } catch (failure) {
    show("failed", say("unusable", { reason: reasonOf(failure) }));
  }
}

function tell(notes: Read["notes"]): void {
  const list = document.getElementById("left-out") as HTMLElement;
  list.hidden = notes.length === 0;
  for (const { kind, why, reason } of notes) {
    const item = document.createElement("li");
    item.dataset.kind = kind;
    item.dataset.why = why;
    const name = nameOf(kind);
    item.textContent = say(why, { kind: name.charAt(0).toUpperCase() + name.slice(1), reason });
    list.append(item);
  }
}

const aid = startAid();
// The frame itself says why the aid does not start.
aid.catch(() => undefined);
void read(aid);
