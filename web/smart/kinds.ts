import type { Kind } from "./words.ts";

/** What is asked of a record system, each by a right of its own; the patient first. No more than the engine reads. */
export const read = [
  "Patient", "Condition", "Observation", "MedicationRequest", "MedicationStatement", "MedicationAdministration",
] as const satisfies readonly Kind[];
