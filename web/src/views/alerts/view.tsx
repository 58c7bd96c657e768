import { usePage } from "../page.ts";
import { Paragraphs } from "../prose/view.tsx";
import { Sources } from "../sources/view.tsx";
import "./view.css";

const bySeverity = { emergency: 0, urgent: 1, info: 2 };

export function Alerts() {
  const { state, t } = usePage();
  const alerts = [...state.alerts].sort((a, b) => bySeverity[a.urgency] - bySeverity[b.urgency]);
  return (
    <div class="alerts">
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
