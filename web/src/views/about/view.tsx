import { longDate } from "../../words/words.ts";
import { guidelineStatus } from "../approvals/view.tsx";
import { usePage } from "../page.ts";
import { GuidelineSwitch } from "../guidelines/view.tsx";
import { MovedNotice } from "../moved/view.tsx";
import { Proofs } from "../proofs/view.tsx";
import { Paragraphs } from "../prose/view.tsx";
import { SourceLine } from "../sources/view.tsx";
import { IssueList } from "../trouble/view.tsx";
import "./view.css";

export function AboutScreen() {
  const { state, t, text } = usePage();
  const { guideline, sources } = state.description;
  return (
    <>
      <h1 tabIndex={-1}>{t("about.title")}</h1>
      <MovedNotice />
      <p class="lead">{text(guideline.title)}</p>
      <Paragraphs text={text(guideline.summary)} />
      <GuidelineFacts />
      <h2>{t("about.limits")}</h2>
      <Paragraphs text={text(guideline.disclaimer)} />
      <Proofs />
      <GuidelineSwitch />
      <h2>{t("about.page")}</h2>
      <p>{t("about.pageText")}</p>
      {guideline.changes.length > 0 && (
        <>
          <h2>{t("about.changes")}</h2>
          <dl class="facts">
            {guideline.changes.map((change) => (
              <div key={change.version}>
                <dt>{change.version}, {longDate(state.locale, change.date)}</dt>
                <dd>{text(change.text)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <h2>{t("about.sources")}</h2>
      <p>{t("about.sourcesIntro")}</p>
      <details>
        <summary>{t("options.count", { title: t("about.sources"), count: Object.keys(sources).length })}</summary>
      <ul class="source-list source-list-long">
        {Object.entries(sources).map(([id, source]) => (
          <li key={id} data-source={id}>
            <SourceLine id={id} source={source} />
            {source.says && <span class="source-says"><i>{t("about.says")}:</i> {text(source.says)}</span>}
          </li>
        ))}
      </ul>
      </details>
      <h2>{t("about.issues")}</h2>
      <Issues />
    </>
  );
}

export function GuidelineFacts({ fingerprint = true }: { fingerprint?: boolean }) {
  const page = usePage();
  const { state, t, text } = page;
  const { guideline } = state.description;
  const day = (date: string) => longDate(state.locale, date);
  const rows: [string, string][] = [
    [t("guideline.authors"), text(guideline.authors)],
    [t("guideline.funding"), text(guideline.funding)],
    [t("guideline.version"), guideline.version],
    [t("guideline.date"), day(guideline.date)],
    [t("guideline.status"), guidelineStatus(page).words],
    ...(guideline.review_by ? [[t("guideline.reviewBy"), day(guideline.review_by)] as [string, string]] : []),
    ...(fingerprint ? [[t("guideline.fingerprint"), guideline.sha256] as [string, string]] : []),
  ];
  return (
    <dl class="facts">
      {rows.filter(([, words]) => words !== "").map(([name, words]) => (
        <div key={name}><dt>{name}</dt><dd>{words}</dd></div>
      ))}
    </dl>
  );
}

function Issues() {
  const { state, t } = usePage();
  const { issues } = state.guideline;
  return issues.length === 0 ? <p>{t("about.noIssues")}</p> : <IssueList t={t} issues={issues} />;
}
