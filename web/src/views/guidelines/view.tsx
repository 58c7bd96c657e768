import { useState } from "preact/hooks";
import { titleOf } from "../../state/library.ts";
import { usePage } from "../page.ts";
import "./view.css";

/** The other guidelines of this page, each a button. Quiet: most readers never need it. */
export function GuidelineSwitch() {
  const { state, session, t, text } = usePage();
  const [opening, setOpening] = useState("");
  const others = Object.keys(session.shipped.guidelines).filter((id) => id !== state.guideline.name);
  if (others.length === 0) return null;
  return (
    <div class="guideline-switch" role="group" aria-label={t("guidelines.title")}>
      <p>{t("guidelines.now", { title: text(state.description.guideline.title) })} {t("guidelines.others")}</p>
      {others.map((id) => (
        <button type="button" class="link" key={id} data-guideline={id} disabled={opening !== ""} onClick={() => {
          setOpening(id);
          setTimeout(() => {
            session.openGuideline(id);
            setOpening("");
          }, 30);
        }}>
          {opening === id ? t("guidelines.opening") : t("guidelines.open", { title: titleOf(session.shipped, id, state.locale) })}
        </button>
      ))}
      <p class="soft small">{t("guidelines.hint")}</p>
    </div>
  );
}
