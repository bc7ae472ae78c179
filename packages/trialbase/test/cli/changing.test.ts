import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { setupStorage, type Trial } from '../../src/index.js';
import { addVersion, fillStore, useCommandLine } from './command-line.js';

const line = useCommandLine();

beforeEach(() => fillStore(line.directory));

describe('insert', () => {
  it('adds a point to be evaluated next', async () => {
    const trial = await line.json<Trial>('insert', '-n', 'digits', 'lr=1e-3', 'layers=2', 'act=relu');
    expect(trial).toMatchObject({ status: 'new', results: [] });
    expect(trial.params.map(({ value }) => value)).toEqual(['relu', 2, 0.001]);
  });

  it('adds a point with what it gave', async () => {
    await line.printed('insert', '-n', 'digits', 'lr=0.25', '/layers=2', 'act=tanh', '--objective', '-3');
    const { best } = await line.json<{ best: Trial }>('info', '-n', 'digits');
    expect(best.results).toEqual([{ name: 'objective', type: 'objective', value: -3 }]);
  });

  it.each([
    ['a point that is there', ['lr=0.5', 'layers=1', 'act=relu'], 5, /already/],
    ['a value out of bounds', ['lr=2', 'layers=1', 'act=relu'], 2, /lr = 2 is not in/],
    ['a value of no category', ['lr=0.1', 'layers=1', 'act=sin'], 2, /act = "sin"/],
    ['a parameter too few', ['lr=0.1', 'layers=1'], 2, /Give a value for 'act'/],
    ['a parameter too many', ['lr=0.1', 'layers=1', 'act=relu', 'x=1'], 2, /no parameter 'x'/],
    ['no value', ['lr'], 2, /write name=value/],
    [
      'an objective that is no number',
      ['lr=0.1', 'layers=1', 'act=relu', '--objective', 'low'],
      2,
      /--objective/,
    ],
  ])('refuses %s', async (_, args, code, message) => {
    await line.printed('insert', '-n', 'digits', 'lr=0.5', 'layers=1', 'act=relu');
    const ended = await line.run(['insert', '-n', 'digits', ...args]);
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr).toMatch(message);
  });
});

describe('db setup', () => {
  it('creates a store and the file that names it, once', async () => {
    await line.printed('db', 'setup', '--path', 'searches', '--durability', 'strict');
    expect(await readFile(line.path('trialbase.yaml'), 'utf8')).toBe(
      'store: file:searches\ndurability: strict\n',
    );
    expect(await line.json('list')).toEqual([]);
    expect(await line.run(['db', 'setup'])).toMatchObject({ code: 5 });
    await line.printed('db', 'setup', '--force', '--path', '.trialbase', '--durability', 'relaxed');
    expect(await line.json('list')).toHaveLength(1);
  });
});

describe('db test', () => {
  it('writes, reads, removes and locks, and leaves nothing behind', async () => {
    const before = await line.printed('db', 'dump');
    expect((await line.printed('db', 'test')).match(/^ok/gm)).toHaveLength(5);
    expect(await line.printed('db', 'dump')).toBe(before);
  });

  it('says what fails', async () => {
    const { code, stdout } = await line.run(['db', 'test', '--path', 'elsewhere', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject([
      { step: 'open', ok: false, error: expect.stringContaining('no store') },
    ]);
  });
});

describe('db rm', () => {
  it('removes an experiment with its trials and those that branched from it', async () => {
    await addVersion(line.directory, 2);
    await fillStore(line.directory, 'other');
    const removed = await line.json('db', 'rm', 'digits', '-v', '1', '--force');
    expect(removed).toEqual({ experiments: 2, trials: 12 });
    expect(await line.json('list')).toMatchObject([{ name: 'other' }]);
  });

  it('removes the trials of a status, and keeps the experiment', async () => {
    await line.printed('insert', '-n', 'digits', 'lr=0.5', 'layers=1', 'act=relu');
    expect(await line.json('db', 'rm', 'digits', '-s', 'new', '-f')).toEqual({ experiments: 0, trials: 1 });
    expect(await line.json('db', 'rm', 'digits', '-s', '*', '-f')).toEqual({ experiments: 0, trials: 12 });
    expect(await line.json('list')).toHaveLength(1);
  });

  it('removes nothing where nobody can be asked', async () => {
    const { code, stderr } = await line.run(['db', 'rm', 'digits'], { input: 'digits\n' });
    expect(code).toBe(2);
    expect(stderr).toContain('digits-v1 with all trials');
    expect(stderr).toContain('--force');
    expect(await line.json('list')).toHaveLength(1);
  });

  it('removes nothing of a name that is not there', async () => {
    expect(await line.run(['db', 'rm', 'digit', '--force'])).toMatchObject({ code: 3 });
    expect(await line.run(['db', 'rm', 'digits', '-s', 'bad', '--force'])).toMatchObject({ code: 2 });
  });
});

describe('db set', () => {
  it('sets the status of the trials that are meant', async () => {
    const [first] = await line.json<Trial[]>('trials', '-n', 'digits', '--limit', '1');
    const set = (query: string, status: string): Promise<unknown> =>
      line.json('db', 'set', 'digits', query, `status=${status}`, '--force');
    expect(await set(`id=${first?.id}`, 'broken')).toEqual({ updated: 1 });
    expect(await set('status=broken', 'interrupted')).toEqual({ updated: 1 });
    expect(await set('{"worker": "w1", "status": "completed"}', 'suspended')).toEqual({ updated: 11 });
    expect(await set('*', 'interrupted')).toEqual({ updated: 12 });
  });

  it.each([
    [['worker=w1', 'status=new'], 2, /says no trials/],
    [['*', 'worker=w1'], 2, /sets nothing that can be set/],
    [['*', 'status=done'], 2, /no status 'done': there are new/],
    [['status=broken', 'status=new'], 3, /No trial of 'digits' meets/],
  ])('refuses %j', async (args, code, message) => {
    const ended = await line.run(['db', 'set', 'digits', ...args, '--force']);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toMatch(message);
  });
});

describe('db release', () => {
  it('frees a lock that somebody holds', async () => {
    const path = line.path('.trialbase');
    await using storage = await setupStorage({ path });
    const [experiment] = await storage.fetchExperiments({ name: 'digits' });
    if (!experiment) throw new Error('It was just made');
    expect(await line.json('db', 'release', 'digits')).toEqual({ released: false });
    const late = storage.acquireAlgorithmLock(experiment, async (locked) => {
      expect(await line.json('db', 'release', 'digits', '--force')).toEqual({ released: true });
      locked.setState('late');
    });
    await expect(late).rejects.toMatchObject({ code: 'failed-update' });
    expect(await line.run(['db', 'release', 'digit', '--force'])).toMatchObject({ code: 3 });
  });
});

describe('db rm, db set and db release', () => {
  it('take the experiment by -n, too', async () => {
    expect(await line.json('db', 'set', '-n', 'digits', '*', 'status=broken', '-f')).toEqual({ updated: 12 });
    expect(await line.json('db', 'release', '-n', 'digits')).toEqual({ released: false });
    expect(await line.json('db', 'rm', '--name', 'digits', '-f')).toEqual({ experiments: 1, trials: 12 });
  });

  it.each([
    [['rm', '-f'], "missing required argument 'name'"],
    [['rm', '-n', 'digits', 'digits', '-f'], 'too many arguments'],
    [['set', 'digits', '*', '-f'], "missing required argument 'update'"],
    [['set', '-n', 'digits', '*', '-f'], "missing required argument 'update'"],
    [['set', 'digits', '*', 'status=new', 'more', '-f'], 'too many arguments'],
    [['release'], "missing required argument 'name'"],
  ])('refuse %j, and change nothing', async (args, message) => {
    const before = await line.printed('db', 'dump');
    const ended = await line.run(['db', ...args]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(message);
    expect(await line.printed('db', 'dump')).toBe(before);
  });
});

describe('db upgrade', () => {
  it('gives documents of older versions what they lack, once', async () => {
    const path = line.path('.trialbase');
    {
      await using storage = await setupStorage({ path });
      const old = await storage.createExperiment({ name: 'old', algorithm: { random: { seed: 1 } } });
      await storage.deleteAlgorithmLock(old);
    }
    expect(await line.json('db', 'upgrade')).toEqual({ schema: 2, experiments: 1, locks: 1 });
    expect(await line.json('db', 'upgrade')).toEqual({ schema: 2, experiments: 0, locks: 0 });
    expect((await line.run(['db', 'verify'])).code).toBe(0);
  });
});
