// The main states against the pictures of them that are kept. `node tests/browser/pictures.mjs --update` keeps those of today.
import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { differences, fingerprintOf, marked } from "../harness/fingerprint.mjs";
import { keptPictures, takePictures } from "../harness/kept-pictures.mjs";
import { root } from "../harness/pages.mjs";

const folder = join(root, "build/logs/pictures");

export const pictures = [{
  name: "pictures: the main states look as they are kept, at 360, 768 and 1280 px, dark and on paper",
  engines: ["chromium"],
  minutes: 6,
  async run(context) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const kept = await keptPictures();
    const taken = [];
    const wrong = [];
    await takePictures(context, async (name, bytes) => {
      taken.push(name);
      const before = kept.get(name);
      if (!before) return;
      const now = fingerprintOf(bytes);
      const cells = differences(before, now);
      if (!cells) return;
      const file = join(folder, name.replaceAll(" ", "-"));
      await writeFile(`${file}.png`, bytes);
      await writeFile(`${file}-difference.png`, marked(bytes, before, cells));
      wrong.push(`${name}: ${cells.length} of ${now.columns * now.rows} cells differ${before.rows === now.rows ? "" : `, ${before.rows} rows became ${now.rows}`}; see ${file}-difference.png`);
    });
    assert.deepEqual(wrong, [], "if this is meant: node tests/browser/pictures.mjs --update");
    assert.deepEqual(taken, [...kept.keys()], "the pictures taken and the pictures kept");
    context.say(`${taken.length} pictures`);
  },
}];
