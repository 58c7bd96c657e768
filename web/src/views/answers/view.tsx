import { useEffect, useRef, useState } from "preact/hooks";
import { answeredFacts, screenFor, stepBefore, stepsAhead, unknownFacts } from "../../state/choose.ts";
import { startOver } from "../../state/reload.ts";
import { addressOf } from "../../state/screens.ts";
import { usePage } from "../page.ts";
import { MovedNotice } from "../moved/view.tsx";
import { OptionsPanel } from "../panel/view.tsx";
import { OpenTests } from "../tests/view.tsx";
import "./view.css";

export function AnswersScreen() {
  const { state, t } = usePage();
  const left = stepsAhead(state).length;
  return (
    <div class="beside">
      <div class="beside-main">
        <h1 tabIndex={-1}>{t("answers.title")}</h1>
        {state.result && !state.result.contradiction && (
          <p class="lead">{left > 0 ? t("answers.notDone", { count: left }) : t("answers.done")}</p>
        )}
        <MovedNotice />
        <AnswerList />
        <OpenTests />
        <div class="buttons">
          <a class="button" href="#/options" data-action="options">{t("answers.toOptions")}</a>
          {left > 0 && <a class="button button-quiet" href="#/questions">{t("answers.goOn")}</a>}
          <a class="button button-quiet" href={`#/${stepBefore(state)}`} data-action="back">{t("question.back")}</a>
        </div>
        <StartOver />
      </div>
      <OptionsPanel />
    </div>
  );
}

/** Every answer, and what was left open, each with a way to change it. */
export function AnswerList() {
  const { state, t, factTitle, values } = usePage();
  const answered = answeredFacts(state);
  const open = unknownFacts(state);
  if (answered.length + open.length === 0) return <p class="soft">{t("answers.none")}</p>;
  return (
    <dl class="answer-list">
      {[...answered, ...open].map((fact) => (
        <div class="answer-row" key={fact}>
          <dt>{factTitle(fact)}</dt>
          <dd class={state.facts[fact] ? "" : "soft"}>
            {state.facts[fact] ? values(fact, state.facts[fact]) : t("answers.notKnown")}
          </dd>
          <dd class="answer-change">
            <a href={addressOf(screenFor(state, fact))} aria-label={t("answers.changeOf", { fact: factTitle(fact) })}>
              {t("answers.change")}
            </a>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function StartOver() {
  const { t, session } = usePage();
  const [asking, setAsking] = useState(false);
  const question = useRef<HTMLParagraphElement>(null);
  useEffect(() => question.current?.focus(), [asking]);
  if (!asking) {
    return (
      <p class="start-over">
        <button type="button" class="link" onClick={() => setAsking(true)}>{t("answers.startOver")}</button>
      </p>
    );
  }
  return (
    <div class="start-over" role="group" aria-labelledby="start-over-title">
      <p id="start-over-title" tabIndex={-1} ref={question}><b>{t("answers.startOverSure")}</b></p>
      <div class="buttons">
        <button type="button" class="button" onClick={() => startOver(session)}>
          {t("answers.startOverYes")}
        </button>
        <button type="button" class="button button-quiet" onClick={() => setAsking(false)}>
          {t("answers.startOverNo")}
        </button>
      </div>
    </div>
  );
}
