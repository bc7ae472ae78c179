import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const workers = fileURLToPath(new URL('workers', import.meta.url));
const running = new Set<WorkerProcess>();

/** A real process that runs a script, which imports the built packages. It is killed when the test ends. */
export class WorkerProcess {
  /** The whole lines that it has written so far. */
  readonly lines: string[] = [];
  /** Resolves with the exit code, or the name of the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  readonly #process: ChildProcess;
  #unended = '';
  #trouble = '';

  /** @param script the name of a script in `workers/`, or the path of another, without its `.mjs`. */
  constructor(script: string, ...args: readonly (string | number)[]) {
    const program = path.resolve(workers, `${script}.mjs`);
    this.#process = spawn(process.execPath, [program, ...args.map(String)], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#process.stdout?.setEncoding('utf8').on('data', (text: string) => this.#take(text));
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#trouble += text;
    });
    this.ended = once(this.#process, 'close').then(([code, signal]) => signal ?? code);
    running.add(this);
    void this.ended.then(() => running.delete(this));
    onTestFinished(async () => {
      this.kill('SIGKILL');
      await this.ended;
    });
  }

  kill(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** Writes a line to its standard input. */
  tell(line: string): void {
    this.#process.stdin?.write(`${line}\n`);
  }

  /** Resolves when it has written so many lines; fails when it ends before. */
  async hasWritten(count: number): Promise<void> {
    while (this.lines.length < count) {
      if (!running.has(this)) throw new Error(`It ended early: ${this.#trouble}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  /** Waits for its end, which must be a good one. @returns the lines it wrote. */
  async succeeds(): Promise<string[]> {
    const code = await this.ended;
    if (code !== 0) throw new Error(`It ended with ${code}: ${this.#trouble}`);
    return this.lines;
  }

  #take(text: string): void {
    const parts = (this.#unended + text).split('\n');
    this.#unended = parts.pop() ?? '';
    this.lines.push(...parts);
  }
}
