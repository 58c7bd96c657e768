import type { Answer, OptionAnswer } from "engine-module";
import { answeredFacts, orderOf, sortOptions, unknownFacts } from "../../state/choose.ts";
import { listOf } from "../../words/words.ts";
import { GuidelineLine } from "../frame/guideline-line.tsx";
import { SignMark } from "../marks/view.tsx";
import { MattersMost } from "../matters/view.tsx";
import { MovedNotice } from "../moved/view.tsx";
import { NoOptions } from "../notices/view.tsx";
import { signOf, strengthWords } from "../option-card/view.tsx";
import { canShow } from "../options/view.tsx";
import { memo, usePage, useWords } from "../page.ts";
import { Sources } from "../sources/view.tsx";
import { shortTitles } from "../tests/view.tsx";
import { OpenPlan, SavePlan } from "./file.tsx";
import "./view.css";

/** One summary for the visit. It prints on at most three A4 pages. */
export function PlanScreen() {
  const { state, t, text, site } = usePage();
  return (
    <article class="plan">
      <div class="plan-body">
        <p class="eyebrow print-only">{site.name && `${site.name} · `}{text(state.description.guideline.title)}</p>
        <h1 tabIndex={-1}>{t("plan.title")}</h1>
        <MovedNotice />
        <p class="lead no-print">{t("plan.intro")}</p>
        <p class="plan-tools no-print">
          <button type="button" class="button" data-action="print" onClick={() => window.print()}>
            {t("plan.print")}
          </button>
          <SavePlan />
        </p>
        <p class="hint small no-print">{t("file.hint")}</p>
        <OpenPlan />
        <div class="plan-columns">
          <Answers />
          <div class="plan-beside">
            <OpenFacts />
            <section class="plan-part" aria-labelledby="plan-matters">
              <h2 id="plan-matters">{t("matters.most")}</h2>
              <MattersMost />
              <p class="no-print"><a href="#/matters">{t("screens.matters")}</a></p>
            </section>
          </div>
        </div>
        {canShow(state.result) ? <Options result={state.result} /> : <NoOptions />}
        <QuestionGuide picked={state.picked} />
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
  const unknown = unknownFacts(state).filter((fact) => state.notSure.includes(fact) || state.leftOpen.includes(fact));
  return (
    <section class="plan-part" aria-labelledby="plan-answers">
      <h2 id="plan-answers">{t("plan.answers")}</h2>
      {answered.length === 0 && <p>{t("answers.none")}</p>}
      <dl class="plan-answers">
        {answered.map((fact) => (
          <div key={fact}><dt>{factTitle(fact)}</dt><dd>{values(fact, state.facts[fact] ?? [])}</dd></div>
        ))}
      </dl>
      {unknown.length > 0 && (
        <p class="plan-unknown"><b>{t("plan.notKnown")}:</b> {listOf(state.locale, unknown.map(factTitle))}</p>
      )}
      <p class="no-print"><a href="#/answers">{t("answers.title")}</a></p>
    </section>
  );
}

/** On paper there is no room for more. */
const openAtOnce = 12;

function OpenFacts() {
  const page = usePage();
  const { state, t, factTitle } = page;
  const missing = state.result?.missing ?? [];
  const line = (open: Answer["missing"][number]) => (
    <li key={open.fact} data-missing={open.fact}>
      {factTitle(open.fact)}{" "}
      <span class="soft">({state.description.facts[open.fact]?.effort === "test" && open.changes.length <= 3
        ? t("tests.mattersFor", { count: open.changes.length, options: shortTitles(page, open.changes) })
        : t("plan.openItem", { count: open.changes.length })})</span>
    </li>
  );
  return (
    <section class="plan-part" aria-labelledby="plan-open">
      <h2 id="plan-open">{t("plan.open")}</h2>
      {missing.length === 0
        ? <p>{t("plan.openNone")}</p>
        : <>
            <ul class="plan-open">{missing.slice(0, openAtOnce).map(line)}</ul>
            {missing.length > openAtOnce && (
              <>
                <details class="no-print">
                  <summary>{t("option.more", { count: missing.length - openAtOnce })}</summary>
                  <ul class="plan-open">{missing.slice(openAtOnce).map(line)}</ul>
                </details>
                <p class="print-only small">{t("option.more", { count: missing.length - openAtOnce })}</p>
              </>
            )}
          </>}
    </section>
  );
}

/** Spared while only notes are typed. */
const Options = memo(function Options({ result }: { result: Answer }) {
  const { t } = useWords();
  return (
    <section class="plan-part plan-options" aria-labelledby="plan-options">
      <h2 id="plan-options">{t("plan.options")}</h2>
      <div class="plan-flow">
        {result.decisions.map((decision) => <DecisionLines key={decision.id} decision={decision} />)}
      </div>
    </section>
  );
});

/** So many options that may fit stand on paper by their names alone: what they wait for is listed once, above. */
const tightFrom = 4;

function DecisionLines({ decision }: { decision: Answer["decisions"][number] }) {
  const { t, description } = useWords();
  const sets = sortOptions(decision.options);
  return (
    <div class="plan-block">
      <h3>{decision.title}</h3>
      {decision.options.length === 0 && <p class="soft">{decision.none ?? t("options.none")}</p>}
      <ul class={`plan-lines${sets.lead.length + sets.depend.length > tightFrom ? " plan-tight" : ""}`}>
        {orderOf(sets, description, decision.id).flatMap((name) => sets[name]).map((option) => <OptionLine key={option.id} option={option} />)}
      </ul>
    </div>
  );
}

function OptionLine({ option }: { option: OptionAnswer }) {
  const { locale, t, factTitle } = useWords();
  const sign = signOf(option);
  const waitsFor = option.depends_on.slice(0, 3).map((open) => factTitle(open.fact));
  const more = option.depends_on.length - waitsFor.length;
  const facts = listOf(locale, more > 0 ? [...waitsFor, t("option.more", { count: more })] : waitsFor);
  return (
    <li class={`plan-${sign}`} data-option={option.id} data-applies={option.applies} data-strength={option.strength ?? "open"}>
      <SignMark sign={sign} />
      <span>
        <b>{option.title}</b>{" "}
        <span class="soft">{sign === "fork" ? t("plan.dependsOn", { facts }) : strengthWords(t, locale, option)}</span>
      </span>
    </li>
  );
}

const QuestionGuide = memo(function QuestionGuide({ picked }: { picked: string[] }) {
  const { description, t, text } = useWords();
  const guide = description.question_guide;
  if (guide.length === 0) return null;
  return (
    <section class={`plan-part plan-guide${picked.length > 0 ? " plan-guide-picked" : ""}`} aria-labelledby="plan-guide">
      <h2 id="plan-guide">{t("plan.guide")}</h2>
      <p class="hint">{t("plan.guideHint")}</p>
      <div class="plan-flow">
        {guide.map((part) => {
          const none = !part.questions.some((_, number) => picked.includes(`${part.id}/${number}`));
          return (
            <div class={`plan-block${none ? " plan-block-unpicked" : ""}`} key={part.id}>
              <h3>{text(part.title)}</h3>
              <ul class="plan-questions">
                {part.questions.map((question, number) => {
                  const id = `${part.id}/${number}`;
                  return (
                    <li key={question.patient}>
                      <GuideQuestion id={id} words={text(question)} picked={picked.includes(id)} />
                    </li>
                  );
                })}
              </ul>
              <div class="no-print"><Sources ids={part.sources} /></div>
            </div>
          );
        })}
      </div>
    </section>
  );
});

function GuideQuestion({ id, words, picked }: { id: string; words: string; picked: boolean }) {
  const { send } = useWords();
  return (
    <label class={`plan-question${picked ? " plan-question-picked" : ""}`}>
      <input type="checkbox" checked={picked}
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
