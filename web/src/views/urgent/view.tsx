import { usePage } from "../page.ts";
import "./view.css";

export const urgentId = "urgent-help";

export function UrgentHelp() {
  const { t } = usePage();
  return (
    <section class="urgent" id={urgentId} tabIndex={-1} aria-labelledby="urgent-title">
      <h2 id="urgent-title">{t("urgent.title")}</h2>
      <p><b>{t("urgent.emergency")}</b></p>
      <p>{t("urgent.team")}</p>
      <p>{t("urgent.limit")}</p>
    </section>
  );
}
