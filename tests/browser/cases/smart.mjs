// SMART on FHIR: a record system starts the aid, which reads one patient's resources with leave for no more than that.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { startFhirServer } from "../harness/fhir-server.mjs";
import { startNginx } from "../harness/nginx.mjs";
import { recordText } from "../harness/records.mjs";

const kinds = ["Patient", "Condition", "Observation", "MedicationRequest", "MedicationStatement", "MedicationAdministration"];
const patient = "synthetic-1";
const resourcesOf = async (name) => JSON.parse(await recordText(name)).entry.map(({ resource }) => resource);

/** The site behind nginx and a record system that it names. */
async function withSystem({ pages, start, engine }, { record = "hormone-positive", change = (all) => all, ...options }, run) {
  const system = await startFhirServer({ resources: change(await resourcesOf(record)), patient, ...options });
  const site = await startNginx(pages.site, { asks: system.origin, settings: { smart: [{ server: system.address, client: "waymark-test" }] } });
  try {
    const visit = await start();
    await run({ visit, system, site });
    assert.deepEqual(await site.violations(), []);
    if (engine.name !== "webkit") {
      const { problems, requests } = await visit.observed();
      assert.deepEqual(problems.filter((line) => !isOfServer(line)), []);
      const foreign = requests.map((line) => line.replace(/^\w+ (?=\w+:)/, ""))
        .filter((address) => /^\w+:/.test(address) && !/^(data|blob|about):/.test(address) && ![site.site, `${system.origin}/`].some((one) => address.startsWith(one)));
      assert.deepEqual(foreign, [], "it asked somebody else");
    }
    for (const { method, path } of system.asked) {
      assert.ok(["GET", "OPTIONS"].includes(method) || (method === "POST" && path === "/token"), `${method} ${path}`);
    }
    assert.deepEqual(system.wrong, [], "the login was not kept to");
    assert.deepEqual((await site.wrong(engine)), []);
    assert.deepEqual(await visit.evaluate(() => ({ ...sessionStorage, ...localStorage })), {}, "the login is forgotten");
  } finally {
    await site.end();
    await system.end();
  }
}

/** A server that the site does not name: it must hear nothing. */
async function withStranger(run) {
  const stranger = await startFhirServer({ resources: [], patient });
  try {
    await run(stranger);
    assert.deepEqual(stranger.asked, []);
  } finally {
    await stranger.end();
  }
}

/** The console notes each reply that is an error. */
const isOfServer = (line) => /Failed to load resource|status of (40[13]|500)/.test(line);

/** As a record system does it: in a tab that shows something else. */
async function launch({ visit, site, system }, query = `iss=${encodeURIComponent(system.address)}&launch=from-the-record`) {
  await visit.page.open(`${site.site}smart/index.html`);
  assert.equal(await state(visit, ["idle"]), "idle");
  await aidStarts(visit);
  await visit.evaluate((query) => {
    setTimeout(() => { location.href = `launch.html?${query}`; }, 0);
  }, query);
  return state(visit, ["read", "failed"]);
}

async function state(visit, wanted) {
  for (let looks = 0; looks < 600; looks++) {
    const now = await visit.evaluate(() => document.getElementById("said")?.dataset.state).catch(() => null);
    if (wanted.includes(now)) return now;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`waited in vain for ${wanted}`);
}

const said = (visit) => visit.evaluate(() => document.getElementById("said").textContent);
const leftOut = async (visit) => Object.fromEntries(await visit.evaluate(() =>
  [...document.querySelectorAll("#left-out li")].map((item) => [item.dataset.kind, item.dataset.why])));

/** What the aid in the frame shows, once it shows a record. */
async function shown(visit) {
  await visit.until("the frame shows the record", () =>
    document.querySelector("iframe").contentDocument.querySelector("[data-record], [data-refused]") !== null);
  return visit.evaluate(() => {
    const { contentDocument: page, contentWindow } = document.querySelector("iframe");
    const all = (selector, name) => [...page.querySelectorAll(selector)].map((item) => item.dataset[name]);
    return {
      proposals: all("[data-proposal]", "proposal"), refused: all("[data-refused]", "refused"), warnings: all("[data-warning]", "warning"),
      facts: contentWindow.waymark.result().facts,
    };
  });
}

async function aidStarts(visit) {
  await visit.until("the aid is there", () => document.querySelector("iframe").contentWindow.waymark !== undefined);
  await visit.evaluate(() => document.querySelector("iframe").contentWindow.waymark.ready.then(() => null));
}

async function aidWorks(visit) {
  await aidStarts(visit);
  return visit.evaluate(() => document.querySelector("iframe").contentWindow.waymark.answer("distant_metastasis", "m1").facts);
}

const searched = ({ asked }) => [...new Set(asked.filter(({ method }) => method === "GET").map(({ path }) => /^\/fhir\/(\w+)/.exec(path)?.[1]).filter(Boolean))].sort();

export const smart = [
  {
    name: "smart: with leave for everything, a person confirms what all pages of the record say",
    quiet: false,
    minutes: 5,
    run: (tools) => withSystem(tools, {}, async (all) => {
      const { visit, system } = all;
      assert.equal(await launch(all), "read");
      const { proposals, facts } = await shown(visit);
      const whole = JSON.parse(await readFile(new URL("../../records/hormone-positive.expect", import.meta.url), "utf8"));
      const expected = Object.keys(whole.facts).filter((fact) => whole.facts[fact]);
      for (const fact of expected) assert.ok(proposals.includes(fact), `${fact} is proposed: ${proposals}`);
      assert.deepEqual(facts, {}, "nothing is an answer by itself");
      assert.deepEqual(await leftOut(visit), {});
      assert.match(await said(visit), /diagnoses 2, results 12/);
      assert.deepEqual(searched(system), [...kinds].sort());

      const [login] = system.logins;
      assert.deepEqual(login.scope.split(" "), ["launch", ...kinds.map((kind) => `patient/${kind}.rs`)]);
      assert.equal(login.launch, "from-the-record");
      assert.equal(await visit.evaluate(() => location.search), "", "no code stays in the address");

      await visit.evaluate(() => {
        const page = document.querySelector("iframe").contentDocument;
        page.querySelector("[data-proposal=er] input").click();
      });
      await visit.until("one is ticked", () => !document.querySelector("iframe").contentDocument.querySelector("[data-action=confirm]").disabled);
      await visit.evaluate(() => document.querySelector("iframe").contentDocument.querySelector("[data-action=confirm]").click());
      await visit.until("it is an answer", () => document.querySelector("iframe").contentWindow.waymark.result().facts.er !== undefined);
      assert.deepEqual((await shown(visit)).facts, { er: ["positive"] });
    }),
  },
  {
    name: "smart: with leave for patient and diagnoses only, it asks for no more, says what it did not read, and leaves it open",
    quiet: false,
    minutes: 5,
    run: (tools) => withSystem(tools, { grants: ["Patient", "Condition"], smart2: false }, async (all) => {
      const { visit, system } = all;
      assert.equal(await launch(all), "read");
      const { proposals } = await shown(visit);
      assert.deepEqual(await leftOut(visit), Object.fromEntries(kinds.slice(2).map((kind) => [kind, "notAllowed"])));
      assert.deepEqual(searched(system), ["Condition", "Patient"]);
      for (const fact of ["er", "her2", "ecog", "prior_cdk46"]) assert.ok(!proposals.includes(fact), fact);
      assert.ok(proposals.includes("bone_metastases"));
      assert.match(system.logins[0].scope, /^launch patient\/Patient\.read patient\/Condition\.read /, "SMART 1 is spoken to as SMART 1");
    }),
  },
  {
    name: "smart: a kind that is forbidden, one whose list breaks off, and one that goes on elsewhere are left out whole",
    quiet: false,
    minutes: 5,
    run: (tools) => withStranger(async (stranger) => {
      await withSystem(tools, {
        forbids: ["MedicationStatement"],
        before: ({ pathname }, page) => {
          if (pathname.endsWith("/Observation") && page === 1) return { status: 500, body: { resourceType: "OperationOutcome" } };
          if (pathname.endsWith("/MedicationAdministration")) return { body: { resourceType: "Bundle", entry: [], link: [{ relation: "next", url: `${stranger.address}/MedicationAdministration?page=1` }] } };
          if (pathname.endsWith("/MedicationRequest")) return { body: { resourceType: "Bundle", entry: [{ resource: { resourceType: "OperationOutcome", issue: [{ severity: "warning", code: "suppressed" }] } }] } };
          return null;
        },
      }, async (all) => {
        const { visit } = all;
        assert.equal(await launch(all), "read");
        const { proposals } = await shown(visit);
        assert.deepEqual(await leftOut(visit), { Observation: "failed", MedicationStatement: "notAllowed", MedicationAdministration: "failed", MedicationRequest: "failed" });
        for (const fact of ["er", "pr", "her2", "ecog", "menopause"]) assert.ok(!proposals.includes(fact), `${fact} would rest on half a list`);
        assert.ok(proposals.includes("bone_metastases"));
      });
    }),
  },
  {
    name: "smart: a login that says no leaves the aid as it was",
    quiet: false,
    minutes: 5,
    run: (tools) => withSystem(tools, { refuses: true }, async (all) => {
      const { visit, system } = all;
      assert.equal(await launch(all), "failed");
      assert.match(await said(visit), /access_denied: the clinician said no/);
      assert.deepEqual(await aidWorks(visit), { distant_metastasis: ["m1"] });
      assert.deepEqual(searched(system), []);
      assert.ok(!system.asked.some(({ path }) => path === "/token"));
    }),
  },
  {
    name: "smart: no patient, another patient, and results of another patient are not used",
    quiet: false,
    minutes: 6,
    async run(tools) {
      await withSystem(tools, { patient: undefined }, async (all) => {
        assert.equal(await launch(all), "failed");
        assert.match(await said(all.visit), /names no patient/);
        assert.deepEqual(searched(all.system), []);
      });
      const other = { before: ({ pathname }) => (pathname.endsWith(`/Patient/${patient}`) ? { body: { resourceType: "Patient", id: "somebody-else" } } : null) };
      await withSystem(tools, other, async (all) => {
        assert.equal(await launch(all), "failed");
        assert.match(await said(all.visit), /another patient/);
        assert.deepEqual(searched(all.system), ["Patient"]);
        assert.deepEqual(await aidWorks(all.visit), { distant_metastasis: ["m1"] });
      });
      const leaking = (resources) => resources.map((one) => (one.resourceType === "Observation" ? { ...one, leaks: true, subject: { reference: "Patient/somebody-else" } } : one));
      await withSystem(tools, { change: leaking }, async (all) => {
        assert.equal(await launch(all), "read");
        const { proposals, warnings } = await shown(all.visit);
        assert.ok(!proposals.includes("er"));
        assert.ok(warnings.includes("other_subject"));
      });
      await withSystem(tools, { change: (resources) => resources.slice(0, 1) }, async (all) => {
        assert.equal(await launch(all), "read");
        assert.deepEqual((await shown(all.visit)).refused, ["no_breast_cancer"]);
      });
    },
  },
  {
    name: "smart: a server that the site does not name, and an address that nobody was sent back to, are asked nothing",
    quiet: false,
    minutes: 5,
    run: (tools) => withStranger(async (stranger) => {
      await withSystem(tools, {}, async (all) => {
        for (const query of [`iss=${encodeURIComponent(stranger.address)}&launch=x`, `iss=${encodeURIComponent(`${all.system.address}.evil.example`)}`]) {
          assert.equal(await launch(all, query), "failed");
          assert.match(await said(all.visit), /not one that the site names/);
        }
        assert.deepEqual(all.system.asked, []);
        await all.visit.page.open(`${all.site.site}smart/index.html?code=1&state=forged&error=x&error_description=Call+us+now`);
        assert.equal(await state(all.visit, ["idle"]), "idle");
        assert.doesNotMatch(await said(all.visit), /Call us/);
        await aidStarts(all.visit);
        // What the client would take from the address besides `iss` and `launch` counts for nothing.
        await launch(all, `fhirServiceUrl=${encodeURIComponent(stranger.address)}&patientId=somebody-else&clientId=other`);
        await state(all.visit, ["read"]);
        assert.equal(all.system.logins.length, 1);
        assert.equal(all.system.logins[0].client_id, "waymark-test");
        assert.match(all.system.logins[0].scope, /^launch\/patient /);
      });
    }),
  },
  {
    name: "smart: the single file holds nothing of it",
    browser: false,
    async run({ pages }) {
      const marks = /SMART_KEY|smart-configuration|fhirServiceUrl/;
      assert.doesNotMatch(await readFile(pages.template.file, "utf8"), marks);
      assert.doesNotMatch(await readFile(`${pages.site}/index.html`, "utf8"), marks);
    },
  },
];
