import { addressOf } from "../../state/screens.ts";
import { answeredFacts, screenFor } from "../../state/choose.ts";
import { usePage } from "../page.ts";
import { Paragraphs } from "../prose/view.tsx";
import { Sources } from "../sources/view.tsx";
import "./view.css";

/** Shown in place of options while there can be none: a fault, a stop, or answers that do not go together. */
export function NoOptions() {
  const { state } = usePage();
  if (state.fault !== null || !state.result) return <FaultNotice />;
  if (state.result.contradiction) return <ContradictionNotice />;
  return <StopNotice />;
}

function FaultNotice() {
  const { state, t, session } = usePage();
  return (
    <div class="notice notice-fault" role="alert" data-fault>
      <p class="notice-title">{t("fault.title")}</p>
      <p>{t("fault.body")}</p>
      <button type="button" class="button" data-action="restart" onClick={() => void session.restartEngine()}>
        {t("fault.restart")}
      </button>
      <p class="small">{t("fault.detail", { message: state.fault ?? "" })}</p>
    </div>
  );
}

function StopNotice() {
  const { state, t } = usePage();
  return (
    <div class="notice" data-stop>
      <p class="notice-title">{t("stop.title")}</p>
      {state.result?.stops.filter((stop) => stop.holds === "yes").map((stop) => (
        <div key={stop.id}>
          <Paragraphs text={stop.text} />
          <Sources ids={stop.sources} />
        </div>
      ))}
      <p>{t("stop.body")}</p>
      <p>{t("stop.look")}</p>
      <ChangeList facts={answeredFacts(state)} />
    </div>
  );
}

function ContradictionNotice() {
  const { state, t } = usePage();
  return (
    <div class="notice" data-contradiction>
      <p class="notice-title">{t("contradiction.title")}</p>
      <p>{t("contradiction.body")}</p>
      <ChangeList facts={state.result?.contradiction?.map((given) => given.fact) ?? []} />
    </div>
  );
}

function ChangeList({ facts }: { facts: string[] }) {
  const { state, t, factTitle, values } = usePage();
  return (
    <ul class="change-list">
      {facts.map((fact) => (
        <li key={fact}>
          <span><b>{factTitle(fact)}:</b> {values(fact, state.facts[fact] ?? [])}</span>
          <a class="button button-quiet" href={addressOf(screenFor(state, fact))}
            aria-label={t("answers.changeOf", { fact: factTitle(fact) })}>{t("answers.change")}</a>
        </li>
      ))}
    </ul>
  );
}
