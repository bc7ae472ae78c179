import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { setupStorage, type Trial } from '../../src/index.js';
import { addVersion, fillStore, useCommandLine } from './command-line.js';

const line = useCommandLine();

beforeEach(() => fillStore(line.directory));

async function versions(path: string): Promise<[version: number, completed: number][]> {
  interface Tree {
    readonly version: number;
    readonly counts: { readonly completed: number };
    readonly children: readonly Tree[];
  }
  const flat = (trees: readonly Tree[]): Tree[] => trees.flatMap((tree) => [tree, ...flat(tree.children)]);
  const all = flat(await line.json<Tree[]>('status', '--path', path));
  return all
    .map(({ version, counts }): [number, number] => [version, counts.completed])
    .toSorted(([a], [b]) => a - b);
}

describe('db dump and db load', () => {
  it('make the same store again, with every kind of value', async () => {
    {
      await using storage = await setupStorage({ path: line.path('.trialbase') });
      const odd = {
        bytes: new Uint8Array([0, 255]),
        none: null,
        far: Number.POSITIVE_INFINITY,
        nan: Number.NaN,
        least: -0,
        $date: 1,
      };
      await storage.createBenchmark({ name: 'b', odd });
      const [experiment] = await storage.fetchExperiments({});
      if (!experiment) throw new Error('It was just made');
      await storage.releaseAlgorithmLock(experiment, new Map([[1, new Set([new Float64Array([0.5])])]]));
      await storage.registerTrial({
        experiment: experiment._id,
        params: [{ name: '/lr', type: 'real', value: 2 }],
        status: 'reserved',
        worker: 'w',
        reservation: 'r',
        heartbeat: new Date(),
      });
    }
    await line.printed('db', 'dump', '-o', 'all.jsonl');
    expect(await line.json('db', 'load', 'all.jsonl', '--path', 'copy')).toMatchObject({
      loaded: { experiments: 1, trials: 13, algo: 1, benchmarks: 1 },
      ignored: { experiments: 0, trials: 0, algo: 0, benchmarks: 0 },
    });
    const [original, copy] = await Promise.all(
      ['.trialbase', 'copy'].map((path) => line.printed('db', 'dump', '--path', path)),
    );
    expect(comparable(copy)).toEqual(comparable(original));
    expect((await line.run(['db', 'verify', '--path', 'copy'])).code).toBe(0);
  });

  it('pass a store through a pipe, or one experiment of it', async () => {
    await fillStore(line.directory, 'other');
    const dumped = await line.printed('db', 'dump', '-n', 'other');
    const { code } = await line.run(['db', 'load', '-', '--path', 'copy'], { input: dumped });
    expect(code).toBe(0);
    expect(await line.json('list', '--path', 'copy')).toMatchObject([{ name: 'other' }]);
    expect(await line.json('trials', '-n', 'other', '--path', 'copy')).toHaveLength(12);
  });

  it('leave, replace or bump what is there already, and change nothing unless they are told which', async () => {
    await addVersion(line.directory, 2);
    await line.printed('db', 'dump', '-o', 'all.jsonl');
    const load = (how: string): Promise<unknown> => line.json('db', 'load', 'all.jsonl', '-r', how);
    const before = await line.printed('db', 'dump');
    const refused = await line.run(['db', 'load', 'all.jsonl']);
    expect(refused).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('--resolve ignore, overwrite or bump'),
    });
    expect(await load('ignore')).toMatchObject({
      loaded: { experiments: 0, trials: 0 },
      ignored: { experiments: 2, trials: 12 },
    });
    expect(await line.printed('db', 'dump')).toBe(before);
  });

  it('replace what is there', async () => {
    await line.printed('db', 'dump', '-o', 'all.jsonl');
    await line.printed('insert', '-n', 'digits', '-v', '1', 'lr=0.5', 'layers=1', 'act=relu');
    const loaded = await line.json('db', 'load', 'all.jsonl', '-r', 'overwrite');
    expect(loaded).toMatchObject({ loaded: { experiments: 1, trials: 12 } });
    expect(await versions('.trialbase')).toEqual([[1, 12]]);
    expect(await line.json('trials', '-n', 'digits', '-v', '1', '--where', '{"status": "new"}')).toEqual([]);
  });

  it('make the next versions of what is loaded, each below the next version of what it branched from', async () => {
    await addVersion(line.directory, 2);
    const { stdout: dumped } = await line.run(['db', 'dump']);
    const bumped = await line.run(['db', 'load', '-', '-r', 'bump', '--json'], { input: dumped });
    expect(JSON.parse(bumped.stdout)).toMatchObject({ loaded: { experiments: 2, trials: 12 } });
    expect(await versions('.trialbase')).toEqual([
      [1, 12],
      [2, 0],
      [3, 12],
      [4, 0],
    ]);
    // The copy of the second version branched from the copy of the first.
    const list = await line.json<{ _id: string; version: number; parent: string }[]>('list');
    const [third, fourth] = [3, 4].map((version) => list.find((each) => each.version === version));
    expect(fourth?.parent).toBe(third?._id);
    const [first] = await line.json<Trial[]>('trials', '-n', 'digits', '-v', '3', '--limit', '1');
    expect(first?.experiment).toBe(third?._id);
    expect((await line.run(['db', 'verify'])).code).toBe(0);
  });

  it('do not bump a benchmark', async () => {
    {
      await using storage = await setupStorage({ path: line.path('.trialbase') });
      await storage.createBenchmark({ name: 'b' });
    }
    await line.printed('db', 'dump', '-o', 'all.jsonl');
    expect(await line.run(['db', 'load', 'all.jsonl', '-r', 'bump'])).toMatchObject({ code: 2 });
    expect(await line.json('db', 'load', 'all.jsonl', '-r', 'overwrite')).toMatchObject({
      loaded: { benchmarks: 1 },
    });
  });

  it('never write over a file without being told to', async () => {
    await writeFile(line.path('kept'), 'kept');
    expect(await line.run(['db', 'dump', '-o', 'kept'])).toMatchObject({ code: 5 });
    expect(await readFile(line.path('kept'), 'utf8')).toBe('kept');
    await line.printed('db', 'dump', '-o', 'kept', '--force');
    expect(await readFile(line.path('kept'), 'utf8')).toMatch(/^{"trialbase":"dump","format":1}\n/);
  });
});

describe('a dump', () => {
  const header = '{"trialbase":"dump","format":1}';
  const experiment = '{"collection":"experiments","document":{"_id":"e","name":"e"}}';
  const trial =
    '{"collection":"trials","document":{"_id":"t","experiment":"e","params":[{"name":"/x","type":"real","value":1}]}}';
  const end = '{"end":{"experiments":1,"trials":1,"algo":0,"benchmarks":0}}';

  it.each([
    ['is empty', [], 4, /Line 1/],
    ['is something else', ['{"a":1}'], 4, /begins with/],
    [
      'is of a newer format',
      ['{"trialbase":"dump","format":2}'],
      4,
      /format 2, and this version reads up to 1/,
    ],
    ['breaks off', [header, experiment, trial], 4, /Line 3 .* breaks off/],
    ['lacks a document', [header, experiment, end], 4, /number of trials/],
    ['has half a line', [header, experiment, trial.slice(0, 40)], 4, /Line 3/],
    ['has lines behind its end', [header, experiment, trial, end, trial], 4, /Line 5/],
    [
      'has an unknown collection',
      [header, '{"collection":"users","document":{"_id":1}}'],
      4,
      /Line 2 .*"users"/,
    ],
    ['has trials before experiments', [header, trial, experiment, end], 4, /Line 3|Line 2/],
    [
      'has trials of no experiment',
      [header, trial.replace('"e"', '"f"'), end],
      4,
      /does not have the experiment/,
    ],
    [
      'has a trial that cannot be',
      [header, experiment, trial.replace('"real"', '"odd"'), end],
      2,
      /params\[0\]\.type must be one of/,
    ],
  ])('that %s is refused', async (_, lines, code, message) => {
    await writeFile(line.path('dump'), lines.map((each) => `${each}\n`).join(''));
    const ended = await line.run(['db', 'load', 'dump', '--path', 'copy']);
    expect(ended.stderr).toMatch(message);
    expect(ended.code).toBe(code);
  });

  it('that is damaged replaces nothing, be it in a file or come through a pipe', async () => {
    await fillStore(line.directory);
    const dumped = await line.printed('db', 'dump');
    const damaged = dumped.split('\n').slice(0, -3).join('\n');
    await writeFile(line.path('dump'), damaged);
    for (const [file, input] of [
      ['dump', ''],
      ['-', damaged],
    ] as const)
      expect(await line.run(['db', 'load', file, '-r', 'overwrite'], { input })).toMatchObject({ code: 4 });
    expect(await line.printed('db', 'dump')).toBe(dumped);
  });

  it('that is not there is told by its name', async () => {
    expect(await line.run(['db', 'load', join('no', 'file'), '--path', 'copy'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('no/file'),
    });
  });
});

/** Algorithm locks are made anew, with another `_id`, heartbeat and token. */
function comparable(dump: string | undefined): unknown[] {
  return (dump ?? '')
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => JSON.parse(text) as { collection?: string; document?: Record<string, unknown> })
    .map((entry) =>
      entry.collection === 'algo' ? [entry.document?.['state'], entry.document?.['locked']] : entry,
    );
}
