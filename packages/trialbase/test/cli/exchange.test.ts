import { existsSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Trial } from '../../src/index.js';
import { fillStore, useCommandLine } from './command-line.js';

const line = useCommandLine();
const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

/** What two stores must agree on. */
function essence(trials: readonly Trial[]): unknown[] {
  return trials
    .map(({ id, status, params, results, start_time, end_time }) => ({
      id,
      status,
      params,
      results,
      start_time,
      end_time,
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

describe('an Optuna journal', () => {
  it('is imported: studies, distributions, values, what was reported, pruned, failed and enqueued', async () => {
    const loaded = await line.json('import', fixture('optuna.jsonl'), '--format', 'optuna-journal');
    expect(loaded).toMatchObject({ loaded: { experiments: 2, trials: 9 }, ignored: { trials: 0 } });
    const { experiment } = await line.json<{ experiment: { space: object; metadata: object } }>(
      'info',
      '-n',
      'digits',
    );
    expect(experiment.space).toEqual({
      '/lr': 'loguniform(1e-05, 1.0, precision=None)',
      '/layers': 'uniform(1, 4, discrete=True)',
      '/act': "choices(['relu', 'tanh', None])",
      '/dropout': 'uniform(0.0, 0.8, precision=None)',
    });
    expect(experiment.metadata).toMatchObject({
      optuna: { user_attrs: { owner: 'somebody' }, direction: 'minimize' },
    });
    const trials = await line.json<Trial[]>('trials', '-n', 'digits', '--sort', 'start_time');
    expect(trials.map(({ status }) => status)).toEqual([
      'new',
      'completed',
      'completed',
      'completed',
      'completed',
      'broken',
      'completed',
    ]);
    expect(trials[0]?.params).toMatchObject([
      { name: '/act', value: 'tanh' },
      { name: '/layers', type: 'integer', value: 2 },
      { name: '/lr', type: 'real', value: 0.5 },
    ]);
    expect(trials[1]?.results).toEqual([
      { name: 'objective', type: 'objective', value: 3.0012164941464152 },
      { name: 'accuracy', type: 'statistic', value: 0.9 },
      {
        name: 'reports',
        type: 'statistic',
        value: [
          [0, 6.001216494146416],
          [1, 5.001216494146416],
          [2, 4.001216494146416],
        ],
      },
    ]);
    // Pruned: the last that it reported counts.
    expect(trials[3]?.results[0]).toMatchObject({ type: 'objective', value: 5.001247304737893 });
    // Maximized: negated.
    const best = await line.json<{ best: Trial }>('info', '-n', 'accuracy');
    expect(best.best.results[0]?.value).toBe(-0.9320764573420218);
    expect((await line.run(['db', 'verify'])).code).toBe(0);
  });

  it('is exported and imported again without loss', async () => {
    await line.printed('import', fixture('optuna.jsonl'), '--format', 'optuna-journal', '--study', 'digits');
    await line.printed('export', '-n', 'digits', '--format', 'optuna-journal', '-o', 'back.log');
    await line.printed('import', 'back.log', '--format', 'optuna-journal', '--path', 'again');
    const [before, after] = await Promise.all([
      line.json<Trial[]>('trials', '-n', 'digits'),
      line.json<Trial[]>('trials', '-n', 'digits', '--path', 'again'),
    ]);
    expect(after).toHaveLength(7);
    expect(essence(after)).toEqual(essence(before));
  });

  it('is exported as Optuna writes it: a template, intermediate values, a final state', async () => {
    await fillStore(line.directory);
    const journal = await line.printed('export', '-n', 'digits', '--format', 'optuna-journal');
    const operations = journal
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as { op_code: number; distributions: Record<string, string> });
    expect(operations.slice(0, 4).map(({ op_code }) => op_code)).toEqual([0, 2, 4, 6]);
    expect(operations).toHaveLength(2 + 2 * 12);
    expect(operations[0]).toMatchObject({ study_name: 'digits', directions: [1] });
    expect(operations[2]).toMatchObject({
      study_id: 0,
      state: 0,
      params: { act: expect.any(Number) },
      datetime_start: expect.stringMatching(/\+00:00$/),
    });
    expect(JSON.parse(operations[2]?.distributions['lr'] ?? '')).toEqual({
      name: 'FloatDistribution',
      attributes: { step: null, low: 1e-5, high: 1, log: true },
    });
    expect(operations[3]).toMatchObject({ trial_id: 0, state: 1, values: [expect.any(Number)] });
  });

  it('of which a writer was killed is read up to there; one that is damaged is refused by the line', async () => {
    const text = await readFile(fixture('optuna.jsonl'), 'utf8');
    await writeFile(line.path('torn.log'), text.slice(0, -20));
    expect(await line.json('import', 'torn.log', '--format', 'optuna-journal')).toMatchObject({
      loaded: { experiments: 2 },
    });
    const lines = text.split('\n');
    await writeFile(line.path('bad.log'), [...lines.slice(0, 5), 'x', ...lines.slice(5)].join('\n'));
    const { code, stderr } = await line.run([
      'import',
      'bad.log',
      '--format',
      'optuna-journal',
      '--path',
      'other',
    ]);
    expect({ code, stderr }).toMatchObject({ code: 4, stderr: expect.stringContaining('Line 6') });
    expect(
      await line.run(['import', 'torn.log', '--format', 'optuna-journal', '--study', 'x', '--path', 'other']),
    ).toMatchObject({ code: 3 });
  });
});

describe("Orion's database", () => {
  it('is imported with all its trials, beside what is there', async () => {
    await fillStore(line.directory);
    expect(await line.run(['import', fixture('orion_db.pkl'), '--format', 'orion-pickle'])).toMatchObject({
      code: 5,
    });
    const loaded = await line.json(
      'import',
      fixture('orion_db.pkl'),
      '--format',
      'orion-pickle',
      '--resolve',
      'bump',
    );
    expect(loaded).toMatchObject({ loaded: { experiments: 1, trials: 5 } });
    const trials = await line.json<Trial[]>('trials', '-n', 'digits', '-v', '2');
    expect(trials.map(({ status }) => status)).toEqual([
      'completed',
      'completed',
      'completed',
      'broken',
      'interrupted',
    ]);
    expect(trials[0]).toMatchObject({
      id: '8c892d614cfd02f2c2b8df282d94aabf',
      end_time: '2026-11-25T22:43:50.155Z',
    });
    expect((await line.run(['db', 'verify'])).code).toBe(0);
  });

  it('that would do more than hold data is refused, and does nothing', async () => {
    await writeFile(line.path('evil.pkl'), "cos\nsystem\n(S'touch executed'\ntR.");
    const { code, stderr } = await line.run(['import', 'evil.pkl', '--format', 'orion-pickle']);
    expect(code).toBe(4);
    expect(stderr).toContain("'os.system'");
    expect(existsSync(line.path('executed'))).toBe(false);
    expect(await line.run(['import', 'gone.pkl', '--format', 'orion-pickle'])).toMatchObject({ code: 3 });
    expect(await line.run(['import', 'evil.pkl'])).toMatchObject({ code: 2 });
  });
});

describe('a spreadsheet', () => {
  it('is given the trials as CSV, and texts in quotes where they need them', async () => {
    await cp(fixture('optuna.jsonl'), line.path('a.log'));
    await line.printed('import', 'a.log', '--format', 'optuna-journal', '--study', 'digits');
    const [titles, ...rows] = (await line.printed('export', '-n', 'digits')).trim().split('\r\n');
    expect(titles).toBe(
      'id,status,worker,submit_time,start_time,end_time,lr,layers,act,dropout,objective,accuracy,reports',
    );
    expect(rows).toHaveLength(7);
    expect(rows[1]).toMatch(
      /^[\da-f]{32},completed,,2026-.*Z,0\.00121649\d+,3,tanh,,3\.00121649\d+,0\.9,"\[\[0,6\.0012/,
    );
  });

  it('and other programs are given them as JSON', async () => {
    await fillStore(line.directory);
    await line.printed('export', '-n', 'digits', '--format', 'json', '-o', 'digits.json');
    const { experiment, trials } = JSON.parse(await readFile(line.path('digits.json'), 'utf8')) as {
      experiment: object;
      trials: object[];
    };
    expect(experiment).toMatchObject({ name: 'digits' });
    expect(trials).toHaveLength(12);
    expect(await line.run(['export', '-n', 'digits', '-o', 'digits.json'])).toMatchObject({ code: 5 });
    expect(await line.run(['export', '-n', 'digits', '--format', 'xml'])).toMatchObject({ code: 2 });
    expect(await line.run(['export', '-n', 'digits', '-o', 'no/where.csv'])).toMatchObject({ code: 1 });
  });
});
