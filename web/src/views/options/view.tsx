import type { Answer } from "engine-module";
import { allOptions, isStopped, sortOptions } from "../../state/choose.ts";
import type { Say } from "../../words/words.ts";
import { NoOptions } from "../notices/view.tsx";
import { OptionCard, OptionRow } from "../option-card/view.tsx";
import { usePage } from "../page.ts";
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
            {result.decisions.map((decision) => <Decision key={decision.id} decision={decision} />)}
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

/** The options of one decision by what is known of them, under headings from `level` on. */
export function OptionGroups({ decision, level, brief = false }:
  { decision: DecisionAnswer; level: 3 | 4; brief?: boolean }) {
  const { t } = usePage();
  const sets = sortOptions(decision.options);
  const Heading = `h${level}` as const;
  if (decision.options.length === 0) return <p class="soft">{decision.none ?? t("options.none")}</p>;
  return (
    <>
      {(["fit", "depend", "advisedAgainst"] as const).map((name) => sets[name].length > 0 && (
        <div class={`option-group option-group-${name}`} key={name}>
          <Heading class="option-group-title">
            {t("options.count", { title: t(`options.${name}`), count: sets[name].length })}
          </Heading>
          <div class="option-list">
            {sets[name].map((option) =>
              brief
                ? <OptionRow key={option.id} option={option} level={level === 3 ? 4 : 5} />
                : <OptionCard key={option.id} option={option} level={level === 3 ? 4 : 5} />)}
          </div>
        </div>
      ))}
    </>
  );
}

/** What a screen reader hears when an answer has changed the options: the numbers only. */
export function liveSummary(t: Say, result: Answer | null): string {
  if (!canShow(result)) return "";
  const sets = sortOptions(allOptions(result));
  return t("options.live", {
    fit: sets.fit.length, depend: sets.depend.length, against: sets.advisedAgainst.length,
  });
}
