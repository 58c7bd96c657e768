// What was proved of the guideline, and how its written cases went, with the time it took on this device.
import type { ProofReport, TestReport } from "engine-module";
import { useEffect } from "preact/hooks";
import type { WordKey } from "../../words/words.ts";
import { decimal } from "../../words/words.ts";
import { SignMark } from "../marks/view.tsx";
import { usePage } from "../page.ts";
import "./view.css";

const claimWords: Record<string, WordKey> = {
  complete: "proofs.complete", "free of conflicts": "proofs.conflicts", "all reachable": "proofs.reachable",
  "no redundant condition": "proofs.redundant", "every rule counts": "proofs.rules",
  "every question matters": "proofs.questions", "no alert can be missed": "proofs.alerts",
};

export function Proofs() {
  const { state, session, t } = usePage();
  const { proofs } = state;
  useEffect(() => session.wantProofs(true), [state.guideline, proofs]);
  return (
    <section class="proofs" aria-busy={!proofs} data-proofs={proofs ? "done" : "under way"}>
      <h2>{t("proofs.title")}</h2>
      <p>{t("proofs.intro")}</p>
      {proofs
        ? <>
            <Claims check={proofs.check} took={proofs.checkTook} />
            {proofs.test ? <Cases test={proofs.test} took={proofs.testTook} /> : <p class="soft">{t("proofs.casesUnderWay")}</p>}
          </>
        : <p class="soft">{t("proofs.underWay")}</p>}
    </section>
  );
}

function Claims({ check, took }: { check: ProofReport; took: number }) {
  const { state, t, text, locale } = usePage();
  const subject = (id: string) => {
    const decision = state.description.decisions.find((decision) => decision.id === id);
    return decision ? text(decision.title) : id;
  };
  return (
    <>
      <p>{t("proofs.profiles", { profiles: profilesInWords(t, locale, check.profiles) })}</p>
      <ul class="claims">
        {check.claims.map((claim) => (
          <li key={`${claim.claim} ${claim.subject}`} data-claim={claim.claim} data-holds={claim.holds ? "yes" : "no"}>
            <SignMark sign={claim.holds ? "way" : "against"} />
            <span>
              {claimWords[claim.claim] ? t(claimWords[claim.claim] as WordKey, { subject: subject(claim.subject) }) : claim.claim}{" "}
              <b>{t(claim.holds ? "proofs.holds" : "proofs.fails")}</b>
            </span>
          </li>
        ))}
      </ul>
      {check.findings.length > 0
        ? <details><summary>{t("proofs.findings", { count: check.findings.length })}</summary>
            <ul lang="en">{check.findings.map((finding) => <li key={finding.message}>{finding.file}:{finding.line}: {finding.message}</li>)}</ul>
          </details>
        : <p>{t("proofs.noFindings")}</p>}
      <p class="soft small">{t("proofs.took", { seconds: decimal(locale, Math.round(took) / 1000), sampled: check.sampled })}</p>
    </>
  );
}

function Cases({ test, took }: { test: TestReport; took: number }) {
  const { t, locale } = usePage();
  const { rules, conditions } = test.coverage;
  if (test.vignettes.length === 0) return <p class="soft">{t("proofs.noCases")}</p>;
  const failed = test.vignettes.filter(({ passed }) => !passed);
  return (
    <>
      <h3>{t("proofs.cases")}</h3>
      <p data-cases={test.passed}>{t("proofs.passed", { passed: test.passed, count: test.vignettes.length })}</p>
      {failed.length > 0 && <ul>{failed.map(({ id }) => <li key={id}>{id}</li>)}</ul>}
      <p>{t("proofs.covered", {
        rules: rules.covered, ruleTotal: rules.total, conditions: conditions.covered, conditionTotal: conditions.total,
      })}</p>
      <p class="soft small">{t("proofs.casesTook", { seconds: decimal(locale, Math.round(took) / 1000) })}</p>
    </>
  );
}

/** Numbers that nobody can picture are told by their zeros. */
function profilesInWords(t: ReturnType<typeof usePage>["t"], locale: string, profiles: number): string {
  if (profiles < 1e7) return decimal(locale, profiles);
  const zeros = Math.floor(Math.log10(profiles));
  return t("proofs.zeros", { digit: Math.floor(profiles / 10 ** zeros), zeros });
}
