// What a hospital sets for itself: the JSON in `<script type="application/json" id="waymark-site">`.

export interface Site {
  name: string;
  /** A `data:image/…` address. */
  logo: string;
  phones: { label: string; number: string }[];
  /** By language; replaces the first sentence of the urgent help. */
  emergency: Record<string, string>;
  guideline: string;
  /** Who may drive the page by postMessage when it is in a frame; by default its own origin only. */
  origins: string[];
  /** Whether a hosted page keeps its own files, to open without a network. */
  offline: boolean;
  /** Whose approval of a guideline counts: a name for each public Ed25519 key (the base64 of a PEM file). */
  approvers: { name: string; key: string }[];
  colours: { light: Record<string, string>; dark: Record<string, string> };
}

const word = (value: unknown): string => (typeof value === "string" ? value : "");
type Loose = Record<string, unknown>;
const loose = (value: unknown): Loose => (typeof value === "object" && value !== null ? value as Loose : {});

export function siteFrom(text: string | null | undefined): Site {
  let given: Loose = {};
  try {
    given = loose(JSON.parse(text ?? "null"));
  } catch {
    console.warn("waymark-site is not JSON; it is left aside");
  }
  const emergency = typeof given.emergency === "string" ? { "": given.emergency } : loose(given.emergency);
  const colours = loose(given.colours);
  const logo = word(given.logo);
  return {
    name: word(given.name),
    logo: /^data:image\/(png|jpeg|webp|svg\+xml)[;,]/.test(logo) ? logo : "",
    phones: (Array.isArray(given.phones) ? given.phones : []).map(loose)
      .map(({ label, number }) => ({ label: word(label), number: word(number) })).filter(({ number }) => number !== ""),
    emergency: Object.fromEntries(Object.entries(emergency).map(([locale, words]) => [locale, word(words)])),
    guideline: word(given.guideline),
    origins: (Array.isArray(given.origins) ? given.origins : []).map(word).filter(isOrigin),
    offline: given.offline !== false,
    approvers: (Array.isArray(given.approvers) ? given.approvers : []).map(loose)
      .map(({ name, key }) => ({ name: word(name), key: word(key).replace(/-----[^-]*-----|\s/g, "") })).filter(({ name, key }) => name !== "" && key !== ""),
    colours: { light: onlyColours(colours.light), dark: onlyColours(colours.dark) },
  };
}

const isOrigin = (text: string): boolean => {
  try {
    return /^https?:/.test(text) && new URL(text).origin === text;
  } catch {
    return false;
  }
};

const onlyColours = (given: unknown): Record<string, string> => Object.fromEntries(
  Object.entries(loose(given))
    .filter(([name, value]) => /^[a-z-]+$/.test(name) && /^#[0-9a-f]{3,8}$/i.test(word(value)))
    .map(([name, value]) => [name, word(value)]));

/** Style sheets made by script need no `style` attribute, and the policy stays as strict as it is. */
export function paint({ colours }: Site): void {
  const rule = (set: Record<string, string>) =>
    `:root{${Object.entries(set).map(([name, value]) => `--${name}:${value}`).join(";")}}`;
  if (Object.keys({ ...colours.light, ...colours.dark }).length === 0) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@media screen{${rule(colours.light)}}@media screen and (prefers-color-scheme:dark){${rule(colours.dark)}}`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
