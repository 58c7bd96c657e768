import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

/** Kilobytes of 1024 bytes, gzipped: below 400,000 bytes, too. */
const atMost = 390;

export const size = [{
  name: `size: the page is at most ${atMost} KB, gzipped`,
  browser: false,
  async run({ pages, say }) {
    for (const name of ["default", "essentials"]) {
      const bytes = await readFile(pages[name].file);
      const packed = gzipSync(bytes, { level: 9 }).length;
      say(`${name === "default" ? "build/waymark.html" : name}: ${bytes.length} bytes, gzipped ${packed}`);
      assert.ok(packed <= atMost * 1024, `${packed} bytes gzipped`);
    }
  },
}];
