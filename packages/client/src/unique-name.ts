/** A name that nobody else has. */
export function uniqueName(prefix: string): string {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return `${prefix}-${high.toString(36)}${low.toString(36)}`;
}
