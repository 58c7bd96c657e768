import "./waymark-embed.js";

const said = document.getElementById("said");
const show = (failure) => { said.textContent = failure.message; };
const aid = await document.querySelector("waymark-aid").ready.catch((failure) => {
  show(failure);
  throw failure;
});
const tell = (result) => {
  const options = result.decisions.flatMap((decision) => decision.options).filter(({ applies }) => applies === "yes");
  said.textContent = `Answers: ${Object.keys(result.facts).length}. Options that fit: ${options.length}.`;
};
tell(await aid.result());
aid.on("change", tell);

const coded = (system, code, display) => ({ coding: [{ system, code, display }] });
const subject = { reference: "Patient/example" };
const record = {
  resourceType: "Bundle", type: "collection",
  entry: [
    { resourceType: "Patient", id: "example", gender: "female", birthDate: "1968-04-02" },
    {
      resourceType: "Condition", id: "breast", subject,
      code: coded("http://snomed.info/sct", "254837009", "Malignant neoplasm of breast (disorder)"),
      clinicalStatus: coded("http://terminology.hl7.org/CodeSystem/condition-clinical", "active"),
      verificationStatus: coded("http://terminology.hl7.org/CodeSystem/condition-ver-status", "confirmed"),
    },
    {
      resourceType: "Observation", id: "er", status: "final", subject, effectiveDateTime: "2026-01-10",
      code: coded("http://loinc.org", "85337-4", "Estrogen receptor Ag [Presence] in Breast cancer specimen by Immune stain"),
      valueCodeableConcept: coded("http://snomed.info/sct", "260385009", "Negative (qualifier value)"),
    },
  ].map((resource) => ({ fullUrl: `https://synthetic.example/fhir/${resource.resourceType}/${resource.id}`, resource })),
};
document.getElementById("prefill").addEventListener("click", () =>
  aid.import(record).catch(show));
document.getElementById("reset").addEventListener("click", () => aid.reset());
