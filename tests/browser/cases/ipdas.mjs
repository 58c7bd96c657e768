// Each IPDAS item that web/README.md calls met, looked for on the page of the full guideline.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { root } from "../harness/pages.mjs";

const patient = { distant_metastasis: "m1", er: "positive", her2: ["low", "ultralow", "zero"], sex: "female", menopause: "postmenopausal", prior_lines: "none" };

/** The second one's study has a share after some months, too, which is no bar. */
const compared = ["ribociclib_aromatase_inhibitor", "vepdegestrant"];

/** What is seen on a screen after `prepare`, by item. */
const screens = {
  start: {
    Q2: () => /shows what a guideline lists[^]*You and your team choose together/.test(document.querySelector("main").textContent),
    C3: () => /\b20\d\d\b/.test(document.querySelector(".guideline-line").textContent),
    C4: () => /Next check due/.test(document.querySelector(".facts").textContent),
    C6: () => /Paid for by/.test(document.querySelector(".facts").textContent),
    K10: () => document.querySelectorAll(".way a").length >= 5,
  },
  information: {
    Q1: () => /Stage 4 means/.test(document.querySelector("[data-information]").textContent),
    K21: () => /average text needs \d\.\d years of school/.test(document.querySelector("[data-information=how_it_was_made]").textContent),
  },
  options: {
    Q3: () => document.querySelectorAll("[data-option=clinical_trial], [data-option=no_cancer_drug_now]").length === 2,
    K1: () => document.querySelector("[data-option=no_cancer_drug_now] .card-part-can_cost") !== null,
    Q4: () => document.querySelector(".card-part-can_do p") !== null,
    Q5: () => document.querySelector(".card-part-can_cost p") !== null,
    Q6: () => document.querySelector(".card-part-usual_week p") !== null,
    C1: () => {
      const [good, bad] = ["can_do", "can_cost"].map((part) => document.querySelector(`.card-part-${part}`));
      const look = (part) => { const { fontSize, color } = getComputedStyle(part.querySelector("p")); return `${fontSize} ${color} ${part.offsetWidth} ${part.getBoundingClientRect().top}`; };
      return look(good) === look(bad);
    },
    C2: () => [...document.querySelectorAll(".option-body")].every((body) => body.querySelector(".sources") !== null),
    C5: () => /How sure\?/.test(document.querySelector(".trials .result").parentElement.textContent),
    C8: () => document.querySelectorAll("[data-test=gbrca] [data-if=pathogenic]").length === 1,
    C9: () => document.querySelectorAll("[data-test=gbrca] [data-if=not_pathogenic]").length === 1,
    C10: () => /sooner without living longer/.test(document.querySelector("[data-option=ctdna_esr1_surveillance] .card-part-can_cost").textContent),
    C7: () => document.querySelectorAll("[data-test] p").length > 0,
    K3: () => document.querySelectorAll(".trial [data-of-hundred]").length > 0,
    K4: () => /\d (people|person): \S/.test(document.querySelector(".trial").textContent),
    K5: () => document.querySelectorAll(".of-hundred-pair [data-of-hundred]:not(.of-hundred-lead)").length > 0,
    K7: () => [...document.querySelectorAll("[data-of-hundred] figcaption")].every((words) => (words.textContent.match(/of 100/g) ?? []).length >= 2),
    K19: () => [...document.querySelectorAll(".trial")].every((trial) =>
      trial.querySelector("[data-evidence]").dataset.evidence === (trial.querySelectorAll(".figures thead th").length > 2 ? "compared" : "oneGroup")),
    K8: () => document.querySelector(".trial .dots, .trial .bar") !== null && document.querySelector(".trial table") !== null,
  },
  compare: {
    K2: () => document.querySelectorAll("table.compare > thead th").length === 2,
    // In all columns a bar is as long as its months are many, and the page says that the studies' times differ.
    K6: () => {
      const bars = [...document.querySelectorAll("table.compare .month-bar")].map((bar) =>
        [Number(/H([\d.]+)V/.exec(bar.querySelector(".bar-value").getAttribute("d"))[1]), parseFloat(bar.querySelector("b").textContent)]);
      const lengths = bars.map(([length, months]) => length / months);
      return document.querySelectorAll("table.compare .trials").length === 2 && bars.length >= 4
        && Math.max(...bars.map(([length]) => length)) === 100 && Math.max(...lengths) / Math.min(...lengths) < 1.02 && /the times differ/.test(document.querySelector("main").textContent);
    },
  },
  matters: { K9: () => document.querySelectorAll("[data-matter]").length >= 9 },
  plan: { K11: () => document.querySelectorAll(".plan-question").length >= 10 && document.querySelector("[data-action=print]") !== null },
  about: {
    K18: () => document.querySelectorAll("[data-source]").length > 20,
    K20: () => /claim no training in medicine/.test(document.querySelector(".facts").textContent),
  },
};

export const ipdas = [{
  name: "ipdas: each item that the table calls met is on the page",
  minutes: 4,
  async run({ visit }) {
    const table = readFileSync(`${root}web/README.md`, "utf8");
    const met = [...table.matchAll(/^\| ([QCK]\d+) \|[^|]*\| yes \|/gm)].map(([, item]) => item);
    assert.deepEqual(Object.values(screens).flatMap(Object.keys).sort(), met.sort(), "the items of the table and of this case");
    const page = await visit("mbc");
    await page.answerAll(patient);
    for (const [screen, items] of Object.entries(screens)) {
      if (screen !== "start") await page.go(screen);
      if (screen === "options") {
        await page.unfold("details.option-group-folded");
        for (const name of ["*=aromatase", "*=fulvestrant", "=no_cancer_drug_now", "=ctdna_esr1_surveillance"]) await page.unfold(`[data-option${name}] details`);
        await page.unfold("[data-test]");
        for (const more of [".trial details", ".more-trial"]) await page.unfold(more);
      }
      if (screen === "options") await page.until("what each test would lead to is worked out", () => document.querySelector("[data-if]") !== null);
      if (screen === "compare") for (const option of compared) await page.page.choose("[data-compare-add]", option);
      for (const [item, seen] of Object.entries(items)) assert.ok(await page.evaluate(seen), `${item} on ${screen}`);
    }
  },
}];
