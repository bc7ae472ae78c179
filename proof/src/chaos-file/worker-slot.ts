import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { Call } from '../history/call.js';
import { readCalls } from '../history/call-log.js';
import { monotonicNow } from './clock.js';
import type { Life } from './life.js';

/** The place of one worker: its process, and whoever came before under the same name. */
export class WorkerSlot {
  readonly #program: string;
  readonly #plan: (life: number) => Life;
  readonly #logs: { readonly path: string; gone: number | undefined }[] = [];
  #process: ChildProcess | undefined;
  #ended: Promise<unknown> = Promise.resolve();
  #trouble = '';
  #expectsEnd = false;

  /** What went wrong in its lives; none where each ended only as it was told. */
  readonly faults: string[] = [];

  /**
   * @param program what a process runs.
   * @param plan says how to live each life, from 1.
   */
  constructor(program: string, plan: (life: number) => Life) {
    this.#program = program;
    this.#plan = plan;
  }

  get lives(): number {
    return this.#logs.length;
  }

  /** Whether its present life has made a call: to be killed before that would be no great harm. */
  get isAtWork(): boolean {
    return (statSync(this.#logs.at(-1)?.path ?? '', { throwIfNoEntry: false })?.size ?? 0) > 0;
  }

  /** Starts the next life. */
  start(): void {
    const life = this.#plan(this.#logs.length + 1);
    const log: { path: string; gone: number | undefined } = { path: life.log, gone: undefined };
    this.#logs.push(log);
    const child = spawn(process.execPath, [this.#program, JSON.stringify(life)], {
      // Its input ends with the process that attacks, however that ends.
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    this.#process = child;
    this.#expectsEnd = false;
    this.#trouble = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#trouble += text;
    });
    this.#ended = once(child, 'close').then(([code, signal]) => {
      log.gone = monotonicNow();
      if (!this.#expectsEnd)
        this.faults.push(`${life.name} ended by itself (${signal ?? code}):\n${this.#trouble}`);
    });
  }

  /** Kills it, stopped or not, and begins its next life once it is gone. */
  async killAndStart(): Promise<void> {
    this.#expectsEnd = true;
    this.#process?.kill('SIGKILL');
    await this.#ended;
    this.start();
  }

  stop(): void {
    this.#process?.kill('SIGSTOP');
  }

  goOn(): void {
    this.#process?.kill('SIGCONT');
  }

  /** Has it end in good order; if it does not in the time given, it is killed, and that is a fault. */
  async end(milliseconds: number): Promise<void> {
    this.#expectsEnd = true;
    this.goOn();
    this.#process?.kill('SIGTERM');
    const tooLate = setTimeout(() => {
      this.faults.push(`${this.#logs.at(-1)?.path}: a worker did not end within ${milliseconds} ms`);
      this.#process?.kill('SIGKILL');
    }, milliseconds);
    await this.#ended;
    clearTimeout(tooLate);
    if (this.#process?.exitCode !== 0 && this.#process?.signalCode === null)
      this.faults.push(`${this.#logs.at(-1)?.path} ended with ${this.#process.exitCode}:\n${this.#trouble}`);
  }

  /** The calls of all its lives. Those of which it wrote nothing made none. */
  calls(): Call[] {
    const written = this.#logs.filter(({ path }) => existsSync(path));
    return written.flatMap(({ path, gone }) => readCalls(readFileSync(path, 'utf8'), gone));
  }

  /** The faults of the disk that it was given. A last line that its death cut off is left out. */
  diskFaults(): string[] {
    const files = this.#logs.map(({ path }) => `${path}.faults`).filter((path) => existsSync(path));
    return files.flatMap((file) => readFileSync(file, 'utf8').split('\n').slice(0, -1));
  }
}
