// What a change of guideline, or an opened file, did to the answers.
import { usePage } from "../page.ts";
import { ChangeLists } from "../whatif/view.tsx";
import "./view.css";

export function MovedNotice() {
  const { state, t, text, send } = usePage();
  const { moved } = state;
  if (!moved) return null;
  return (
    <section class="moved aside-note" role="status" data-moved={moved.by}>
      <h2>{t(moved.by === "file" ? "moved.file" : "moved.guideline", { count: moved.kept, from: moved.from })}</h2>
      {moved.dropped.length > 0 && (
        <>
          <p>{t("moved.dropped")}</p>
          <ul>{moved.dropped.map(({ title, values }) =>
            <li key={title.clinician}>{text(title)}: {values.map(text).join(", ")}</li>)}</ul>
        </>
      )}
      {moved.changes && (
        <>
          <p>{t(moved.changes.length > 0 ? "moved.changes" : "moved.noChanges")}</p>
          <ChangeLists changes={moved.changes} />
        </>
      )}
      <button type="button" class="link" data-action="read" onClick={() => send({ type: "noticeRead" })}>{t("moved.read")}</button>
    </section>
  );
}
