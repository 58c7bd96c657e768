// What is inside an option's card: the same parts in the same order for every option.
import type { CardSection, FactValues, OptionAnswer, OptionDescription } from "engine-module";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { comparedAtMost, type State } from "../../state/state.ts";
import { whatMattersMost } from "../../state/matters.ts";
import { eitherOf, listOf, longDate, type WordKey } from "../../words/words.ts";
import { MattersLines } from "../matters/lines.tsx";
import { useWords, usePage } from "../page.ts";
import { Paragraphs } from "../prose/view.tsx";
import { NoteBlock, SourceLine, Sources } from "../sources/view.tsx";
import { NotVerified, Trials } from "../trial/view.tsx";
import { isSettled } from "./view.tsx";

export const cardSections: CardSection[] = ["can_do", "can_cost", "how_taken", "usual_week", "needs", "call_your_team_if"];
export const lifeFigures = "figures/life";

export function OptionBody({ option, level }: { option: OptionAnswer; level: 4 | 5 }) {
  const { state, t, text, send, audience } = usePage();
  const described = state.description.options[option.id];
  if (!described) return null;
  const parts = cardSections.flatMap((section) => described.card.filter((part) => part.section === section));
  const important = whatMattersMost(state.matters);
  return (
    <div class="option-body">
      <div class="option-intro">
        <Paragraphs text={text(described.text)} />
        <Compare option={option.id} />
      </div>
      {parts.length > 0 && (
        <div class="card-parts">
          {parts.map((part) => (
            <Part key={part.section} level={level} name={part.section} title={t(`card.${part.section}`)}>
              <Paragraphs text={text(part.text)} />
            </Part>
          ))}
        </div>
      )}
      {important.length > 0 && (
        <Part level={level} name="matters" title={t("matters.onThis")}>
          <MattersLines items={important} option={option.id} />
        </Part>
      )}
      {described.trials.length > 0 && (
        <Part level={level} name="numbers" title={t("numbers.title")}>
          <Trials ids={described.trials} showLife={state.revealed.includes(lifeFigures)}
            onShowLife={() => send({ type: "informationRevealed", information: lifeFigures, shown: true })} />
        </Part>
      )}
      <div class="card-parts">
        <Part level={level} name="why" title={t("option.why")}><Why option={option} /></Part>
        <Part level={level} name="change" title={t("option.change")}><WouldChange option={option} /></Part>
      </div>
      {described.drugs.length > 0 && (
        <Part level={level} name="medicines" title={t("option.medicines")}>
          <ul>{described.drugs.map((choice) =>
            <li key={choice.join()}>{eitherOf(state.locale, choice.map((drug) => drug.replaceAll("_", " ")))}</li>)}</ul>
        </Part>
      )}
      {described.approvals.length > 0 && (
        <Part level={level} name="approvals" title={t("option.approvals")}><Approvals described={described} /></Part>
      )}
      <NoteBlock note={described.note} title={t("option.note")} />
      {audience === "clinician"
        ? <ul class="source-list small">{option.sources.map((id) =>
            <li key={id}><SourceLine id={id} source={state.description.sources[id]} /></li>)}</ul>
        : <Sources ids={option.sources} />}
    </div>
  );
}

function Part({ level, name, title, children }: { level: 4 | 5; name: string; title: string; children: ComponentChildren }) {
  const Title = `h${level + 1}` as "h5" | "h6";
  return <div class={`card-part card-part-${name}`}><Title class="card-part-title">{title}</Title>{children}</div>;
}

function Compare({ option }: { option: string }) {
  const { state, t, send } = usePage();
  const compared = state.compared.includes(option);
  const full = !compared && state.compared.length >= comparedAtMost;
  return (
    <p class="compare-line no-print">
      <label class="tick">
        <input type="checkbox" data-compare={option} checked={compared} disabled={full}
          onChange={(event) => send({ type: "optionCompared", option, compared: event.currentTarget.checked })} />
        <span>{t(full ? "compare.full" : "compare.pick")}</span>
      </label>
      {state.compared.length > 1 && <a href="#/compare">{t("compare.look", { count: state.compared.length })}</a>}
    </p>
  );
}

function Why({ option }: { option: OptionAnswer }) {
  const { state, t, factTitle, values, given } = usePage();
  return (
    <>
      {option.applies === "yes" && option.because.length === 0 && <p>{t("option.becauseAlways")}</p>}
      <Reason title={t("option.because")} lines={option.because.map(given)} />
      <Reason title={t("option.depends")} lines={option.depends_on.map((open) => leavesAllOpen(state, open)
        ? factTitle(open.fact)
        : t("option.wouldFit", { fact: factTitle(open.fact), values: values(open.fact, open.values) }))} />
      {option.rules.some((rule) => state.description.rules[rule]?.text) && (
        <div class="reason">
          <p class="reason-title">{t(isSettled(option) ? "option.reasons" : "option.reasonsOpen")}</p>
          {!isSettled(option) && <p class="soft">{t("option.reasonsOpenHint")}</p>}
          <RuleTexts option={option} />
        </div>
      )}
    </>
  );
}

/**
 * What other answers would do is worked out beside the page, and arrives later. An open check may lower the option only
 * together with other answers: then it is named without an outcome.
 */
function WouldChange({ option }: { option: OptionAnswer }) {
  const { state, session, t, factTitle, values, standing } = usePage();
  useEffect(() => session.wantWhatIf(), [state.facts]);
  const known = state.whatIf?.facts === state.facts ? state.whatIf.report : undefined;
  const answered = known?.facts.filter(({ fact }) => state.facts[fact] !== undefined) ?? [];
  const afterOpen = ({ fact, values: some }: FactValues) => some.map((value) => known?.facts.find((other) => other.fact === fact)
    ?.values.find((other) => other.values.includes(value))?.options.find(({ id }) => id === option.id)?.after.strengths[0]);
  const isAlone = (check: OptionAnswer["checks"][number]) => afterOpen(check).every((best) => best === check.strength);
  const together = [...new Set(option.checks.map(({ fact }) => fact))]
    .filter((fact) => !option.checks.some((check) => check.fact === fact && isAlone(check)));
  const lines = answered.flatMap(({ fact, values: others }) => {
    const byOutcome = new Map<string, string[]>();
    for (const other of others.filter(({ possible }) => possible)) {
      const after = other.options.find(({ id }) => id === option.id)?.after;
      if (after) byOutcome.set(standing(after), [...byOutcome.get(standing(after)) ?? [], ...other.values]);
    }
    return [...byOutcome].map(([outcome, some]) =>
      t("option.wouldBe", { fact: factTitle(fact), values: values(fact, some), standing: outcome }));
  });
  return (
    <>
      {known !== undefined && <Reason title={t("option.checks")} lines={[
        ...option.checks.filter(isAlone).map((check) => t("option.check", {
          fact: factTitle(check.fact), values: values(check.fact, check.values),
          strength: t(`option.${check.strength}Short`),
        })),
        ...together.length > 0 ? [t("option.checkTogether", { facts: listOf(state.locale, together.map(factTitle)) })] : [],
      ]} />}
      <Reason title={t("option.otherAnswers")} lines={lines} />
      {known === undefined && <p class="soft" data-working>{t("option.working")}</p>}
      {known === null && <p class="soft">{t("option.notWorkedOut")}</p>}
      {known && lines.length === 0 && <p class="soft">{t("option.nothingChanges")}</p>}
      <p><a href="#/whatif">{t("whatif.try")}</a></p>
    </>
  );
}

/** The exact words speak to clinicians. Patients read where it is approved, and what the guideline's author put in plain words. */
function Approvals({ described }: { described: OptionDescription }) {
  const { locale, t, text, description, audience } = useWords();
  const isPlain = (approval: Approval) => audience === "clinician" || approval.text.patient !== approval.text.clinician;
  const [plain, others] = [described.approvals.filter(isPlain), described.approvals.filter((approval) => !isPlain(approval))];
  const agencies = [...new Set(others.map(({ agency }) => agency))];
  const reviewers = agencies.filter((agency) => Object.hasOwn(reviewerWords, agency));
  const places = agencies.filter((agency) => !reviewers.includes(agency));
  const said = (list: string[], words: Record<string, WordKey>) =>
    listOf(locale, [...new Set(list.map((agency) => {
      const name = words[agency] ? t(words[agency]) : agency;
      const isVerified = others.some((approval) => approval.agency === agency && approval.checked === "yes");
      return isVerified ? name : `${name} (${t("numbers.checked_no")})`;
    }))]);
  return (
    <>
    {places.length > 0 && <p data-approved>{t("option.approvedIn", { places: said(places, placeWords) })}</p>}
    {reviewers.length > 0 && <p data-reviewed>{t("option.reviewedBy", { reviewers: said(reviewers, reviewerWords) })}</p>}
    {plain.length > 0 && <ul class="approvals">
      {plain.map((approval) => (
        <li key={`${approval.agency}${approval.date}${approval.text.clinician}`}>
          <b>{approval.agency}</b>, {longDate(locale, approval.date)}: {text(approval.text)}{" "}
          <NotVerified checked={approval.checked} />
          {audience === "clinician"
            ? <span class="source-facts">{approval.sources.map((id) => description.sources[id]?.title ?? id).join(" · ")}</span>
            : null}
        </li>
      ))}
    </ul>}
    </>
  );
}

type Approval = OptionDescription["approvals"][number];

/** Where an agency's word counts; one that is not known here is named as the guideline names it. */
const placeWords: Record<string, WordKey> = {
  FDA: "agencies.us", "European Commission": "agencies.eu", "EU and UK": "agencies.euUk",
  MHRA: "agencies.uk", Swissmedic: "agencies.ch",
};
/** They give opinions, and approve nothing. */
const reviewerWords: Record<string, WordKey> = { EMA: "agencies.ema", "EMA CHMP": "agencies.ema", NICE: "agencies.nice" };

/** Every value can make the option fit, together with other answers: naming them all would say nothing. */
const leavesAllOpen = (state: State, open: FactValues): boolean =>
  open.values.length === (state.facts[open.fact] ?? state.description.facts[open.fact]?.values)?.length;

export function RuleTexts({ option }: { option: OptionAnswer }) {
  const { description, text } = useWords();
  return (
    <>
      {option.rules.map((rule) => {
        const words = description.rules[rule]?.text;
        return words ? <Paragraphs key={rule} text={text(words)} /> : null;
      })}
    </>
  );
}

function Reason({ title, lines }: { title: string; lines: string[] }) {
  if (lines.length === 0) return null;
  return (
    <div class="reason">
      <p class="reason-title">{title}</p>
      <ul>{lines.map((line) => <li key={line}>{line}</li>)}</ul>
    </div>
  );
}
