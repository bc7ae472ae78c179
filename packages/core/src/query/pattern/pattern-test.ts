import { runs } from './automaton.js';
import { parsePattern } from './parse-pattern.js';

/** Up to so many steps, what the platform's own matcher may take is no matter. */
const FEW_STEPS = 100_000;

/**
 * A function that tells whether a text meets a pattern, in time that grows with the length of the text times that of the
 * pattern, its repetitions written out. The platform's matcher, which goes back and tries again, can take
 * exponentially long; it is used only where it cannot: where no group is in the pattern, each repetition in it multiplies the ways to
 * go by no more than the length of the text.
 *
 * @throws SyntaxError if the pattern has lookarounds or backreferences, or would be too large.
 */
export function patternTest(pattern: RegExp): (text: string) => boolean {
  const test = runs(parsePattern(pattern), pattern.unicode);
  if (pattern.source.includes('(')) return test;
  const repetitions = pattern.source.match(/[*+?{]/g)?.length ?? 0;
  if (repetitions === 0) return (text) => pattern.test(text);
  return (text) => ((text.length + 1) ** (repetitions + 1) <= FEW_STEPS ? pattern.test(text) : test(text));
}
