/** `digits-2` after `digits`, or the next number that is free. */
export function freeName(name: string, taken: readonly string[]): string {
  const stem = name.replace(/-\d+$/, '');
  for (let number = 2; ; number++) {
    const next = `${stem}-${number}`;
    if (!taken.includes(next)) return next;
  }
}
