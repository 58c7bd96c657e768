// The way through the guideline as a picture made of words: each answer a post, the ways not taken beside it, the options at the end.
import { useEffect, useState } from "preact/hooks";
import { answeredFacts, groupOf, screenFor, sortOptions } from "../../state/choose.ts";
import { addressOf } from "../../state/screens.ts";
import { capital, listOf } from "../../words/words.ts";
import { SignMark } from "../marks/view.tsx";
import { NoOptions } from "../notices/view.tsx";
import { canShow } from "../options/view.tsx";
import { sameValues, usePage } from "../page.ts";
import "./view.css";

const openShown = 6;
const farthest = -1;
const nearest = 2;

export function PathwayScreen() {
  const { state, session, t, factTitle, locale } = usePage();
  const [zoom, setZoom] = useState(0);
  useEffect(() => session.wantWhatIf(), [state.facts]);
  const answered = answeredFacts(state);
  const noneOf = (fact: string) => groupOf(state, fact)?.facts.find((member) => member.fact === fact)?.none;
  const absent = answered.filter((fact) => sameValues(state.facts[fact] ?? [], [noneOf(fact) ?? ""]));
  const open = state.result?.missing.map(({ fact }) => fact).filter((fact) => state.facts[fact] === undefined) ?? [];
  const posts = [...answered.filter((fact) => !absent.includes(fact)), ...open.slice(0, openShown)];
  return (
    <>
      <h1 tabIndex={-1}>{t("pathway.title")}</h1>
      <p class="lead">{t("pathway.intro")}</p>
      <div class="switch pathway-zoom no-print" role="group" aria-label={t("pathway.zoom")}>
        <button type="button" data-action="farther" disabled={zoom === farthest} onClick={() => setZoom(zoom - 1)}>{t("pathway.farther")}</button>
        <button type="button" data-action="nearer" disabled={zoom === nearest} onClick={() => setZoom(zoom + 1)}>{t("pathway.nearer")}</button>
      </div>
      <ol class="pathway" data-zoom={zoom}>
        {posts.map((fact) => <Post key={fact} fact={fact} />)}
        {absent.length > 0 && <li class="pathway-post pathway-more">{t("pathway.absent")}: {listOf(locale, absent.map(factTitle))}</li>}
        {open.length > openShown && (
          <li class="pathway-post pathway-more">{t("pathway.moreOpen", { count: open.length - openShown })}</li>
        )}
        <li class="pathway-post pathway-end">{canShow(state.result) ? <Ends /> : <NoOptions />}</li>
      </ol>
      <p class="buttons">
        <a class="button" href="#/options" data-action="options">{t("compare.back")}</a>
        <button type="button" class="button button-quiet" data-action="print" onClick={() => window.print()}>{t("plan.print")}</button>
      </p>
    </>
  );
}

function Post({ fact }: { fact: string }) {
  const { state, t, text, factTitle, locale } = usePage();
  const given = state.facts[fact];
  const known = state.whatIf?.facts === state.facts ? state.whatIf.report?.facts.find((one) => one.fact === fact) : undefined;
  return (
    <li class={`pathway-post ${given ? "pathway-walked" : "pathway-open"}`} data-post={fact}>
      <a href={addressOf(screenFor(state, fact))}>{capital(locale, factTitle(fact))}</a>
      <ul class="pathway-ways">
        {state.description.facts[fact]?.values.map(({ id, text: words }) => {
          const taken = given?.includes(id) ?? false;
          const other = known?.values.find(({ values }) => sameValues(values, [id]));
          return (
            <li key={id} class={taken ? "pathway-taken" : undefined} data-taken={taken ? "yes" : given ? "no" : "open"}>
              <SignMark sign={taken ? "way" : "fork"} /> {text(words)}
              {taken && <span class="visually-hidden"> ({t("pathway.taken")})</span>}
              {!taken && other && (
                <span class="soft"> {!other.possible ? t("pathway.notPossible")
                  : other.options.length > 0 ? t("pathway.changes", { count: other.options.length }) : t("pathway.same")}</span>
              )}
            </li>
          );
        })}
      </ul>
    </li>
  );
}

function Ends() {
  const { state, t } = usePage();
  return (
    <dl>
      {state.result?.decisions.map((decision) => {
        const { fit, lead, depend, advisedAgainst } = sortOptions(decision.options);
        return (
          <div key={decision.id}>
            <dt>{decision.title}</dt>
            {fit.map(({ id, title }) => <dd key={id}><SignMark sign="way" /> {title}</dd>)}
            {lead.length > 0 && <dd class="soft"><SignMark sign="fork" /> {t("options.count", { title: t("options.lead"), count: lead.length })}</dd>}
            {depend.length > 0 && <dd class="soft"><SignMark sign="fork" /> {t("options.count", { title: t("options.depend"), count: depend.length })}</dd>}
            {advisedAgainst.length > 0 && <dd class="soft"><SignMark sign="against" /> {t("options.count", { title: t("option.avoid"), count: advisedAgainst.length })}</dd>}
          </div>
        );
      })}
    </dl>
  );
}
