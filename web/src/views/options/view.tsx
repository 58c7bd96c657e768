import type { Answer, OptionAnswer } from "engine-module";
import { allOptions, isStopped, orderOf, sortOptions } from "../../state/choose.ts";
import type { Say } from "../../words/words.ts";
import { Folded } from "../folded/view.tsx";
import { NoOptions } from "../notices/view.tsx";
import { OptionCard } from "../option-card/view.tsx";
import { usePage, useWords } from "../page.ts";
import { OpenTests } from "../tests/view.tsx";
import { Paragraphs } from "../prose/view.tsx";
import "./view.css";

export function OptionsScreen() {
  const { state, t } = usePage();
  const { result } = state;
  return (
    <>
      <h1 tabIndex={-1}>{t("options.title")}</h1>
      {canShow(result)
        ? <>
            <p class="lead">{t("options.intro")}</p>
            <MaybeStopped result={result} />
            {Object.keys(state.facts).length === 0 && <p class="aside-note">{t("options.noAnswers")}</p>}
            <p class="options-tools no-print">
              <a href="#/whatif" data-action="whatif">{t("whatif.try")}</a>
              <a href="#/compare" data-action="compare">{t("compare.title")}{state.compared.length > 0 && ` (${state.compared.length})`}</a>
              <a href="#/pathway">{t("pathway.title")}</a>
              <a href="#/matters">{t("screens.matters")}</a>
            </p>
            {result.decisions.map((decision) => <Decision key={decision.id} decision={decision} />)}
            <OpenTests />
          </>
        : <NoOptions />}
      <p class="onward"><a class="button" href="#/plan" data-action="plan">{t("options.next")}</a></p>
    </>
  );
}

export const canShow = (result: Answer | null): result is Answer =>
  result !== null && !result.contradiction && !isStopped(result);

export function MaybeStopped({ result }: { result: Answer }) {
  const { t } = usePage();
  if (!result.stops.some((stop) => stop.holds === "depends")) return null;
  return <p class="aside-note">{t("options.maybeStopped")}</p>;
}

function Decision({ decision }: { decision: DecisionAnswer }) {
  const { state, t, text } = usePage();
  const described = state.description.decisions.find((other) => other.id === decision.id);
  return (
    <section class="decision" aria-labelledby={`decision-${decision.id}`} data-decision={decision.id}
      data-state={decision.state}>
      <h2 id={`decision-${decision.id}`}>{decision.title}</h2>
      {described?.about && <Paragraphs text={text(described.about)} />}
      {decision.state !== "not_applicable" && (
        <p class="decision-state">{t(decision.state === "settled" ? "options.stateSettled" : "options.stateOpen")}</p>
      )}
      <OptionGroups decision={decision} level={3} />
    </section>
  );
}

type DecisionAnswer = Answer["decisions"][number];

/** A longer list of what may fit, or is advised against, stays behind its heading. */
const calm = 6;
/** Beside the questions there is less room. */
const beside = 2;

/** The options of one decision by what is known of them, under headings from `level` on. */
export function OptionGroups({ decision, level }: { decision: DecisionAnswer; level: 3 | 4 }) {
  const { t, description } = useWords();
  const sets = sortOptions(decision.options);
  const Heading = `h${level}` as const;
  if (decision.options.length === 0) return <p class="soft">{decision.none ?? t("options.none")}</p>;
  return (
    <>
      {orderOf(sets, description, decision.id).map((name) => {
        const options = sets[name];
        if (options.length === 0) return null;
        const heading = (
          <Heading class="option-group-title">{t("options.count", { title: t(`options.${name}`), count: options.length })}</Heading>
        );
        const many = level === 4 && name !== "fit" ? beside : calm;
        const list = (some: OptionAnswer[]) => (
          <div class="option-list">
            {some.map((option) => <OptionCard key={option.id} option={option} level={level === 3 ? 4 : 5} />)}
          </div>
        );
        const isCalm = options.length <= many || (name === "fit" && level === 3);
        const atOnce = isCalm ? options : name === "lead" ? options.slice(0, many) : [];
        const rest = options.slice(atOnce.length);
        const folded = `option-group option-group-${name} option-group-folded`;
        if (atOnce.length === 0) return <Folded key={name} class={folded} summary={heading} stays>{() => list(rest)}</Folded>;
        return (
          <div class={`option-group option-group-${name}`} key={name}>
            {heading}
            {list(atOnce)}
            {rest.length > 0 && (
              <Folded class={folded} summary={t("option.more", { count: rest.length })} stays>{() => list(rest)}</Folded>
            )}
          </div>
        );
      })}
    </>
  );
}

/** What a screen reader hears when an answer has changed the options: the numbers only. */
export function liveSummary(t: Say, result: Answer | null): string {
  if (!canShow(result)) return "";
  const sets = sortOptions(allOptions(result));
  return t("options.live", {
    fit: sets.fit.length, depend: sets.lead.length + sets.depend.length, against: sets.advisedAgainst.length,
  });
}
