import { InvalidConfigurationError } from '@trialbase/core';

/** A value written in Python. Lists and tuples are arrays, dicts are maps, whole and broken numbers are numbers. */
type Literal = string | number | boolean | null | readonly Literal[] | ReadonlyMap<Literal, Literal>;

/** A call as Python writes it: `uniform(1, 8, discrete=True)`. Positions count the characters of the text from 0. */
export interface Call {
  readonly text: string;
  readonly name: string;
  readonly positional: readonly Argument[];
  readonly keywords: ReadonlyMap<string, Argument>;
}

export interface Argument {
  readonly value: Literal;
  readonly position: number;
}

const NAME = /[A-Za-z_]\w*/y;
const SPACE = /\s*/y;
const NUMBER = /[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+)?(?![\w.])/y;
const STRING = /'(?:[^'\\\n]|\\[^])*'|"(?:[^"\\\n]|\\[^])*"/y;
const ESCAPE = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([^]))/g;
const ESCAPED: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  n: '\n',
  r: '\r',
  t: '\t',
  '\n': '',
};
const CONSTANTS = new Map<string, Literal>([
  ['None', null],
  ['True', true],
  ['False', false],
]);
const DEEPEST = 32;

/** @throws InvalidConfigurationError that says what is wrong with `text`, at which character. */
export function parseCall(text: string): Call {
  const reader = new Reader(text);
  const name = reader.take(NAME) ?? reader.fail('the name of a prior is expected');
  reader.expect('(');
  const positional: Argument[] = [];
  const keywords = new Map<string, Argument>();
  while (!reader.skip(')')) {
    const position = reader.position;
    const keyword = reader.keyword();
    if (keyword !== undefined && keywords.has(keyword)) reader.fail(`'${keyword}' is given twice`, position);
    if (keyword === undefined && keywords.size > 0)
      reader.fail('a value without a name cannot follow a named one', position);
    const argument = { position: reader.position, value: reader.value() };
    if (keyword === undefined) positional.push(argument);
    else keywords.set(keyword, argument);
    if (!reader.skip(',')) {
      reader.expect(')');
      break;
    }
  }
  reader.end();
  return { text, name, positional, keywords };
}

/** The error for something wrong at one character of a prior. */
export function priorError(text: string, position: number, problem: string): InvalidConfigurationError {
  return new InvalidConfigurationError(
    `The prior ${JSON.stringify(text)} is wrong at character ${position + 1}: ${problem}`,
  );
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Where the next word begins. */
  get position(): number {
    SPACE.lastIndex = this.#at;
    SPACE.exec(this.#text);
    this.#at = SPACE.lastIndex;
    return this.#at;
  }

  fail(problem: string, position = this.position): never {
    throw priorError(this.#text, position, problem);
  }

  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  skip(mark: string): boolean {
    const found = this.#text[this.position] === mark;
    if (found) this.#at += 1;
    return found;
  }

  expect(mark: string): void {
    if (!this.skip(mark)) this.fail(`'${mark}' is expected`);
  }

  end(): void {
    if (this.position < this.#text.length) this.fail('nothing more is expected after the closing bracket');
  }

  keyword(): string | undefined {
    const start = this.position;
    const name = this.take(NAME);
    if (name !== undefined && this.skip('=')) return name;
    this.#at = start;
    return undefined;
  }

  value(depth = 0): Literal {
    if (depth > DEEPEST) this.fail('lists are nested too deeply');
    if (this.skip('[')) return this.#list(']', depth);
    if (this.skip('(')) return this.#tuple(depth);
    if (this.skip('{')) return this.#dict(depth);
    const start = this.position;
    const quoted = this.take(STRING);
    if (quoted !== undefined) return this.#unescape(quoted, start);
    const number = this.take(NUMBER);
    if (number !== undefined) return Number(number.replaceAll('_', ''));
    const constant = CONSTANTS.get(this.take(NAME) ?? '');
    if (constant === undefined)
      this.fail('a number, a string, True, False, None, a list, a tuple or a dict is expected', start);
    return constant;
  }

  #list(end: string, depth: number): Literal[] {
    const values: Literal[] = [];
    while (!this.skip(end)) {
      values.push(this.value(depth + 1));
      if (!this.skip(',')) {
        this.expect(end);
        break;
      }
    }
    return values;
  }

  /** In Python a value in brackets is that value, and only a comma makes it a tuple. */
  #tuple(depth: number): Literal {
    if (this.skip(')')) return [];
    const first = this.value(depth + 1);
    if (this.skip(')')) return first;
    this.expect(',');
    return [first, ...this.#list(')', depth)];
  }

  #dict(depth: number): ReadonlyMap<Literal, Literal> {
    const entries = new Map<Literal, Literal>();
    while (!this.skip('}')) {
      const key = this.value(depth + 1);
      this.expect(':');
      entries.set(key, this.value(depth + 1));
      if (!this.skip(',')) {
        this.expect('}');
        break;
      }
    }
    return entries;
  }

  #unescape(quoted: string, start: number): string {
    return quoted
      .slice(1, -1)
      .replace(ESCAPE, (escape, hex2, hex4, hex8, character: string, offset: number) => {
        const code = Number.parseInt(hex2 ?? hex4 ?? hex8 ?? '', 16);
        if (code <= 0x10ffff) return String.fromCodePoint(code);
        return ESCAPED[character] ?? this.fail(`the escape ${escape} is not known`, start + 1 + offset);
      });
  }
}
