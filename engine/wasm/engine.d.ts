/**
 * The engine as JavaScript sees it: text in, JSON text out, a loaded guideline is a small number.
 * No heap object crosses the border, so nothing has to be deleted but the guideline itself (`unload`).
 * Every reply is JSON; the shapes are below. Nothing throws: a fault of the engine itself arrives as `{error}`.
 */

/** Starts the module. Pass `wasmBinary` where nothing may be fetched (a file opened by double click, node). */
declare function loadEngine(options: Start): Promise<EngineModule>;
export default loadEngine;

/** The program's bytes; or how to instantiate it, where it is compiled already. */
export type Start = { wasmBinary: Uint8Array | ArrayBuffer }
  | { instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void): object };

export interface EngineModule {
  /** @returns JSON of {@link Loaded} */
  load(files: SourceText[]): string;
  /** Everything the screen needs to draw questions and options. @returns JSON of {@link Description} */
  describe(guideline: number, locale: string): string;
  /**
   * @param facts JSON of {@link Facts}
   * @param locale "" for the guideline's own language
   * @param all also list the options that do not apply, each with `why_not`
   * @returns JSON of {@link Answer} or {@link Refused}
   */
  answer(guideline: number, facts: string, locale: string, audience: Audience, all: boolean): string;
  /** Runs the guideline's own vignettes. @returns JSON of {@link TestReport} */
  test(guideline: number): string;
  /** Proves what it can of the guideline. @returns JSON of {@link ProofReport} */
  check(guideline: number): string;
  /** What another value of each fact would do to the options. @param facts JSON of {@link Facts} @returns JSON of {@link WhatIfReport} or {@link Refused} */
  whatIf(guideline: number, facts: string): string;
  /** Which patients get a different answer. @returns JSON of {@link DiffReport} */
  diff(oldGuideline: number, newGuideline: number): string;
  /**
   * What a patient's record says, as proposals that a person confirms; nothing becomes an answer by itself.
   * @param record text of a FHIR R4 or mCODE Bundle (or a list of resources), at most 20 MB
   * @param today as 2026-11-24, to tell old and future results; "" where no day is known
   * @returns JSON of {@link RecordProposals}, or {@link Refused} where the text is no record
   */
  importRecord(guideline: number, record: string, today: string): string;
  /**
   * The answers and the plan for the record: drafts of proposals, never orders.
   * @param subject reference of the patient in the receiving system, such as Patient/1; "" where not known
   * @param today the date to put on it, as 2026-11-24; "" leaves dates out
   * @returns FHIR R4 JSON, CDS Hooks cards JSON, or plain text as `format` says; JSON of {@link Refused} where the facts are wrong
   */
  exportPlan(guideline: number, facts: string, format: "questionnaire-response" | "bundle" | "cds-cards" | "text", locale: string, subject: string, today: string): string;
  /** For `evaluator` of packed.mjs; also the guideline that `_waymark_outcome` uses from then on. @returns JSON, or {@link Refused} */
  pack(guideline: number): string;
  /** Outcome number of one packed profile (low and high half). */
  _waymark_outcome(low: number, high: number): number;
  /** Sum of the outcome numbers of `count` packed profiles in wasm memory. */
  _waymark_outcomes(profiles: number, count: number): number;
  unload(guideline: number): void;
  /** The whole of its state: an engine of the same program that is given these bytes has the same guidelines under the same numbers. */
  HEAPU8: Uint8Array<ArrayBuffer>;
  /** Room for at least so many bytes of memory. @returns 0 where there is none */
  _waymark_reserve(bytes: number): number;
}

export interface SourceText { name: string; text: string }
export interface Issue { severity: "error" | "warning"; code: string; file: string; line: number; column: number; message: string; remedy?: string }
export interface Loaded { guideline: number | null; issues: Issue[] }
export interface TestReport {
  waymark: 1;
  passed: number; failed: number;
  vignettes: { id: string; passed: boolean; failures: string[] }[];
  coverage: {
    rules: { covered: number; total: number; uncovered: string[] };
    conditions: { covered: number; total: number; uncovered: { rule: string; condition: string; never: ("true" | "false")[] }[] };
  };
}
export interface ProofReport {
  waymark: 1;
  claims: { claim: string; subject: string; holds: boolean }[];
  findings: {
    severity: "error" | "warning"; kind: string; file: string; line: number; column: number; subject: string;
    message: string; remedy: string; counterexample: FactValues[]; vignette?: string;
  }[];
  /** Complete profiles that the constraints allow. */
  profiles: number;
  nodes: number; sampled: number; confirmed: number; doubts: string[];
}
export interface WhatIfReport {
  waymark: 1;
  /** Facts that were answered (every other value) and facts that still matter (every value left). */
  facts: {
    fact: string;
    values: { values: string[]; possible: boolean; options: { id: string; before: Standing; after: Standing }[] }[];
  }[];
}
export interface Standing { applies: "yes" | "depends" | "no"; strengths: Strength[] }
export interface DiffReport {
  waymark: 1;
  old: { id: string; version: string; sha256: string }; new: { id: string; version: string; sha256: string };
  same_answers: boolean;
  new_facts: string[]; removed_facts: string[]; new_values: string[]; removed_values: string[];
  new_options: string[]; removed_options: string[];
  options: {
    option: string; decision: string; from: Strength | "not_listed"; to: Strength | "not_listed";
    /** Of all profiles that both guidelines know; weighted by the new guideline's prevalences. */
    share: number; weighted_share: number;
    patients: { facts: Record<string, string[]>; share: number }[];
  }[];
  changed_texts: string[]; changed_sources: string[]; problem?: string;
}
/** The object of `waymark import`. */
export interface RecordProposals {
  waymark: 1;
  guideline: { id: string; version: string; sha256: string };
  /** Why nothing is proposed: m0, not_stage_4, another_cancer, in_situ, no_breast_cancer, no_patient, several_patients, deceased, not_a_patient_record. */
  refused: { id: string; text: string } | null;
  /** Values left possible; a fact in `conflicts` is never here. */
  facts: Record<string, string[]>;
  /** What the proposals rest on, by fact in the guideline's order, newest first. Texts are the record's: data, never HTML. */
  provenance: ({ fact: string } & RecordStatement)[];
  conflicts: { fact: string; candidates: RecordStatement[] }[];
  /** The newer one is proposed. */
  changed_over_time: { fact: string; older: RecordStatement; newer: RecordStatement }[];
  warnings: { id: string; text: string }[];
  patient: { sex: "female" | "male" | null; birth_date: string | null };
  prior_drugs: string[];
  metastasis_sites: string[];
}
export interface RecordStatement {
  values: string[];
  /** "Observation/er-1" */
  resource: string;
  /** "http://loinc.org|85337-4" */
  code: string;
  display: string; value: string;
  /** As written in the record. */
  date: string | null;
  status: string;
  specimen?: string;
  /** A conclusion, such as spread from a bone metastasis: to be confirmed with care. */
  inferred?: true;
}
export interface Refused { error: { message: string; fact?: string; value?: string; nearest?: string } }

/** One string for each reader; in the language asked for, English where a translation is missing. */
export interface Text { patient: string; clinician: string }
export interface Note { text: Text; sources: string[] }

export interface Description {
  waymark: 1;
  locale: string;
  locales: string[];
  guideline: {
    id: string; version: string; status: "draft" | "approved"; sha256: string; date: string; review_by: string | null;
    title: Text; summary: Text; authors: Text; funding: Text; disclaimer: Text;
    changes: { version: string; date: string; text: Text }[];
  };
  /** Who signed the guideline. The engine checks no signature. */
  approvals: SignedApproval[];
  sources: Record<string, { title: string; org?: string; kind?: string; published?: string; url?: string; doi?: string; pmid?: string; says?: Text }>;
  facts: Record<string, FactDescription>;       // keys in the author's order
  trials: Record<string, TrialDescription>;
  groups: GroupDescription[];
  decisions: { id: string; title: Text; about: Text | null; none: Text | null; otherwise: string | null; sources: string[] }[];
  options: Record<string, OptionDescription>;
  rules: Record<string, { text: Text | null; sources: string[] }>;   // rules, cautions and stops by id
  information: { id: string; title: Text; shown: "always" | "on_request"; before: Text | null; text: Text; sources: string[]; note: Note | null }[];
  question_guide: { id: string; title: Text; questions: Text[]; sources: string[] }[];
}
/** An Ed25519 `signature` (base64) of `message` by `key` (SubjectPublicKeyInfo, base64). */
export interface SignedApproval {
  name: string; role: string;
  /** "" where none is named. */
  organisation: string;
  date: string; review_by: string;
  key: string; signature: string; message: string;
}
export interface FactDescription {
  title: Text; question: Text; help: Text | null;
  values: { id: string; text: Text }[];
  partial: { values: string[]; text: Text }[];
  not_known: Text | null;
  effort: "tell" | "look_up" | "test";
  alert_only: boolean;                           // only alerts use it: never in `missing`
  sources: string[]; note: Note | null;
}
/** Whether the numbers were seen in their source. */
export type Checked = "yes" | "no" | "part";
export interface Pair { treatment: number | null; control: number | null }
export interface TrialDescription {
  name: string; population: Text;
  arms: { name: Text; people: number | null }[];
  /** `what` is null for pfs_months, os_months and orr_percent. */
  results: (Pair & { id: string; what: Text | null; unit: string; hr: number | null; ci95_low: number | null; ci95_high: number | null; checked: Checked })[];
  /** Percent of people; severe is grade 3 or higher. */
  side_effects: { id: string; text: Text; any: Pair; severe: Pair }[];
  stopped_percent: Pair;
  checked: Checked; note: Text | null; sources: string[];
}
export interface GroupDescription {
  id: string; title: Text; intro: Text | null; when: "first" | "last" | "in_turn";
  /** `none`: the value that "none of these" gives; null where the question keeps all its answers. */
  facts: { fact: string; none: string | null }[]; none_of_these: Text | null;
}
export interface OptionDescription {
  decision: string; title: Text; text: Text; drugs: string[][]; classes: string[];
  card: { section: CardSection; text: Text }[];
  trials: string[];
  approvals: { agency: string; date: string; text: Text; checked: Checked; sources: string[] }[];
  sources: string[]; note: Note | null;
}
export type CardSection = "how_taken" | "usual_week" | "can_do" | "can_cost" | "needs" | "call_your_team_if";

export type Audience = "patient" | "clinician";
/** What is known: a value, or the values still possible; null or absent where nothing is. */
export type Facts = Record<string, string | string[] | null>;

export type Strength = "preferred" | "option" | "caution" | "avoid";
export interface FactValues { fact: string; values: string[] }

/** The object of `waymark eval`. */
export interface Answer {
  waymark: 1;
  guideline: { id: string; version: string; status: string; sha256: string };
  facts: Record<string, string[]>;
  contradiction?: FactValues[];
  alerts: { id: string; urgency: "emergency" | "urgent" | "info"; text: string; sources: string[] }[];
  /** Open facts that only alerts read, where one answer would raise another alert. */
  alert_facts: string[];
  stops: { id: string; holds: "yes" | "depends"; text: string; sources: string[] }[];
  decisions: { id: string; title: string; state: "open" | "settled" | "not_applicable"; none?: string; options: OptionAnswer[] }[];
  missing: { fact: string; ask_order: number; changes: string[]; weight: number }[];
}
export interface OptionAnswer {
  id: string; title: string; drugs: string[][]; classes: string[];
  applies: "yes" | "depends" | "no";
  strength: Strength | null;
  strengths: Strength[];
  because: FactValues[];
  depends_on: FactValues[];
  checks: (FactValues & { strength: Strength })[];
  why_not?: FactValues[];
  rules: string[]; sources: string[]; text: string;
}
