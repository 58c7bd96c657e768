import type { MattersItem } from "../../state/matters.ts";
import { useWords } from "../page.ts";
import { sideEffectFigures } from "../trial/view.tsx";

/** What one option says about what matters to the reader: the card's own words and the studies' own counts, no score. */
export function MattersLines({ items, option }: { items: MattersItem[]; option: string }) {
  const { t } = useWords();
  return (
    <dl class="matters-lines">
      {items.map((item) => (
        <div key={item.id}>
          <dt>{t(`matters.items.${item.id}`)}</dt>
          <dd><MattersWords item={item} option={option} /></dd>
        </div>
      ))}
    </dl>
  );
}

export function MattersWords({ item, option }: { item: MattersItem; option: string }) {
  const { t, text, description } = useWords();
  const described = description.options[option];
  const part = described?.card.find(({ section }) => section === item.card);
  if (part) return <>{text(part.text)}</>;
  if (item.id === "research") return <>{t(described?.classes.includes("clinical_trial") ? "matters.isTrial" : "matters.askTrial")}</>;
  const figures = item.sideEffects ? sideEffectFigures(description, described?.trials ?? [], item.sideEffects) : [];
  if (figures.length === 0) return <>{t(item.sideEffects ? "matters.noNumber" : "matters.ask")}</>;
  return (
    <>
      {figures.map(({ effect, pair, severe }) => (
        <span class="matters-figure" key={effect.id}>
          {text(effect.text)}{severe && ` (${t("numbers.severe")})`}:{" "}
          {pair.treatment !== null && t("numbers.ofHundred", { count: Math.round(pair.treatment) })}
          {pair.control !== null && `, ${t("numbers.against", { count: Math.round(pair.control) })}`}
        </span>
      ))}
    </>
  );
}
