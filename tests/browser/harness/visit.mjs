// A visit to the page, in the words of somebody who uses it.
import assert from "node:assert/strict";
import { watched } from "../engines/source.mjs";

export class Visit {
  constructor(page, engine) {
    this.page = page;
    this.engine = engine;
  }

  /** Waits until the guideline is read, unless `early` is asked for. */
  async open(address, { early = false, ...options } = {}) {
    this.address = address;
    await this.page.open(address, options);
    if (!early) await this.evaluate(() => window.waymark.ready);
    return this;
  }

  evaluate(fn, ...args) {
    return this.page.evaluate(fn, ...args);
  }

  /** Waits in the page until `fn(...args)` is true; `what` says it in words. */
  async until(what, fn, ...args) {
    const came = await this.page.evaluate(new Function("limit", "args", `
      const holds = ${fn};
      const end = performance.now() + limit;
      return new Promise((resolve) => (function look() {
        if (holds(...args)) resolve(true);
        else if (performance.now() > end) resolve(false);
        else setTimeout(look, 5);
      })());`), 120_000, args);
    assert.ok(came, `waited in vain until ${what}; the page is at ${JSON.stringify(await this.screen().catch(() => "?"))}`);
  }

  screen() {
    return this.evaluate(() => ({
      name: document.querySelector("main")?.dataset.screen,
      key: location.hash.replace(/^#\//, "") || "start",
      heading: document.querySelector("main h1")?.textContent,
    }));
  }

  async arrives(name) {
    await this.until(`the screen is ${name}`, (name) => document.querySelector("main")?.dataset.screen === name, name);
  }

  /** Goes to an address as a link would. */
  async go(key) {
    await this.evaluate((key) => { location.hash = `#/${key}`; }, key);
    await this.until(`the address is ${key}`, (name) =>
      name === "questions" ? document.querySelector("main").dataset.screen !== "start" : document.querySelector("main").dataset.screen === name,
    key.split("/")[0]);
    await this.settled();
  }

  /** The address and what is drawn agree. */
  async settled() {
    await this.until("the address is drawn", () => {
      const fact = /^#\/question\/(\w+)$/.exec(location.hash)?.[1];
      const group = /^#\/group\/(\w+)$/.exec(location.hash)?.[1];
      if (fact) return document.querySelector(`main h1`)?.closest("fieldset")?.dataset.fact === fact;
      if (group) return document.querySelector("form[data-group]")?.dataset.group === group;
      return location.hash !== "#/questions";
    });
  }

  async moved(act, what) {
    const before = (await this.screen()).key;
    await act();
    await this.until(`${what} leads on from ${before}`, (before) => (location.hash.replace(/^#\//, "") || "start") !== before, before);
    await this.settled();
  }

  begin() {
    return this.moved(() => this.page.click("[data-action=begin]"), "begin");
  }
  proceed() {
    return this.moved(() => this.page.click("[data-action=continue]"), "continue");
  }
  back() {
    return this.moved(() => this.page.click("[data-action=back]"), "back");
  }
  async toOptions() {
    await this.moved(() => this.page.click("main [data-action=options]"), "options");
    await this.arrives("options");
  }
  async toPlan() {
    await this.moved(() => this.page.click("main [data-action=plan]"), "plan");
    await this.arrives("plan");
  }

  /** `value` as in the input: "" is "not sure", several values are joined by a comma. */
  async choose(fact, value) {
    await this.page.click(`fieldset[data-fact="${fact}"] input[value="${value}"]`);
  }

  /** Opens what is folded away, also what is drawn only then; `what` picks which. */
  async unfold(what = "details") {
    await this.evaluate(async (what) => {
      for (let rounds = 0; rounds < 20; rounds++) {
        const folded = [...document.querySelectorAll(`${what}:not([open])`)];
        if (folded.length === 0) return;
        const told = folded.map((details) => new Promise((resolve) => details.addEventListener("toggle", resolve, { once: true })));
        for (const details of folded) details.open = true;
        await Promise.all(told);
        // What the page draws on hearing of it is drawn before the next task.
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
    }, what);
    if (what !== "details") return;
    // What is worked out beside the page arrives later and moves what stands below it.
    await this.until("all is worked out", () => document.querySelector("[data-working]") === null);
  }

  result() {
    return this.evaluate(() => window.waymark.result());
  }
  answer(fact, value) {
    return this.evaluate((fact, value) => window.waymark.answer(fact, value), fact, value);
  }
  async answerAll(facts) {
    for (const [fact, value] of Object.entries(facts)) await this.answer(fact, value);
  }
  reset() {
    return this.evaluate(() => window.waymark.reset());
  }

  async reload() {
    await this.evaluate(() => {
      window.testBefore = true;
      setTimeout(() => location.reload(), 0);
    });
    for (let looks = 0; looks < 300; looks++) {
      const anew = await this.evaluate(() => window.testBefore === undefined && window.waymark?.ready.then(() => true)).catch(() => false);
      if (anew) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.fail("the page does not come back after a reload");
  }

  async audience(audience) {
    await this.page.click(`button[data-audience=${audience}]`);
    await this.until(`${audience} is pressed`, (audience) =>
      document.querySelector(`button[data-audience=${audience}]`).getAttribute("aria-pressed") === "true", audience);
  }
  async locale(locale) {
    await this.page.choose("select[data-locale]", locale);
    await this.until(`the language is ${locale}`, (locale) => document.documentElement.lang === locale, locale);
  }

  /** The questions on the screen: each fact, the values of its inputs, and whether several may be ticked. */
  questions() {
    return this.evaluate(() => [...document.querySelectorAll("main form fieldset[data-fact]")].map((set) => ({
      fact: set.dataset.fact,
      values: [...set.querySelectorAll("input")].map((input) => input.value),
      tick: set.querySelector("input").type === "checkbox",
      checked: [...set.querySelectorAll("input:checked")].map((input) => input.value),
    })));
  }

  /**
   * From the start screen through every question to the answers. `pick({fact, values, tick, group})` gives the value to
   * choose, "" for "not sure" (an empty box where boxes are ticked), and `none(group)` says whether to tick "none of these".
   * @returns the screens walked
   */
  async walk(pick, { none = () => true, each = async () => {} } = {}) {
    const walked = [];
    await this.begin();
    while ((await this.screen()).name !== "answers") {
      const { key } = await this.screen();
      assert.ok(!walked.includes(key), `${key} is asked twice: ${walked.join(" ")}`);
      assert.ok(walked.length < 200, "the questions do not end");
      walked.push(key);
      const group = /^group\/(.*)/.exec(key)?.[1] ?? null;
      for (const question of await this.questions()) {
        const value = pick({ ...question, group });
        if (value !== "" || !question.tick) await this.choose(question.fact, value);
      }
      if (group && none(group)) await this.tickNone();
      await each(key);
      await this.proceed();
    }
    return walked;
  }

  async tickNone() {
    const open = await this.evaluate(() => !document.querySelector("input[data-none]").disabled);
    if (open) await this.page.click("input[data-none]");
  }

  async observed() {
    const seen = await this.evaluate(watched);
    return {
      problems: [...this.page.problems, ...seen.problems],
      stored: seen.stored,
      requests: [...this.page.requests, ...seen.sent],
    };
  }
}

// A worker made from the page's own text has a blob: address and asks nobody for anything.
const isOwn = (address) => (request) => /^(Worker )?(data|blob):/.test(request) || request.split("#")[0] === address.split("#")[0];

/** Nothing said to the console, nothing stored, nothing asked for but the file itself. */
export async function assertQuiet(visit) {
  const { problems, stored, requests } = await visit.observed();
  assert.deepEqual(problems, [], "errors or warnings in the console");
  assert.deepEqual(stored, [], "something was stored");
  assert.deepEqual(requests.filter((request) => !isOwn(visit.address)(request)), [], "something was requested");
}

/** Closes the page, after the check where the visit opened it itself. */
export async function leave(visit) {
  if (visit.address) await assertQuiet(visit);
  visit.left = true;
  await visit.page.close();
}
