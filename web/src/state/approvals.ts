// Whether the guideline is what somebody signed, and what that is worth here. The engine says which bytes were signed, the browser
// checks them, the site says whose keys it trusts; `waymark verify` goes the same way (engine/cli/approvals.h).
import type { Description, SignedApproval } from "engine-module";
import type { Site } from "./site.ts";

/** By {@link nameOf}: whether signature and bytes belong together; `null` where this browser cannot tell. */
export type Signatures = Record<string, boolean | null>;

export type ApprovalStanding = "altered" | "draft" | "checking" | "unchecked" | "unknown_key" | "expired" | "approved";

const nameOf = ({ message, signature }: SignedApproval): string => message + signature;
const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** What stands before the 32 bytes of every Ed25519 key in a SubjectPublicKeyInfo (RFC 8410). */
const beforeKey = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/** The bare key: WebKitGTK refuses the whole where the key begins with a zero, as one in 256 does. */
function bareKey(base64: string): Uint8Array<ArrayBuffer> {
  const bytes = bytesOf(base64);
  if (!beforeKey.every((byte, at) => bytes[at] === byte)) throw new Error("no Ed25519 key");
  return bytes.subarray(beforeKey.length);
}

/** Old browsers have no Ed25519, and pages of a plain http address have no Web Crypto. */
async function fits({ key, message, signature }: SignedApproval): Promise<boolean | null> {
  try {
    const known = await crypto.subtle.importKey("raw", bareKey(key), "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", known, bytesOf(signature), new TextEncoder().encode(message));
  } catch {
    return null;
  }
}

export const checkSignatures = async (approvals: SignedApproval[]): Promise<Signatures> =>
  Object.fromEntries(await Promise.all(approvals.map(async (approval) => [nameOf(approval), await fits(approval)] as const)));

export function standingOf(
  approval: SignedApproval, { guideline }: Description, signatures: Signatures, { approvers }: Site, today: string,
): ApprovalStanding {
  const fitting = signatures[nameOf(approval)];
  if (fitting === false) return "altered";
  if (guideline.status === "draft") return "draft";
  if (!fitting) return fitting === null ? "unchecked" : "checking";
  if (!approvers.some(({ key }) => key === approval.key)) return "unknown_key";
  return approval.review_by < today ? "expired" : "approved";
}
