// How long one call takes: the median of several rounds, each long enough to measure. In processor time of the process, so
// that what else runs on the machine matters little.

/** Nanoseconds of processor time since `start`, or since the process began. */
export function now() {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
}

/** @param round does `calls` calls @returns {{ns, min, max}} a call */
export function measure(round, calls, { seconds = 1, rounds = 9 } = {}) {
  let repeat = 1;
  for (;;) {
    const start = now();
    for (let i = 0; i < repeat; ++i) round();
    const took = now() - start;
    if (took > (seconds / rounds) * 0.5e9 || repeat > 1e7) break;
    repeat = took < 1e4 ? repeat * 100 : Math.max(repeat + 1, Math.ceil(repeat * (((seconds / rounds) * 1e9) / took)));
  }
  const times = [];
  for (let r = 0; r < rounds; ++r) {
    const start = now();
    for (let i = 0; i < repeat; ++i) round();
    times.push((now() - start) / (repeat * calls));
  }
  return summary(times);
}

/** The same for calls that are awaited. */
export async function measureAsync(round, calls, { seconds = 1, rounds = 9 } = {}) {
  const times = [];
  await round();
  const end = now() + seconds * 1e9;
  do {
    const start = now();
    await round();
    times.push((now() - start) / calls);
  } while (times.length < rounds && (now() < end || times.length < 3));
  return summary(times);
}

export function summary(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return { ns: sorted[sorted.length >> 1], min: sorted[0], max: sorted.at(-1) };
}

export function inWords(ns) {
  if (ns == null) return "";
  if (ns < 999.5) return `${ns < 99.95 ? ns.toFixed(1) : ns.toFixed(0)} ns`;
  if (ns < 999.5e3) return `${(ns / 1e3).toPrecision(3)} µs`;
  if (ns < 999.5e6) return `${(ns / 1e6).toPrecision(3)} ms`;
  return `${(ns / 1e9).toPrecision(3)} s`;
}
