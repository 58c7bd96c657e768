import type { RecordProposals, RecordStatement } from "engine-module";
import { useEffect, useRef, useState } from "preact/hooks";
import { UnreadableRecord } from "../../engine/bridge.ts";
import { recordAtMost } from "../../state/record-at-most.ts";
import type { Facts } from "../../state/state.ts";
import { longDate } from "../../words/words.ts";
import { sameValues, usePage, type Page } from "../page.ts";
import "./view.css";

export function RecordScreen() {
  const { state, t } = usePage();
  return (
    <div class="record">
      <h1 tabIndex={-1}>{t("record.title")}</h1>
      <p class="lead">{t("record.intro")}</p>
      <Given />
      {state.record && <Read key={JSON.stringify(state.record)} record={state.record} />}
    </div>
  );
}

/** A file, dropped or chosen, or pasted text. */
function Given() {
  const { state, session, t } = usePage();
  const [wrong, setWrong] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const pasted = useRef<HTMLTextAreaElement>(null);

  function read(text: string): void {
    try {
      session.readRecord(text);
      setWrong(null);
      if (pasted.current) pasted.current.value = "";
    } catch (failure) {
      setWrong(failure instanceof UnreadableRecord ? failure.message : t("record.failed"));
    }
  }
  async function readFile(file: File | null | undefined): Promise<void> {
    if (!file) return;
    if (file.size > recordAtMost) setWrong(t("record.tooLarge"));
    else await file.text().then(read, () => setWrong(t("record.failed")));
  }

  return (
    <section class={over ? "record-given record-over" : "record-given"} data-drop
      onDragOver={(event) => { event.preventDefault(); setOver(true); }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void readFile(event.dataTransfer?.files[0]);
      }}>
      <label class="record-file">
        <span>{t(state.record ? "record.another" : "record.file")}</span>
        <input type="file" accept="application/json,application/fhir+json,.json" data-action="record-file"
          onChange={(event) => {
            const input = event.currentTarget;
            void readFile(input.files?.[0]).then(() => { input.value = ""; });
          }} />
      </label>
      <p class="hint">{t("record.drop")}</p>
      <details>
        <summary>{t("record.paste")}</summary>
        <label class="record-paste"><span>{t("record.pasteLabel")}</span>
          <textarea rows={5} spellcheck={false} autocomplete="off" ref={pasted} /></label>
        <button type="button" class="button button-quiet" data-action="record-paste"
          onClick={() => read(pasted.current?.value ?? "")}>{t("record.read")}</button>
      </details>
      {wrong !== null && (
        <div class="form-error" role="alert" data-record-wrong>
          <p>{t("record.wrong")}</p>
          <p class="small" lang="en" dir="auto">{wrong}</p>
        </div>
      )}
    </section>
  );
}

const refusals = [
  "m0", "not_stage_4", "another_cancer", "in_situ", "no_breast_cancer", "no_patient", "several_patients", "deceased",
  "not_a_patient_record",
] as const;

/** What was read; mounted anew for each record, so that no tick outlives the proposal it was made for. */
function Read({ record }: { record: RecordProposals }) {
  const { state, t, send } = usePage();
  const [ticked, setTicked] = useState<string[]>([]);
  const [chosen, setChosen] = useState<Facts>({});
  const [taken, setTaken] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);

  if (record.refused) {
    const known = refusals.find((id) => id === record.refused?.id);
    return (
      <section class="card record-refused" data-refused={record.refused.id}>
        <h2 tabIndex={-1} ref={heading}>{t("record.refused")}</h2>
        {known && <p>{t(`record.refusals.${known}`)}</p>}
        <p class={known ? "small soft" : ""} lang="en" dir="auto">{record.refused.text}</p>
        <p>{t("record.refusedKept")}</p>
        <Warnings record={record} />
      </section>
    );
  }

  const facts = Object.keys(record.facts);
  const isDone = (fact: string) => sameValues(state.facts[fact] ?? [], record.facts[fact] ?? []);
  const open = facts.filter((fact) => !isDone(fact));
  const plain = open.filter((fact) => !needsLook(record, fact, state.facts));
  const wanted: Facts = {
    ...Object.fromEntries(ticked.filter((fact) => !isDone(fact)).map((fact) => [fact, record.facts[fact] ?? []])), ...chosen,
  };
  const count = Object.keys(wanted).length;

  function takeOver(): void {
    send({ type: "factsConfirmed", facts: wanted });
    setTaken(count);
    setTicked([]);
    setChosen({});
  }
  const tick = (fact: string, on: boolean) =>
    setTicked((before) => (on ? [...before, fact] : before.filter((other) => other !== fact)));

  return (
    <form class="record-read" data-record onSubmit={(event) => { event.preventDefault(); takeOver(); }}>
      <h2 tabIndex={-1} ref={heading}>{t("record.found", { count: facts.length })}</h2>
      <p>{t(facts.length > 0 ? "record.check" : "record.nothing")}</p>
      <Warnings record={record} />
      {record.conflicts.map((conflict) => (
        <Conflict key={conflict.fact} {...conflict} chosen={chosen[conflict.fact]}
          choose={(values) => setChosen(({ [conflict.fact]: _, ...rest }) =>
            (values ? { ...rest, [conflict.fact]: values } : rest))} />
      ))}
      {plain.length > 1 && (
        <p><button type="button" class="button button-quiet" data-action="tick-all"
          onClick={() => setTicked((before) => [...new Set([...before, ...plain])])}>
          {t(plain.length < open.length ? "record.tickPlain" : "record.tickAll", { count: plain.length })}
        </button></p>
      )}
      {facts.length > 0 && (
        <ul class="record-list">
          {facts.map((fact) => (
            <Proposal key={fact} fact={fact} record={record} done={isDone(fact)} ticked={ticked.includes(fact)}
              tick={(on) => tick(fact, on)} />
          ))}
        </ul>
      )}
      <p role="status" class={taken > 0 ? "aside-note" : ""}>{taken > 0 && t("record.taken", { count: taken })}</p>
      <div class="buttons">
        <button type="submit" class="button" data-action="confirm" disabled={count === 0}>{t("record.confirm", { count })}</button>
        <a class="button button-quiet" href="#/answers">{t("record.toAnswers")}</a>
        <a class="button button-quiet" href="#/questions">{t("record.goOn")}</a>
      </div>
      <p class="hint">{t("record.unknown")}</p>
    </form>
  );
}

const restsOn = (record: RecordProposals, fact: string) => record.provenance.filter((one) => one.fact === fact);

/** A conclusion, or another value than the person gave: ticked one by one only. */
const needsLook = (record: RecordProposals, fact: string, given: Facts): boolean =>
  given[fact] !== undefined || restsOn(record, fact).some(({ inferred }) => inferred);

function Proposal({ fact, record, done, ticked, tick }: {
  fact: string; record: RecordProposals; done: boolean; ticked: boolean; tick(on: boolean): void;
}) {
  const { state, t, factTitle, values } = usePage();
  const proposed = record.facts[fact] ?? [];
  const given = state.facts[fact];
  const changed = record.changed_over_time.filter((change) => change.fact === fact);
  const inferred = restsOn(record, fact).some((one) => one.inferred);
  return (
    <li class="record-proposal" data-proposal={fact} data-confirmed={done}>
      <label class="choice">
        <input type="checkbox" value={fact} checked={ticked || done} disabled={done}
          onChange={(event) => tick(event.currentTarget.checked)} />
        <span>
          <span class="record-fact">{factTitle(fact)}</span>
          <b class="record-value">{values(fact, proposed)}</b>
          {done && <span class="choice-more">{t("record.done")}</span>}
          {!done && given && <span class="choice-more record-look">{t("record.differs", { value: values(fact, given) })}</span>}
          {inferred && <span class="choice-more record-look">{t("record.inferred")}</span>}
        </span>
      </label>
      {changed.map(({ older, newer }) => (
        <div class="note" data-change={fact} key={older.resource}>
          <p class="note-title">{t("record.changed")}</p>
          <p>{t("record.older")} {values(fact, older.values)}. <Where {...older} /></p>
          <p>{t("record.newer")} {values(fact, newer.values)}. <Where {...newer} /></p>
        </div>
      ))}
      <details class="record-where">
        <summary aria-label={t("record.whereOf", { fact: factTitle(fact) })}>{t("record.where")}</summary>
        <ul>{restsOn(record, fact).map((one) => <li key={one.resource + one.code}><Where {...one} /></li>)}</ul>
      </details>
    </li>
  );
}

function Conflict({ fact, candidates, chosen, choose }: {
  fact: string; candidates: RecordStatement[]; chosen: string[] | undefined; choose(values: string[] | null): void;
}) {
  const { t, factTitle, values } = usePage();
  return (
    <fieldset class="record-conflict" data-conflict={fact}>
      <legend>{t("record.conflict", { fact: factTitle(fact) })}</legend>
      {candidates.map((one, at) => (
        <label class="choice" key={at}>
          <input type="radio" name={`conflict-${fact}`} value={one.values.join(",")}
            onChange={() => choose(one.values)} />
          <span><b>{values(fact, one.values)}</b><span class="choice-more"><Where {...one} /></span></span>
        </label>
      ))}
      <label class="choice choice-not-sure">
        <input type="radio" name={`conflict-${fact}`} value="" checked={chosen === undefined} onChange={() => choose(null)} />
        <span>{t("record.leaveOpen")}</span>
      </label>
    </fieldset>
  );
}

/** The record's own words: data, of no known language or direction. */
function Where({ resource, code, display, value, date, status, specimen }: RecordStatement) {
  const { t, state }: Page = usePage();
  const day = date ? longDate(state.locale, date) : t("record.noDate");
  return (
    <span class="record-source">
      {day}: <bdi>{[display, value].filter(Boolean).join(": ")}</bdi>{" "}
      <span class="small">(<bdi>{[resource, code, status, specimen].filter(Boolean).join(", ")}</bdi>)</span>
    </span>
  );
}

/** The remarks that have words here, by the engine's ids; its own text beside them says where in the record, in English. */
const remarks = [
  "bad_date", "codes_disagree", "display_mismatch", "drug_by_name_only", "drug_not_recognised", "earlier_cancer",
  "future_date", "inferred", "modified", "more", "no_clinical_status", "no_status", "no_subject", "no_verification", "not_active",
  "not_all_tested", "not_confirmed", "not_given", "not_pathogenic", "not_valid", "old_version", "order_completed",
  "ordered_only", "origin_not_germline", "other_focus", "other_subject", "other_test", "patient_not_active", "preliminary",
  "probable_code", "read_yourself", "remission", "several_tumours", "significance_not_known", "site_not_known",
  "spread_not_known", "stale", "text_only", "two_versions", "undated", "undated_disagrees", "unlikely_age", "value_not_known",
  "value_unclear", "wrong_system",
] as const;

function Warnings({ record: { warnings } }: { record: RecordProposals }) {
  const { t } = usePage();
  if (warnings.length === 0) return null;
  return (
    <div class="note" data-warnings>
      <p class="note-title">{t("record.warnings")}</p>
      <ul>
        {[...new Set(warnings.map(({ id }) => id))].map((id) => {
          const known = remarks.find((one) => one === id);
          return (
            <li key={id} data-warning={id}>
              {known && t(`record.notes.${known}`)}
              {warnings.filter((one) => one.id === id).map(({ text }) => <p key={text} class="small soft" lang="en" dir="auto">{text}</p>)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
