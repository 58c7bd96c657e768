import { useLayoutEffect, useRef } from "preact/hooks";
import type { Site } from "../../state/site.ts";
import type { Say } from "../../words/words.ts";
import { usePage } from "../page.ts";
import "./view.css";

export const urgentId = "urgent-help";

export function UrgentHelp() {
  const { t, site, locale } = usePage();
  const help = useStayInView();
  return (
    <section class="urgent" id={urgentId} tabIndex={-1} ref={help} aria-labelledby="urgent-title">
      <h2 id="urgent-title">{t("urgent.title")}</h2>
      <UrgentWords t={t} site={site} locale={locale} />
      {site.phones.length > 0 && (
        <ul class="phones">
          {site.phones.map(({ label, number }) => (
            <li key={number}>{label}{label && ": "}<a href={`tel:${number.replace(/[^+\d]/g, "")}`}>{number}</a></li>
          ))}
        </ul>
      )}
      <p>{t("urgent.limit")}</p>
    </section>
  );
}

/** The hospital's own first sentence, or ours. */
export function UrgentWords({ t, site: { emergency }, locale }: { t: Say; site: Site; locale: string }) {
  return (
    <>
      <p><b>{emergency[locale] ?? emergency[""] ?? t("urgent.emergency")}</b></p>
      <p>{t("urgent.team")}</p>
    </>
  );
}

/**
 * What is drawn above it later must not push it away from who was led to it: not every browser sees to that by itself. No observer of
 * sizes: WebKit tells of a script error when a size changes while it is told.
 */
function useStayInView() {
  const help = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (document.activeElement === help.current) help.current?.scrollIntoView({ block: "nearest" });
  });
  return help;
}
