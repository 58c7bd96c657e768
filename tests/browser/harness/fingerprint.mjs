// What a picture looks like, as a coarse grid: the mean brightness of each cell, the mean tint of each block of four. A cell
// is about a line of text, so smoothed edges of letters do not count, and a moved line, block or colour does.
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { PNG } from "pngjs";

/** Pixels of a cell's side. */
const cell = 24;
/** Of 255. What rendering alone changes stays below; a word set in bold does not. */
const tolerance = { light: 14, tint: 8 };
/** Brightness and tint are kept in steps of so much: a quarter of the file. */
const step = 4;
/** So many cells may differ. */
const few = 2;

/** `columns` and `rows` of cells; `light` for each of them, `blue` and `red` for each two by two. Of a PNG's bytes. */
export function fingerprintOf(bytes) {
  const { width, height, data } = PNG.sync.read(bytes);
  const cells = grid(width, height, cell);
  const blocks = grid(width, height, 2 * cell);
  const [light, blue, red] = [cells, blocks, blocks].map(({ columns, rows }) => new Float64Array(columns * rows));
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel += 4) {
      const bright = 0.299 * data[pixel] + 0.587 * data[pixel + 1] + 0.114 * data[pixel + 2];
      const block = blocks.at(x, y);
      light[cells.at(x, y)] += bright;
      blue[block] += data[pixel + 2] - bright;
      red[block] += data[pixel] - bright;
    }
  }
  const means = (sums, size, from, scale) => Array.from(sums, (sum, at) =>
    Math.min(252, Math.max(0, step * Math.round((from + scale * sum / size.pixels(at)) / step))));
  return {
    columns: cells.columns, rows: cells.rows,
    light: means(light, cells, 0, 1), blue: means(blue, blocks, 128, 0.564), red: means(red, blocks, 128, 0.713),
  };
}

function grid(width, height, side) {
  const [columns, rows] = [Math.ceil(width / side), Math.ceil(height / side)];
  return {
    columns, rows,
    at: (x, y) => Math.floor(y / side) * columns + Math.floor(x / side),
    pixels: (at) => Math.min(side, width - (at % columns) * side) * Math.min(side, height - Math.floor(at / columns) * side),
  };
}

/** One line of text. */
export function written({ columns, rows, light, blue, red }) {
  return `${columns}x${rows} ${deflateRawSync(Buffer.from([...light, ...blue, ...red]), { level: 9 }).toString("base64")}`;
}

export function readFrom(line) {
  const [size, packed] = line.split(" ");
  const [columns, rows] = size.split("x").map(Number);
  const bytes = [...inflateRawSync(Buffer.from(packed, "base64"))];
  const blocks = Math.ceil(columns / 2) * Math.ceil(rows / 2);
  const take = (count) => bytes.splice(0, count);
  return { columns, rows, light: take(columns * rows), blue: take(blocks), red: take(blocks) };
}

/** The cells, as [column, row], in which two pictures differ; `null` where they look the same. */
export function differences(kept, now) {
  const found = [];
  for (let row = 0; row < Math.max(kept.rows, now.rows); row++) {
    for (let column = 0; column < Math.max(kept.columns, now.columns); column++) {
      if (differ(kept, now, column, row)) found.push([column, row]);
    }
  }
  return kept.columns === now.columns && kept.rows === now.rows && found.length <= few ? null : found;
}

function differ(kept, now, column, row) {
  if ([kept, now].some(({ columns, rows }) => column >= columns || row >= rows)) return true;
  const at = ({ columns }) => row * columns + column;
  const block = ({ columns }) => Math.floor(row / 2) * Math.ceil(columns / 2) + Math.floor(column / 2);
  const apart = (key, place) => Math.abs(kept[key][place(kept)] - now[key][place(now)]);
  return apart("light", at) > tolerance.light || apart("blue", block) > tolerance.tint || apart("red", block) > tolerance.tint;
}

/** The picture with those cells in red, and to its right what was kept, as coarse as it was kept. As a PNG's bytes. */
export function marked(bytes, kept, cells) {
  const now = PNG.sync.read(bytes);
  const beside = now.width + cell;
  const both = new PNG({ width: beside + kept.columns * cell, height: Math.max(now.height, kept.rows * cell) });
  both.data.fill(255);
  PNG.bitblt(now, both, 0, 0, now.width, now.height, 0, 0);
  const paint = (x, y, change) => {
    if (x >= both.width || y >= both.height) return;
    const pixel = 4 * (y * both.width + x);
    change.forEach((value, channel) => { both.data[pixel + channel] = value(both.data[pixel + channel]); });
  };
  const eachPixel = (column, row, paintOne) => {
    for (let y = row * cell; y < (row + 1) * cell; y++) for (let x = column * cell; x < (column + 1) * cell; x++) paintOne(x, y);
  };
  const redder = [(red) => (red + 2 * 255) / 3, (green) => green / 2, (blue) => blue / 2];
  for (const [column, row] of cells) eachPixel(column, row, (x, y) => { if (x < now.width) paint(x, y, redder); });
  for (let row = 0; row < kept.rows; row++) {
    for (let column = 0; column < kept.columns; column++) {
      const light = () => kept.light[row * kept.columns + column];
      eachPixel(column, row, (x, y) => paint(beside + x, y, [light, light, light]));
    }
  }
  return PNG.sync.write(both);
}
