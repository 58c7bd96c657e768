import type { FactDescription } from "engine-module";
import { useEffect, useState } from "preact/hooks";
import { choosable, nextStep, stepBefore, stepsAhead } from "../../state/choose.ts";
import { screenKey } from "../../state/screens.ts";
import { AnswerList } from "../answers/view.tsx";
import { Folded } from "../folded/view.tsx";
import { sameValues, usePage } from "../page.ts";
import { Paragraphs } from "../prose/view.tsx";
import { NoteBlock, Sources } from "../sources/view.tsx";
import { shortTitles } from "../tests/view.tsx";
import "./view.css";

export function QuestionScreen({ fact }: { fact: string }) {
  const { state, text, send } = usePage();
  const [refused, setRefused] = useState(false);
  const described = state.description.facts[fact];
  const chosen = state.facts[fact] !== undefined || state.notSure.includes(fact);
  useEffect(() => setRefused(false), [fact, chosen]);
  if (!described) return null;
  return (
    <form class="card question" noValidate onSubmit={(event) => {
      event.preventDefault();
      if (!chosen) setRefused(true);
      else send({ type: "screenShown", screen: nextStep(state, state.screen) });
    }}>
      <StepsLeft />
      <Choices fact={fact} described={described} refused={refused}
        legend={<h1 tabIndex={-1}>{text(described.question)}</h1>} />
      <Why fact={fact} described={described} />
      <StepButtons />
    </form>
  );
}

interface ChoicesProps {
  fact: string;
  described: FactDescription;
  legend: preact.ComponentChildren;
  refused?: boolean;
  /** Short answers side by side. */
  compact?: boolean;
}

export function Choices({ fact, described, legend, refused = false, compact = false }: ChoicesProps) {
  const { state, t, text, send } = usePage();
  const given = state.facts[fact];
  const answer = (values: string[]) => send({ type: "factAnswered", fact, values });
  const choices = [
    ...described.values.map((value) => ({ values: [value.id], words: text(value.text) })),
    ...described.partial.map((partial) => ({ values: partial.values, words: text(partial.text) })),
  ];
  const notSure = described.not_known ? text(described.not_known) : t("question.notSure");
  const errorId = `choose-${fact}`;
  return (
    <fieldset class={compact ? "choices choices-compact" : "choices"} data-fact={fact} aria-describedby={refused ? errorId : undefined}>
      <legend>{legend}</legend>
      {refused && <p class="form-error" id={errorId} role="alert">{t("question.choose")}</p>}
      {choices.map(({ values, words }) => (
        <label class="choice" key={values.join()}>
          <input type="radio" name={fact} value={values.join(",")}
            checked={given !== undefined && sameValues(given, values)} onChange={() => answer(values)} />
          <span>{words}</span>
        </label>
      ))}
      <label class="choice choice-not-sure">
        <input type="radio" name={fact} value="" checked={given === undefined && state.notSure.includes(fact)}
          onChange={() => answer([])} />
        <span>{notSure}</span>
      </label>
    </fieldset>
  );
}

export function Why({ fact, described }: { fact: string; described: FactDescription }) {
  const page = usePage();
  const { state, t, text } = page;
  const changes = choosable(state, state.result?.missing.find((open) => open.fact === fact)?.changes ?? []);
  if (!described.help && changes.length === 0 && described.sources.length === 0 && !described.note) return null;
  return (
    <Folded class="why" summary={t("question.why")}>
      {() => <>
        {described.help && <Paragraphs text={text(described.help)} />}
        {changes.length > 0 && <p>{t("question.canChange", { count: changes.length, options: shortTitles(page, changes) })}</p>}
        <NoteBlock note={described.note} title={t("question.note")} />
        <Sources ids={described.sources} />
      </>}
    </Folded>
  );
}

export function StepsLeft() {
  const { state, t } = usePage();
  const left = stepsAhead(state).length;
  return (
    <p class="eyebrow" data-left={left}>
      {left > 0 ? t("question.left", { count: left }) : t("question.noneLeft")}
    </p>
  );
}

export function StepButtons() {
  const { state, t } = usePage();
  return (
    <div class="buttons">
      <button type="submit" class="button" data-action="continue">{t("question.continue")}</button>
      <a class="button button-quiet" href={`#/${stepBefore(state)}`} data-action="back">{t("question.back")}</a>
    </div>
  );
}

export function AnswersBelow() {
  const { state, t } = usePage();
  const begun = Object.keys(state.facts).length + state.notSure.length > 0;
  return begun
    ? <Folded key={screenKey(state.screen)} class="card answers-below" summary={t("answers.yours")}>{() => <AnswerList />}</Folded>
    : null;
}
