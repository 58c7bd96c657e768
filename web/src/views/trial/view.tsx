// One study: for patients pictures of 100 with both framings and bars of months, for clinicians a table. Each has the other at hand.
import type { Checked, Description, Pair, TrialDescription } from "engine-module";
import { decimal } from "../../words/words.ts";
import { OfHundred } from "../dots/view.tsx";
import { useWords, type Words } from "../page.ts";
import { Paragraphs } from "../prose/view.tsx";
import { SourceLine, Sources } from "../sources/view.tsx";
import "./view.css";

type Result = TrialDescription["results"][number];

/** Figures about length of life are shown to patients only when they ask. */
export const isAboutLife = ({ id }: { id: string }): boolean => /^os_|alive|surviv|death|died|fatal/.test(id);
const hasNumbers = (pair: Pair): boolean => pair.treatment !== null || pair.control !== null;
const isInMonths = ({ unit }: Result): boolean => unit === "months";

/** What these studies tell in months, and a reader is shown. */
export const figuresInMonths = ({ trials }: Description, ids: string[], withLife: boolean): Result[] =>
  ids.flatMap((id) => trials[id]?.results ?? []).filter((result) => isInMonths(result) && (withLife || !isAboutLife(result)));

interface TrialsProps {
  ids: string[];
  /** Studies shown beside these, whose bars of months then have the same ruler. */
  beside?: string[];
  showLife: boolean;
  onShowLife(): void;
}

/** The studies of an option: the first in full, the others each behind its name. */
export function Trials({ ids, beside = ids, showLife, onShowLife }: TrialsProps) {
  const { t, audience, description } = useWords();
  const trials = ids.map((id) => [id, description.trials[id]] as const).filter((pair): pair is [string, TrialDescription] => !!pair[1]);
  if (trials.length === 0) return <p class="soft">{t("numbers.none")}</p>;
  const withLife = audience === "clinician" || showLife;
  const scale = Math.max(...figuresInMonths(description, beside, withLife).flatMap(({ treatment, control }) => [treatment ?? 0, control ?? 0]), 1);
  const hidden = !withLife && trials.some(([, trial]) => trial.results.some(isAboutLife));
  // Reports of one study stand under its name; a report with nothing to show now is passed over.
  const studies = new Map<string, [string, TrialDescription][]>();
  for (const [id, trial] of trials) {
    const results = trial.results.filter((result) => withLife || !isAboutLife(result));
    if (results.length + trial.side_effects.length === 0 && !hasNumbers(trial.stopped_percent)) continue;
    studies.set(trial.name, [...studies.get(trial.name) ?? [], [id, { ...trial, results }]]);
  }
  const [first, ...others] = studies;
  const reports = (study: [string, TrialDescription][]) => study.map(([id, trial], number) =>
    <Trial key={id} id={id} trial={trial} scale={scale} again={number > 0} />);
  return (
    <div class="trials">
      <p class="soft">{t("numbers.intro")}</p>
      {first && reports(first[1])}
      {others.map(([name, study]) => (
        <details class="more-trial" key={name}>
          <summary>{t("numbers.another", { trial: name })}</summary>
          {reports(study)}
        </details>
      ))}
      {hidden && (
        <p class="aside-note">
          {t("numbers.lifeHidden")}{" "}
          <button type="button" class="link" data-action="life" onClick={onShowLife}>{t("numbers.lifeShow")}</button>
        </p>
      )}
      {studies.size > 1 && <p class="soft small">{t("numbers.notCompared")}</p>}
    </div>
  );
}

interface TrialProps { id: string; trial: TrialDescription; scale: number; again: boolean }

function Trial({ id, trial, scale, again }: TrialProps) {
  const { t, text, audience, locale, description } = useWords();
  const people = trial.arms.reduce((sum, arm) => sum + (arm.people ?? 0), 0);
  const design = trial.arms.length < 2 ? "oneGroup" : "compared";
  const pictures = <Pictures trial={trial} scale={scale} />;
  const table = <TrialTable trial={trial} />;
  return (
    <div class="trial" data-trial={id} data-checked={trial.checked}>
      <p class="trial-name"><b>{again ? t("numbers.again", { trial: trial.name }) : trial.name}</b> <NotVerified checked={trial.checked} /></p>
      <p>
        {people > 0 && `${t("numbers.people", { count: people, people: decimal(locale, people) })} `}
        {text(trial.population)}
      </p>
      <p class="soft small" data-evidence={design}>{t(`numbers.evidence_${design}`)}</p>
      {audience === "clinician" ? table : pictures}
      <details>
        <summary>{t(audience === "clinician" ? "numbers.asPictures" : "numbers.asTable")}</summary>
        {audience === "clinician" ? pictures : table}
      </details>
      {trial.note && <Paragraphs text={text(trial.note)} />}
      {audience === "clinician"
        ? <ul class="source-list small">{trial.sources.map((source) =>
            <li key={source}><SourceLine id={source} source={description.sources[source]} /></li>)}</ul>
        : <Sources ids={trial.sources} />}
    </div>
  );
}

export function NotVerified({ checked }: { checked: Checked }) {
  const { t } = useWords();
  return checked === "yes" ? null : <span class="not-verified" data-checked={checked}>{t(`numbers.checked_${checked}`)}</span>;
}

export function resultName({ t, text }: Pick<Words, "t" | "text">, result: Result): string {
  if (result.what) return text(result.what);
  return t(result.id === "os_months" ? "numbers.os" : result.id === "orr_percent" ? "numbers.orr" : "numbers.pfs");
}

const armName = ({ t, text }: Words, trial: TrialDescription, arm: 0 | 1): string => {
  const named = trial.arms[arm];
  return named ? text(named.name) : t(arm === 0 ? "numbers.with" : "numbers.without");
};

function Pictures({ trial, scale }: { trial: TrialDescription; scale: number }) {
  const words = useWords();
  const { t, text } = words;
  const names = [armName(words, trial, 0), armName(words, trial, 1)] as const;
  const effects = trial.side_effects.filter(({ any, severe }) => hasNumbers(any) || hasNumbers(severe));
  return (
    <>
      {trial.results.map((result) => (
        <div class="result" key={result.id} data-result={result.id}>
          <p class="result-name">{resultName(words, result)} <NotVerified checked={result.checked} /></p>
          {result.unit === "percent"
            ? <PairOfHundred pair={result} names={names} />
            : <Bars result={result} names={names} scale={isInMonths(result) ? scale : null} />}
          <Certainty result={result} />
        </div>
      ))}
      {effects.length > 0 && (
        <details class="effects">
          <summary>{t("numbers.sideEffects")}</summary>
          <p class="soft small">{t("numbers.sideEffectsHint")}</p>
          {effects.map((effect) => (
            <div class="result" key={effect.id} data-side-effect={effect.id}>
              <p class="result-name">{text(effect.text)}{hasNumbers(effect.any) ? "" : ` (${t("numbers.severe")})`}</p>
              <PairOfHundred pair={hasNumbers(effect.any) ? effect.any : effect.severe} names={names} />
              {hasNumbers(effect.any) && hasNumbers(effect.severe) && (
                <p class="soft small">{t("numbers.severeOf", { name: names[0], count: roundOrNone(effect.severe.treatment) })}
                  {effect.severe.control !== null && ` ${t("numbers.severeOf", { name: names[1], count: roundOrNone(effect.severe.control) })}`}</p>
              )}
            </div>
          ))}
          {hasNumbers(trial.stopped_percent) && (
            <div class="result">
              <p class="result-name">{t("numbers.stopped")}</p>
              <PairOfHundred pair={trial.stopped_percent} names={names} />
            </div>
          )}
        </details>
      )}
    </>
  );
}

const roundOrNone = (count: number | null): string | number => (count === null ? "?" : Math.round(count));

function PairOfHundred({ pair, names }: { pair: Pair; names: readonly [string, string] }) {
  return (
    <div class="of-hundred-pair">
      <OfHundred name={names[0]} count={pair.treatment} lead />
      <OfHundred name={names[1]} count={pair.control} />
    </div>
  );
}

/** Bars on one scale for all studies seen together; without a scale only the numbers. */
function Bars({ result, names, scale }: { result: Result; names: readonly [string, string]; scale: number | null }) {
  const { t, locale } = useWords();
  const arms = ([["treatment", names[0]], ["control", names[1]]] as const).filter(([arm]) => result[arm] !== null);
  return (
    <div class="bars-of-months">
      {arms.map(([arm, name]) => {
        const value = result[arm] ?? 0;
        const words = scale === null
          ? `${decimal(locale, value)} ${result.unit}`
          : t("numbers.months", { count: Math.round(value), months: decimal(locale, Math.round(value * 10) / 10) });
        return (
          <div class="month-bar" key={arm}>
            <span class="month-bar-name">{name}</span>
            {scale !== null && (
              <svg class={`bar bar-${arm}`} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <path class="bar-scale" d="M0 5.5H100" />
                <path class="bar-value" d={`M0 0H${(100 * value) / scale}V4H0z`} />
              </svg>
            )}
            <b>{words}</b>
          </div>
        );
      })}
    </div>
  );
}

function Certainty({ result }: { result: Result }) {
  const { t, locale } = useWords();
  const { hr, ci95_low: low, ci95_high: high } = result;
  if (low === null || high === null) return null;
  return (
    <p class="soft small">
      {t(low <= 1 && high >= 1 ? "numbers.couldBeChance" : "numbers.unlikelyChance")}{" "}
      {hr !== null && t("numbers.range", {
        hr: decimal(locale, hr), low: decimal(locale, low), high: decimal(locale, high),
      })}
    </p>
  );
}

function TrialTable({ trial }: { trial: TrialDescription }) {
  const words = useWords();
  const { t, text, locale } = words;
  const number = (value: number | null, unit: string) =>
    value === null ? "–" : `${decimal(locale, value)}${unit === "percent" ? " %" : ""}`;
  const head = (arm: 0 | 1) => {
    const people = trial.arms[arm]?.people;
    return `${armName(words, trial, arm)}${people ? ` (n = ${decimal(locale, people)})` : ""}`;
  };
  const two = trial.arms.length > 1;
  const effects = trial.side_effects;
  const pair = (some: Pair) => two ? `${number(some.treatment, "")} / ${number(some.control, "")}` : number(some.treatment, "");
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label={trial.name}>
      <table class="figures">
        <caption class="visually-hidden">{trial.name}</caption>
        <thead><tr>
          <th scope="col">{t("numbers.outcome")}</th><th scope="col">{head(0)}</th>
          {two && <th scope="col">{head(1)}</th>}
          {two && <th scope="col">{t("numbers.hr")}</th>}
        </tr></thead>
        <tbody>
          {trial.results.map((result) => (
            <tr key={result.id}>
              <th scope="row">{resultName(words, result)} <NotVerified checked={result.checked} /></th>
              <td>{number(result.treatment, result.unit)}</td>
              {two && <td>{number(result.control, result.unit)}</td>}
              {two && <td>{result.hr === null && result.ci95_low === null ? "–" : hazard(locale, result)}</td>}
            </tr>
          ))}
        </tbody>
        {(effects.length > 0 || hasNumbers(trial.stopped_percent)) && (
          <tbody>
            <tr>
              <th scope="col">{t("numbers.sideEffectPercent")}</th>
              <th scope="col">{t("numbers.any")}</th><th scope="col">{t("numbers.severe")}</th>{two && <td />}
            </tr>
            {effects.map((effect) => (
              <tr key={effect.id}>
                <th scope="row">{text(effect.text)}</th><td>{pair(effect.any)}</td><td>{pair(effect.severe)}</td>{two && <td />}
              </tr>
            ))}
            {hasNumbers(trial.stopped_percent) && (
              <tr><th scope="row">{t("numbers.stopped")}</th><td>{pair(trial.stopped_percent)}</td><td />{two && <td />}</tr>
            )}
          </tbody>
        )}
      </table>
    </div>
  );
}

function hazard(locale: string, { hr, ci95_low: low, ci95_high: high }: Result): string {
  const range = low !== null && high !== null ? ` (${decimal(locale, low)}–${decimal(locale, high)})` : "";
  return `${hr === null ? "" : decimal(locale, hr)}${range}`;
}

/** "17 of 100, against 5" for one side effect of one option, from the first of its studies that counted it. */
export function sideEffectFigures(description: Description, trials: string[], about: RegExp) {
  for (const id of trials) {
    const trial = description.trials[id];
    const found = trial?.side_effects.filter((effect) => about.test(effect.id) && (hasNumbers(effect.any) || hasNumbers(effect.severe))) ?? [];
    if (trial && found.length > 0) {
      return found.map((effect) => ({ effect, severe: !hasNumbers(effect.any), pair: hasNumbers(effect.any) ? effect.any : effect.severe, trial }));
    }
  }
  return [];
}
