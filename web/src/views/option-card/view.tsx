import type { OptionAnswer } from "engine-module";
import { isOutcome } from "../../state/choose.ts";
import type { Say } from "../../words/words.ts";
import { eitherOf, listOf } from "../../words/words.ts";
import { SignMark, type Sign } from "../marks/view.tsx";
import { Folded } from "../folded/view.tsx";
import { memo, useWords } from "../page.ts";
import { OptionBody, RuleTexts } from "./body.tsx";
import "./view.css";

export interface OptionProps { option: OptionAnswer; level: 4 | 5 }

/** The option as one line that opens. */
export const OptionCard = memo(function OptionCard({ option, level }: OptionProps) {
  const { t, factTitle, locale, audience, description } = useWords();
  const Title = `h${level}` as const;
  const sign = signOf(option);
  // Nobody chooses it, so it is not "offered".
  const standsIn = option.applies === "depends" && isOutcome(description, option.id);
  const atMost = audience === "patient" ? 2 : 3;
  const titles = (facts: string[]) => {
    const some = facts.slice(0, atMost).map(factTitle);
    return listOf(locale, facts.length > atMost ? [...some, t("option.more", { count: facts.length - atMost })] : some);
  };
  const waitsFor = factsOf(option.depends_on);
  const checks = factsOf(option.checks).filter((fact) => !waitsFor.includes(fact));
  return (
    <article class={`option option-${sign}`} data-option={option.id} data-applies={option.applies}
      data-strength={option.strength ?? "open"}>
      <Folded summary={<>
        <Title class="option-title">{option.title}</Title>
        <p class="option-strength">
          <SignMark sign={sign} /> <span>{standsIn ? t("option.outcome") : strengthWords(t, locale, option)}</span>
        </p>
        {waitsFor.length > 0 && !standsIn && <p class="reason-line">{t("option.depends")}: {titles(waitsFor)}</p>}
        {checks.length > 0 && <p class="reason-line">{t("option.checks")}: {titles(checks)}</p>}
      </>}>{() => <OptionBody option={option} level={level} />}</Folded>
      {option.strength === "avoid" && isSettled(option) && <div class="option-why-not"><RuleTexts option={option} /></div>}
    </article>
  );
});

/** A fact may be named with several values; its title is said once. */
const factsOf = (list: { fact: string }[]): string[] => [...new Set(list.map(({ fact }) => fact))];

export const signOf = (option: OptionAnswer): Sign =>
  option.strength === "avoid" ? "against" : option.applies === "yes" ? "way" : "fork";

export function strengthWords(t: Say, locale: string, option: OptionAnswer): string {
  if (option.strength === null) {
    const strengths = option.strengths.map((strength) => t(`option.${strength}Short`));
    return strengths.length > 2
      ? t("option.strengthWide", { from: strengths[0] ?? "", to: strengths.at(-1) ?? "" })
      : t("option.strengthOpen", { strengths: eitherOf(locale, strengths) });
  }
  if (option.applies === "yes") return t(`option.${option.strength}`);
  return t("option.ifItFits", { strength: t(`option.${option.strength}Short`) });
}

/** Nothing that is still unknown bears on it, so each of its rules holds. */
export const isSettled = (option: OptionAnswer): boolean => option.depends_on.length + option.checks.length === 0;
