import type { FactValues, OptionAnswer, OptionDescription } from "engine-module";
import type { State } from "../../state/state.ts";
import { eitherOf, listOf } from "../../words/words.ts";
import { SignMark, type Sign } from "../marks/view.tsx";
import { usePage, type Page } from "../page.ts";
import { Paragraphs } from "../prose/view.tsx";
import { NoteBlock, Sources } from "../sources/view.tsx";
import "./view.css";

interface OptionProps { option: OptionAnswer; level: 4 | 5 }

/** The whole option. */
export function OptionCard({ option, level }: OptionProps) {
  const Title = `h${level}` as const;
  const sign = signOf(option);
  return (
    <article class={`option option-${sign}`} {...hooksOf(option)}>
      <Strength option={option} sign={sign} />
      <Title class="option-title">{option.title}</Title>
      <Body option={option} />
    </article>
  );
}

/** The option as one row that opens. */
export function OptionRow({ option, level }: OptionProps) {
  const { t, factTitle, state } = usePage();
  const Title = `h${level}` as const;
  const sign = signOf(option);
  const titles = (list: { fact: string }[]) => listOf(state.locale, list.map((item) => factTitle(item.fact)));
  return (
    <article class={`option option-row option-${sign}`} {...hooksOf(option)}>
      <details>
        <summary>
          <Title class="option-title">{option.title}</Title>
          <Strength option={option} sign={sign} />
          {option.depends_on.length > 0 && <Line title={t("option.depends")} words={titles(option.depends_on)} />}
          {option.checks.length > 0 && <Line title={t("option.checks")} words={titles(option.checks)} />}
        </summary>
        <Body option={option} />
      </details>
      {option.strength === "avoid" && isSettled(option) && <RuleTexts option={option} />}
    </article>
  );
}

const hooksOf = (option: OptionAnswer) => ({
  "data-option": option.id, "data-applies": option.applies, "data-strength": option.strength ?? "open",
});

export const signOf = (option: OptionAnswer): Sign =>
  option.strength === "avoid" ? "against" : option.applies === "yes" ? "way" : "fork";

export function strengthWords(t: Page["t"], locale: string, option: OptionAnswer): string {
  if (option.strength === null) {
    const strengths = option.strengths.map((strength) => t(`option.${strength}Short`));
    return t("option.strengthOpen", { strengths: eitherOf(locale, strengths) });
  }
  if (option.applies === "yes") return t(`option.${option.strength}`);
  return t("option.ifItFits", { strength: t(`option.${option.strength}Short`) });
}

/** Nothing that is still unknown bears on it, so each of its rules holds. */
const isSettled = (option: OptionAnswer): boolean => option.depends_on.length + option.checks.length === 0;

function Strength({ option, sign }: { option: OptionAnswer; sign: Sign }) {
  const { state, t } = usePage();
  return <p class="option-strength"><SignMark sign={sign} /> <span>{strengthWords(t, state.locale, option)}</span></p>;
}

function Line({ title, words }: { title: string; words: string }) {
  return <p class="reason-line">{title}: {words}</p>;
}

function Body({ option }: { option: OptionAnswer }) {
  const { state, text } = usePage();
  const described = state.description.options[option.id];
  return (
    <div class="option-body">
      {described && <Paragraphs text={text(described.text)} />}
      <Reasons option={option} described={described} />
    </div>
  );
}

function Reasons({ option, described }: { option: OptionAnswer; described: OptionDescription | undefined }) {
  const { state, t, text, factTitle, values } = usePage();
  const drugs = option.drugs.map((choice) =>
    eitherOf(state.locale, choice.map((drug) => drug.replaceAll("_", " "))));
  return (
    <div class="reasons">
      {option.applies === "yes" && option.because.length === 0 && (
        <p class="reason-title">{t("option.becauseAlways")}</p>
      )}
      <Reason title={t("option.because")}
        lines={option.because.map((given) => `${factTitle(given.fact)}: ${values(given.fact, given.values)}`)} />
      <Reason title={t("option.depends")} lines={option.depends_on.map((open) => leavesAllOpen(state, open)
        ? factTitle(open.fact)
        : t("option.wouldFit", { fact: factTitle(open.fact), values: values(open.fact, open.values) }))} />
      <Reason title={t("option.checks")} lines={option.checks.map((check) => t("option.check", {
        fact: factTitle(check.fact), values: values(check.fact, check.values),
        strength: t(`option.${check.strength}Short`),
      }))} />
      {option.rules.some((rule) => state.description.rules[rule]?.text) && (
        <div class="reason">
          <p class="reason-title">{t(isSettled(option) ? "option.reasons" : "option.reasonsOpen")}</p>
          {!isSettled(option) && <p class="soft">{t("option.reasonsOpenHint")}</p>}
          <RuleTexts option={option} />
        </div>
      )}
      <Reason title={t("option.medicines")} lines={drugs} />
      {described?.card.map((part) => (
        <div class="reason" key={part.section}>
          <p class="reason-title">{t(`card.${part.section}`)}</p>
          <Paragraphs text={text(part.text)} />
        </div>
      ))}
      <NoteBlock note={described?.note ?? null} title={t("option.note")} />
      <Sources ids={option.sources} />
    </div>
  );
}

/** Every value can make the option fit, together with other answers: naming them all would say nothing. */
const leavesAllOpen = (state: State, open: FactValues): boolean =>
  open.values.length === (state.facts[open.fact] ?? state.description.facts[open.fact]?.values)?.length;

function RuleTexts({ option }: { option: OptionAnswer }) {
  const { state, text } = usePage();
  return (
    <>
      {option.rules.map((rule) => {
        const words = state.description.rules[rule]?.text;
        return words ? <Paragraphs key={rule} text={text(words)} /> : null;
      })}
    </>
  );
}

function Reason({ title, lines }: { title: string; lines: string[] }) {
  if (lines.length === 0) return null;
  return (
    <div class="reason">
      <p class="reason-title">{title}</p>
      <ul>{lines.map((line) => <li key={line}>{line}</li>)}</ul>
    </div>
  );
}
