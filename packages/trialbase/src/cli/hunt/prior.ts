const MARK = /^(?:orion|trialbase)?~\s*([a-z]+\s*\(.*)$/s;

/**
 * The prior in a text that is marked by a tilde, as in Orion: `~uniform(0, 1)`, `orion~uniform(0, 1)`. `undefined` for any other text;
 * a file may have a tilde in its name. One that has no end is a prior all the same, for whoever reads it to refuse.
 */
export function priorOf(text: unknown): string | undefined {
  return typeof text === 'string' ? MARK.exec(text)?.[1] : undefined;
}
