import type { Issue } from "engine-module";
import type { ComponentChildren } from "preact";
import type { Say, WordKey } from "../../words/words.ts";
import "./view.css";

interface TroubleProps { t: Say; title: WordKey; help?: WordKey; message?: string; issues?: Issue[]; children?: ComponentChildren }

/** The page could not start: said plainly, with every issue. */
export function Trouble({ t, title, help, message, issues = [], children }: TroubleProps) {
  return (
    <main class="main trouble">
      <h1>{t(title)}</h1>
      {help && <p class="lead">{t(help)}</p>}
      {children}
      {message && <p class="small">{message}</p>}
      <IssueList t={t} issues={issues} />
    </main>
  );
}

/** The loader speaks English. */
export function IssueList({ t, issues }: { t: Say; issues: Issue[] }) {
  return (
    <ul class="issues">
      {issues.map((issue) => (
        <li key={`${issue.file}:${issue.line}:${issue.column}:${issue.code}`}>
          <b>{t("about.issueAt", { file: issue.file, line: issue.line })}</b>{" "}
          <span lang="en">{issue.message}{issue.remedy && `: ${issue.remedy}`}</span>
        </li>
      ))}
    </ul>
  );
}
