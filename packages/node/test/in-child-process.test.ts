import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { reportsOf, type WorkOptions } from '@trialbase/client';
import {
  EvaluationFailedError,
  InvalidConfigurationError,
  InvalidResultError,
  type Trial,
} from '@trialbase/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ChildCommand, type ChildProcessOptions, type Command, inChildProcess } from '../src/index.js';
import { open, type Params, until } from './search.js';

const programs = fileURLToPath(new URL('programs/', import.meta.url));
const searchScript = fileURLToPath(new URL('programs/search.mjs', import.meta.url));
const script = (name: string, ...args: string[]): Command => ['sh', join(programs, name), ...args];

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'trialbase-test-'));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

/** What became of one trial. */
async function evaluate(
  command: ChildCommand<Params>,
  { stopping, ...options }: ChildProcessOptions & Pick<WorkOptions, 'stopping'> = {},
): Promise<{ trial: Trial; error: Error | undefined }> {
  const experiment = await open(1);
  let error: Error | undefined;
  const work = { maxBroken: 1, onError: (broke: unknown) => void (error = broke as Error) };
  await experiment.workOn(inChildProcess(command, options), { ...work, ...(stopping && { stopping }) });
  const [trial] = await experiment.trials();
  if (!trial) throw new Error('There is no trial');
  return { trial, error };
}

/** Whether a process runs. One that has ended, and that a busy init process has not taken notice of yet, does not. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const status = `/proc/${pid}/stat`; // on Linux
  return !(existsSync(status) && /\) Z /.test(readFileSync(status, 'utf8')));
}

/** The pids that a program has told in a file. */
async function pidsIn(file: string): Promise<number[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').filter(Boolean).map(Number);
}

describe('a child process', () => {
  it('gets the parameters as arguments and in a file, and leaves results and reports', async () => {
    const { trial } = await evaluate(({ params }) => script('measure.sh', String(params.n)));
    const n = trial.params[0]?.value;
    expect(trial.status).toBe('completed');
    expect(trial.results).toEqual([
      { name: 'objective', type: 'objective', value: n },
      { name: 'given', type: 'statistic', value: String(n) },
      {
        name: 'reports',
        type: 'statistic',
        value: [
          [1, 0.5],
          [10, 0.25],
        ],
      },
    ]);
  });

  it('finds its parameters in a file that was written for it, where that is how it takes them', async () => {
    const { trial } = await evaluate(async ({ params }, own) => {
      const file = join(own, 'config.yaml');
      await writeFile(file, `n: ${params.n}\n`);
      return ['sh', '-c', 'sed "s/n: //" "$0" > "$TRIALBASE_RESULTS"', file];
    });
    expect(trial.results[0]?.value).toBe(trial.params[0]?.value);
  });

  it('may be a program that was written for Orion', async () => {
    const results = '[{"name": "loss", "type": "objective", "value": 3}]';
    const { trial } = await evaluate(['sh', '-c', `echo '${results}' > "$ORION_RESULTS_PATH"`]);
    expect(trial.results).toEqual([{ name: 'loss', type: 'objective', value: 3 }]);
  });

  it('runs in the directory, and with the environment, that it is told', async () => {
    const print =
      'printf \'{"objective": 1, "statistics": {"said": "%s %s"}}\' "$PWD" "$MOOD" > "$TRIALBASE_RESULTS"';
    const { trial } = await evaluate(['sh', '-c', print], { cwd: '/', env: { MOOD: 'fine' } });
    expect(trial.results[1]?.value).toBe('/ fine');
  });

  it('has what it prints kept, by trial, and added to when the trial is evaluated again', async () => {
    const options = { outputDirectory: join(directory, 'output') };
    const experiment = await open(3);
    const executor = inChildProcess<Params>(
      ({ params }) => ['sh', '-c', `echo out ${params.n}; echo err >&2; echo 1 > "$TRIALBASE_RESULTS"`],
      options,
    );
    await experiment.workOn(executor, { workers: 3 });
    const trials = await experiment.trials();
    expect((await readdir(options.outputDirectory)).toSorted()).toEqual(
      trials.map(({ id }) => `${id}.log`).toSorted(),
    );
    for (const { id, params } of trials)
      expect(await readFile(join(options.outputDirectory, `${id}.log`), 'utf8')).toBe(
        `out ${String(params[0]?.value)}\nerr\n`,
      );
  });

  it('leaves no files behind', async () => {
    const { TMPDIR = '/tmp' } = process.env;
    process.env['TMPDIR'] = directory;
    try {
      await evaluate(script('measure.sh', '1'));
      await evaluate(['false']);
      expect(await readdir(directory)).toEqual([]);
    } finally {
      process.env['TMPDIR'] = TMPDIR;
    }
  });
});

describe('a child process that fails breaks its trial, and the error tells', () => {
  it.each<[string, Command, RegExp]>([
    [
      'its code, and the end of what it printed',
      ['sh', '-c', 'echo boom >&2; exit 3'],
      /ended with the code 3.*boom/s,
    ],
    ['the signal that killed it', ['sh', '-c', 'kill -9 $$'], /was killed by SIGKILL.*printed nothing/s],
    ['that it left no results', ['true'], /ended without results.*TRIALBASE_RESULTS/s],
    ['that they are empty', ['sh', '-c', ': > "$TRIALBASE_RESULTS"'], /ended without results/],
    ['that they are no JSON', ['sh', '-c', 'echo "{" > "$TRIALBASE_RESULTS"'], /are no JSON/],
    ['that they are cut', ['sh', '-c', 'echo "[1, NaN" > "$TRIALBASE_RESULTS"'], /are no JSON/],
    [
      'that it could not be started',
      ['/no/such/program'],
      /'\/no\/such\/program' could not be started.*ENOENT/,
    ],
  ])('%s', async (_, command, message) => {
    const { trial, error } = await evaluate(command);
    expect(trial).toMatchObject({ status: 'broken', results: [] });
    expect(error).toBeInstanceOf(EvaluationFailedError);
    expect(error?.message).toMatch(message);
  });

  it.each<[string, string, RegExp]>([
    ['results that are none', 'echo \'{"loss": 1}\' > "$TRIALBASE_RESULTS"', /An objective returns a number/],
    [
      'reports that write over each other',
      'echo 1 0.5 > "$TRIALBASE_REPORTS"; sleep 0.3; echo 2 > "$TRIALBASE_REPORTS"; sleep 600',
      /has become shorter.*>>/,
    ],
    ['a report that is none', 'echo "low" >> "$TRIALBASE_REPORTS"; sleep 600', /this one is "low"/],
    [
      'steps that do not rise',
      'printf "2 1\\n1 1\\n" >> "$TRIALBASE_REPORTS"; sleep 600',
      /1 does not come after 2/,
    ],
  ])('%s', async (_, code, message) => {
    const { trial, error } = await evaluate(['sh', '-c', code]);
    expect(trial.status).toBe('broken');
    expect(error).toBeInstanceOf(InvalidResultError);
    expect(error?.message).toMatch(message);
  });

  it('whatever the command of its trial throws', async () => {
    const { trial, error } = await evaluate(() => {
      throw new Error('no template');
    });
    expect(trial.status).toBe('broken');
    expect(error?.message).toBe('no template');
  });
});

describe('a child process that is to stop', () => {
  it('ends with all that it started, also where none of it heeds the wish', async () => {
    const experiment = await open(1);
    const controller = new AbortController();
    const file = join(directory, 'pids');
    const working = experiment.workOn(inChildProcess(script('stubborn.sh', file), { killAfter: 100 }), {
      signal: controller.signal,
    });
    await until(async () => (await pidsIn(file)).length === 2);
    const pids = await pidsIn(file);
    expect(pids.map(isAlive)).toEqual([true, true]);
    controller.abort();
    expect((await working).reason).toBe('aborted');
    // The processes are killed before the work is over; who reaps the grandchild may take a moment.
    await until(() => !pids.some(isAlive));
    expect((await experiment.trials()).map(({ status }) => status)).toEqual(['interrupted']);
  });

  it('may do so by itself: the work waits for it to end', async () => {
    const experiment = await open(1);
    const controller = new AbortController();
    const file = join(directory, 'order');
    const code = 'trap "sleep 1; echo done >> $0; exit" TERM; echo ready >> $0; while :; do sleep 0.01; done';
    const working = experiment.workOn(inChildProcess(['sh', '-c', code, file]), {
      signal: controller.signal,
    });
    await until(async () => (await readFile(file, 'utf8').catch(() => '')) === 'ready\n');
    controller.abort();
    await working;
    expect(await readFile(file, 'utf8')).toBe('ready\ndone\n');
  });

  it.each([0, 5, 20, 50, 100])('leaves nothing behind, after %s milliseconds', async (milliseconds) => {
    const experiment = await open(100);
    const controller = new AbortController();
    const file = join(directory, 'pids');
    const command: Command = ['sh', '-c', 'echo $$ >> $0; sleep 0.03; echo 1 > $TRIALBASE_RESULTS', file];
    const working = experiment.workOn(inChildProcess(command), { workers: 3, signal: controller.signal });
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    controller.abort();
    const { completed } = await working;
    expect((await experiment.stats()).counts).toMatchObject({ completed, reserved: 0, broken: 0 });
    expect((await pidsIn(file)).filter(isAlive)).toEqual([]);
  });

  it('is advised so later, too, where it has reported once and waits', async () => {
    let asked = 0;
    const stopping = { create: () => ({ observe: () => {}, shouldStop: () => ++asked > 1 }) };
    const code = 'echo 1 0.5 >> "$TRIALBASE_REPORTS"; while [ ! -e "$TRIALBASE_STOP" ]; do sleep 0.02; done';
    const { trial } = await evaluate(['sh', '-c', code], { stopping });
    expect(trial.results[0]?.value).toBe(0.5);
    expect(asked).toBe(2);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends with the process that searches, where %s ends that',
    async (signal) => {
      const file = join(directory, 'pids');
      const searching = spawn(process.execPath, [searchScript, programs, file]);
      const ended = once(searching, 'exit');
      await until(async () => (await pidsIn(file)).length === 2);
      const pids = await pidsIn(file);
      searching.kill(signal);
      expect(await ended).toEqual([null, signal]);
      await until(() => !pids.some(isAlive));
    },
  );

  it('is advised so by a file, and is completed with what it reported last', async () => {
    const stopping = {
      create: () => ({ observe: () => {}, shouldStop: (all: readonly unknown[]) => all.length >= 3 }),
    };
    const { trial } = await evaluate(script('learn.sh'), { stopping });
    expect(trial.status).toBe('completed');
    const reports = reportsOf(trial);
    expect(reports.length).toBeGreaterThanOrEqual(3);
    expect(trial.results[0]).toEqual({ name: 'objective', type: 'objective', value: reports.at(-1)?.[1] });
  });
});

describe('inChildProcess', () => {
  it.each([[[]], [undefined], [['sh', 3]], ['sh']])('refuses %j for a command', (command) => {
    expect(() => inChildProcess(command as never)).toThrow(InvalidConfigurationError);
  });

  it('refuses a time that is none', () => {
    expect(() => inChildProcess(['true'], { killAfter: -1 })).toThrow("'killAfter'");
  });

  it('refuses an option that there is not', () => {
    expect(() => inChildProcess(['true'], { killafter: 3 } as never)).toThrow(
      "inChildProcess has no option 'killafter'; it has cwd, env, outputDirectory, killAfter",
    );
  });
});
