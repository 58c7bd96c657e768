// Two or three options in one table. The columns stand in the order in which they were picked; no column wins.
import type { ComponentChildren } from "preact";
import { allOptions } from "../../state/choose.ts";
import { whatMattersMost } from "../../state/matters.ts";
import { comparedAtMost } from "../../state/state.ts";
import { MattersWords } from "../matters/lines.tsx";
import { cardSections, lifeFigures } from "../option-card/body.tsx";
import { strengthWords } from "../option-card/view.tsx";
import { canShow } from "../options/view.tsx";
import { usePage } from "../page.ts";
import { Paragraphs } from "../prose/view.tsx";
import { Sources } from "../sources/view.tsx";
import { figuresInMonths, isAboutLife, Trials } from "../trial/view.tsx";
import "./view.css";

export function CompareScreen() {
  const { state, t, text, send, optionTitle } = usePage();
  const { compared, description, result } = state;
  /** Its first report often tells of survival alone, which not everybody asked to see: then the next one, too. */
  const firstStudy = (option: string) => {
    const trials = description.options[option]?.trials ?? [];
    const reports = trials.filter((trial) => description.trials[trial]?.name === description.trials[trials[0] ?? ""]?.name);
    const enough = reports.findIndex((trial) => description.trials[trial]?.results.some((result) => !isAboutLife(result)));
    return reports.slice(0, Math.max(enough, 0) + 1);
  };
  const showLife = state.revealed.includes(lifeFigures);
  const hasBars = (option: string) => state.audience === "patient" && figuresInMonths(description, firstStudy(option), showLife).length > 0;
  const answers = canShow(result) ? allOptions(result).filter(({ applies }) => applies !== "no") : [];
  const row = (key: string, title: ComponentChildren, cell: (option: string) => ComponentChildren) => (
    <tr role="row" key={key}>
      <th role="rowheader" scope="row">{title}</th>
      {compared.map((option) => (
        <td role="cell" key={option}><span class="compare-of" aria-hidden="true">{optionTitle(option)}</span>{cell(option)}</td>
      ))}
    </tr>
  );
  return (
    <>
      <h1 tabIndex={-1}>{t("compare.title")}</h1>
      <p class="lead">{t("compare.intro")}</p>
      {compared.length < comparedAtMost && answers.length > 0 && (
        <label class="compare-add no-print">
          <span>{t("compare.add")}</span>
          <select data-compare-add value="" onChange={(event) => {
            const option = event.currentTarget.value;
            event.currentTarget.value = "";
            if (option) send({ type: "optionCompared", option, compared: true });
          }}>
            <option value="">{t("compare.choose")}</option>
            {result?.decisions.map((decision) => (
              <optgroup key={decision.id} label={decision.title}>
                {decision.options.filter(({ id, applies }) => applies !== "no" && !compared.includes(id))
                  .map(({ id, title }) => <option key={id} value={id}>{title}</option>)}
              </optgroup>
            ))}
          </select>
        </label>
      )}
      {compared.length === 0
        ? <p class="soft">{t("compare.empty")}</p>
        : <table class="compare" role="table">
            <caption class="visually-hidden">{t("compare.title")}</caption>
            <thead role="rowgroup">
              <tr role="row">
                <td role="cell" />
                {compared.map((option) => (
                  <th role="columnheader" scope="col" key={option}>
                    {optionTitle(option)}
                    <button type="button" class="link no-print" aria-label={t("compare.removeOf", { option: optionTitle(option) })}
                      onClick={() => send({ type: "optionCompared", option, compared: false })}>{t("compare.remove")}</button>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody role="rowgroup">
              {row("standing", t("compare.standing"), (id) => {
                const answer = answers.find((option) => option.id === id);
                return answer ? strengthWords(t, state.locale, answer) : t("standing.no");
              })}
              {whatMattersMost(state.matters).filter(({ card }) => !card).map((item) =>
                row(`matters-${item.id}`, <>{t(`matters.items.${item.id}`)} <span class="matters-mark">{t("compare.matters")}</span></>,
                  (option) => <MattersWords item={item} option={option} />))}
              {row("text", t("compare.about"), (option) => {
                const words = description.options[option]?.text;
                return words && <Paragraphs text={text(words)} />;
              })}
              {cardSections.map((section) => {
                if (!compared.some((option) => description.options[option]?.card.some((part) => part.section === section))) return null;
                const important = whatMattersMost(state.matters).filter(({ card }) => card === section);
                return row(section, (
                  <>
                    {t(`card.${section}`)}
                    {important.map(({ id }) => <span class="matters-mark" key={id}>{t("compare.mattersFor", { item: t(`matters.items.${id}`) })}</span>)}
                  </>
                ), (option) => {
                  const part = description.options[option]?.card.find((part) => part.section === section);
                  return part ? <Paragraphs text={text(part.text)} /> : <span class="soft">{t("compare.notSaid")}</span>;
                });
              })}
              {row("numbers", t("numbers.title"), (option) => (
                <Trials ids={firstStudy(option)} beside={compared.flatMap(firstStudy)} showLife={showLife}
                  onShowLife={() => send({ type: "informationRevealed", information: lifeFigures, shown: true })} />
              ))}
              {row("sources", t("about.sources"), (option) => <Sources ids={description.options[option]?.sources ?? []} />)}
            </tbody>
          </table>}
      {compared.length > 1 && <p class="soft">{t("numbers.notCompared")}{compared.filter(hasBars).length > 1 && ` ${t("compare.ruler")}`}</p>}
      <p class="buttons">
        <a class="button" href="#/options" data-action="options">{t("compare.back")}</a>
        <a class="button button-quiet" href="#/matters">{t("screens.matters")}</a>
      </p>
    </>
  );
}
