// Wires guideline, engine, session, views and host. Everything flows one way: event, session, views.
import type { Issue } from "engine-module";
import { lookIn } from "engine-bytes";
import { render, type ComponentChild } from "preact";
import { serveBackground, startBackground } from "./engine/background.ts";
import { startBridge, type Bridge } from "./engine/bridge.ts";
import { keepFiles } from "kept-files";
import { serveEmbedding } from "./host/embed.ts";
import { hostFace, type Waymark } from "./host/host.ts";
import { isWaiting, nextStep } from "./state/choose.ts";
import { startEarly, type Look } from "./state/early.ts";
import { isReload, keepForReload, restoreAfterReload } from "./state/reload.ts";
import { addressOf, screenAt, screenKey, type Screen } from "./state/screens.ts";
import { startSession, type Session } from "./state/session.ts";
import type { State } from "./state/state.ts";
import { paint, siteFrom, type Site } from "./state/site.ts";
import "./styles/index.css";
import { Frame } from "./views/frame/view.tsx";
import { PageContext, wordsAfter, WordsContext, type Page, type Words } from "./views/page.ts";
import { Trouble } from "./views/trouble/view.tsx";
import { capital, directionOf, hasWordsFor, wordsFor } from "./words/words.ts";
import "./styles/print.css";

declare global {
  interface Window { waymark: Waymark }
}

const show = (view: ComponentChild) => render(view, document.getElementById("page") as HTMLElement);
const dataIn = (id: string) => document.getElementById(id)?.textContent ?? "null";

async function start(site: Site): Promise<{ bridge: Bridge; session: Session }> {
  const t = wordsFor(navigator.language, "patient");
  const line = dataIn("waymark-guidelines");
  if (line === "null") {
    show(<Trouble t={t} title="boot.noGuideline" help="boot.noGuidelineHelp" />);
    throw new Error("there is no guideline in this page");
  }
  const drawing = startDrawing(site);
  try {
    paint(site);
    show(<p class="starting" role="status">{t("reading.body")}</p>);
    // While its unpacker is compiled elsewhere, this thread starts the worker.
    const looking = isReload() ? null : lookIn(line).catch(() => null);
    const background = startBackground();
    const wishes = [asked.get("guideline") ?? "", site.guideline].filter((wish) => wish !== "");
    const beginning = background.begin(line, wishes);
    const look = await looking as Look | null;
    const early = look && (wishes[0] ?? look.name) === look.name ? startEarly(look, firstLocale) : null;
    if (early) drawing.follow(early);
    const begun = await beginning;
    const { bridge, guideline } = startBridge(begun);
    if (Array.isArray(guideline)) throw new BadGuideline(guideline);
    const session = startSession(bridge, background, begun.shipped, guideline, firstLocale);
    if (early) takeOver(session, early.state);
    else restoreAfterReload(session);
    drawing.follow(session);
    if (site.offline) keepFiles((newer) => session.send({ type: "newerFound", newer }));
    if (begun.took < swiftStart) setTimeout(() => session.wantProofs(false), afterFirstLook);
    return { bridge, session };
  } catch (failure) {
    drawing.end();
    if (failure instanceof BadGuideline) show(<Trouble t={t} title="boot.badGuideline" issues={failure.issues} />);
    else show(<Trouble t={t} title="boot.noEngine" help="boot.noEngineHelp" message={String(failure)} />);
    throw failure;
  }
}

/** What the address asks for: `?guideline=mbc&locale=es`, of what is in the file. */
const asked = new URLSearchParams(typeof document === "undefined" ? "" : location.search);

/** Milliseconds until the guideline is proved in the background; a device that was slow to start is spared until "About" opens. */
const afterFirstLook = 2500;
const swiftStart = 1000;

class BadGuideline extends Error {
  constructor(readonly issues: Issue[]) {
    super(issues.map((issue) => issue.message).join("; "));
  }
}

/** The reader's language where guideline and page both know it; "" for the guideline's own. */
function firstLocale(locales: string[]): string {
  const wanted = [asked.get("locale") ?? "", ...navigator.languages].map((language) => language.split("-")[0] ?? language);
  return wanted.find((language) => locales.includes(language) && hasWordsFor(language)) ?? "";
}

/** What was done while the guideline was read. A screen that waited for it gives way to the one that is next. */
function takeOver(session: Session, early: State): void {
  const { locales } = session.state.description;
  if (early.locale !== session.state.locale && locales.includes(early.locale)) session.chooseLocale(early.locale);
  session.send({ type: "tookOver", from: early });
  const { screen } = session.state;
  if (!isWaiting(early) || (screen.name !== "question" && screen.name !== "group")) return;
  const next = nextStep(session.state);
  session.send({ type: "screenShown", screen: next });
  history.replaceState(history.state, "", addressOf(next));
}

/** `follow` draws a session and what becomes of it, in place of the one before. After `end` nothing is drawn any more. */
function startDrawing(site: Site): { follow(next: Session): void; end(): void } {
  const today = new Date().toISOString().slice(0, 10);
  let session: Session;
  let drawn = "";
  let stop: (() => void) | null = null;
  let keep = (): void => undefined;
  let words: Words | null = null;

  function draw(): void {
    const { state } = session;
    // Taken away with the focus in it, a screen would be laid out once more, half gone.
    if (screenKey(state.screen) !== drawn && document.activeElement instanceof HTMLElement) document.activeElement.blur();
    words = wordsAfter(words, session);
    const page: Page = { ...words, state, session, site, today };
    document.documentElement.lang = state.locale;
    document.documentElement.dir = directionOf(state.locale);
    document.documentElement.dataset.text = String(state.textSize);
    document.title = `${titleOf(page)} · ${page.t("page.name")}`;
    show(
      <WordsContext.Provider value={words}>
        <PageContext.Provider value={page}><Frame /></PageContext.Provider>
      </WordsContext.Provider>,
    );
  }

  /** An address may be older than the guideline. */
  function isThere(screen: Screen): boolean {
    const { reading, description: { facts, groups } } = session.state;
    if (reading) return true;
    if (screen.name === "question") return Object.hasOwn(facts, screen.fact);
    return screen.name !== "group" || groups.some((group) => group.id === screen.group);
  }

  function followAddress(): void {
    const screen = screenAt(location.hash);
    if (!screen || !isThere(screen) || screenKey(screen) === screenKey(session.state.screen)) return;
    const next = screen.name === "questions" ? nextStep(session.state) : screen;
    if (next !== screen) history.replaceState(history.state, "", addressOf(next));
    if (screenKey(next) !== screenKey(session.state.screen)) session.send({ type: "screenShown", screen: next });
  }

  function afterChange(): void {
    keep();
    draw();
    const key = screenKey(session.state.screen);
    // An address that is newer than the screen was chosen a moment ago and is about to be followed.
    if (key === drawn) return;
    drawn = key;
    const shown = screenAt(location.hash);
    if (shown && screenKey(shown) !== key) location.hash = addressOf(session.state.screen);
  }
  return {
    follow(next) {
      session = next;
      if (stop) stop();
      else {
        keep = keepForReload(() => session.state, today);
        addEventListener("hashchange", followAddress);
      }
      drawn = screenKey(session.state.screen);
      stop = session.watch(afterChange);
      followAddress();
      draw();
    },
    end() {
      stop?.();
      removeEventListener("hashchange", followAddress);
    },
  };
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
    case "compare": return t("compare.title");
    case "pathway": return t("pathway.title");
    case "record": return t("record.title");
    case "whatif": return t("whatif.title");
    default: return t(`screens.${screen.name}`);
  }
}

if (typeof document === "undefined") serveBackground();
else {
  const site = siteFrom(dataIn("waymark-site"));
  const started = start(site);
  window.waymark = hostFace(started);
  serveEmbedding(window.waymark, started.then(({ session }) => session), site.origins);
}
