import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../src/query/pattern/automaton.js';
import { parsePattern } from '../../src/query/pattern/parse-pattern.js';
import { patternTest } from '../../src/query/pattern/pattern-test.js';

const single = fc.constantFrom(
  'a',
  'b',
  'B',
  '1',
  ' ',
  '.',
  '-',
  '\\d',
  '\\w',
  '\\W',
  '\\s',
  '\\.',
  '\\n',
  '\\x61',
  '\\u0061',
  '\\t',
  '\\0',
  '[ab]',
  '[^a]',
  '[\\]b]',
  '[a-c1-3]',
  '[]',
  '[^]',
  '[\\b-]',
  '[\\w-]',
  '\u{1f600}',
  'ß',
  'ſ',
  '\\cJ',
);
const border = fc.constantFrom('^', '$', '\\b', '\\B');
const quantifier = fc.constantFrom(
  '',
  '',
  '',
  '*',
  '+',
  '?',
  '*?',
  '+?',
  '{2}',
  '{0,2}',
  '{1,}',
  '{0}',
  '{2,3}?',
);

const { pattern } = fc.letrec<{ pattern: string; sequence: string; repeated: string; group: string }>(
  (tie) => ({
    group: fc.oneof(
      { maxDepth: 3 },
      { weight: 4, arbitrary: single },
      {
        weight: 2,
        arbitrary: fc
          .tuple(fc.constantFrom('(', '(?:'), tie('pattern'))
          .map(([open, inner]) => `${open}${inner})`),
      },
    ),
    repeated: fc.oneof(
      { weight: 6, arbitrary: fc.tuple(tie('group'), quantifier).map((parts) => parts.join('')) },
      { weight: 1, arbitrary: border },
    ),
    sequence: fc.array(tie('repeated'), { maxLength: 4 }).map((parts) => parts.join('')),
    pattern: fc.array(tie('sequence'), { minLength: 1, maxLength: 2 }).map((parts) => parts.join('|')),
  }),
);

const text = fc.string({
  unit: fc.constantFrom(
    'a',
    'b',
    'B',
    '1',
    '-',
    ' ',
    '\n',
    '.',
    ']',
    '\u{1f600}',
    '\ud83d',
    'ß',
    'S',
    's',
    '\0',
  ),
  maxLength: 8,
});
const flags = fc.subarray(['i', 'm', 's', 'u']).map((each) => each.join(''));

describe('a pattern', () => {
  it('is met as the platform says', () => {
    let met = 0;
    fc.assert(
      fc.property(pattern, flags, fc.array(text, { minLength: 5, maxLength: 5 }), (source, chosen, texts) => {
        const own = new RegExp(source, chosen);
        const automaton = runs(parsePattern(own), own.unicode);
        for (const each of texts) {
          const expected = new RegExp(own).test(each);
          met += Number(expected);
          expect([each, automaton(each)]).toEqual([each, expected]);
          expect(patternTest(own)(each)).toBe(expected);
        }
      }),
      { numRuns: 1_500, seed: 1 },
    );
    expect(met).toBeGreaterThan(1_500);
  });

  it.each([
    [/\p{L}+(x)/u, 'äx', true],
    [new RegExp('\\p{L}(x)'), 'äx', false],
    [new RegExp('\\p{L}(x)'), 'p{L}x', true],
    [/(\u{1f600}|x)+$/u, '\u{1f600}x', true],
    [/(\ud83d\ude00)$/u, '\u{1f600}', true],
    [/(\ud83d)/u, '\u{1f600}', false],
    [/(\ud83d)/, '\u{1f600}', true],
    [/(?<year>\d{4})-(?<month>\d\d)/, '2024-05', true],
    [/(a){,3}/, 'a{,3}', true],
    [/x{a(b)/, 'x{ab', true],
    [new RegExp('(\\07)'), '\u0007', true],
    [/^(\bfoo\b)/m, 'x\nfoo bar', true],
    [/(ſ)/iu, 'S', true],
    [/(ſ)/i, 'S', false],
    [/()/, '', true],
    [/(|a)+$/, 'aaa', true],
  ])('%s is told from others by %j: %s', (own, each, expected) => {
    expect(own.test(each)).toBe(expected);
    expect(patternTest(own)(each)).toBe(expected);
  });

  it.each(['(?=a)', '(?<!a)', '(a)\\1', '(?<n>a)\\k<n>', '(\\c)', `${'('.repeat(101)}${')'.repeat(101)}`])(
    'such as %s is refused',
    (source) => {
      expect(() => patternTest(new RegExp(source))).toThrow(SyntaxError);
    },
  );

  it.each(['(?=a)', '(?!a)', 'b(?<=a)', '(?<!a)', '(a)\\1'])('such as %s is refused as such', (source) => {
    expect(() => patternTest(new RegExp(source))).toThrow('takes time without bound');
  });

  it.each([
    '(a{1001})',
    '(a{0,1001})',
    '((a{40}){40})',
    '((((a?){99}){99}){99}){99}',
    '(){1000000000}',
    'ab'.repeat(500),
  ])('of too many parts, such as %.40s, is refused at once', (source) => {
    expect(() => patternTest(new RegExp(source))).toThrow('1000 parts or more');
  });

  it.each([
    ['(a|a)*$', true],
    ['(a*)*$', true],
    ['(a|aa)+$', false],
    ['a*a*a*!', true],
    ['.*.*=.*', false],
    ['(?:a?){200}a{200}$', false],
  ])('%s is answered for a text of twenty thousand characters: %s', (source, expected) => {
    expect(patternTest(new RegExp(source))(`${'a'.repeat(20_000)}!`)).toBe(expected);
  });
});
