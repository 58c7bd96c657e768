/** One file has nothing to keep. */
export function keepFiles(): void {}
