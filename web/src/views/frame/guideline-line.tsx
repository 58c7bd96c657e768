import { longDate } from "../../words/words.ts";
import { usePage } from "../page.ts";

/** Title, version, date, status and short fingerprint: on every screen and on the print. */
export function GuidelineLine() {
  const { state, t, text } = usePage();
  const { guideline } = state.description;
  return (
    <p class="guideline-line">
      {t("guideline.line", {
        title: text(guideline.title),
        version: guideline.version,
        date: longDate(state.locale, guideline.date),
        status: t(guideline.status === "draft" ? "guideline.statusDraft" : "guideline.statusApproved"),
        sha: guideline.sha256.slice(0, 12),
      })}
    </p>
  );
}
