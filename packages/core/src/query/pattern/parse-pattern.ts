import { type Border, MOST_STATES, type State } from './automaton.js';

/** How deep groups may stand in one another. */
const DEEPEST = 100;

/** A part of a pattern: makes the states that lead through it to those for what follows. */
type Part = (next: State) => State;

/**
 * The automaton for a regular expression.
 *
 * @throws SyntaxError for what no automaton can do, which are lookarounds and backreferences, and for one that would be too large.
 */
export function parsePattern(pattern: RegExp): State {
  return new PatternReader(pattern).automaton();
}

/** One character, however it is written: an escape, a class, a dot or itself. */
const CHARACTER = String.raw`\\(?:c[a-z]|x[\da-f]{2}|u[\da-f]{4}|0[0-7]{0,2}|[^])|\[(?:\\[^]|[^\]\\])*\]|[^]`;
const UNICODE_CHARACTER = String.raw`\\(?:ud[89ab][\da-f]{2}\\ud[c-f][\da-f]{2}|u\{[\da-f]+\}|p\{[^}]*\})|${CHARACTER}`;
const GROUP = /\((?:\?:|\?<(?![=!])[^>]*>|(?!\?))/y;
const QUANTIFIER = /(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/y;
const IMPOSSIBLE = /\(\?|\\[1-9k]|\\c(?![a-z])/iy;
const BORDER = /[$^]|\\b/iy;

/** Reads the source of a pattern that the platform has found to be one. */
class PatternReader {
  readonly #source: string;
  readonly #flags: string;
  readonly #character: RegExp;
  #at = 0;
  /** How many states there are; one is the end. */
  #states = 1;

  constructor({ source, flags, unicode }: RegExp) {
    this.#source = source;
    this.#flags = flags;
    this.#character = new RegExp(unicode ? UNICODE_CHARACTER : CHARACTER, unicode ? 'iuy' : 'iy');
  }

  automaton(): State {
    return this.#part(0)({ id: 0, kind: 'end' });
  }

  #part(depth: number): Part {
    if (depth > DEEPEST) throw new SyntaxError(`it has groups nested more than ${DEEPEST} deep`);
    const choices: Part[][] = [[]];
    while (this.#at < this.#source.length && this.#source[this.#at] !== ')') {
      if (this.#take(/\|/y)) choices.push([]);
      else choices.at(-1)?.push(this.#repeated(this.#single(depth)));
    }
    const parts = choices.map(inOrder);
    const [only] = parts;
    if (only && parts.length === 1) return only;
    return (next) => this.#fork(parts.map((part) => part(next)));
  }

  #single(depth: number): Part {
    if (this.#take(GROUP)) {
      const part = this.#part(depth + 1);
      this.#at += 1;
      return part;
    }
    const impossible = this.#take(IMPOSSIBLE)?.[0];
    if (impossible) throw new SyntaxError(`what begins with ${impossible} takes time without bound`);
    const border = this.#take(BORDER)?.[0];
    if (border) {
      const holds = borderOf(border, this.#flags);
      return (next) => ({ id: this.#newId(), kind: 'border', holds, next });
    }
    const takes = characterTest(this.#take(this.#character)?.[0] ?? '', this.#flags);
    return (next) => ({ id: this.#newId(), kind: 'step', takes, next });
  }

  #repeated(part: Part): Part {
    const quantifier = this.#take(QUANTIFIER);
    if (!quantifier) return part;
    const [, sign, count, comma, limit] = quantifier;
    const least = sign ? Number(sign === '+') : Number(count);
    const most = sign === '?' ? 1 : sign || (comma && !limit) ? undefined : Number(limit ?? count);
    if (Math.max(least, most ?? 0) > MOST_STATES) throw tooLarge();
    return (next) => {
      let state = most === undefined ? this.#loop(part, next) : next;
      for (let i = least; i < (most ?? 0); i++) state = this.#fork([part(state), next]);
      for (let i = 0; i < least; i++) state = part(state);
      return state;
    };
  }

  #loop(part: Part, next: State): State {
    const ways: State[] = [next];
    const loop = this.#fork(ways);
    ways.push(part(loop));
    return loop;
  }

  #fork(next: readonly State[]): State {
    return { id: this.#newId(), kind: 'fork', next };
  }

  #newId(): number {
    if (this.#states === MOST_STATES) throw tooLarge();
    this.#states += 1;
    return this.#states - 1;
  }

  #take(token: RegExp): RegExpExecArray | null {
    token.lastIndex = this.#at;
    const found = token.exec(this.#source);
    if (found) this.#at = token.lastIndex;
    return found;
  }
}

function tooLarge(): SyntaxError {
  return new SyntaxError(`it has ${MOST_STATES} parts or more, its repetitions written out`);
}

function inOrder(parts: readonly Part[]): Part {
  return (next) => parts.reduceRight((state, part) => part(state), next);
}

/** What one character is, with all the rules of cases and classes, is asked of the platform. */
function characterTest(written: string, flags: string): (character: string) => boolean {
  if (/^\w$/.test(written) && !flags.includes('i')) return (character) => character === written;
  const pattern = new RegExp(`^(?:${written})$`, flags.replace('m', ''));
  return (character) => pattern.test(character);
}

function borderOf(written: string, flags: string): Border {
  const isBreak = (character: string): boolean => flags.includes('m') && /[\n\r\u2028\u2029]/.test(character);
  if (written === '^') return (before) => before === undefined || isBreak(before);
  if (written === '$') return (_before, after) => after === undefined || isBreak(after);
  const letter = new RegExp(String.raw`\w`, flags);
  const isLetter = (character: string | undefined): boolean =>
    character !== undefined && letter.test(character);
  return (before, after) => (isLetter(before) !== isLetter(after)) === (written === '\\b');
}
