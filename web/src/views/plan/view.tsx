import type { Answer, OptionAnswer } from "engine-module";
import { answeredFacts, sortOptions, unknownFacts } from "../../state/choose.ts";
import { listOf } from "../../words/words.ts";
import { GuidelineLine } from "../frame/guideline-line.tsx";
import { SignMark } from "../marks/view.tsx";
import { NoOptions } from "../notices/view.tsx";
import { signOf, strengthWords } from "../option-card/view.tsx";
import { canShow } from "../options/view.tsx";
import { usePage } from "../page.ts";
import { Sources } from "../sources/view.tsx";
import "./view.css";

/** One summary for the visit. It prints on two A4 pages. */
export function PlanScreen() {
  const { state, t, text } = usePage();
  return (
    <article class="plan">
      <div class="plan-body">
        <p class="eyebrow print-only">{text(state.description.guideline.title)}</p>
        <h1 tabIndex={-1}>{t("plan.title")}</h1>
        <p class="lead no-print">{t("plan.intro")}</p>
        <p class="no-print">
          <button type="button" class="button" data-action="print" onClick={() => window.print()}>
            {t("plan.print")}
          </button>
        </p>
        <div class="plan-columns">
          <Answers />
          <OpenFacts />
        </div>
        <Options />
        <QuestionGuide />
        <Notes />
      </div>
      <footer class="plan-foot print-only">
        <p>{t("plan.printed")}</p>
        <GuidelineLine />
      </footer>
    </article>
  );
}

function Answers() {
  const { state, t, factTitle, values } = usePage();
  const answered = answeredFacts(state);
  const unknown = unknownFacts(state);
  return (
    <section class="plan-part" aria-labelledby="plan-answers">
      <h2 id="plan-answers">{t("plan.answers")}</h2>
      {answered.length === 0 && <p>{t("answers.none")}</p>}
      <dl class="plan-answers">
        {answered.map((fact) => (
          <div key={fact}><dt>{factTitle(fact)}</dt><dd>{values(fact, state.facts[fact] ?? [])}</dd></div>
        ))}
        {unknown.map((fact) => (
          <div key={fact}><dt>{factTitle(fact)}</dt><dd class="soft">{t("plan.notKnown")}</dd></div>
        ))}
      </dl>
      <p class="no-print"><a href="#/answers">{t("answers.title")}</a></p>
    </section>
  );
}

function OpenFacts() {
  const { state, t, factTitle } = usePage();
  const missing = state.result?.missing ?? [];
  return (
    <section class="plan-part" aria-labelledby="plan-open">
      <h2 id="plan-open">{t("plan.open")}</h2>
      {missing.length === 0
        ? <p>{t("plan.openNone")}</p>
        : <ul class="plan-open">
            {missing.map((open) => (
              <li key={open.fact} data-missing={open.fact}>
                {factTitle(open.fact)}{" "}
                <span class="soft">({t("plan.openItem", { count: open.changes.length })})</span>
              </li>
            ))}
          </ul>}
    </section>
  );
}

function Options() {
  const { state, t } = usePage();
  const { result } = state;
  if (!canShow(result)) return <NoOptions />;
  return (
    <section class="plan-part plan-options" aria-labelledby="plan-options">
      <h2 id="plan-options">{t("plan.options")}</h2>
      <div class="plan-flow">
        {result.decisions.map((decision) => <DecisionLines key={decision.id} decision={decision} />)}
      </div>
    </section>
  );
}

function DecisionLines({ decision }: { decision: Answer["decisions"][number] }) {
  const { t } = usePage();
  const { fit, depend, advisedAgainst } = sortOptions(decision.options);
  return (
    <div class="plan-block">
      <h3>{decision.title}</h3>
      {decision.options.length === 0 && <p class="soft">{decision.none ?? t("options.none")}</p>}
      <ul class="plan-lines">
        {[...fit, ...depend, ...advisedAgainst].map((option) => <OptionLine key={option.id} option={option} />)}
      </ul>
    </div>
  );
}

function OptionLine({ option }: { option: OptionAnswer }) {
  const { state, t, factTitle } = usePage();
  const sign = signOf(option);
  const waitsFor = listOf(state.locale, option.depends_on.map((open) => factTitle(open.fact)));
  return (
    <li data-option={option.id} data-applies={option.applies} data-strength={option.strength ?? "open"}>
      <SignMark sign={sign} />
      <span>
        <b>{option.title}</b>{" "}
        <span class="soft">
          {sign === "fork" ? t("plan.dependsOn", { facts: waitsFor }) : strengthWords(t, state.locale, option)}
        </span>
      </span>
    </li>
  );
}

function QuestionGuide() {
  const { state, t, text } = usePage();
  const guide = state.description.question_guide;
  if (guide.length === 0) return null;
  return (
    <section class="plan-part plan-guide" aria-labelledby="plan-guide">
      <h2 id="plan-guide">{t("plan.guide")}</h2>
      <p class="hint">{t("plan.guideHint")}</p>
      <div class="plan-flow">
        {guide.map((part) => (
          <div class="plan-block" key={part.id}>
            <h3>{text(part.title)}</h3>
            <ul class="plan-questions">
              {part.questions.map((question, number) => (
                <li key={question.patient}><GuideQuestion id={`${part.id}/${number}`} words={text(question)} /></li>
              ))}
            </ul>
            <div class="no-print"><Sources ids={part.sources} /></div>
          </div>
        ))}
      </div>
    </section>
  );
}

function GuideQuestion({ id, words }: { id: string; words: string }) {
  const { state, send } = usePage();
  return (
    <label class="plan-question">
      <input type="checkbox" checked={state.picked.includes(id)}
        onChange={(event) => send({ type: "questionPicked", question: id, picked: event.currentTarget.checked })} />
      <span>{words}</span>
    </label>
  );
}

function Notes() {
  const { state, t, send } = usePage();
  return (
    <section class="plan-part plan-notes" aria-labelledby="plan-notes">
      <h2 id="plan-notes">{t("plan.notes")}</h2>
      <p class="hint no-print" id="plan-notes-hint">{t("plan.notesHint")}</p>
      <textarea class="no-print" rows={6} aria-labelledby="plan-notes" aria-describedby="plan-notes-hint"
        value={state.notes} onInput={(event) => send({ type: "notesWritten", notes: event.currentTarget.value })} />
      <div class="notes-printed print-only" aria-hidden="true">{state.notes}</div>
    </section>
  );
}
