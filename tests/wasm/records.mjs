// A hospital's records in the browser's engine: import as the native tool prints it, byte for byte; and what goes out again is
// FHIR R4 by its published definitions (the profiles that the `fhir` package carries), a proposal everywhere and never an order.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import fhir from "fhir";

const today = "2026-11-24";

function resources(json, found = []) {
  if (Array.isArray(json)) json.forEach((item) => resources(item, found));
  else if (json !== null && typeof json === "object") {
    if (json.resourceType) found.push(json);
    Object.values(json).forEach((item) => resources(item, found));
  }
  return found;
}

function noEmptyTexts(json) {
  if (typeof json === "string") return json.trim() !== "";
  if (Array.isArray(json)) return json.length > 0 && json.every(noEmptyTexts);
  return json === null || typeof json !== "object" || (Object.keys(json).length > 0 && Object.values(json).every(noEmptyTexts));
}

export function testRecords({ root, tool, engine, guideline, folder, check }) {
  const validator = new fhir.Fhir();
  const valid = (resource) => {
    const { valid: fine, messages } = validator.validate(resource, { errorOnUnexpected: true });
    return fine ? "" : JSON.stringify(messages.filter((message) => message.severity === "error").slice(0, 5));
  };
  const native = (args) => spawnSync(tool, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  const records = path.join(root, "tests/records");
  const facts = [{}, { distant_metastasis: "m0" }, { er: "positive", her2: ["low", "ultralow", "zero"] }];

  for (const file of fs.readdirSync(records).filter((name) => name.endsWith(".json")).sort()) {
    const text = fs.readFileSync(path.join(records, file), "utf8");
    const reply = engine.importRecord(guideline, text, today);
    const { status, stdout } = native(["import", folder, path.join(records, file), "--today", today]);
    check(`record ${file}: the browser's proposals are the native ones`, `${reply}\n` === stdout, reply.slice(0, 200));
    const proposals = JSON.parse(reply);
    check(`record ${file}: exit code`, status === (proposals.refused ? 1 : 0), String(status));
    if (!proposals.refused) facts.push(proposals.facts);
    const broken = JSON.parse(engine.importRecord(guideline, text.slice(0, text.length / 2), today));
    check(`record ${file}: half of it is a clear error`, typeof broken.error?.message === "string");
  }

  const work = fs.mkdtempSync(path.join(os.tmpdir(), "waymark-"));
  for (const [i, given] of facts.entries()) {
    const file = path.join(work, `${i}.json`);
    fs.writeFileSync(file, JSON.stringify(given));
    const out = {};
    for (const format of ["questionnaire-response", "bundle", "cds-cards", "text"]) {
      out[format] = engine.exportPlan(guideline, JSON.stringify(given), format, "", "Patient/1", today);
      const { stdout } = native(["export", folder, "--facts", file, "--format", format, "--subject", "Patient/1", "--today", today]);
      check(`export ${i} ${format}: the browser's text is the native one`, stdout.trimEnd() === out[format].trimEnd());
    }
    for (const format of ["questionnaire-response", "bundle"]) {
      const json = JSON.parse(out[format]);
      check(`export ${i} ${format}: valid FHIR R4`, valid(json) === "", valid(json));
      check(`export ${i} ${format}: no empty text or list`, noEmptyTexts(json));
      for (const resource of resources(json)) {
        if (resource.resourceType === "Bundle" || resource.resourceType === "QuestionnaireResponse") continue;
        check(`export ${i}: ${resource.resourceType} is a draft of a proposal`, resource.status === "draft" && resource.intent === "proposal", JSON.stringify(resource).slice(0, 200));
        check(`export ${i}: ${resource.resourceType} alone is valid FHIR R4`, valid(resource) === "", valid(resource));
        // rgp-1: an action has a resource or actions of its own, not both; dom-3: what is contained is referred to.
        const text = JSON.stringify(resource);
        const actions = (resource.action ?? []).slice();
        for (let action = actions.pop(); action; action = actions.pop()) {
          if ((action.resource === undefined) === (action.action === undefined)) check(`export ${i}: rgp-1`, false, JSON.stringify(action).slice(0, 200));
          actions.push(...(action.action ?? []));
        }
        for (const contained of resource.contained ?? []) if (!text.includes(`"#${contained.id}"`)) check(`export ${i}: dom-3`, false, contained.id);
      }
    }
    for (const card of JSON.parse(out["cds-cards"]).cards) {
      check(`export ${i}: a card of CDS Hooks 2.0`, card.summary.length < 140 && ["info", "warning"].includes(card.indicator) && card.source.label !== "" && card.suggestions === undefined, JSON.stringify(card).slice(0, 200));
    }
    check(`export ${i}: the text is a plan`, out.text.includes("not an order"));
  }
  fs.rmSync(work, { recursive: true });
  check("export: an unknown format is refused", JSON.parse(engine.exportPlan(guideline, "{}", "xml", "", "", "")).error !== undefined);
}
