import type { Description } from "engine-module";
import { usePage } from "../page.ts";
import { Paragraphs } from "../prose/view.tsx";
import { NoteBlock, Sources } from "../sources/view.tsx";
import "./view.css";

export function InformationScreen() {
  const { state, t } = usePage();
  const topics = state.description.information;
  return (
    <>
      <h1 tabIndex={-1}>{t("information.title")}</h1>
      <p class="lead">{topics.length > 0 ? t("information.intro") : t("information.none")}</p>
      {topics.map((topic) => <Topic key={topic.id} topic={topic} />)}
    </>
  );
}

/** What is shown on request stays out of sight, behind its caveat, until it is asked for. */
function Topic({ topic }: { topic: Description["information"][number] }) {
  const { state, t, text, send } = usePage();
  const onRequest = topic.shown === "on_request";
  const open = !onRequest || state.revealed.includes(topic.id);
  const reveal = (shown: boolean) => send({ type: "informationRevealed", information: topic.id, shown });
  return (
    <section class="card topic" aria-labelledby={`topic-${topic.id}`} data-information={topic.id} data-open={open}>
      <h2 id={`topic-${topic.id}`}>{text(topic.title)}</h2>
      {topic.before && (
        <div class="before">
          <p class="note-title">{t("information.before")}</p>
          <Paragraphs text={text(topic.before)} />
        </div>
      )}
      {onRequest && (
        <button type="button" class="button button-quiet" aria-expanded={open} aria-controls={`text-${topic.id}`}
          aria-label={open ? undefined : t("information.showOf", { title: text(topic.title) })}
          onClick={() => reveal(!open)}>
          {open ? t("information.hide") : t("information.show")}
        </button>
      )}
      <div id={`text-${topic.id}`}>
        {open && (
          <>
            <Paragraphs text={text(topic.text)} />
            <NoteBlock note={topic.note} title={t("option.note")} />
            <Sources ids={topic.sources} />
          </>
        )}
      </div>
    </section>
  );
}
