/** Characters of a record; the engine counts bytes and refuses more than as many of them. */
export const recordAtMost = 20_000_000;
