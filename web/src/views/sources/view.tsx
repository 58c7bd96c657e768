import type { Description, Note } from "engine-module";
import { usePage } from "../page.ts";
import { Paragraphs } from "../prose/view.tsx";
import "./view.css";

export function Sources({ ids }: { ids: string[] }) {
  const { state, t } = usePage();
  if (ids.length === 0) return null;
  return (
    <details class="sources">
      <summary>{t("sources.title", { count: ids.length, ids: ids.join(", ") })}</summary>
      <ul class="source-list">
        {ids.map((id) => (
          <li key={id}><SourceLine id={id} source={state.description.sources[id]} /></li>
        ))}
      </ul>
    </details>
  );
}

export function SourceLine({ id, source }: { id: string; source: Description["sources"][string] | undefined }) {
  const { t } = usePage();
  if (!source) return <><b>{id}</b> {t("sources.missing")}</>;
  const facts = [
    source.org, source.kind, source.published && t("about.published", { date: source.published }),
    source.doi && `doi:${source.doi}`, source.pmid && `PMID ${source.pmid}`, source.url,
  ].filter(Boolean);
  return (
    <>
      <b class="source-id">{id}</b> <cite>{source.title}</cite>
      {facts.length > 0 && <span class="source-facts">{facts.join(" · ")}</span>}
    </>
  );
}

export function NoteBlock({ note, title }: { note: Note | null; title: string }) {
  const { text } = usePage();
  if (!note) return null;
  return (
    <div class="note">
      <p class="note-title">{title}</p>
      <Paragraphs text={text(note.text)} />
      <Sources ids={note.sources} />
    </div>
  );
}
