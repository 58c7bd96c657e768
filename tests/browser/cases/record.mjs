// A hospital's record: it proposes, a person confirms; what contradicts itself is chosen, what does not fit is refused.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { assertAgrees } from "../harness/agreement.mjs";
import { root } from "../harness/pages.mjs";
import { dropRecord, openRecord, pasteRecord, recordText } from "../harness/records.mjs";

const facts = async (page) => (await page.result()).facts;
const there = (selector) => (page) => page.evaluate((selector) => document.querySelector(selector) !== null, selector);
const isConfirmable = (page) => page.evaluate(() => !document.querySelector("[data-action=confirm]").disabled);

async function confirmed(page, expected) {
  await page.page.click("[data-action=confirm]");
  await page.until("what was taken over is said", () => document.querySelector("[data-record] [role=status]").textContent !== "");
  assert.deepEqual(await facts(page), expected);
}

export const record = [
  {
    name: "record: proposals count when they are confirmed and not before; a conflict is left open until one is chosen",
    async run({ visit }) {
      const page = await visit("essentials");
      await page.go("record");
      await openRecord(page, "conflict");
      await page.until("the proposals have the focus", () => document.activeElement === document.querySelector("[data-record] h2"));
      assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll("[data-proposal]")].map((one) => one.dataset.proposal)),
        ["distant_metastasis", "hormone_receptor"]);
      assert.deepEqual(await facts(page), {}, "reading answers nothing");
      assert.equal(await isConfirmable(page), false, "nothing is ticked beforehand");
      assert.equal(await page.evaluate(() => document.querySelector("[data-conflict=her2] input:checked").value), "", "the conflict is open");

      await page.page.click("[data-action=tick-all]");
      assert.deepEqual(await facts(page), {}, "a tick is not yet an answer");
      const plain = { distant_metastasis: ["m1"], hormone_receptor: ["positive"] };
      await confirmed(page, plain);
      assert.equal(await isConfirmable(page), false, "nothing is taken twice");

      await page.page.click('[data-conflict=her2] input[value="negative"]');
      assert.deepEqual(await facts(page), plain);
      await confirmed(page, { ...plain, her2: ["negative"] });
      await page.go("options");
      assert.ok((await assertAgrees(page)).options.length > 0);
    },
  },
  {
    name: "record: what was concluded, and what differs from an answer, is ticked by itself only",
    async run({ visit }) {
      const page = await visit("essentials");
      await page.answerAll({ hormone_receptor: "negative" });
      await page.go("record");
      await openRecord(page, "hormone-positive");
      const looks = await page.evaluate(() => [...document.querySelectorAll("[data-proposal]")].filter((one) => one.querySelector(".record-look"))
        .map((one) => one.dataset.proposal));
      assert.deepEqual(looks.sort(), ["distant_metastasis", "hormone_receptor"]);
      assert.equal(await there("[data-action=tick-all]")(page), false, "one proposal alone needs no look, and no button");
      await page.page.click('[data-proposal=her2] input');
      await confirmed(page, { hormone_receptor: ["negative"], her2: ["negative"] });
      await page.page.click('[data-proposal=hormone_receptor] input');
      await confirmed(page, { hormone_receptor: ["positive"], her2: ["negative"] });
      assert.equal(await there("[data-warning=drug_not_recognised]")(page), true, "what was not understood is said");
    },
  },
  {
    name: "record: every remark and refusal of the engine has words in each language",
    browser: false,
    async run() {
      const folder = `${root}engine/src/record/`;
      const sources = await Promise.all((await readdir(folder)).filter((name) => name.endsWith(".cc")).map((name) => readFile(folder + name, "utf8")));
      const ids = (call) => [...new Set(sources.flatMap((source) => [...source.matchAll(call)].flatMap(([, ...found]) => found.filter(Boolean))))].sort();
      const remarks = ids(/(?:notices_?\.add|\bstop|all_\.push_back)\([^";\n]*"([a-z_]+)"(?: : "([a-z_]+)")?,/g);
      const refusals = ids(/(?:refuse\(|RecordNotice\{|refusal = \{)"([a-z_0-9]+)"/g);
      assert.ok(remarks.length > 40 && refusals.length > 8, `${remarks} ${refusals}`);
      for (const locale of ["en", "es"]) {
        const words = JSON.parse(await readFile(`${root}web/src/words/${locale}.json`, "utf8")).record;
        assert.deepEqual(remarks, Object.keys(words.notes).sort(), locale);
        assert.deepEqual(refusals, Object.keys(words.refusals).sort(), locale);
      }
    },
  },
  {
    name: "record: remarks and refusals are said in the reader's language, with the engine's own text beside them",
    async run({ visit }) {
      const page = await visit("essentials");
      await page.locale("es");
      await page.go("record");
      await openRecord(page, "hormone-positive");
      const remark = await page.evaluate(() => {
        const item = document.querySelector("[data-warning=drug_not_recognised]");
        return { says: item.firstChild.textContent, beside: item.querySelector("[lang=en]").textContent };
      });
      assert.match(remark.says, /^No se ha reconocido un medicamento/);
      assert.match(remark.beside, /^Medication.* was not recognised/);
      for (const id of await page.evaluate(() => [...document.querySelectorAll("[data-warning]")].map((item) => item.firstChild.nodeType === 3 || item.dataset.warning))) assert.equal(id, true);
      await dropRecord(page, await recordText("m0"));
      await page.until("it is refused", () => document.querySelector("[data-refused=m0]") !== null);
      assert.match(await page.evaluate(() => document.querySelector("[data-refused] p").textContent), /^La historia clínica dice/);
    },
  },
  {
    name: "record: what changed over time shows both, and where the record says so",
    async run({ visit }) {
      const page = await visit("essentials");
      await page.go("record");
      await openRecord(page, "changed-over-time");
      const [older, newer] = await page.evaluate(() => [...document.querySelectorAll("[data-change=distant_metastasis] p:not(.note-title)")].map((line) => line.textContent));
      assert.match(older, /^Before:.*\d{4}/);
      assert.match(newer, /^Now:.*\d{4}/);
      assert.notEqual(older, newer);
      assert.match(await page.evaluate(() => document.querySelector("[data-proposal=her2] .record-where li").textContent), /Observation\//);
    },
  },
  {
    name: "record: one that does not fit is refused with the reason, and what is no record is named; the answers stay",
    async run({ visit }) {
      const page = await visit("essentials");
      const before = { distant_metastasis: ["m1"], her2: ["positive"] };
      await page.answerAll(before);
      await page.go("record");
      for (const [name, reason] of [["m0", "m0"], ["two-patients", "several_patients"], ["died", "deceased"]]) {
        await dropRecord(page, await recordText(name));
        await page.until(`${name} is refused`, (reason) => document.querySelector("[data-refused]")?.dataset.refused === reason, reason);
        assert.equal(await there("[data-record]")(page), false, "nothing is proposed");
        assert.deepEqual(await facts(page), before);
      }
      for (const text of ["", "no record", '{"resourceType": "Patient"', "[".repeat(20_000)]) {
        await page.go("answers");
        await page.go("record");
        await pasteRecord(page, text);
        await page.until(`“${text.slice(0, 20)}” is not read`, () => document.querySelector("[data-record-wrong][role=alert]") !== null);
        assert.deepEqual(await facts(page), before);
      }
      await openRecord(page, "conflict");
      await page.until("a good one is read after them", () => document.querySelector("[data-record]") !== null);
      assert.equal(await there("[data-record-wrong]")(page), false);
    },
  },
  {
    name: "record: starting over forgets it, and a reload does not bring it back",
    async run({ visit }) {
      const page = await visit("essentials");
      await page.go("record");
      await openRecord(page, "conflict");
      await page.reload();
      assert.equal((await page.screen()).name, "record");
      assert.equal(await there("[data-record]")(page), false);
      await openRecord(page, "conflict");
      await page.reset();
      await page.go("record");
      assert.equal(await there("[data-record]")(page), false);
    },
  },
];
