// A reload of the tab loses nothing: the answers go with the tab's own history entry, and with the tab they are gone.
import type { Audience } from "engine-module";
import { planFrom, planText } from "./plan-file.ts";
import type { Session } from "./session.ts";

interface Left { plan: string; audience: Audience; locale: string; size: number }

/** WebKit refuses more than a hundred changes in half a minute. */
const pause = 400;

export function keepForReload(session: Session, today: string): void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  function keep(): void {
    clearTimeout(waiting);
    const { audience, locale, textSize: size } = session.state;
    const left: Left = { plan: planText(session.state, today), audience, locale, size };
    try {
      history.replaceState({ waymark: left }, "");
    } catch {
      // Where a browser forbids it, a reload begins anew.
    }
  }
  session.watch(() => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, pause);
  });
  addEventListener("pagehide", keep);
}

export function restoreAfterReload(session: Session): void {
  const left = (history.state as { waymark?: Left } | null)?.waymark;
  const plan = left && planFrom(left.plan);
  if (!left || !plan) return;
  if (session.state.description.locales.includes(left.locale)) session.chooseLocale(left.locale);
  session.send({ type: "audienceChosen", audience: left.audience });
  session.send({ type: "textSizeChosen", size: left.size });
  session.openPlan(plan);
  if (session.state.moved?.dropped.length === 0 && !session.state.moved.changes) session.send({ type: "noticeRead" });
}
