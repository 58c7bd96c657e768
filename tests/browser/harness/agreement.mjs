// What the page shows, held against what `window.waymark.result()` says.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { root } from "./pages.mjs";

const words = Object.fromEntries(["en", "es"].map((locale) =>
  [locale, JSON.parse(readFileSync(`${root}web/src/words/${locale}.json`, "utf8"))]));

/** Everything on the screen that speaks of options, alerts and the like. */
const shownNow = () => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const words = (element) => element?.textContent.replace(/\s+/g, " ").trim();
  const main = document.querySelector("main");
  return {
    screen: main.dataset.screen,
    locale: document.documentElement.lang,
    audience: document.querySelector("button[data-audience][aria-pressed=true]").dataset.audience,
    options: all("[data-option]").map((element) => ({
      id: element.dataset.option, applies: element.dataset.applies, strength: element.dataset.strength,
      title: words(element.querySelector(".option-title, b")),
      says: words(element.querySelector(".option-strength, .soft")),
      visible: element.getClientRects().length > 0,
    })),
    alerts: all("[data-alert]").map((element) => ({ id: element.dataset.alert, urgency: element.dataset.urgency, text: words(element) })),
    stop: all("[data-stop]").length,
    contradiction: all("[data-contradiction]").length,
    fault: all("[data-fault]").length,
    missing: all("[data-missing]").map((element) => element.dataset.missing),
    decisions: all("[data-decision]").map((element) => ({ id: element.dataset.decision, state: element.dataset.state })),
    live: words(document.querySelector("[role=status]")),
    result: window.waymark.result(),
  };
};

/** Where options are shown: `all` always, `begun` from the first answer on. */
const places = { options: "all", plan: "all", question: "begun", group: "begun", answers: "begun" };
const strengthIds = ["preferred", "option", "caution", "avoid"];
const byId = (a, b) => (a.id < b.id ? -1 : 1);
const packed = (text) => text.replace(/\s+/g, "");

export async function assertAgrees(visit) {
  // Longer lists are drawn when they are opened.
  await visit.unfold("details.option-group-folded");
  const shown = await visit.evaluate(shownNow);
  const { result, screen } = shown;
  const place = places[screen];
  const stopped = result.stops.some((stop) => stop.holds === "yes");
  const barred = stopped || result.contradiction !== undefined;
  const begun = Object.keys(result.facts).length > 0;
  const expected = place === undefined || barred || (place === "begun" && !begun)
    ? []
    : result.decisions.flatMap((decision) => decision.options).filter((option) => option.applies !== "no");
  const where = `on ${screen} with ${JSON.stringify(result.facts)}`;

  assert.deepEqual(
    shown.options.map(({ id, applies, strength, title }) => ({ id, applies, strength, title })).sort(byId),
    expected.map((option) => ({
      id: option.id, applies: option.applies, strength: option.strength ?? "open", title: option.title,
    })).sort(byId),
    `the options shown ${where}`);
  for (const option of shown.options) {
    assert.ok(option.visible, `${option.id} is in the page but not to be seen ${where}`);
    assertSaysItsStrength(option, shown, where);
  }
  assert.deepEqual(
    shown.alerts.map(({ id, urgency }) => ({ id, urgency })).sort(byId),
    result.alerts.map(({ id, urgency }) => ({ id, urgency })).sort(byId), `the alerts shown ${where}`);
  for (const alert of result.alerts) {
    assert.ok(packed(shown.alerts.find(({ id }) => id === alert.id).text).includes(packed(alert.text)),
      `the alert ${alert.id} shows another text ${where}`);
  }
  assert.equal(shown.stop > 0, place !== undefined && stopped && !result.contradiction, `the notice of a stop ${where}`);
  assert.equal(shown.contradiction > 0, place !== undefined && result.contradiction !== undefined, `the notice of a contradiction ${where}`);
  assert.equal(shown.fault, 0, `a fault ${where}`);
  if (screen === "plan") {
    assert.deepEqual(shown.missing, result.missing.map((open) => open.fact), `the open facts ${where}`);
  }
  if (screen === "options" && !barred) {
    assert.deepEqual(shown.decisions, result.decisions.map(({ id, state }) => ({ id, state })), `the decisions ${where}`);
  }
  return shown;
}

/** The words of a strength stand on the option, and the words of no other. */
function assertSaysItsStrength({ id, applies, strength, says }, { screen, locale, audience }, where) {
  const of = words[locale].option;
  const say = (key) => of[`${key}_${audience}`] ?? of[key];
  if (says === say("outcome")) {
    assert.equal(applies, "depends", `${id} stands in for others and says "${says}" ${where}`);
    return;
  }
  if (applies === "yes" && strength !== "open") {
    assert.equal(says, say(strength), `${id} is ${strength} ${where}`);
    return;
  }
  const named = strengthIds.filter((name) => says.includes(say(`${name}Short`)));
  if (screen === "plan" && strength !== "avoid") return;
  if (strength !== "open") {
    assert.ok(named.includes(strength), `${id} is ${strength} and says "${says}" ${where}`);
    assert.notEqual(says, say(strength), `${id} only may be ${strength} and says "${says}" ${where}`);
  }
}
