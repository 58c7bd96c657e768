import { standingOf, type ApprovalStanding } from "../../state/approvals.ts";
import { longDate } from "../../words/words.ts";
import { usePage, type Page } from "../page.ts";
import "./view.css";

/** What speaks for the whole guideline comes first. */
const inOrder: ApprovalStanding[] = ["altered", "draft", "approved", "expired", "unknown_key", "unchecked", "checking"];

/** How the guideline stands, and that in words, with each approval's own. */
export function guidelineStatus({ state, site, today, t }: Page): { standing: ApprovalStanding | "unsigned"; words: string } {
  const { guideline, approvals } = state.description;
  const isDraft = guideline.status === "draft";
  const standings = approvals.map((approval) => standingOf(approval, state.description, state.signatures, site, today));
  const told = approvals.map(({ name, role, organisation, date, review_by, key }, index) => t(`approval.${standings[index] ?? "unchecked"}`, {
    who: [name, role, organisation].filter(Boolean).join(", "),
    date: longDate(state.locale, date),
    until: longDate(state.locale, review_by),
    holder: site.approvers.find((approver) => approver.key === key)?.name ?? "",
  }));
  const own = isDraft ? t("approval.draft") : t("approval.unsigned");
  return {
    standing: inOrder.find((one) => standings.includes(one)) ?? (isDraft ? "draft" : "unsigned"),
    words: [...new Set(isDraft || told.length === 0 ? [own, ...told] : told)].join("; "),
  };
}

/** Draft or not, and aloud what must not be read over. */
export function ApprovalBanner() {
  const page = usePage();
  const { standing, words } = guidelineStatus(page);
  return (
    <>
      <p class="banner">{page.t(page.state.description.guideline.status === "draft" ? "page.draft" : "page.approved")}</p>
      {standing === "altered" && <p class="banner banner-altered" role="alert">{page.t("approval.alteredBanner")}</p>}
      {standing === "expired" && <p class="banner banner-overdue">{words}</p>}
    </>
  );
}
