import { beforeEach, describe, expect, it } from 'vitest';
import type { Trial } from '../../src/index.js';
import { addVersion, fillStore, useCommandLine } from './command-line.js';

const line = useCommandLine();

beforeEach(() => fillStore(line.directory));

describe('list', () => {
  it('shows each version below the one that it branched from', async () => {
    await addVersion(line.directory, 2);
    await fillStore(line.directory, 'other');
    const [first, second, third] = (await line.printed('list')).split('\n');
    expect(first).toMatch(/^digits-v1 {2}\d{4}-\d\d-\d\d/);
    expect(second).toBe('└ digits-v2');
    expect(third).toMatch(/^other-v1/);
    const records = await line.json<{ name: string; version: number; parent: string }[]>(
      'list',
      '-n',
      'digits',
    );
    expect(records).toMatchObject([{ name: 'digits', version: 1, parent: null }, { version: 2 }]);
    expect(records[1]?.parent).toMatch(/^[\da-f-]{36}$/);
  });
});

describe('status', () => {
  it('counts the trials of each version, as a tree', async () => {
    await addVersion(line.directory, 2);
    const [text, trees] = await Promise.all([
      line.printed('status'),
      line.json<{ counts: object; best: number; children: object[] }[]>('status'),
    ]);
    expect(text).toContain('digits-v1\n  12 completed  of 20\n  best ');
    expect(text).toContain('└ digits-v2\n    no trials\n');
    expect(trees).toMatchObject([
      { version: 1, counts: { completed: 12, new: 0 }, children: [{ version: 2 }] },
    ]);
    expect(trees[0]?.best).toBeGreaterThan(1);
  });
});

describe('info', () => {
  it('tells the space, the algorithm, the counts and the best, of the latest version or another', async () => {
    const text = await line.printed('info', '-n', 'digits');
    for (const part of ['loguniform(1e-05, 1.0)', '{"random":{"seed":1}}', 'completed      12', 'objective'])
      expect(text).toContain(part);
    await addVersion(line.directory, 2);
    const [latest, first] = await Promise.all([
      line.json<{ best: null }>('info', '-n', 'digits'),
      line.json<{ best: Trial }>('info', '-n', 'digits', '-v', '1'),
    ]);
    expect(latest.best).toBeNull();
    expect(first.best.status).toBe('completed');
  });
});

describe('trials', () => {
  it('come as a table with a column for each parameter', async () => {
    const [titles, ...rows] = (await line.printed('trials', '-n', 'digits', '--limit', '3'))
      .trim()
      .split('\n');
    expect(titles?.split(/ +/)).toEqual([
      'id',
      'status',
      'objective',
      'act',
      'layers',
      'lr',
      'worker',
      'started',
      'ended',
    ]);
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatch(/^[\da-f]{32} {2}completed .* (relu|tanh) .* w1 /);
  });

  it('are chosen, sorted, cut and printed whole', async () => {
    const where = '{"results.value": {"$gt": 1}, "end_time": {"$gt": {"$date": "2020-01-01"}}}';
    const trials = await line.json<Trial[]>(
      'trials',
      '-n',
      'digits',
      '--where',
      where,
      '--sort',
      '-results.value,id',
      '--skip',
      '1',
      '--limit',
      '4',
    );
    expect(trials).toHaveLength(4);
    const objectives = trials.map(({ results }) => Number(results[0]?.value));
    expect(objectives).toEqual(objectives.toSorted((a, b) => b - a));
    expect(trials[0]?.params.map(({ name }) => name)).toEqual(['/act', '/layers', '/lr']);
    expect(await line.json('trials', '-n', 'digits', '--where', '{"status": "broken"}')).toEqual([]);
  });

  it('may be more than whoever reads them wants', async () => {
    const { execFileSync } = await import('node:child_process');
    const { program } = await import('./command-line.js');
    const command = `"${process.execPath}" "${program}" trials -n digits --json | head -n 2; echo "\${PIPESTATUS[0]}"`;
    const printed = execFileSync('bash', ['-c', command], { cwd: line.directory, encoding: 'utf8' });
    expect(printed.trim().split('\n').at(-1)).toBe('0');
  });
});

describe('a mistake', () => {
  const mistakes: [args: string[], code: number, message: RegExp][] = [
    [['info', '-n', 'digit'], 3, /There is no experiment 'digit': there are 'digits'/],
    [['info', '-n', 'digits', '-v', '7'], 3, /no version 7 of 'digits': it has 1/],
    [['info'], 2, /-n NAME/],
    [['trials', '-n', 'digits', '--where', '{status}'], 2, /--where is not JSON/],
    [['trials', '-n', 'digits', '--where', '{"status": {"$near": 1}}'], 2, /\$near/],
    [['trials', '-n', 'digits', '--sort', 'a,,b'], 2, /field without a name/],
    [['trials', '-n', 'digits', '--limit', '-1'], 2, /whole number from 0/],
    [['status', '--path', 'elsewhere'], 3, /There is no store in '.*elsewhere'/],
    [['status', '--store', 'cloud:x'], 2, /no storage of type "cloud"/],
    [['status', '--store', 'memory:'], 2, /'memory' ends with the command/],
    [['status', 'now'], 2, /too many arguments/],
    [['state'], 2, /unknown command 'state'/],
    [['list', '--jsn'], 2, /unknown option '--jsn'/],
  ];

  it.each(mistakes)('in %j ends with %i and one line that says so', async (args, code, message) => {
    const ended = await line.run(args);
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr).toMatch(message);
    expect(ended.stderr).toMatch(/^trialbase: /);
    expect(ended.stderr.trim().split('\n').length).toBeLessThanOrEqual(code === 2 ? 3 : 1);
  });
});
