// Wires guideline, engine, session, views and host. Everything flows one way: event, session, views.
import type { Issue, SourceText } from "engine-module";
import { render, type ComponentChild } from "preact";
import { startBridge, type Bridge, type Guideline } from "./engine/bridge.ts";
import { hostFace, type Waymark } from "./host/host.ts";
import { nextStep } from "./state/choose.ts";
import { addressOf, screenAt, screenKey } from "./state/screens.ts";
import { startSession, type Session } from "./state/session.ts";
import "./styles/index.css";
import { Frame } from "./views/frame/view.tsx";
import { PageContext, pageOf, type Page } from "./views/page.ts";
import { Trouble } from "./views/trouble/view.tsx";
import { capital, hasWordsFor, wordsFor } from "./words/words.ts";
import "./styles/print.css";

declare global {
  interface Window { waymark: Waymark }
}

interface Shipped { default: string; guidelines: Record<string, SourceText[]> }

const root = document.getElementById("page") as HTMLElement;
const show = (view: ComponentChild) => render(view, root);

async function start(): Promise<{ bridge: Bridge; session: Session }> {
  const t = wordsFor(navigator.language, "patient");
  const shipped = JSON.parse(document.getElementById("waymark-guidelines")?.textContent ?? "null") as Shipped | null;
  if (!shipped) {
    show(<Trouble t={t} title="boot.noGuideline" help="boot.noGuidelineHelp" />);
    throw new Error("there is no guideline in this page");
  }
  try {
    const bridge = await startBridge();
    const guideline = bridge.load(shipped.default, shipped.guidelines[shipped.default] ?? []);
    if (Array.isArray(guideline)) throw new BadGuideline(guideline);
    const session = startSession(bridge, guideline, firstLocale(bridge, guideline));
    run(session);
    return { bridge, session };
  } catch (failure) {
    if (failure instanceof BadGuideline) show(<Trouble t={t} title="boot.badGuideline" issues={failure.issues} />);
    else show(<Trouble t={t} title="boot.noEngine" help="boot.noEngineHelp" message={String(failure)} />);
    throw failure;
  }
}

class BadGuideline extends Error {
  constructor(readonly issues: Issue[]) {
    super(issues.map((issue) => issue.message).join("; "));
  }
}

function firstLocale(bridge: Bridge, guideline: Guideline): string {
  const { locale, locales } = bridge.describe(guideline, "en");
  const wanted = navigator.languages.map((language) => language.split("-")[0] ?? language);
  return wanted.find((language) => locales.includes(language) && hasWordsFor(language)) ?? locale;
}

function run(session: Session): void {
  const today = new Date().toISOString().slice(0, 10);

  function draw(): void {
    const page = pageOf(session);
    const { state } = session;
    document.documentElement.lang = state.locale;
    document.title = `${titleOf(page)} · ${page.t("page.name")}`;
    show(<PageContext.Provider value={page}><Frame today={today} /></PageContext.Provider>);
  }

  function followAddress(): void {
    const screen = screenAt(location.hash);
    if (!screen || screenKey(screen) === screenKey(session.state.screen)) return;
    if (screen.name === "questions") location.replace(addressOf(nextStep(session.state)));
    else session.send({ type: "screenShown", screen });
  }

  session.watch(() => {
    draw();
    const shown = screenAt(location.hash);
    if (shown && screenKey(shown) !== screenKey(session.state.screen)) location.hash = addressOf(session.state.screen);
  });
  addEventListener("hashchange", followAddress);
  followAddress();
  draw();
}

function titleOf({ state, t, text, factTitle }: Page): string {
  const { screen } = state;
  switch (screen.name) {
    case "question": return capital(state.locale, factTitle(screen.fact));
    case "group": {
      const group = state.description.groups.find((group) => group.id === screen.group);
      return group ? text(group.title) : t("screens.questions");
    }
    case "questions":
    case "answers": return t("answers.title");
    default: return t(`screens.${screen.name}`);
  }
}

window.waymark = hostFace(start());
