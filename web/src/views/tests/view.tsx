// Tests not done yet, each with what it would decide.
import { choosable, openTests } from "../../state/choose.ts";
import { capital, listOf } from "../../words/words.ts";
import { usePage } from "../page.ts";
import { Paragraphs } from "../prose/view.tsx";
import "./view.css";

const shownAtOnce = 4;

export function OpenTests({ level = 2 }: { level?: 2 | 3 }) {
  const { state, t } = usePage();
  const tests = openTests(state);
  const Heading = `h${level}` as const;
  if (tests.length === 0) return null;
  return (
    <section class="open-tests" aria-labelledby="open-tests">
      <Heading id="open-tests">{t("tests.title")}</Heading>
      <p class="soft">{t("tests.intro")}</p>
      <ul class="test-cards">
        {tests.map(({ fact, changes }) => <li key={fact}><TestCard fact={fact} changes={changes} /></li>)}
      </ul>
    </section>
  );
}

function TestCard({ fact, changes: all }: { fact: string; changes: string[] }) {
  const page = usePage();
  const { state, session, t, text, factTitle } = page;
  const changes = choosable(state, all);
  const help = state.description.facts[fact]?.help;
  return (
    <details class="test-card" data-test={fact} onToggle={(event) => event.currentTarget.open && session.wantWhatIf()}>
      <summary>
        <b>{capital(state.locale, factTitle(fact))}</b>
        {changes.length > 0 && <span class="soft">{t("tests.mattersFor", { count: changes.length, options: shortTitles(page, changes) })}</span>}
      </summary>
      {help && <Paragraphs text={text(help)} />}
      <IfFound fact={fact} />
      {changes.length > shownAtOnce && <ul>{changes.map((id) => <OptionTitle key={id} id={id} />)}</ul>}
    </details>
  );
}

/** What each result would lead to, for these answers. */
function IfFound({ fact }: { fact: string }) {
  const page = usePage();
  const { state, t, values, standing, optionTitle } = page;
  const known = state.whatIf?.facts === state.facts ? state.whatIf.report?.facts.find((one) => one.fact === fact) : undefined;
  if (!known) return null;
  return (
    <ul>
      {known.values.filter(({ possible }) => possible).map(({ values: some, options }) => {
        const shown = choosable(state, options.map(({ id }) => id));
        const lines = options.filter(({ id }) => shown.includes(id)).slice(0, shownAtOnce)
          .map(({ id, after }) => `${optionTitle(id)}: ${standing(after)}`);
        return (
          <li key={some.join()} data-if={some.join()}>
            <b>{t("tests.ifResult", { result: values(fact, some) })}</b>{" "}
            {lines.length === 0 ? t("tests.ifNothing") : [...lines, ...(shown.length > shownAtOnce ? [t("option.more", { count: shown.length - shownAtOnce })] : [])].join("; ")}
          </li>
        );
      })}
    </ul>
  );
}

function OptionTitle({ id }: { id: string }) {
  return <li>{usePage().optionTitle(id)}</li>;
}

/** The first few titles, and how many more. */
export function shortTitles({ locale, optionTitle, t }: Pick<ReturnType<typeof usePage>, "locale" | "optionTitle" | "t">, options: string[]): string {
  const some = options.slice(0, shownAtOnce).map(optionTitle);
  return listOf(locale, options.length > shownAtOnce ? [...some, t("option.more", { count: options.length - shownAtOnce })] : some);
}
