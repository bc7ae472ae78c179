import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readOrion } from '../../src/cli/orion/read-orion.js';
import { PickleError } from '../../src/cli/pickle/pickle-error.js';
import { readPickle } from '../../src/cli/pickle/read-pickle.js';
import { CorruptStoreError } from '../../src/index.js';

const recorded = (name: string): Uint8Array => readFileSync(new URL(`fixtures/${name}`, import.meta.url));

/** A pickle in Python's own notation: texts are ASCII, numbers are bytes. */
function pickle(...parts: readonly (string | number)[]): Uint8Array {
  return Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from([part]))),
  );
}

describe('a pickle', () => {
  it.each([0, 1, 2, 3, 4, 5])('of protocol %i gives the documents that Orion put in', (protocol) => {
    const documents = [...readOrion(recorded(`orion_db.${protocol}.pkl`))];
    expect(documents.map(({ collection }) => collection)).toEqual(['experiments', 'algo', 'trials']);
    const [experiment, algo, trial] = documents.map(({ document }) => document);
    expect(experiment).toMatchObject({
      name: 'digits',
      version: 1,
      max_trials: 5,
      refers: { parent_id: null, adapter: [] },
      metadata: { orion_version: '0.2.7', datetime: new Date('2026-11-25T22:43:49.292Z') },
      space: { lr: 'loguniform(1e-05, 1.0)', epochs: 'fidelity(1, 9, base=3)' },
    });
    expect(algo).toMatchObject({ state: null, locked: 0, configuration: { random: { seed: 1 } } });
    expect(trial).toMatchObject({
      id: '8c892d614cfd02f2c2b8df282d94aabf',
      status: 'completed',
      params: [
        { name: 'act', type: 'categorical', value: 'relu' },
        { value: 9 },
        { value: 4 },
        { value: 0.002736 },
      ],
      end_time: new Date('2026-11-25T22:43:50.155Z'),
    });
  });

  it('gives values of all the kinds that data has', () => {
    const read = (...parts: readonly (string | number)[]): unknown => readPickle(pickle(...parts, '.'));
    expect(read(']', '(', 'N', 0x88, 0x89, 'K', 7, 'M', 1, 1, 'J', '\xff\xff\xff\xff', 'e')).toEqual([
      null,
      true,
      false,
      7,
      257,
      -1,
    ]);
    expect(read('I01\n')).toBe(true);
    expect(read('L-12L\n')).toBe(-12);
    expect(read(0x8a, 1, 0xff)).toBe(-1);
    expect(read(0x8a, 9, '\0\0\0\0\0\0\0\0', 1)).toBe(1n << 64n);
    expect(read('G', '\x3f\xf8\0\0\0\0\0\0')).toBe(1.5);
    expect(read('F-inf\n')).toBe(Number.NEGATIVE_INFINITY);
    expect(read('V\\u00e9\n')).toBe('é');
    expect(read('C', 2, 0, 255)).toEqual(new Uint8Array([0, 255]));
    expect(read('}', '(', 'K', 1, 'N', 'u')).toEqual(new Map([[1, null]]));
    expect(read('(', 'K', 1, 'K', 2, 0x91)).toEqual(new Set([1, 2]));
    expect(read(']', 'q', 0, '0', 'h', 0)).toEqual([]);
  });
});

describe('a hostile pickle', () => {
  it.each([
    ['a command, in protocol 0', pickle("cos\nsystem\n(S'touch x'\ntR."), 'os.system'],
    [
      'a command, by the stack',
      pickle('X', 5, '\0\0\0', 'posix', 'X', 6, '\0\0\0', 'system', 0x93, '.'),
      'posix.system',
    ],
    ['a built-in function', pickle('c__builtin__\neval\n.'), '__builtin__.eval'],
    [
      'a part of a class that is known',
      pickle('corion.core.io.database.ephemeraldb\nEphemeralDB.__init__\n.'),
      'EphemeralDB.__init__',
    ],
    ['a name of every object', pickle('cbuiltins\nconstructor\n.'), 'builtins.constructor'],
  ])('that asks for %s is refused by name', (_, bytes, name) => {
    expect(() => readPickle(bytes)).toThrow(PickleError);
    expect(() => readPickle(bytes)).toThrow(name);
  });

  it.each([
    ['a length that is not there', pickle('B', '\xff\xff\xff\x7f', 'x.')],
    ['a length beyond all files', pickle(0x8e, '\xff\xff\xff\xff\xff\xff\xff\xff')],
    ['a number of a thousand digits', pickle('L', '9'.repeat(1_000), 'L\n.')],
    ['an instruction for persistent objects', pickle('Pid\n.')],
    ['an instruction for instances', pickle('(ios\nsystem\n.')],
    ['an extension', pickle(0x82, 1, '.')],
    ['a value that was never kept', pickle('h', 9, '.')],
    ['too few values', pickle('0.')],
    ['no mark', pickle('K', 1, 'l.')],
    ['a list as a dict', pickle(']', 'K', 1, 'K', 2, 's.')],
    ['a call of what is no class', pickle('K', 1, ')', 'R.')],
    ['an object of a class with a function of its own', pickle('c_codecs\nencode\n', ')', 0x81, '.')],
    ['no end', pickle('N')],
    ['nothing', pickle()],
    ['a newer protocol', pickle(0x80, 6, 'N.')],
  ])('with %s is refused', (_, bytes) => {
    expect(() => readPickle(bytes)).toThrow(PickleError);
  });

  it('cannot grow beyond its size: shared lists, one in the other, forty times', () => {
    // Each level holds the one below twice: written out it would have 2^40 values.
    const levels = Array.from({ length: 40 }, () => ['q', 0, '0', ']', '(', 'h', 0, 'h', 0, 'e']).flat();
    const names = ['EphemeralDB', 'EphemeralCollection', 'EphemeralDocument'].map(
      (name) => `corion.core.io.database.ephemeraldb\n${name}\n`,
    );
    const [database = '', collection = '', document = ''] = names;
    const text = (word: string): (string | number)[] => [0x8c, word.length, word];
    const object = (type: string, key: string, ...value: (string | number)[]): (string | number)[] => [
      type,
      ')',
      0x81,
      '}',
      ...text(key),
      ...value,
      's',
      'b',
    ];
    const bomb = object(document, '_data', '}', ...text('x'), ']', ...levels, 's');
    const bytes = pickle(
      ...object(
        database,
        '_db',
        '}',
        ...text('trials'),
        ...object(collection, '_documents', ']', ...bomb, 'a'),
        's',
      ),
      '.',
    );
    expect(() => [...readOrion(bytes)]).toThrow(/far larger than the file/);
  });

  it('cannot hold itself', () => {
    const bytes = pickle(']', 'q', 0, 'h', 0, 'a', '.');
    expect(readPickle(bytes)).toHaveLength(1);
    expect(() => [...readOrion(bytes)]).toThrow(CorruptStoreError);
  });

  it('keeps __proto__ as data', () => {
    const map = readPickle(pickle('}', 0x8c, 9, '__proto__', '}', 's.'));
    expect(map).toEqual(new Map([['__proto__', new Map()]]));
  });

  it('that was cut anywhere, or has one wrong byte, ends in a typed error or in data', () => {
    const bytes = recorded('orion_db.4.pkl');
    const read = (changed: Uint8Array): void => {
      try {
        for (const _ of readOrion(changed));
      } catch (error) {
        if (!(error instanceof PickleError) && !(error instanceof CorruptStoreError)) throw error;
      }
    };
    for (let at = 0; at < bytes.length; at++) {
      expect(() => readPickle(bytes.subarray(0, at))).toThrow(PickleError);
      for (const flip of [0x01, 0xff]) {
        const changed = Uint8Array.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ flip;
        read(changed);
      }
    }
  });
});
