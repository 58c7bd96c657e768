// A record system on loopback for as long as a case needs it: a FHIR R4 server with the login of SMART App Launch in front of it.
// It logs in at once, gives what it is told to give, and remembers what it was asked.
import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";

const idOf = (reference) => reference?.split("/").pop();
const sha256 = (text) => createHash("sha256").update(text).digest("base64url");

/**
 * `resources` of all patients; `patient`: the one whom the login names. `grants`: the kinds that the login allows (by default what
 * is asked); `forbids`: kinds that are refused all the same. `refuses`: the login says no. `before(url, page)` may give another
 * reply, as `{status, body}`, to a search's page. `smart2`: whether it knows SMART 2.
 */
export async function startFhirServer({ resources, patient, grants, forbids = [], refuses = false, before = () => null, smart2 = true }) {
  const asked = [];
  const codes = new Map();
  const token = randomBytes(16).toString("hex");
  const logins = [];
  const wrong = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, base);
    asked.push({ method: request.method, path: url.pathname, query: url.search });
    const reply = (status, body, headers = {}) => response.writeHead(status, {
      "Content-Type": "application/fhir+json", "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "authorization, content-type",
      "Cache-Control": "no-store", ...headers,
    }).end(body === undefined ? "" : JSON.stringify(body));
    if (request.method === "OPTIONS") return reply(204);
    if (url.pathname === "/login") return logIn(url, reply);
    if (url.pathname === "/token") return giveToken(request, reply);
    if (!url.pathname.startsWith("/fhir/")) return reply(404);
    const path = url.pathname.slice("/fhir/".length);
    if (path === ".well-known/smart-configuration") {
      return reply(200, {
        authorization_endpoint: `${base}/login`, token_endpoint: `${base}/token`, code_challenge_methods_supported: ["S256"],
        capabilities: ["launch-ehr", "client-public", smart2 ? "permission-v2" : "permission-patient"],
      });
    }
    if (request.headers.authorization !== `Bearer ${token}`) return reply(401, outcome("login"));
    const [kind, id] = path.split("/");
    if (forbids.includes(kind) || (grants && !grants.includes(kind))) return reply(403, outcome("forbidden"));
    const page = Number(url.searchParams.get("page") ?? 0);
    const other = before(url, page);
    if (other) return reply(other.status ?? 200, other.body);
    if (id) {
      const found = resources.find((one) => one.resourceType === kind && one.id === id);
      return found ? reply(200, found) : reply(404, outcome("not-found"));
    }
    reply(200, pageOf(url, kind, page));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${server.address().port}`;

  const outcome = (code) => ({ resourceType: "OperationOutcome", issue: [{ severity: "error", code }] });

  function logIn(url, reply) {
    const asks = Object.fromEntries(url.searchParams);
    logins.push(asks);
    const back = new URL(asks.redirect_uri);
    back.searchParams.set("state", asks.state);
    if (refuses) {
      back.searchParams.set("error", "access_denied");
      back.searchParams.set("error_description", "the clinician said no");
    } else {
      const code = randomBytes(8).toString("hex");
      codes.set(code, asks);
      back.searchParams.set("code", code);
    }
    reply(302, undefined, { Location: back.href });
  }

  async function giveToken(request, reply) {
    let text = "";
    for await (const part of request) text += part;
    const form = new URLSearchParams(text);
    const asks = codes.get(form.get("code"));
    codes.delete(form.get("code"));
    const fits = asks && asks.code_challenge_method === "S256" && sha256(form.get("code_verifier") ?? "") === asks.code_challenge
      && form.get("redirect_uri") === asks.redirect_uri && form.get("client_id") === asks.client_id && asks.aud === `${base}/fhir`;
    if (request.method !== "POST" || !fits) {
      wrong.push(text);
      return reply(400, { error: "invalid_grant" });
    }
    const scope = asks.scope.split(" ").filter((one) => !grants || !one.startsWith("patient/") || grants.includes(/\/(\w+)\./.exec(one)[1])).join(" ");
    reply(200, { access_token: token, token_type: "Bearer", expires_in: 300, scope, patient });
  }

  /** Two resources a page. Also those of another patient where a resource says `leaks`. */
  function pageOf(url, kind, page) {
    const wanted = url.searchParams.get("patient");
    const all = resources.filter((one) => one.resourceType === kind && [idOf((one.subject ?? one.patient)?.reference), one.leaks && wanted].includes(wanted));
    const next = new URL(url);
    next.searchParams.set("page", page + 1);
    return {
      resourceType: "Bundle", type: "searchset", total: all.length,
      link: [{ relation: "self", url: url.href }, ...((page + 1) * 2 < all.length ? [{ relation: "next", url: next.href }] : [])],
      entry: all.slice(page * 2, page * 2 + 2).map((resource) => ({ fullUrl: `${base}/fhir/${kind}/${resource.id}`, resource, search: { mode: "match" } })),
    };
  }

  return {
    origin: base, address: `${base}/fhir`, asked, logins, wrong,
    end: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}
