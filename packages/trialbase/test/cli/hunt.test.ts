import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { openExperiment, reportsOf, setupStorage, type Trial } from 'trialbase';
import { describe, expect, it } from 'vitest';
import { program as trialbase, useCommandLine } from './command-line.js';

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

  it('makes the same search again with the same --seed, of the algorithm that is chosen or stored', async () => {
    const bestOf = async (...args: readonly string[]): Promise<unknown> => {
      const { hunted } = await hunt('--max-trials', '3', ...args, '--', ...words);
      return hunted.best?.params;
    };
    const first = await bestOf('--seed', '5');
    // Told again, it makes no other version.
    expect(await bestOf('--seed', '5')).toEqual(first);
    expect(await line.json('list')).toMatchObject([{ version: 1 }]);
    expect(await bestOf('--seed', '5', '--path', 'other')).toEqual(first);
    expect(await bestOf('--seed', '6')).not.toEqual(first);
  });

  it('searches by the algorithm that is named, with its settings and the seed', async () => {
    const settings = '{"tpe": {"startup": 2}}';
    const flags = ['--max-trials', '1', '--seed', '5', '--algorithm', settings];
    const { stderr } = await hunt(...flags, '--', ...words);
    expect(stderr).toMatch(/^Algorithm: tpe$/m);
    expect(await line.json('info', '-n', 'm')).toMatchObject({
      experiment: { algorithm: { tpe: { seed: 5, startup: 2 } } },
    });
  });

  it('advises programs to give up where --stopping says so, and their last report counts', async () => {
    // Each reports ten values, unless it is advised to stop: 0 and so on for the first four, 100 and so on for the others.
    const program = `import { appendFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
      const { TRIALBASE_REPORTS: reports, TRIALBASE_STOP: stop } = process.env;
      const base = readdirSync('.').filter((name) => name.startsWith('ran-')).length < 4 ? 0 : 100;
      writeFileSync('ran-' + process.pid, '');
      if (base > 0) await new Promise((next) => setTimeout(next, 300)); // the rule may not know of trials that ended 200 ms ago
      for (let step = 1; step <= 10; step += 1) {
        appendFileSync(reports, step + ' ' + (base + step) + '\\n');
        for (let i = 0; base > 0 && step === 3 && i < 3000 && !existsSync(stop); i += 1) await new Promise((next) => setTimeout(next, 10));
        if (existsSync(stop)) break;
      }`;
    await writeFile(line.path('program.mjs'), program);
    const rule = '{"median": {"warmupSteps": 3, "minTrials": 4}}';
    const command = [process.execPath, 'program.mjs', '--x~uniform(0, 1)'];
    const { hunted } = await hunt('--max-trials', '6', '--stopping', rule, '--', ...command);
    expect(hunted).toMatchObject({ completed: 6, broken: 0 });
    const trials = await line.json<Trial[]>('trials', '-n', 'm');
    const lengths = trials.map(({ results }) => reportsOf({ results }).length);
    expect(lengths).toEqual([10, 10, 10, 10, 3, 3]);
    expect(trials.map(({ results }) => results[0]?.value)).toEqual([10, 10, 10, 10, 103, 103]);
  });

  it('suggests as many trials ahead as --pool-size says, and ends with as many as --worker-trials says', async () => {
    const flags = '-n m --max-trials 9 --pool-size 4 --worker-trials 2 --worker w'.split(' ');
    const { code, stdout, stderr } = await line.run(['hunt', ...flags, '--', ...words]);
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringMatching(/^best /) });
    expect(stderr).toContain('as many trials as --worker-trials says. 2 trials completed here');
    const trials = await line.json<Trial[]>('trials', '-n', 'm');
    const workers = trials.map(({ status, worker }) => `${status} ${worker}`);
    expect(workers.toSorted()).toEqual(['completed w', 'completed w', 'new null', 'new null']);
  });

  it('ends with 6 after --idle-timeout, where somebody else is at the last trial', async () => {
    await using storage = await setupStorage({ path: line.path('.trialbase') });
    const space = { x: 'uniform(-5, 5)', y: 'uniform(0, 1)' };
    const other = await openExperiment(storage, { name: 'm', space, maxTrials: 1 });
    const held = await other.suggest();
    const { code, hunted } = await hunt('--idle-timeout', '50', '--', ...words);
    expect({ code, ...hunted }).toMatchObject({ code: 6, completed: 0, reason: 'idle' });
    if (held) await other.release(held);
  });

  it('runs the program in --cwd, where its files are too, with the variables of --env', async () => {
    await mkdir(line.path('project'));
    await writeFile(line.path('project/model.yaml'), 'x: ~uniform(0, 1)\n');
    await writeFile(line.path('trialbase.yaml'), 'env:\n  MOOD: fine\n  DEPTH: 3\n');
    await writeFile(
      line.path('project/run.sh'),
      'cat "$1"; echo "$PWD $MOOD $DEPTH"; echo 1 > "$TRIALBASE_RESULTS"\n',
    );
    const program = ['--', 'sh', 'run.sh', 'model.yaml'];
    const logOf = async ({ hunted }: { hunted: Hunted }): Promise<string> =>
      readFile(line.path(`.trialbase-output/m-v1/${hunted.best?.id}.log`), 'utf8');
    const here = ['--max-trials', '1', '--cwd', 'project'];
    expect(await logOf(await hunt(...here, ...program))).toMatch(/^x: [\d.]+\n\S+\/project fine 3\n$/);
    const flags = ['--env', 'MOOD=a=b', '--env', 'DEPTH='];
    const again = await hunt('--max-trials', '2', '--cwd', 'project', ...flags, ...program);
    expect(again.hunted.completed).toBe(1);
    const logs = await readdir(line.path('.trialbase-output/m-v1'));
    const texts = await Promise.all(
      logs.map((log) => readFile(line.path(`.trialbase-output/m-v1/${log}`), 'utf8')),
    );
    expect(texts.some((text) => text.endsWith('project a=b \n'))).toBe(true);
  });

  it('refuses other priors under the same name with --branch false, and says what differs', async () => {
    await hunt('--max-trials', '1', '--', ...words);
    const other = [measure, '-x~uniform(-5, 6)', '-y~uniform(0, 1)'];
    const { code, stderr } = await hunt('--branch', 'false', '--', ...other);
    expect(code).toBe(2);
    expect(stderr).toContain('/x is uniform(-5.0, 5.0), not uniform(-5.0, 6.0)');
    expect(await line.json('list')).toHaveLength(1);
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

  it.each(['SIGTERM', 'SIGHUP'] as const)(
    'is interrupted by %s: its programs end with it',
    async (signal) => {
      const pids = line.path('pids');
      const hunting = spawn(
        process.execPath,
        [trialbase, 'hunt', '-n', 'm', '--', 'sh', '-c', `echo $$ > ${pids}; sleep 600`, '-x~uniform(0, 1)'],
        { cwd: line.directory, stdio: 'ignore' },
      );
      const ended = once(hunting, 'exit');
      await expect.poll(() => readFile(pids, 'utf8').catch(() => ''), { timeout: 10_000 }).toMatch(/\d\n/);
      hunting.kill(signal);
      expect(await ended).toEqual([130, null]);
      const pid = Number(await readFile(pids, 'utf8'));
      expect(() => process.kill(pid, 0)).toThrow('ESRCH');
      expect(await line.json<Trial[]>('trials', '-n', 'm')).toMatchObject([{ status: 'interrupted' }]);
    },
  );

  it('goes on where nobody reads what it says about the work', async () => {
    const hunting = spawn(
      process.execPath,
      [trialbase, 'hunt', '-n', 'm', '--max-trials', '5', '--', ...words],
      {
        cwd: line.directory,
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    const ended = once(hunting, 'exit');
    hunting.stderr.once('data', () => hunting.stderr.destroy());
    expect(await ended).toEqual([0, null]);
    expect(await line.json<Trial[]>('trials', '-n', 'm')).toHaveLength(5);
  });

  it('says how to go on by name where too many trials broke', async () => {
    const { code, stderr } = await line.run(['hunt', '-n', "it's", '--', 'false', '-x~uniform(0, 1)']);
    expect(code).toBe(6);
    expect(stderr).toContain(String.raw`(trialbase db set 'it'\''s' status=broken status=interrupted)`);
  });

  it.each([
    ['no name', ['hunt', '--', 'a', '--x~uniform(0, 1)'], /-n NAME/],
    ['no program', ['hunt', '-n', 'm'], /Give the program to tune after '--'/],
    ['nothing to tune', ['hunt', '-n', 'm', '--', 'a', '-x', '1', '~/b', 'c~1'], /nothing to tune/],
    [
      'a template that is not there',
      ['hunt', '-n', 'm', '--', 'a', '--config=missing.yaml'],
      /nothing to tune, and there is no file 'missing.yaml'/,
    ],
    [
      'no such algorithm',
      ['hunt', '-n', 'm', '--algorithm', 'tpes', '--', 'a', '-x~uniform(0, 1)'],
      /"tpes": the known ones are random/,
    ],
    ['a prior that is wrong', ['hunt', '-n', 'm', '--', 'a', '--x~uniform(1)'], /'uniform' needs 'high'/],
    [
      'a prior that has no end',
      ['hunt', '-n', 'm', '--', 'a', '--x~uniform(0, 1', '--y~uniform(0, 1)'],
      /The prior "uniform\(0, 1" is wrong at character/,
    ],
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
      'settings that the algorithm does not have',
      ['hunt', '-n', 'm', '--algorithm', '{"tpe": {"starts": 3}}', '--', 'a', '--x~uniform(0, 1)'],
      /'tpe' has no option 'starts'; it has seed, startup, candidates/,
    ],
    [
      'an algorithm without a seed, and one',
      ['hunt', '-n', 'm', '--algorithm', 'grid', '--seed', '1', '--', 'a', '--x~uniform(0, 1)'],
      /'grid' has no option 'seed'/,
    ],
    [
      'two seeds',
      [
        'hunt',
        '-n',
        'm',
        '--algorithm',
        '{"tpe": {"seed": 1}}',
        '--seed',
        '1',
        '--',
        'a',
        '--x~uniform(0, 1)',
      ],
      /The seed is there twice/,
    ],
    [
      'settings that are none',
      ['hunt', '-n', 'm', '--algorithm', '{"tpe": 3}', '--', 'a', '--x~uniform(0, 1)'],
      /--algorithm is a name, or JSON of one name with its settings/,
    ],
    [
      'a stopping rule that is unknown',
      ['hunt', '-n', 'm', '--stopping', 'mean', '--', 'a', '--x~uniform(0, 1)'],
      /no stopping rule 'mean': there is median/,
    ],
    [
      'a setting that the stopping rule does not have',
      ['hunt', '-n', 'm', '--stopping', '{"median": {"warmup": 3}}', '--', 'a', '--x~uniform(0, 1)'],
      /no setting 'warmup'; it has warmupSteps, minTrials/,
    ],
    [
      'a setting of the stopping rule that makes no sense',
      ['hunt', '-n', 'm', '--stopping', '{"median": {"minTrials": 0}}', '--', 'a', '--x~uniform(0, 1)'],
      /'minTrials' of medianStopping cannot be 0/,
    ],
    [
      'a directory that is not there',
      ['hunt', '-n', 'm', '--cwd', 'gone', '--', 'a', '--x~uniform(0, 1)'],
      /no directory 'gone': check --cwd/,
    ],
    [
      'a variable without a name',
      ['hunt', '-n', 'm', '--env', '=1', '--', 'a', '--x~uniform(0, 1)'],
      /It must be NAME=VALUE/,
    ],
    [
      'nothing suggested at once',
      ['hunt', '-n', 'm', '--pool-size', '0', '--', 'a', '--x~uniform(0, 1)'],
      /whole number from 1/,
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
