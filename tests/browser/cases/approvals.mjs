// What the page says of a guideline's approvals. Signed by the command line, checked by the browser.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { appendFile, cp, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { root } from "../harness/pages.mjs";

const call = promisify(execFile);
const tool = join(root, "build/native/waymark");
const siteLine = '<script type="application/json" id="waymark-site">null</script>';

const signer = generateKeyPairSync("ed25519");
/** One key in 256 begins with a zero, and WebKitGTK refuses it in its usual wrapping. */
const zeroFirst = (() => {
  for (;;) {
    const keys = generateKeyPairSync("ed25519");
    if (keys.publicKey.export({ format: "der", type: "spki" }).at(-32) === 0) return keys;
  }
})();
const publicPem = ({ publicKey }) => publicKey.export({ format: "pem", type: "spki" });
const trusting = (keys) => ({ approvers: [{ name: "Tumour board", key: publicPem(keys) }] });

/** A page of the guideline about a walk, which calls itself approved: signed, then changed by `change`. */
async function signedPage({ pages, engine }, name, { days: [date, reviewBy] = ["2026-11-27", "2999-01-31"], change, by = signer, site = trusting(by) } = {}) {
  const folder = join(dirname(pages.walk.file), `approvals-${engine.name}-${name}`);
  await cp(pages.walk.guideline, folder, { recursive: true });
  await writeFile(`${folder}.pem`, by.privateKey.export({ format: "pem", type: "pkcs8" }));
  await call(tool, ["sign", folder, "--key", `${folder}.pem`, "--name", "Ana <b>Pérez</b>", "--role", "Oncologist", "--date", date, "--review-by", reviewBy]);
  await change?.(folder);
  await call(tool, ["build", folder, "--template", pages.template.file, "-o", `${folder}.html`]);
  const page = await readFile(`${folder}.html`, "utf8");
  assert.ok(page.includes(siteLine), "the line for a hospital is there");
  await writeFile(`${folder}.html`, page.replace(siteLine, () => siteLine.replace("null", () => JSON.stringify(site).replaceAll("<", "\\u003c"))));
  return pathToFileURL(`${folder}.html`).href;
}

/** How the guideline stands, and what is said of it, once all is checked. */
async function said(page) {
  await page.until("the signature is checked", () => document.querySelector(".footer [data-approval]").dataset.approval !== "checking");
  return page.evaluate(() => ({
    standing: document.querySelector(".footer [data-approval]").dataset.approval,
    line: document.querySelector(".footer [data-approval]").textContent,
    banners: [...document.querySelectorAll(".banner")].map((banner) => banner.textContent).join(" | "),
    alarm: document.querySelector(".banner-altered")?.getAttribute("role") ?? null,
  }));
}

const canCheck = (page) => page.evaluate(() => crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]).then(() => true, () => false));
const withoutWebCrypto = () => Object.defineProperty(crypto, "subtle", { value: undefined });
const options = (page) => page.evaluate(() => window.waymark.result().decisions.map(({ options }) => options.map(({ id, applies }) => `${id} ${applies}`)));

const hers = "Ana <b>Pérez</b>, Oncologist, 27 November 2026";
const replaced = (file, from, to) => async (folder) => {
  const text = await readFile(join(folder, file), "utf8");
  assert.match(text, from);
  await writeFile(join(folder, file), text.replace(from, to));
};

/** As the command line has it, which says of what is not approved so by its exit. */
async function identity(folder) {
  const { stdout } = await call(tool, ["verify", folder, "--json"]).catch((failure) => failure);
  return JSON.parse(stdout).guideline;
}

/** A good signature of a draft, which `waymark sign` refuses to make: the bytes are those of guidelines/README.md. */
async function asSignedDraft(folder) {
  await replaced("guideline.yaml", /status: approved/, "status: draft")(folder);
  const { sha256, status } = await identity(folder);
  assert.equal(status, "draft");
  const key = signer.publicKey.export({ format: "der", type: "spki" }).toString("base64");
  const message = `waymark guideline approval 1\nsha256=${sha256}\nname=Bo\nrole=Nurse\norganisation=\ndate=2026-11-27\nreview_by=2999-01-31\nkey=${key}\n`;
  const signature = sign(null, Buffer.from(message), signer.privateKey).toString("base64");
  await writeFile(join(folder, "approvals.yaml"), `approvals: [{name: Bo, role: Nurse, date: 2026-11-27, review_by: 2999-01-31, key: ${key}, signature: ${signature}}]\n`);
}

/** What each page is, and what it must say where the browser can check signatures. */
const signed = [
  { name: "approved", words: `Approved by ${hers} (key of Tumour board); next check by 31 January 2999` },
  { name: "approved", by: zeroFirst, words: `Approved by ${hers} (key of Tumour board)` },
  { name: "unknown_key", site: null, words: `Signed in the name of ${hers}, with a key that this page does not know` },
  { name: "unknown_key", site: { approvers: [{ name: "Another", key: "MCowBQYDK2VwAyEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" }, 7, { key: publicPem(signer) }] }, words: `Signed in the name of ${hers}` },
  { name: "expired", days: ["2020-01-01", "2021-01-31"], words: "No longer approved: the approval by Ana <b>Pérez</b>, Oncologist, 1 January 2020, ended on 31 January 2021", banner: /No longer approved/ },
  { name: "altered", change: (folder) => appendFile(join(folder, "guideline.yaml"), "\n"), words: `Altered: this is not what was signed in the name of ${hers}` },
  { name: "altered", change: replaced("approvals.yaml", /Oncologist/, "Surgeon"), words: "Altered: this is not what was signed in the name of Ana <b>Pérez</b>, Surgeon" },
  { name: "altered", change: replaced("approvals.yaml", /2999-01-31/, "2999-02-01"), words: "Altered" },
  { name: "altered", change: replaced("approvals.yaml", /signature: ...../, "signature: AAAAA"), words: "Altered" },
];

export const approvals = [
  {
    name: "approvals: the hosted page's files have the fingerprint of the command line, and it is made as guidelines/README.md says",
    browser: false,
    async run({ pages }) {
      const index = await readFile(join(pages.site, "index.html"), "utf8");
      const { guidelines } = JSON.parse(/id="waymark-guidelines">([^<]*)</.exec(index)[1]);
      for (const name of ["essentials", "mbc"]) {
        const digest = createHash("sha256");
        for (const { name: file, text } of guidelines[name]) {
          if (file !== "approvals.yaml") digest.update(`${file}\0${Buffer.byteLength(text)}\0${text}`);
        }
        assert.equal(digest.digest("hex"), (await identity(pages[name].guideline)).sha256, name);
      }
    },
  },
  {
    name: "approvals: approved, expired, altered and unknown are told apart, on screen and on paper, and no option is hidden",
    minutes: 5,
    async run(context) {
      const { start, visit, say } = context;
      const plain = await visit("walk");
      const expected = await options(plain);
      const first = await said(plain);
      assert.equal(first.standing, "unsigned");
      assert.match(first.line, /Approved, its makers say; nobody has signed it/);
      const able = await canCheck(plain);
      say(able ? "this browser checks Ed25519" : "this browser cannot check Ed25519, and the page says so");
      for (const [index, { name, words, banner, ...made }] of signed.entries()) {
        const page = await (await start()).open(await signedPage(context, `${index}`, made));
        const { standing, line, banners, alarm } = await said(page);
        const told = able ? words : `Signed in the name of`;
        assert.equal(standing, able ? name : "unchecked", `${index}: ${line}`);
        assert.ok(line.includes(told), `${index}: ${line}`);
        assert.equal(alarm, standing === "altered" ? "alert" : null, banners);
        if (standing === "altered") assert.match(banners, /was changed after it was approved, or its approval is false/);
        if (standing === "expired") assert.match(banners, banner);
        if (standing !== "approved") assert.doesNotMatch(line, /· Approved by/);
        assert.deepEqual(await options(page), expected, "the options are those of the guideline");
        await page.go("about");
        assert.ok((await page.evaluate(() => document.querySelector("dl.facts").textContent)).includes(told), "About says the same");
        await page.go("plan");
        assert.ok((await page.evaluate(() => document.querySelector(".plan-foot").textContent)).includes(told), "and so does the paper");
        await page.locale("es");
        if (able && name === "approved") assert.match((await said(page)).line, /Aprobada por .* \(clave de Tumour board\)/);
        await page.reset();
        assert.equal((await said(page)).standing, standing, "starting over changes nothing about it");
      }
    },
  },
  {
    name: "approvals: a browser that cannot check a signature says so, and never says approved",
    async run(context) {
      const page = await (await context.start()).open(await signedPage(context, "unchecked"), { before: [withoutWebCrypto] });
      const { standing, line, alarm } = await said(page);
      assert.equal(standing, "unchecked");
      assert.ok(line.includes(`Signed in the name of ${hers}; this browser cannot check it`), line);
      assert.equal(alarm, null);
    },
  },
  {
    name: "approvals: a draft stays a draft whoever signed it, and another guideline has its own approvals",
    async run(context) {
      const page = await (await context.start()).open(await signedPage(context, "draft", { change: asSignedDraft }));
      const { standing, line, banners } = await said(page);
      assert.equal(standing, "draft");
      assert.match(line, /Draft, not reviewed by doctors · /);
      assert.match(banners, /^Draft, not reviewed by doctors[^|]*(\| This guideline was due[^|]*)?$/);
      await page.go("about");
      assert.match(await page.evaluate(() => document.querySelector("main").textContent), /calls itself a draft, so this approval counts for nothing/);
      await page.evaluate((text) => window.waymark.load(text), await readFile(join(context.pages.walk.guideline, "guideline.yaml"), "utf8"));
      assert.equal((await said(page)).standing, "unsigned");
    },
  },
];
