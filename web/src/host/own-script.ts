// Trusted Types: the only way in which this page makes an address that is run as a script.
interface Policy { createScriptURL(address: string): string }
declare const trustedTypes: { createPolicy(name: string, rules: Policy): Policy } | undefined;

let policy: Policy | null = null;

/** For the page's own script, worker and service worker, never for what a guideline, a record or another page says. */
export function ownScript(address: string): string {
  if (typeof trustedTypes === "undefined") return address;
  policy ??= trustedTypes.createPolicy("waymark", {
    createScriptURL(address) {
      const { protocol, origin } = new URL(address, document.baseURI);
      if (protocol === "blob:" || origin === self.origin) return address;
      throw new TypeError(`${address} is no script of this page`);
    },
  });
  return policy.createScriptURL(address);
}
