import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { NAME } from 'digits';
import type { StorageProtocol, Trial } from 'trialbase';
import { openStore } from '../src/store.js';

const example = fileURLToPath(new URL('..', import.meta.url));

/** Compiles what the processes run. */
export function build(): void {
  execFileSync('npx', ['tsc', '-b', example], { cwd: example, stdio: 'pipe' });
}

/** The example as a process of its own, at the head of a group, as a terminal starts it. */
export class Run {
  readonly #process: ChildProcess;
  #output = '';

  constructor(...args: string[]) {
    this.#process = spawn(process.execPath, [join(example, 'dist/main.js'), ...args], {
      detached: true,
      env: { ...process.env, FORCE_COLOR: '1' },
    });
    this.#process.stdout?.on('data', (text) => {
      this.#output += text;
    });
    this.#process.stderr?.on('data', (text) => {
      this.#output += text;
    });
  }

  /** What it has printed. */
  get output(): string {
    return this.#output;
  }

  /** Its exit code, once it ended. */
  async ended(): Promise<number> {
    const [code] =
      this.#process.exitCode === null ? await once(this.#process, 'close') : [this.#process.exitCode];
    return code;
  }

  /** Ctrl-C in a terminal reaches all processes of the group; `kill` reaches one. */
  interrupt(whom: 'group' | 'parent'): void {
    const pid = this.#process.pid ?? 0;
    process.kill(whom === 'group' ? -pid : pid, 'SIGINT');
  }
}

/** A store of its own for one test, which looks into it from outside. */
export class TestStore {
  readonly path: string = mkdtempSync(join(tmpdir(), 'tune-digits-'));
  /** The reservations that each trial was seen with. More than one: it was given to a worker again. */
  readonly reservations = new Map<string, Set<string>>();
  readonly #disposing = new AbortController();
  #storage: StorageProtocol | undefined;
  #watching: Promise<void> | undefined;

  /** The trials as they stand; none before the search has begun. */
  async trials(): Promise<Trial[]> {
    this.#storage ??= await openStore(this.path);
    const [experiment] = await this.#storage.fetchExperiments({ name: NAME });
    const trials = experiment ? await this.#storage.fetchTrials(experiment) : [];
    for (const { id, reservation } of trials) {
      const seen = this.reservations.get(id) ?? new Set();
      this.reservations.set(id, reservation === undefined ? seen : seen.add(reservation));
    }
    return trials;
  }

  async completed(): Promise<Trial[]> {
    return (await this.trials()).filter(({ status }) => status === 'completed');
  }

  /** Looks into the store over and over from now on, so that no reservation goes unseen. */
  watch(): void {
    this.#watching = this.#look(this.#disposing.signal);
  }

  async #look(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.trials();
      await sleep(20);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposing.abort();
    await this.#watching;
    await this.#storage?.close();
    rmSync(this.path, { recursive: true });
  }
}
