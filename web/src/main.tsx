// Wires guideline, engine, session, views and host. Everything flows one way: event, session, views.
import type { Issue } from "engine-module";
import { cargoHere } from "engine-bytes";
import { render, type ComponentChild } from "preact";
import { serveBackground, startBackground } from "./engine/background.ts";
import { breath } from "./engine/begin.ts";
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
import { UrgentWords } from "./views/urgent/view.tsx";
import { capital, directionOf, hasWordsFor, makeFormats, wordsFor } from "./words/words.ts";
import "./styles/print.css";

declare global {
  interface Window { waymark: Waymark }
}

const show = (view: ComponentChild) => render(view, document.getElementById("page") as HTMLElement);
const dataIn = (id: string) => document.getElementById(id)?.textContent ?? "null";

async function start(site: Site): Promise<{ bridge: Bridge; session: Session }> {
  const t = wordsFor(navigator.language, "patient");
  const drawing = startDrawing(site);
  try {
    paint(site);
    const linked = screenAt(location.hash);
    const wishes = [asked.get("guideline") ?? "", site.guideline].filter((wish) => wish !== "");
    const look = isReload() ? null : lookHere();
    const early = look && (wishes[0] ?? look.name) === look.name ? startEarly(look, firstLocale) : null;
    if (early) drawing.follow(early);
    else show(<p class="starting" role="status">{t("reading.body")}</p>);
    await restOfFile();
    if (early) await seen();
    const guidelines = dataIn("waymark-guidelines");
    if (guidelines === "null") throw new NoGuideline("there is no guideline in this page");
    const background = startBackground();
    const beginning = background.begin(cargoHere(guidelines), wishes);
    if (early) void makeFormats(early.state.locale, seen);
    const begun = await beginning;
    const { bridge, guideline } = startBridge(begun);
    if (Array.isArray(guideline)) throw new BadGuideline(guideline);
    await breath();
    const session = await startSession(bridge, background, begun.shipped, guideline, firstLocale);
    await breath();
    if (early) takeOver(session, early.state, linked);
    else restoreAfterReload(session);
    drawing.follow(session);
    if (site.offline) keepFiles((newer) => session.send({ type: "newerFound", newer }));
    if (begun.took < swiftStart) setTimeout(() => session.wantProofs(false), afterFirstLook);
    return { bridge, session };
  } catch (failure) {
    drawing.end();
    const help = <UrgentWords t={t} site={site} locale={document.documentElement.lang} />;
    if (failure instanceof NoGuideline) show(<Trouble t={t} title="boot.noGuideline" help="boot.noGuidelineHelp" />);
    else if (failure instanceof BadGuideline) show(<Trouble t={t} title="boot.badGuideline" issues={failure.issues}>{help}</Trouble>);
    else show(<Trouble t={t} title="boot.noEngine" help="boot.noEngineHelp" message={String(failure)}>{help}</Trouble>);
    throw failure;
  }
}

function lookHere(): Look | null {
  try {
    return JSON.parse(dataIn("waymark-look")) as Look | null;
  } catch {
    return null;
  }
}

/** Engine and guidelines stand after this script in the file. */
const restOfFile = (): Promise<unknown> => new Promise((resolve) => {
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", resolve, { once: true });
  else resolve(null);
});

/** After the next picture, or soon where the page is not in view. */
const seen = (): Promise<unknown> => new Promise((resolve) => {
  requestAnimationFrame(() => setTimeout(resolve));
  setTimeout(resolve, 300);
});

/** What the address asks for: `?guideline=mbc&locale=es`, of what is in the file. */
const asked = new URLSearchParams(typeof document === "undefined" ? "" : location.search);

/** Milliseconds until the guideline is proved in the background; a device that was slow to start is spared until "About" opens. */
const afterFirstLook = 2500;
const swiftStart = 1000;

class NoGuideline extends Error {}

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

/** What was done while the guideline was read. A question that waited for it gives way to the one that is next, but for a link's own. */
function takeOver(session: Session, early: State, linked: Screen | null): void {
  const { locales } = session.state.description;
  if (early.locale !== session.state.locale && locales.includes(early.locale)) session.chooseLocale(early.locale);
  const { screen } = early;
  const wished = linked !== null && screenKey(linked) === screenKey(screen) && isThere(session.state, screen);
  const givesWay = isWaiting(early) && !wished && (screen.name === "question" || screen.name === "group");
  const trail = givesWay ? early.trail.filter((key) => key !== screenKey(screen)) : early.trail;
  session.send({ type: "tookOver", from: { ...early, trail } });
  if (!givesWay) return;
  const next = nextStep(session.state);
  session.send({ type: "screenShown", screen: next });
  history.replaceState(history.state, "", addressOf(next));
}

/** An address may be older than the guideline. */
function isThere({ reading, description: { facts, groups } }: State, screen: Screen): boolean {
  if (reading) return true;
  if (screen.name === "question") return Object.hasOwn(facts, screen.fact);
  return screen.name !== "group" || groups.some((group) => group.id === screen.group);
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
    tell({ lang: state.locale, dir: directionOf(state.locale), "data-text": String(state.textSize) });
    const title = `${titleOf(page)} · ${page.t("page.name")}`;
    if (document.title !== title) document.title = title;
    show(
      <WordsContext.Provider value={words}>
        <PageContext.Provider value={page}><Frame /></PageContext.Provider>
      </WordsContext.Provider>,
    );
  }

  function followAddress(): void {
    const screen = screenAt(location.hash);
    if (!screen || !isThere(session.state, screen) || screenKey(screen) === screenKey(session.state.screen)) return;
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

/** The browser styles the whole page anew when one of these is set, be it as it was. */
function tell(attributes: Record<string, string>): void {
  const root = document.documentElement;
  for (const [name, value] of Object.entries(attributes)) if (root.getAttribute(name) !== value) root.setAttribute(name, value);
}

function titleOf({ state, t, text, factTitle }: Page): string {
  const { screen } = state;
  switch (screen.name) {
    case "question": return capital(state.locale, factTitle(screen.fact));
    case "group": {
      const group = state.description.groups.find((group) => group.id === screen.group);
      // While it is only looked at, it has none.
      return (group && text(group.title)) || t("screens.questions");
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
