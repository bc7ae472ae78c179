import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { program } from './command-line.js';

/** The command in a real pseudo-terminal, as `script` of util-linux makes one. */
export class Terminal {
  /** All that was shown so far. */
  shown: string = '';
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
  readonly #process: ChildProcessWithoutNullStreams;

  constructor(directory: string, args: readonly string[]) {
    const words = [process.execPath, program, ...args].map(
      (word) => `'${word.replaceAll("'", String.raw`'\''`)}'`,
    );
    const { CI: _, ...env } = process.env; // A live view is for people.
    this.#process = spawn(
      'script',
      // It has no size of its own here.
      [
        '--quiet',
        '--return',
        '--flush',
        '--command',
        `stty cols 120 rows 40; ${words.join(' ')}`,
        '/dev/null',
      ],
      {
        cwd: directory,
        env: { ...env, TERM: 'xterm-256color' },
      },
    );
    const take = (text: string): void => {
      this.shown += text;
    };
    this.#process.stdout.setEncoding('utf8').on('data', take);
    this.#process.stderr.setEncoding('utf8').on('data', take);
    this.ended = new Promise((resolve, reject) => {
      this.#process.once('error', reject);
      this.#process.once('close', resolve);
    });
  }

  /** Types text, or keys: Ctrl-C is `\x03`. */
  type(keys: string): void {
    this.#process.stdin.write(keys);
  }

  /** Waits until a text is shown. */
  async shows(text: string | RegExp): Promise<void> {
    let over = false;
    void this.ended.then(() => (over = true));
    const isShown = (): boolean =>
      typeof text === 'string' ? this.shown.includes(text) : text.test(this.shown);
    while (!isShown()) {
      if (over) throw new Error(`It ended without showing ${String(text)}: ${this.shown}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

export const CTRL_C = '\x03';
