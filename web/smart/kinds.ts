import type { Kind } from "./words.ts";

/** What is asked of a record system, each by a right of its own; the patient first. */
export const read = [
  "Patient", "Condition", "Observation", "MedicationRequest", "MedicationStatement", "MedicationAdministration", "Procedure", "Specimen",
  "DiagnosticReport",
] as const satisfies readonly Kind[];
