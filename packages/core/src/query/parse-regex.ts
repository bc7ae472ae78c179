import type { Fields } from '../document.js';
import { describe } from '../errors.js';
import { patternTest } from './pattern/pattern-test.js';
import { inside, invalid, type QueryPlace } from './query-place.js';

/** The pattern of `$regex` with the flags of the `$options` beside it. */
export function withOptions(pattern: unknown, place: QueryPlace, beside: Fields): RegExp {
  if (!Object.hasOwn(beside, '$options')) return parseRegex(pattern, place);
  const options = beside['$options'];
  if (typeof options !== 'string')
    throw invalid(inside(place, '$options'), `must be a string, not ${describe(options)}`);
  if (pattern instanceof RegExp && pattern.flags !== '')
    throw invalid(place, `has the flags '${pattern.flags}' and $options too: keep one of them`);
  return parseRegex(pattern, place, options);
}

/**
 * A pattern of its own, without memory of former matches. Flags are `i`, `m`, `s` and `u`; `g` and `d` mean nothing to a
 * query and are dropped. One that could take exponential time is refused.
 */
export function parseRegex(pattern: unknown, place: QueryPlace, flags: string = flagsOf(pattern)): RegExp {
  const source = pattern instanceof RegExp ? pattern.source : pattern;
  if (typeof source !== 'string')
    throw invalid(place, `must be a string or a RegExp, not ${describe(pattern)}`);
  const unknown = /[^imsu]/.exec(flags);
  if (unknown) throw invalid(place, `has the flag '${unknown[0]}': known are i, m, s and u`);
  try {
    const own = new RegExp(source, flags);
    patternTest(own);
    return own;
  } catch (cause) {
    throw invalid(place, `is no pattern: ${cause instanceof Error ? cause.message : describe(cause)}`);
  }
}

function flagsOf(pattern: unknown): string {
  return pattern instanceof RegExp ? pattern.flags.replace(/[dg]/g, '') : '';
}
