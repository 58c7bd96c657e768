import type { Audience } from "engine-module";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { isWaiting } from "../../state/choose.ts";
import { screenKey, type Screen } from "../../state/screens.ts";
import { languageName, longDate } from "../../words/words.ts";
import { AboutScreen } from "../about/view.tsx";
import { Alerts } from "../alerts/view.tsx";
import { ApprovalBanner } from "../approvals/view.tsx";
import { AnswersScreen } from "../answers/view.tsx";
import { AskingScreen } from "../asking/view.tsx";
import { InformationScreen } from "../information/view.tsx";
import { CompareScreen } from "../compare/view.tsx";
import { Waymark } from "../marks/view.tsx";
import { MattersScreen } from "../matters/view.tsx";
import { liveSummary, OptionsScreen } from "../options/view.tsx";
import { usePage } from "../page.ts";
import { PathwayScreen } from "../pathway/view.tsx";
import { PlanScreen } from "../plan/view.tsx";
import { ReadingScreen } from "../reading/view.tsx";
import { RecordScreen } from "../record/view.tsx";
import { StartScreen } from "../start/view.tsx";
import { WhatIfScreen } from "../whatif/view.tsx";
import { urgentId, UrgentHelp } from "../urgent/view.tsx";
import { GuidelineLine } from "./guideline-line.tsx";
import "./view.css";

/** The page around the screen. */
export function Frame() {
  const { state, t } = usePage();
  const main = useFocusOnNewScreen(screenKey(state.screen));
  return (
    <div class="frame">
      <button type="button" class="skip" onClick={() => main.current?.focus()}>{t("page.skip")}</button>
      <Header />
      <main id="main" class={`main main-${state.screen.name}`} data-screen={state.screen.name} tabIndex={-1} ref={main}>
        <Alerts />
        <CurrentScreen />
      </main>
      <p class="visually-hidden" role="status">{liveSummary(t, Object.keys(state.facts).length > 0 && !state.reading ? state.result : null)}</p>
      <footer class="footer">
        {state.screen.name !== "start" && <UrgentHelp />}
        <GuidelineLine />
      </footer>
    </div>
  );
}

function useFocusOnNewScreen(key: string) {
  const main = useRef<HTMLElement>(null);
  const shown = useRef(key);
  useLayoutEffect(() => {
    if (shown.current === key) return;
    shown.current = key;
    scrollTo(0, 0);
    main.current?.querySelector("h1")?.focus({ preventScroll: true });
  }, [key]);
  return main;
}

function CurrentScreen(): JSX.Element {
  const { state } = usePage();
  const { screen } = state;
  if (isWaiting(state)) return <ReadingScreen />;
  switch (screen.name) {
    case "question":
    case "group": return <AskingScreen screen={screen} />;
    case "questions":
    case "answers": return <AnswersScreen />;
    case "options": return <OptionsScreen />;
    case "compare": return <CompareScreen />;
    case "whatif": return <WhatIfScreen />;
    case "pathway": return <PathwayScreen />;
    case "matters": return <MattersScreen />;
    case "information": return <InformationScreen />;
    case "plan": return <PlanScreen />;
    case "about": return <AboutScreen />;
    case "record": return <RecordScreen />;
    case "start": return <StartScreen />;
  }
}

function Header() {
  const { state, t, site, today } = usePage();
  const { review_by } = state.description.guideline;
  return (
    <header class="header">
      <ApprovalBanner />
      {review_by !== null && review_by < today && (
        <p class="banner banner-overdue">{t("page.overdue", { date: longDate(state.locale, review_by) })}</p>
      )}
      <Newer />
      <div class="header-top">
        <a class="brand" href="#/start">
          {site.logo ? <img class="brand-logo" src={site.logo} alt="" /> : <Waymark />}
          <span>{t("page.name")}{site.name && <span class="brand-site">{site.name}</span>}</span>
        </a>
        <button type="button" class="button button-urgent" data-action="urgent" onClick={() => {
          const help = document.getElementById(urgentId);
          help?.scrollIntoView();
          help?.focus({ preventScroll: true });
        }}>{t("urgent.link")}</button>
        <div class="switches">
          <TextSizeSwitch />
          <AudienceSwitch />
          <LocaleSwitch />
        </div>
      </div>
      <Way />
    </header>
  );
}

/** A build that came while this one was open: never taken without being asked for. */
function Newer() {
  const { state, t } = usePage();
  const { newer, guideline, description } = state;
  if (!newer) return null;
  const { version } = description.guideline;
  const next = newer.guidelines[guideline.name];
  return (
    <p class="banner" role="status" data-newer={next ?? ""}>
      {next !== undefined && next !== version ? t("newer.guideline", { next, version }) : t("newer.page")}{" "}
      <button type="button" class="link" data-action="newer" onClick={newer.open}>{t("newer.open")}</button>
    </p>
  );
}

const stations = ["start", "questions", "options", "matters", "plan", "information", "about"] as const;
const stationOf = (name: Screen["name"]): Screen["name"] =>
  name === "question" || name === "group" || name === "answers" || name === "record" ? "questions"
    : name === "compare" || name === "whatif" || name === "pathway" ? "options" : name;

function Way() {
  const { state, t } = usePage();
  const here = stationOf(state.screen.name);
  return (
    <nav class="way" aria-label={t("page.way")}>
      <ul>
        {stations.map((station) => (
          <li key={station}>
            <a href={`#/${station}`} aria-current={station === here ? "page" : undefined}>{t(`screens.${station}`)}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const sizes = [0, 1, 2] as const;

function TextSizeSwitch() {
  const { state, t, send } = usePage();
  return (
    <div class="switch text-sizes" role="group" aria-label={t("page.textSize")}>
      {sizes.map((size) => (
        <button type="button" key={size} data-size={size} aria-pressed={state.textSize === size}
          aria-label={t(`page.size${size}`)} onClick={() => send({ type: "textSizeChosen", size })}>A</button>
      ))}
    </div>
  );
}

const audiences: Audience[] = ["patient", "clinician"];

function AudienceSwitch() {
  const { state, t, send } = usePage();
  return (
    <div class="switch" role="group" aria-label={t("page.audience")}>
      {audiences.map((audience) => (
        <button type="button" key={audience} data-audience={audience} aria-pressed={state.audience === audience}
          onClick={() => send({ type: "audienceChosen", audience })}>
          {t(`page.${audience}`)}
        </button>
      ))}
    </div>
  );
}

function LocaleSwitch() {
  const { state, t, session } = usePage();
  const { locales } = state.description;
  if (locales.length < 2) return null;
  return (
    <select class="locale" data-locale aria-label={t("page.language")} value={state.locale}
      onChange={(event) => {
        session.chooseLocale(event.currentTarget.value);
        // A fault of the engine can leave the page in the language it had.
        event.currentTarget.value = session.state.locale;
      }}>
      {locales.map((locale) => <option key={locale} value={locale} lang={locale}>{languageName(locale)}</option>)}
    </select>
  );
}
