import { readdir, readFile, writeFile } from 'node:fs/promises';
import { openFile } from '@trialbase/file';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Trial } from '../../src/index.js';
import { fillStore, useCommandLine } from './command-line.js';

interface Finding {
  readonly kind: string;
  readonly where: string;
  readonly what: string;
}

const line = useCommandLine();

beforeEach(() => fillStore(line.directory));

async function verify(): Promise<{ code: number | null; findings: Finding[]; stderr: string }> {
  const { code, stdout, stderr } = await line.run(['db', 'verify', '--json']);
  return { code, findings: JSON.parse(stdout) as Finding[], stderr };
}

/** Puts documents into the store that no call of the protocol would store. */
async function put(
  collection: 'experiments' | 'trials' | 'algo',
  ...documents: readonly object[]
): Promise<void> {
  const database = await openFile({ path: line.path('.trialbase') });
  const all = documents.map((document, i) => Object.assign({ _id: `odd-${collection}-${i}` }, document));
  await database.write([{ kind: 'insert', collection, documents: all, onDuplicate: 'refuse' }]);
  await database.close();
}

async function journal(): Promise<string> {
  const names = await readdir(line.path('.trialbase'));
  const name = names.find((each) => each.startsWith('journal-')) ?? '';
  return line.path(`.trialbase/${name}`);
}

describe('db verify', () => {
  it('finds nothing in a sound store', async () => {
    expect(await verify()).toEqual({ code: 0, findings: [], stderr: 'The store is sound\n' });
    expect(await line.run(['db', 'verify', '--path', 'elsewhere'])).toMatchObject({ code: 3 });
  });

  it('finds each broken promise, in one look', async () => {
    const [sound] = await line.json<(Trial & { experiment: string })[]>(
      'trials',
      '-n',
      'digits',
      '--limit',
      '1',
    );
    const experiment = sound?.experiment;
    const params = (value: number): object[] => [{ name: '/lr', type: 'real', value }];
    const trial = (value: number, fields: object): object => ({
      experiment,
      status: 'new',
      params: params(value),
      results: [],
      id: `wrong-${value}`,
      ...fields,
    });
    await put(
      'trials',
      trial(1, {}),
      trial(2, { experiment: 'gone' }),
      trial(3, { status: 'done' }),
      trial(4, { status: 'completed' }),
      trial(5, { status: 'reserved', reservation: 'r', worker: 'twin' }),
      trial(6, { status: 'reserved', reservation: 'r', worker: 'twin', heartbeat: new Date() }),
      trial(7, { results: [{ name: 'loss', type: 'objective', value: Number.NaN }] }),
      trial(8, { colour: 'red' }),
    );
    await put('algo', { experiment: 'gone', locked: 2, token: 0.5 });
    await put('experiments', {
      name: 'lockless',
      version: 1,
      space: { '/x': 'unifrom(0, 1)' },
      refers: { parent_id: 'gone' },
    });
    const { code, findings, stderr } = await verify();
    expect(code).toBe(4);
    const told = findings.map(({ kind, where, what }) => `${kind}: ${where}: ${what}`).join('\n');
    for (const expected of [
      /problem: trial wrong-1 of experiment digits-v1: its params have the id [\da-f]{32}/,
      /problem: trial wrong-2 of gone: there is no experiment gone/,
      /problem: trial wrong-3 .*status must be one of/,
      /problem: trial wrong-4 .*completed without an objective/,
      /problem: trial wrong-4 .*completed and has no end/,
      /problem: trial wrong-5 .*reserved without a heartbeat/,
      /problem: trial wrong-6 .*reservation is that of another trial/,
      /problem: trial wrong-6 .*worker 'twin' has reserved another/,
      /problem: trial wrong-7 .*objective and must be a number/,
      /problem: trial wrong-8 .*colour is no field/,
      /problem: algorithm lock odd-algo-0: there is no experiment "gone"/,
      /problem: algorithm lock odd-algo-0: 'locked' is 0 or 1, not 2/,
      /problem: algorithm lock odd-algo-0: 'token' is a whole number/,
      /problem: experiment lockless-v1: it has no algorithm lock/,
      /note: experiment lockless-v1: its space cannot be read/,
      /note: experiment lockless-v1: the experiment gone from which it branched/,
    ])
      expect(told).toMatch(expected);
    expect(stderr).toMatch(/^The store has \d\d problems\n$/);
    // Nothing is said of what is sound.
    expect(told).not.toContain(String(sound?.id));
  });

  it('notes a line that was torn, which is harmless', async () => {
    const path = await journal();
    await writeFile(path, '12345678 {"at":1,"by', { flag: 'a' });
    await line.printed('insert', '-n', 'digits', 'lr=0.5', 'layers=1', 'act=relu');
    const { code, findings } = await verify();
    expect(code).toBe(0);
    expect(findings).toMatchObject([{ kind: 'note', where: expect.stringMatching(/journal-\d+, byte \d+/) }]);
  });

  it('finds a byte that was flipped in what was acknowledged, of which db salvage saves the rest', async () => {
    const path = await journal();
    const bytes = await readFile(path);
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await writeFile(path, bytes);
    const { code, findings } = await verify();
    expect(code).toBe(4);
    expect(findings.find(({ kind }) => kind === 'problem')?.what).toMatch(/is damaged at byte \d+/);
    expect(await line.run(['list'])).toMatchObject({ code: 4 });

    const salvaged = await line.json<{
      documents: { experiments: number; trials: number };
      unreadable: number[];
    }>('db', 'salvage', '.trialbase', 'rescued');
    expect(salvaged.unreadable).toHaveLength(1);
    expect(salvaged.documents.experiments).toBe(1);
    expect(salvaged.documents.trials).toBeGreaterThan(3);
    expect(await line.json('list', '--path', 'rescued')).toHaveLength(1);
    expect(await readFile(path)).toEqual(bytes);
    expect(await line.run(['db', 'salvage', '.trialbase', 'rescued'])).toMatchObject({ code: 2 });
    expect(await line.run(['db', 'salvage', 'elsewhere', 'new'])).toMatchObject({ code: 3 });
  });
});
