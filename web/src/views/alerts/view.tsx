import { mayBeUrgent } from "../../state/choose.ts";
import { usePage } from "../page.ts";
import { Paragraphs } from "../prose/view.tsx";
import { Sources } from "../sources/view.tsx";
import { UrgentWords } from "../urgent/view.tsx";
import "./view.css";

const bySeverity = { emergency: 0, urgent: 1, info: 2 };

/** Which alert it is, only the guideline knows; it must not be waited for. */
function NotYetKnown() {
  const { t, site, locale } = usePage();
  return (
    <div class="alert alert-urgent" role="alert" data-alert="not_yet_known" data-urgency="urgent">
      <p class="alert-title">{t("reading.urgent")}</p>
      <UrgentWords t={t} site={site} locale={locale} />
    </div>
  );
}

export function Alerts() {
  const { state, t } = usePage();
  const alerts = [...state.alerts].sort((a, b) => bySeverity[a.urgency] - bySeverity[b.urgency]);
  return (
    <div class="alerts">
      {state.reading && mayBeUrgent(state) && <NotYetKnown />}
      {alerts.map((alert) => (
        <div key={alert.id} class={`alert alert-${alert.urgency}`} role="alert" data-alert={alert.id}
          data-urgency={alert.urgency}>
          <p class="alert-title">{t(`alert.${alert.urgency}`)}</p>
          <Paragraphs text={alert.text} />
          <Sources ids={alert.sources} />
        </div>
      ))}
    </div>
  );
}
