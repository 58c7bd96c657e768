// A reload of the tab loses nothing: the answers go with the tab's own history entry, and with the tab they are gone.
import type { Audience } from "engine-module";
import { planFrom, planText } from "./plan-file.ts";
import { addressOf } from "./screens.ts";
import type { Session } from "./session.ts";
import type { State } from "./state.ts";

interface Left { plan: string; audience: Audience; locale: string; size: number }
/** `depth` counts this page's entries in the tab's history from 0. */
interface Entry { waymark?: Left; depth?: number }

const entry = (): Entry => (history.state as Entry | null) ?? {};

function keepHere(kept: Entry, address?: string): void {
  try {
    history.replaceState(kept, "", address);
  } catch {
    // Where a browser forbids it, a reload begins anew.
  }
}

/** WebKit refuses more than a hundred changes in half a minute, and Firefox keeps none that is made while the page goes. */
const pause = 400;

/** Gives back what is to be called whenever the state has changed. */
export function keepForReload(now: () => State, today: string): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let kept = -pause;
  let depth = entry().depth ?? 0;
  /** An entry that does not say how deep it is was just made, one deeper than the last. */
  const depthHere = (): number => (depth = entry().depth ?? depth + 1);
  function keep(): void {
    clearTimeout(waiting);
    kept = performance.now();
    const { audience, locale, textSize: size } = now();
    const left: Left = { plan: planText(now(), today), audience, locale, size };
    keepHere({ waymark: left, depth: depthHere() });
  }
  keepHere({ ...entry(), depth });
  addEventListener("popstate", () => {
    if (entry().depth === undefined) keepHere({ depth: depthHere() });
    else depthHere();
  });
  addEventListener("pagehide", keep);
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, kept + pause - performance.now());
  };
}

export const isReload = (): boolean => entry().waymark !== undefined;

/** Forgets every answer, also those that the tab's earlier entries hold: the first is emptied and the others are cut off. */
export function startOver(session: Session): void {
  const back = -1 - (entry().depth ?? 0);
  session.send({ type: "startedOver" });
  // In a frame the way back would be the surrounding page's as well.
  if (window.parent !== window) return;
  addEventListener("popstate", function arrived() {
    if (entry().depth !== 0) return;
    removeEventListener("popstate", arrived);
    keepHere({ depth: 0 }, addressOf({ name: "start" }));
    history.pushState({ depth: 1 }, "", addressOf(session.state.screen));
  });
  history.go(back);
}

export function restoreAfterReload(session: Session): void {
  const left = entry().waymark;
  const plan = left && planFrom(left.plan);
  if (!left || !plan) return;
  if (session.state.description.locales.includes(left.locale)) session.chooseLocale(left.locale);
  session.send({ type: "audienceChosen", audience: left.audience });
  session.send({ type: "textSizeChosen", size: left.size });
  session.openPlan(plan);
  if (session.state.moved?.dropped.length === 0 && !session.state.moved.changes) session.send({ type: "noticeRead" });
}
