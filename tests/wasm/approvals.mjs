// Approvals as the browser's engine tells them: signed by node's own cryptography, checked by it, and by `waymark verify`.
import { execFileSync, spawnSync } from "node:child_process";
import { createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

export function testApprovals({ engine, tool, root, filesOf, check }) {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), "waymark-"));
  const folder = path.join(work, "guideline");
  const described = (files) => {
    const { guideline } = JSON.parse(engine.load(files));
    const { approvals, guideline: { sha256 } } = JSON.parse(engine.describe(guideline, ""));
    engine.unload(guideline);
    return { approvals, sha256 };
  };
  const told = () => JSON.parse(spawnSync(tool, ["verify", folder, "--trust", path.join(work, "public.pem"), "--today", "2026-12-01", "--json"], { encoding: "utf8" }).stdout);
  const good = ({ key, signature, message }) =>
    verify(null, Buffer.from(message), createPublicKey({ key: Buffer.from(key, "base64"), format: "der", type: "spki" }), Buffer.from(signature, "base64"));

  fs.cpSync(path.join(root, "guidelines/essentials"), folder, { recursive: true });
  const head = path.join(folder, "guideline.yaml");
  fs.writeFileSync(head, fs.readFileSync(head, "utf8").replace("status: draft", "status: approved"));
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  fs.writeFileSync(path.join(work, "key.pem"), privateKey.export({ format: "pem", type: "pkcs8" }));
  fs.writeFileSync(path.join(work, "public.pem"), publicKey.export({ format: "pem", type: "spki" }));
  const before = described(filesOf(folder));
  check("a guideline without approvals has none", before.approvals.length === 0);

  execFileSync(tool, ["sign", folder, "--key", path.join(work, "key.pem"), "--name", "Ana Pérez", "--role", "Oncologist", "--date", "2026-11-28", "--review-by", "2027-11-28"]);
  const signed = described(filesOf(folder));
  check("an approval leaves the fingerprint as it was", signed.sha256 === before.sha256 && signed.sha256 === told().guideline.sha256);
  check("what `waymark sign` signed is good by node's cryptography", signed.approvals.length === 1 && good(signed.approvals[0]));
  const without = filesOf(folder).filter(({ name }) => !name.startsWith("vignettes/"));
  check("and without the written cases, as the page may have it", good(described(without).approvals[0]));
  const changed = filesOf(folder).map((file) => (file.name === "rules.yaml" ? { ...file, text: `${file.text}\n` } : file));
  check("a changed file does not fit the signature", !good(described(changed).approvals[0]));
  check("nor do the same files in another order", !good(described([...filesOf(folder)].reverse()).approvals[0]));

  const list = path.join(folder, "approvals.yaml");
  const placeholder = `approvals: [{name: Bo, role: Pharmacist, date: 2026-11-28, review_by: 2027-01-31, key: ${publicKey.export({ format: "der", type: "spki" }).toString("base64")}, signature: SIGNATURE}]\n`;
  fs.writeFileSync(list, placeholder.replace("SIGNATURE", `${"A".repeat(86)}==`));
  const { message } = described(filesOf(folder)).approvals[0];
  check("a signature of nothing is refused", told().approvals[0].state === "altered");
  fs.writeFileSync(list, placeholder.replace("SIGNATURE", sign(null, Buffer.from(message), privateKey).toString("base64")));
  check("what node signed is approved by `waymark verify`", told().approved === true);
  fs.rmSync(work, { recursive: true });
}
