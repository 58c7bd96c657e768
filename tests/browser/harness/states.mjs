// The screens and states in which the page is looked at: by axe, for its layout, and for pictures.
import { openPlan } from "./plans.mjs";
import { openRecord, pasteRecord } from "./records.mjs";
import { breakable, trap } from "./trap.mjs";
import { leave } from "./visit.mjs";

const mid = { distant_metastasis: "m1", hormone_receptor: "positive", prior_chemo: "yes" };
const all = { ...mid, her2: "negative", brca: "mutated", progressed: "yes", skin_wound: "yes" };

const fresh = async (visit, facts = {}) => {
  await visit.reset();
  await visit.go("start");
  await visit.answerAll(facts);
};
const at = (key, facts) => async (visit) => {
  await fresh(visit, facts);
  await visit.go(key);
};

/** `page`, and how to come to the state from any other. */
export const states = [
  { name: "start", page: "essentials", reach: at("start") },
  { name: "question", page: "essentials", reach: at("question/distant_metastasis") },
  {
    name: "question-refused", page: "essentials",
    async reach(visit) {
      await at("question/distant_metastasis")(visit);
      await visit.page.click("[data-action=continue]");
      await visit.until("it says what is missing", () => document.querySelector("fieldset [role=alert]") !== null);
    },
  },
  { name: "question-panel", page: "essentials", reach: at("question/her2", mid) },
  {
    name: "answers", page: "essentials",
    async reach(visit) {
      await at("answers", mid)(visit);
      await visit.page.click(".start-over button");
    },
  },
  { name: "options-none-answered", page: "essentials", reach: at("options") },
  { name: "options", page: "essentials", reach: at("options", mid) },
  { name: "options-all-answered", page: "essentials", reach: at("options", all) },
  { name: "stop", page: "essentials", reach: at("options", { distant_metastasis: "m0" }) },
  {
    name: "information", page: "essentials",
    async reach(visit) {
      await at("information", mid)(visit);
      await visit.evaluate(() => document.querySelectorAll("[data-information][data-open=false] button").forEach((button) => button.click()));
    },
  },
  { name: "plan", page: "essentials", reach: at("plan", mid) },
  {
    name: "about", page: "essentials",
    async reach(visit) {
      await at("about", mid)(visit);
      await visit.until("the proofs are done", () => document.querySelector('[data-proofs="under way"]') === null);
    },
  },
  {
    name: "whatif", page: "essentials",
    async reach(visit) {
      await at("whatif", mid)(visit);
      await visit.page.choose("[data-trial-fact]", "hormone_receptor");
      await visit.page.click('[data-trial] input[value="negative"]');
      await visit.until("the outcome is shown", () => document.querySelector("[data-outcome]") !== null);
    },
  },
  {
    name: "matters", page: "essentials",
    async reach(visit) {
      await at("matters", mid)(visit);
      await visit.page.click('[data-matter] input[value="5"]');
    },
  },
  {
    name: "compare", page: "essentials",
    async reach(visit) {
      await at("compare", mid)(visit);
      for (const option of ["hormone_therapy", "hormone_therapy_ribociclib"]) {
        if (await visit.evaluate((option) => document.querySelector(`[data-compare-add] option[value=${option}]`) !== null, option)) {
          await visit.page.choose("[data-compare-add]", option);
        }
      }
      await visit.until("two are compared", () => document.querySelectorAll("table.compare > thead th").length === 2);
    },
  },
  {
    name: "pathway", page: "essentials",
    async reach(visit) {
      await at("pathway", mid)(visit);
      await visit.until("the other ways are worked out", () => document.querySelector(".pathway-ways .soft") !== null);
    },
  },
  { name: "record-none", page: "essentials", reach: at("record") },
  ...Object.entries({ record: "conflict", "record-changed": "changed-over-time", "record-refused": "m0" }).map(([name, file]) => ({
    name, page: "essentials",
    async reach(visit) {
      await at("record", name === "record" ? { hormone_receptor: "negative" } : {})(visit);
      await openRecord(visit, file);
    },
  })),
  {
    name: "record-taken", page: "essentials",
    async reach(visit) {
      await at("record")(visit);
      await openRecord(visit, "conflict");
      // With large letters the button moves as the first is pressed, and WebKit's driver then presses beside it.
      for (const action of ["tick-all", "confirm"]) await visit.evaluate((action) => document.querySelector(`[data-action=${action}]`).click(), action);
      await visit.until("what was taken over is said", () => document.querySelector("[data-record] [role=status]").textContent !== "");
    },
  },
  {
    name: "record-wrong", page: "essentials",
    async reach(visit) {
      await at("record")(visit);
      await pasteRecord(visit, "no record");
      await visit.until("it is not read", () => document.querySelector("[data-record-wrong]") !== null);
    },
  },
  {
    name: "plan-wrong-file", page: "essentials",
    async reach(visit) {
      await at("plan")(visit);
      await openPlan(visit, "no plan");
      await visit.until("the file is refused", () => document.querySelector(".open-plan [role=alert]") !== null);
    },
  },
  {
    name: "plan-moved", page: "essentials",
    async reach(visit) {
      await at("plan")(visit);
      const standing = { applies: "yes", strengths: ["preferred"] };
      await openPlan(visit, JSON.stringify({
        waymark_plan: 1, saved: "2026-01-01", guideline: { id: "essentials", version: "2020.1", sha256: "0" },
        facts: { ...Object.fromEntries(Object.entries(mid).map(([fact, value]) => [fact, [value]])), gone: ["yes"] },
        options: { hormone_therapy: standing, no_longer: standing },
      }));
      await visit.until("what changed is said", () => document.querySelector("[data-moved]") !== null);
    },
  },
  { name: "overdue-start", page: "walk", reach: at("start") },
  {
    name: "group-alerts", page: "walk",
    async reach(visit) {
      await at("group/before_you_go", { at_the_hut: "here", bleeding: "yes", ankle: ["sore", "broken"], tired: "yes" })(visit);
    },
  },
  { name: "question-partial", page: "walk", reach: at("question/weather", { at_the_hut: "here", weather: ["rain", "snow"] }) },
  { name: "options-against", page: "walk", reach: at("options", { at_the_hut: "here", weather: "snow", daylight: "short", ankle: "broken" }) },
  { name: "options-figures", page: "walk", reach: at("options", { at_the_hut: "here", weather: "clear", daylight: "long" }) },
  { name: "contradiction", page: "walk", reach: at("answers", { at_the_hut: "here", weather: "clear", daylight: "none" }) },
  { name: "plan-stopped", page: "walk", reach: at("plan", { at_the_hut: "elsewhere", bleeding: "yes" }) },
  {
    name: "fault", page: "walk", before: [breakable],
    async reach(visit) {
      await at("question/weather", { at_the_hut: "here", bleeding: "yes" })(visit);
      await trap(visit);
      await visit.choose("weather", "rain");
      await visit.until("the fault is shown", () => document.querySelector("[data-fault]") !== null);
    },
  },
  { name: "no-guideline", page: "template", reach: async () => {} },
];

const firstLine = {
  distant_metastasis: "m1", er: "positive", her2: ["low", "ultralow", "zero"], sex: "female", menopause: "postmenopausal",
  prior_lines: "none", endocrine_history: "sensitive", prior_cdk46: "none", visceral_crisis: "no",
};
const full = (name, key, { facts = firstLine, then = async () => {} } = {}) => ({
  name: `full-${name}`, page: "mbc",
  async reach(visit) {
    await at(key, facts)(visit);
    await then(visit);
  },
});
const cards = ["clinical_trial", "ribociclib_aromatase_inhibitor", "fulvestrant"];

/** The same of the full guideline, where there is too much to open all of it. */
export const fullStates = [
  full("question", "question/menopause", { facts: { distant_metastasis: "m1" }, then: (visit) => visit.unfold(".why") }),
  full("group", "group/receptors", { facts: { distant_metastasis: "m1" } }),
  full("alert", "group/red_flags", { facts: { distant_metastasis: "m1", spinal_cord_compression: "suspected" } }),
  full("options", "options", {
    async then(visit) {
      for (const card of cards) await visit.unfold(`[data-option=${card}] details`);
      for (const folded of ["details.option-group-folded", "[data-test]"]) await visit.unfold(folded);
      await visit.until("all is worked out", () => document.querySelector("[data-working]") === null);
    },
  }),
  full("compare", "compare", {
    async then(visit) {
      for (const card of cards) await visit.page.choose("[data-compare-add]", card);
      await visit.until("three are compared", () => document.querySelectorAll("table.compare > thead th").length === 3);
      await visit.unfold("table.compare details");
    },
  }),
  full("whatif", "whatif", {
    async then(visit) {
      await visit.page.choose("[data-trial-fact]", "prior_cdk46");
      await visit.page.click('[data-trial] input[value="metastatic"]');
      await visit.until("the outcome is shown", () => document.querySelector("[data-outcome]") !== null);
    },
  }),
  full("pathway", "pathway", { then: (visit) => visit.until("the other ways are worked out", () => document.querySelector(".pathway-ways .soft") !== null) }),
  full("matters", "matters"),
  full("plan", "plan"),
  full("information", "information", { then: (visit) => visit.evaluate(() => document.querySelectorAll("[data-information][data-open=false] button").forEach((button) => button.click())) }),
  full("about", "about", { then: (visit) => visit.until("the proofs are done", () => document.querySelector('[data-proofs="under way"]') === null) }),
];

/** Visits every state, page by page; `look(visit, state)` does the looking. */
export async function visitStates({ start, pages, size, dark = false, before = [] }, look, chosen = states) {
  for (const page of ["essentials", "walk", "mbc", "template"]) {
    const here = chosen.filter((state) => state.page === page && !state.before);
    if (here.length > 0) {
      const visit = await openedFor(await start({ ...size, dark }), pages[page].address, page, before);
      for (const state of here) await stay(visit, state, look);
      await leave(visit);
    }
  }
  for (const state of chosen.filter(({ before }) => before)) {
    const visit = await start({ ...size, dark });
    await visit.open(pages[state.page].address, { before: state.before });
    await stay(visit, state, look);
    await leave(visit);
  }
}

async function openedFor(visit, address, page, before) {
  if (page !== "template") return visit.open(address, { before });
  await visit.page.open(address, { before });
  await visit.until("the page says what is wrong", () => document.querySelector("h1") !== null);
  return visit;
}

async function stay(visit, state, look) {
  await state.reach(visit);
  await look(visit, state);
}
