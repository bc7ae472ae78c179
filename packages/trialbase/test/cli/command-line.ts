import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { categorical, integer, openExperiment, randomSearch, real, setupStorage } from 'trialbase';
import { afterEach, beforeEach } from 'vitest';

/** The command as it was built. */
export const program: string = fileURLToPath(new URL('../../bin/trialbase.mjs', import.meta.url));

/** What a command printed, and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A directory of its own for each test, and the command line in it. */
export class CommandLine {
  directory: string = '';

  /** Runs `trialbase` with arguments, as a shell would. */
  run(args: readonly string[], { input = '', env = {} }: RunOptions = {}): Promise<Ended> {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: this.directory,
      env: { ...cleanEnvironment(), ...env },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.stdin.on('error', () => undefined); // It may end before it has read all.
    child.stdin.end(input);
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, stdout, stderr }));
    });
  }

  /** Runs it, and expects it to go well. @returns what it printed. */
  async printed(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(args);
    if (code !== 0) throw new Error(`trialbase ${args.join(' ')} ended with ${code}: ${stderr}`);
    return stdout;
  }

  /** Runs it with `--json`, and reads what it printed. */
  async json<T = unknown>(...args: readonly string[]): Promise<T> {
    return JSON.parse(await this.printed(...args, '--json')) as T;
  }

  path(name: string): string {
    return join(this.directory, name);
  }
}

/** The command line for the tests of a file. */
export function useCommandLine(): CommandLine {
  const commandLine = new CommandLine();
  beforeEach(async () => {
    commandLine.directory = await mkdtemp(join(tmpdir(), 'trialbase-cli-'));
  });
  afterEach(() => rm(commandLine.directory, { recursive: true }));
  return commandLine;
}

/** Settings of whoever runs the tests must not reach the commands. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TRIALBASE_')));
}

const space = {
  lr: real(1e-5, 1, { log: true }),
  layers: integer(1, 4),
  act: categorical(['relu', 'tanh']),
};

/** Fills the default store of a directory with a search: twelve trials completed, the best with the objective that is told. */
export async function fillStore(directory: string, name: string = 'digits'): Promise<void> {
  await using storage = await setupStorage({ path: join(directory, '.trialbase') });
  const algorithm = randomSearch({ seed: 1 });
  const experiment = await openExperiment(storage, { name, space, algorithm, maxTrials: 20 });
  await experiment.workOn(
    ({ params }) => ({
      objective: (Math.log10(params.lr) + 3) ** 2 + params.layers,
      statistics: { depth: params.layers },
    }),
    { maxTrials: 12, worker: 'w1' },
  );
}

/** Adds a version that branched from the first one. */
export async function addVersion(directory: string, version: number, name: string = 'digits'): Promise<void> {
  await using storage = await setupStorage({ path: join(directory, '.trialbase') });
  const [first] = await storage.fetchExperiments({ name, version: 1 });
  if (!first) throw new Error('There is no first version to branch from');
  const refers = { parent_id: first._id, root_id: first._id, adapter: [] };
  await storage.createExperiment({ name, version, space: first.space, algorithm: first.algorithm, refers });
}
