// What `build/native/pack` packs for the page comes back from `unpack.wasm` as it was.
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

export async function testPacking({ root, check }) {
  const unpacker = await WebAssembly.compile(fs.readFileSync(path.join(root, "build/wasm/unpack.wasm")));
  const pack = (bytes) => execFileSync(path.join(root, "build/native/pack"), { input: bytes, maxBuffer: Infinity });
  async function unpack(packed, size) {
    const { exports } = await WebAssembly.instantiate(unpacker);
    const from = exports.room(packed.length);
    new Uint8Array(exports.memory.buffer).set(packed, from);
    const to = exports.unpack(from, packed.length);
    return to === 0 ? null : Buffer.from(exports.memory.buffer, to, size);
  }

  const engine = fs.readFileSync(path.join(root, "build/wasm/engine.wasm"));
  const samples = {
    "no byte": Buffer.alloc(0),
    "one byte": Buffer.from([0]),
    "every byte": Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
    "a million equal bytes": Buffer.alloc(1e6, 7),
    "noise": randomBytes(300_000),
    "the engine": engine,
    "the unpacker": fs.readFileSync(path.join(root, "build/wasm/unpack.wasm")),
    // Neither is taken apart, and both come back all the same.
    "a module cut short": engine.subarray(0, engine.length / 2),
    "a module that is none": Buffer.concat([engine.subarray(0, 8), randomBytes(1000)]),
  };
  for (const [name, bytes] of Object.entries(samples)) {
    const back = await unpack(pack(bytes), bytes.length);
    check(`packed and unpacked: ${name}`, back !== null && back.equals(bytes));
  }

  check("the engine is packed a quarter smaller than by gzip", pack(engine).length * 4 < gzipSync(engine, { level: 9 }).length * 3);
  const text = fs.readFileSync(path.join(root, "guidelines/mbc/facts.yaml"));
  const packed = pack(text);
  check("text is packed to less than a third", packed.length * 3 < text.length, `${text.length} -> ${packed.length}`);
  for (const [name, damaged] of Object.entries({ "cut short": packed.subarray(0, packed.length / 2), "of a wrong first byte": Buffer.from(packed).fill(1, 15, 16) })) {
    const back = await unpack(damaged, text.length);
    check(`packed bytes ${name} do no harm and are not taken for whole`, back === null || !back.equals(text));
  }
}
