import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { type ErrorCode, errorCode, everything } from '@trialbase/core/adapter';
import { openFile } from '@trialbase/file';
import { describe, expect, it } from 'vitest';
import { insertTrials } from './documents.js';
import { failureOf } from './failure-of.js';
import { freshDirectory, journalIn } from './store-directory.js';

function lineOf(text: string): string {
  return `${zlib.crc32(text).toString(16).padStart(8, '0')} ${text}\n`;
}

function headerOf(changes: object = {}): string {
  const header = { trialbase: 'journal', format: 1, schema: 2, generation: 1, snapshot: 128, ...changes };
  return lineOf(JSON.stringify(header).padEnd(118));
}

function recordOf(effects: unknown): string {
  return headerOf() + lineOf(JSON.stringify({ at: 128, by: 'test', effects }));
}

function recordWith(effect: string): string {
  return headerOf() + lineOf(`{"at":128,"by":"test","effects":[${effect}]}`);
}

const deep = (levels: number): string => `{"_id":1,"a":${'['.repeat(levels)}${']'.repeat(levels)}}`;

/** A record with a checksum that is right and bytes that are no text. */
function recordOfBytes(...bytes: number[]): Buffer {
  const body = Buffer.concat([
    Buffer.from('{"at":128,"by":"'),
    Buffer.from(bytes),
    Buffer.from('","effects":[]}'),
  ]);
  return Buffer.concat([
    Buffer.from(`${headerOf()}${zlib.crc32(body).toString(16).padStart(8, '0')} `),
    body,
    Buffer.from('\n'),
  ]);
}

const journals: [what: string, code: ErrorCode, content: string | Buffer, said: string][] = [
  ['is empty', 'corrupt-store', '', 'byte 0'],
  ['is cut in its header', 'corrupt-store', headerOf().slice(0, 60), 'byte 0'],
  ['is another kind of file', 'corrupt-store', 'PK\u0003\u0004'.repeat(100), 'byte 0'],
  ['is nothing but zeros', 'corrupt-store', Buffer.alloc(4096), 'byte 0'],
  ['has a header of null', 'corrupt-store', lineOf('null'.padEnd(118)), 'byte 0'],
  ['has the header of another generation', 'corrupt-store', headerOf({ generation: 7 }), 'generation 7'],
  ['ends within its snapshot', 'corrupt-store', headerOf({ snapshot: 5000 }), 'byte 128'],
  [
    'has a newer format',
    'unsupported-version',
    headerOf({ format: 2 }),
    'format 2, and this version reads up to 1',
  ],
  [
    'has a newer schema',
    'unsupported-version',
    headerOf({ schema: 9 }),
    'schema 9, and this version reads up to 2',
  ],
  ['has an unknown effect', 'unsupported-version', recordOf([['merge', 'trials']]), 'the effect "merge"'],
  [
    'has an effect named like a method',
    'unsupported-version',
    recordOf([['constructor', 'trials']]),
    'the effect "constructor"',
  ],
  ['has an unknown collection', 'unsupported-version', recordOf([['remove', '__proto__', 1]]), '__proto__'],
  ['has a record without effects', 'unsupported-version', recordOf(undefined), 'byte 128'],
  ['has a put without a document', 'corrupt-store', recordOf([['put', 'trials']]), 'byte 128'],
  ['has a set without fields', 'corrupt-store', recordOf([['set', 'trials', 1, 1]]), 'byte 128'],
  [
    'puts the same document twice',
    'corrupt-store',
    recordOf([1, 1].map((_id) => ['put', 'trials', { _id }])),
    'byte 128',
  ],
  ['has an effect that is no effect', 'unsupported-version', recordOf([null]), 'byte 128'],
  ['gives a document another id', 'corrupt-store', recordOf([['set', 'trials', 1, { _id: 2 }]]), 'byte 128'],
  ['has a line that is no JSON', 'corrupt-store', headerOf() + lineOf('{"at":128,'), 'byte 128'],
  ['has a line that is no record', 'corrupt-store', headerOf() + lineOf('[]'), 'byte 128'],
  [
    'has a document of ten thousand levels',
    'corrupt-store',
    recordWith(`["put","trials",${deep(10_000)}]`),
    'byte 128',
  ],
  [
    'has a document of a hundred thousand levels',
    'corrupt-store',
    recordWith(`["put","trials",${deep(100_000)}]`),
    'byte 128',
  ],
  ['has a record that is not UTF-8', 'corrupt-store', recordOfBytes(0xff, 0xc0, 0x80), 'byte 128'],
  [
    'has an _id that is not a number',
    'corrupt-store',
    recordWith('["put","trials",{"_id":{"$number":"NaN"}}]'),
    'byte 128',
  ],
  [
    'has a date beyond all dates',
    'corrupt-store',
    recordWith('["put","trials",{"_id":1,"a":{"$date":9e99}}]'),
    'byte 128',
  ],
  [
    'changes a document that is not there',
    'corrupt-store',
    recordOf([['set', 'trials', 1, { a: 1 }]]),
    'byte 128',
  ],
  ['removes a document that is not there', 'corrupt-store', recordOf([['remove', 'trials', 1]]), 'byte 128'],
  [
    'has fields named like prototypes in rows',
    'corrupt-store',
    recordOf([['rows', 'trials', ['_id', '__proto__'], [[1, 2]]]]),
    'byte 128',
  ],
  [
    'names a position beyond all numbers',
    'corrupt-store',
    headerOf() + lineOf('{"at":1e999,"by":"x","effects":[]}'),
    'byte 128',
  ],
  ['has format 0', 'corrupt-store', headerOf({ format: 0 }), 'byte 0'],
  [
    'has a record that builds on the future',
    'corrupt-store',
    headerOf() + lineOf('{"at":999999,"by":"x","effects":[]}'),
    'byte 128',
  ],
];

describe('a journal that', () => {
  it.each(journals)('%s is refused as %s', async (_what, code, content, said) => {
    const directory = freshDirectory();
    const journal = path.join(directory, 'journal-1');
    fs.writeFileSync(journal, content);
    const error = await failureOf(openFile({ path: directory }));
    expect(errorCode(error), String(error)).toBe(code);
    expect(String(error)).toContain(journal);
    expect(String(error)).toContain(said);
    expect(fs.readFileSync(journal).equals(Buffer.from(content)), 'the file as it was').toBe(true);
  });

  it('is damaged is let go of, however often it is tried', async () => {
    const directory = freshDirectory();
    const journal = path.join(directory, 'journal-1');
    fs.writeFileSync(journal, recordOf([['remove', 'trials', 1]]));
    const nextDescriptor = (): number => {
      const descriptor = fs.openSync(journal, 'r');
      fs.closeSync(descriptor);
      return descriptor;
    };
    const before = nextDescriptor();
    for (let i = 0; i < 50; i += 1)
      expect(errorCode(await failureOf(openFile({ path: directory })))).toBe('corrupt-store');
    expect(nextDescriptor()).toBeLessThan(before + 25);
  });

  it('names fields like parts of every object keeps them as data', async () => {
    const directory = freshDirectory();
    const document = '{"_id":1,"__proto__":{"polluted":true},"constructor":1}';
    const effects = `[["put","trials",${document}],["set","trials",1,{"__proto__":{"deep":1}}]]`;
    fs.writeFileSync(
      path.join(directory, 'journal-1'),
      headerOf() + lineOf(`{"at":128,"by":"x","effects":${effects}}`),
    );
    const database = await openFile({ path: directory });
    const [found] = await database.find('trials', everything);
    expect(JSON.stringify(found)).toBe('{"_id":1,"__proto__":{"deep":1},"constructor":1}');
    expect({}).not.toHaveProperty('polluted');
    expect({}).not.toHaveProperty('deep');
    await database.close();
  });
});

describe('a path', () => {
  it('that is a file is refused, and the file stays', async () => {
    const file = path.join(freshDirectory(), 'file');
    fs.writeFileSync(file, 'mine');
    const error = await failureOf(openFile({ path: file }));
    expect(errorCode(error)).toBe('storage-unavailable');
    expect(String(error)).toContain(file);
    expect(fs.readFileSync(file, 'utf8')).toBe('mine');
  });

  it('below a file is refused', async () => {
    const file = path.join(freshDirectory(), 'file');
    fs.writeFileSync(file, 'mine');
    expect(errorCode(await failureOf(openFile({ path: path.join(file, 'store') })))).toBe(
      'storage-unavailable',
    );
  });

  it('of a directory with something else in it is refused, and nothing is added', async () => {
    const directory = freshDirectory();
    fs.writeFileSync(path.join(directory, 'thesis.tex'), 'mine');
    const error = await failureOf(openFile({ path: directory }));
    expect(errorCode(error)).toBe('storage-unavailable');
    expect(String(error)).toContain("it holds 'thesis.tex' and no journal");
    expect(fs.readdirSync(directory)).toEqual(['thesis.tex']);
  });

  it.each([
    ['a link that leads nowhere', (journal: string) => fs.symlinkSync(`${journal}-elsewhere`, journal)],
    ['a directory', (journal: string) => fs.mkdirSync(journal)],
  ])('of a directory in which the journal is %s is refused', async (_, make) => {
    const journal = path.join(freshDirectory(), 'journal-1');
    make(journal);
    const error = await failureOf(openFile({ path: path.dirname(journal) }));
    expect(errorCode(error), String(error)).toBe('storage-unavailable');
    expect(String(error)).toContain(journal);
  });

  it('that does not exist yet is created, with what is above it', async () => {
    const directory = path.join(freshDirectory(), 'a', 'b');
    const database = await openFile({ path: directory });
    await database.write([insertTrials(['t'])]);
    await database.close();
    expect(fs.existsSync(journalIn(directory))).toBe(true);
  });

  it('that this user may not write is refused with the path', () => {
    const directory = freshDirectory();
    fs.mkdirSync(path.join(directory, 'store'));
    fs.chmodSync(directory, 0o755);
    fs.chmodSync(path.join(directory, 'store'), 0o555);
    // Permissions do not bind the superuser, who runs the tests in many containers: the child gives that up first.
    const script = `
      if (process.getuid?.() === 0) process.setuid(65534);
      const { openFile } = await import('@trialbase/file');
      await openFile({ path: ${JSON.stringify(path.join(directory, 'store'))} }).then(console.log, (error) => console.log(error.code, error.message));
    `;
    const cwd = path.join(import.meta.dirname);
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd,
      encoding: 'utf8',
    });
    expect(stdout, stderr).toMatch(/^storage-unavailable .*store.*no permission/);
  });
});

describe('options', () => {
  it.each([
    [{ path: '' }, 'path'],
    [{ path: 'x\0y' }, 'path'],
    [{ path: 'x', durability: 'very' }, 'durability'],
    [{ path: 'x', exclusive: 'yes' }, 'exclusive'],
    [{ path: 'x', staleAfter: -1 }, 'staleAfter'],
    [{ path: 'x', staleAfter: '1000' }, 'staleAfter'],
    [{ path: 'x', growth: Number.NaN }, 'growth'],
    [{ path: 'x', growth: '5' }, 'growth'],
  ])('%j is refused by name', async (options, named) => {
    const error = await failureOf(openFile(options as never));
    expect(errorCode(error)).toBe('invalid-configuration');
    expect(String(error)).toContain(`'${named}'`);
    expect(fs.existsSync('x')).toBe(false);
  });
});

describe('a store whose directory is removed while it is open', () => {
  it('refuses reads and writes, and does not come back to life by itself', async () => {
    const directory = path.join(freshDirectory(), 'store');
    const database = await openFile({ path: directory });
    await database.write([insertTrials(['t'])]);
    fs.rmSync(directory, { recursive: true });
    for (const call of [
      () => database.count('trials', everything),
      () => database.write([insertTrials(['u'])]),
    ]) {
      const error = await failureOf(call());
      expect(errorCode(error)).toBe('storage-unavailable');
      expect(String(error)).toContain(directory);
    }
    expect(fs.existsSync(directory)).toBe(false);
    await database.close();
  });
});

describe('openFile', () => {
  it.each([
    [undefined, 'openFile takes an object of options (path, create,'],
    [null, 'openFile takes an object of options (path, create,'],
    [
      { path: 'x', durabilty: 'strict' },
      "openFile has no option 'durabilty'; it has path, create, durability",
    ],
  ])('refuses %j, and says what to give', async (options, said) => {
    const error = await failureOf(openFile(options as never));
    expect(errorCode(error)).toBe('invalid-configuration');
    expect(String(error)).toContain(said);
  });
});
