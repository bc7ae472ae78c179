import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Trial } from '../../src/index.js';
import { useCommandLine } from './command-line.js';

const line = useCommandLine();
const measure = join(fileURLToPath(new URL('programs/', import.meta.url)), 'measure.sh');
const words = [measure, '-x~uniform(-5, 5)', '-y~uniform(0, 1)'];
const built = pathToFileURL(fileURLToPath(new URL('../../dist/index.node.js', import.meta.url))).href;

interface Hunted {
  readonly completed: number;
  readonly broken: number;
  readonly reason: string;
  readonly best: Trial | null;
}

async function hunt(
  ...args: readonly string[]
): Promise<{ code: number | null; stderr: string; hunted: Hunted }> {
  const { code, stdout, stderr } = await line.run(['hunt', '--json', '-n', 'm', ...args]);
  return { code, stderr, hunted: (stdout === '' ? {} : JSON.parse(stdout)) as Hunted };
}

describe('hunt', () => {
  it('tunes a program by its arguments, keeps what it prints, and goes on without being told the command', async () => {
    const { code, stderr, hunted } = await hunt('--max-trials', '4', '--', ...words);
    expect({ code, ...hunted }).toMatchObject({ code: 0, completed: 4, broken: 0, reason: 'max-trials' });
    expect(stderr).toMatch(/^Algorithm: gp\. 4 trials of 2 values are few/m);
    expect(stderr).toMatch(/^4\/4 trials {2}[\d.]+ {2}x=\S+ y=\S+$/m);
    const [x, y] = hunted.best?.params.map(({ value }) => Number(value)) ?? [];
    const objective = ((x ?? 0) - 2) ** 2 + (y ?? 0);
    expect(Number(hunted.best?.results[0]?.value)).toBeCloseTo(objective, 3);
    expect(hunted.best?.results[1]).toMatchObject({ name: 'y', type: 'statistic' });
    const log = await readFile(line.path(`.trialbase-output/m-v1/${hunted.best?.id}.log`), 'utf8');
    expect(log).toBe(`measuring -x ${x} -y ${y}\n`);

    const more = await hunt('--max-trials', '5');
    expect(more.hunted).toMatchObject({ completed: 1, reason: 'max-trials' });
    expect((await hunt('--', ...words)).hunted).toMatchObject({ completed: 0 });
    expect(await line.json<{ version: number }[]>('list')).toMatchObject([{ version: 1, max_trials: 5 }]);
  });

  it('shares a search among several terminals: each trial is evaluated once', async () => {
    const many = Array.from({ length: 3 }, () => hunt('--max-trials', '9', '--workers', '2', '--', ...words));
    const hunted = await Promise.all(many);
    expect(hunted.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(hunted.reduce((sum, each) => sum + each.hunted.completed, 0)).toBe(9);
    const logs = await readdir(line.path('.trialbase-output/m-v1'));
    expect(logs).toHaveLength(9);
    for (const log of logs)
      expect((await readFile(line.path(`.trialbase-output/m-v1/${log}`), 'utf8')).split('\n')).toHaveLength(
        2,
      );
  });

  it('writes the values into a copy of a YAML or JSON file, for each trial', async () => {
    await writeFile(
      line.path('model.yaml'),
      '# kept\nmodel:\n  lr: ~loguniform(1e-5, 1.0)   # searched\n  layers: [16, "orion~uniform(1, 8, discrete=True)"]\nname: fixed~1\n',
    );
    await writeFile(line.path('more.json'), '{"act": "~choices([\'relu\', \'tanh\'])", "n": 1}');
    await writeFile(
      line.path('read.sh'),
      'cat "$1" "${2#--more=}"\necho "$3"\necho 1 > "$TRIALBASE_RESULTS"\n',
    );
    const { hunted } = await hunt(
      '--max-trials',
      '1',
      '--',
      'sh',
      'read.sh',
      'model.yaml',
      '--more=more.json',
      '{trial.id}',
    );
    const values = Object.fromEntries(hunted.best?.params.map(({ name, value }) => [name, value]) ?? []);
    expect(Object.keys(values)).toEqual(['/act', '/model/layers/1', '/model/lr']);
    const log = await readFile(line.path(`.trialbase-output/m-v1/${hunted.best?.id}.log`), 'utf8');
    expect(log).toMatch(/^# kept\nmodel:\n/);
    expect(log).toMatch(new RegExp(`lr: ${String(values['/model/lr'])} *# searched`));
    expect(log).toContain(String(values['/model/layers/1']));
    expect(log).toContain('name: fixed~1');
    expect(log).toContain(`"act": "${String(values['/act'])}"`);
    expect(log.trim().split('\n').at(-1)).toBe(hunted.best?.id);
    expect(await readFile(line.path('model.yaml'), 'utf8')).toContain('~loguniform');
  });

  it('takes results from the helper for Node', async () => {
    const program = `import { reportResults } from '${built}';
      const [x] = process.argv.slice(2).map(Number);
      if (!reportResults(x * x)) throw new Error('nobody listens');
      reportResults({ objective: x > 0 ? x : -Infinity, statistics: { x } });`;
    await writeFile(line.path('program.mjs'), program);
    const { hunted } = await hunt(
      '--max-trials',
      '1',
      '--',
      process.execPath,
      'program.mjs',
      'x~uniform(-2, -1)',
    );
    expect(hunted.best?.results).toMatchObject([{ value: '-Infinity' }, { name: 'x', type: 'statistic' }]);
  });

  it('ends with 6 when too many trials break, and says why', async () => {
    const { code, stderr, hunted } = await hunt(
      '--max-broken',
      '2',
      '--',
      'sh',
      '-c',
      'echo oh no; exit 3',
      '--x~uniform(0, 1)',
    );
    expect({ code, ...hunted }).toMatchObject({
      code: 6,
      completed: 0,
      broken: 2,
      reason: 'max-broken',
      best: null,
    });
    expect(stderr).toMatch(/Trial [\da-f]{32} is broken: .* ended with the code 3/);
    expect(stderr).toContain('.trialbase-output/m-v1/');
    const missing = await hunt('--max-broken', '3', '--', 'no-such-program', '--x~uniform(0, 1)');
    expect(missing.code).not.toBe(0);
  });

  it.each([
    ['no name', ['hunt', '--', 'a', '--x~uniform(0, 1)'], /-n NAME/],
    ['no program', ['hunt', '-n', 'm'], /Give the program to tune after '--'/],
    ['nothing to tune', ['hunt', '-n', 'm', '--', 'a', '-x', '1', '~/b', 'c~1'], /nothing to tune/],
    ['a prior that is wrong', ['hunt', '-n', 'm', '--', 'a', '--x~uniform(1)'], /'uniform' needs 'high'/],
    [
      'a prior that is unknown',
      ['hunt', '-n', 'm', '--', 'a', '--x~unifrom(0, 1)'],
      /no prior called 'unifrom'/,
    ],
    [
      'a parameter twice',
      ['hunt', '-n', 'm', '--', 'a', '--x~uniform(0, 1)', '-x~uniform(0, 1)'],
      /'x' is there twice/,
    ],
    [
      'an algorithm that is unknown',
      ['hunt', '-n', 'm', '--algorithm', 'magic', '--', 'a', '--x~uniform(0, 1)'],
      /known ones are/,
    ],
    [
      'no worker',
      ['hunt', '-n', 'm', '--workers', '0', '--', 'a', '--x~uniform(0, 1)'],
      /whole number from 1/,
    ],
  ])('is refused with %s', async (_, args, message) => {
    const { code, stdout, stderr } = await line.run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});
