// "My plan" on paper: at most two A4 pages, each with what the page is and how old.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { inflateSync } from "node:zlib";

const call = promisify(execFile);

/** Counts page objects, also in packed object streams. */
export function countPages(pdf) {
  const parts = [pdf.toString("latin1")];
  const stream = /\/ObjStm[\s\S]*?stream\r?\n/g;
  for (let match; (match = stream.exec(parts[0]));) {
    try {
      parts.push(inflateSync(pdf.subarray(match.index + match[0].length)).toString("latin1"));
    } catch { /* not packed in this way */ }
  }
  return parts.join("\n").match(/\/Type\s*\/Page(?![A-Za-z])/g)?.length ?? 0;
}

const boxes = (pdf) => [...pdf.toString("latin1").matchAll(/\/MediaBox\s*\[\s*([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s*\]/g)].map((match) => match.slice(3, 5).map(Number));

/** The text of each page, or null where there is no pdftotext. */
async function textOf(file) {
  try {
    const { stdout } = await call("pdftotext", ["-raw", file, "-"]);
    return stdout.split("\f").slice(0, -1).map((page) => page.replace(/\s+/g, " "));
  } catch (failure) {
    if (failure.code === "ENOENT") return null;
    throw failure;
  }
}

const patients = {
  unknown: {},
  some: { distant_metastasis: "m1", her2: "negative" },
  known: { distant_metastasis: "m1", hormone_receptor: "positive", her2: "negative", brca: "mutated", prior_chemo: "yes", progressed: "yes", skin_wound: "yes" },
  stopped: { distant_metastasis: "m0" },
};

const field = (head, name) => new RegExp(`^  ${name}: "?([^"\n]+?)"?$`, "m").exec(head)[1];

export const print = [
  {
    name: "print: “My plan” is at most two A4 pages, with version, date, status and fingerprint on each",
    engines: ["chromium", "firefox"],
    minutes: 4,
    async run({ visit, pages, engine, say }) {
      const { head } = pages.essentials;
      const version = field(head, "version");
      const date = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(new Date(field(head, "date")));
      const page = await visit("essentials");
      const texts = [];
      for (const [name, facts] of Object.entries(patients)) {
        for (const audience of ["patient", "clinician"]) {
          await page.reset();
          await page.answerAll(facts);
          await page.audience(audience);
          await page.go("plan");
          if (name === "known") await page.page.type("textarea", "Can I work? Can I travel in May? ".repeat(3));
          const pdf = await page.page.pdf();
          const file = join(dirname(pages.essentials.file), `plan-${name}-${audience}-${engine.name}.pdf`);
          await writeFile(file, pdf);
          const count = countPages(pdf);
          assert.ok(count >= 1 && count <= 2, `${count} pages for ${name}, ${audience}`);
          for (const [width, height] of boxes(pdf)) {
            assert.ok(Math.abs(width - 595) < 2 && Math.abs(height - 842) < 2, `a page of ${width} by ${height} points is not A4`);
          }
          const text = await textOf(file);
          if (!text) continue;
          texts.push(...text);
          assert.equal(text.length, count);
          const { guideline, decisions, alerts } = await page.result();
          for (const [number, words] of text.entries()) {
            for (const wanted of [version, date, "Draft", guideline.sha256.slice(0, 12)]) {
              assert.ok(words.includes(wanted), `"${wanted}" is not on page ${number + 1} for ${name}, ${audience}: ${words.slice(-300)}`);
            }
          }
          const whole = text.join(" ").replace(/\s+/g, "");
          for (const { title } of decisions.flatMap(({ options }) => options)) {
            assert.ok(whole.includes(title.replace(/\s+/g, "")), `${title} is not printed for ${name}, ${audience}`);
          }
          assert.deepEqual(alerts, []);
          assert.ok(!whole.includes("PrintorsaveasPDF"), "buttons are not printed");
          if (name === "known") assert.ok(whole.includes("CanItravelinMay?"), "the notes are printed");
        }
      }
      say(texts.length > 0 ? `${texts.length} pages read` : "no pdftotext here: pages counted, their text not read");
    },
  },
  {
    name: "print: “My plan” of the full guideline is at most three pages, on A4 and on Letter, in both languages",
    engines: ["chromium", "firefox"],
    minutes: 4,
    async run({ visit, say }) {
      const page = await visit("mbc");
      const heights = { A4: 842, Letter: 792 };
      const counts = [];
      for (const [locale, facts] of [["en", {}], ["es", { distant_metastasis: "m1", er: "positive", her2: ["low", "ultralow", "zero"], sex: "female" }]]) {
        await page.reset();
        await page.locale(locale);
        await page.answerAll(facts);
        await page.go("plan");
        await page.page.type("textarea", "Can I work? ");
        for (const [format, height] of Object.entries(heights)) {
          const pdf = await page.page.pdf(format);
          const count = countPages(pdf);
          counts.push(count);
          assert.ok(count >= 1 && count <= 3, `${count} pages of ${format}, ${locale}`);
          assert.ok(boxes(pdf).every((box) => Math.abs(box[1] - height) < 2), `pages of ${format} are ${boxes(pdf)}`);
        }
      }
      say(`${counts.join(", ")} pages`);
    },
  },
  {
    name: "print: an alert is printed with the plan, and so is the notice of a stop",
    engines: ["chromium", "firefox"],
    async run({ visit, pages, engine }) {
      const page = await visit("walk");
      await page.answerAll({ at_the_hut: "elsewhere", bleeding: "yes" });
      await page.go("plan");
      const file = join(dirname(pages.walk.file), `plan-walk-${engine.name}.pdf`);
      const pdf = await page.page.pdf();
      await writeFile(file, pdf);
      assert.ok(countPages(pdf) <= 2);
      const text = (await textOf(file))?.join(" ");
      if (text === undefined) return;
      assert.match(text, /Press on the wound/);
      assert.match(text, /This guide begins at the hut/);
      assert.match(text, /Approved/);
    },
  },
  {
    name: "print: what is for paper is in the page, whatever prints it",
    async run({ visit, pages }) {
      const page = await visit("essentials");
      await page.answer("distant_metastasis", "m1");
      await page.go("plan");
      const { guideline } = await page.result();
      const foot = await page.evaluate(() => document.querySelector(".plan-foot").textContent);
      for (const wanted of [field(pages.essentials.head, "version"), guideline.sha256.slice(0, 12), "Draft"]) assert.ok(foot.includes(wanted), foot);
    },
  },
];
