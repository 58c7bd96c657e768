import { longDate } from "../../words/words.ts";
import { guidelineStatus } from "../approvals/view.tsx";
import { usePage } from "../page.ts";

/** Title, version, date, status and short fingerprint: on every screen and on the print. */
export function GuidelineLine() {
  const page = usePage();
  const { state, t, text } = page;
  const { guideline } = state.description;
  const { standing, words } = guidelineStatus(page);
  return (
    <p class="guideline-line" data-approval={standing}>
      {t("guideline.line", {
        title: text(guideline.title),
        version: guideline.version,
        date: longDate(state.locale, guideline.date),
        status: words,
        sha: guideline.sha256.slice(0, 12),
      })}
    </p>
  );
}
