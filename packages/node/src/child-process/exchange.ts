import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Evaluation } from '@trialbase/client';
import { EvaluationFailedError, InvalidResultError } from '@trialbase/core';
import { parseJson, stringifyJson } from './json.js';

/**
 * The files by which a child process and its parent understand each other, in a directory of their own for each evaluation. The
 * child finds them by its environment. Any language can read and write them.
 */
export class Exchange {
  readonly directory: string;
  readonly #reports: string;
  readonly #results: string;
  readonly #stop: string;
  #read = 0;
  #rest = '';

  private constructor(directory: string) {
    this.directory = directory;
    this.#reports = join(directory, 'reports.txt');
    this.#results = join(directory, 'results.json');
    this.#stop = join(directory, 'stop');
  }

  static async open({ params, trial }: Evaluation<unknown>): Promise<Exchange> {
    const exchange = new Exchange(await mkdtemp(join(tmpdir(), 'trialbase-')));
    await writeFile(join(exchange.directory, 'params.json'), stringifyJson(params));
    await writeFile(join(exchange.directory, 'trial.json'), stringifyJson(trial));
    await writeFile(exchange.#reports, '');
    return exchange;
  }

  /** What the child is told by its environment. A program that was written for Orion finds what it looks for, too. */
  environment({ trial }: Evaluation<unknown>): Record<string, string> {
    return {
      TRIALBASE_PARAMS: join(this.directory, 'params.json'),
      TRIALBASE_TRIAL: join(this.directory, 'trial.json'),
      TRIALBASE_REPORTS: this.#reports,
      TRIALBASE_RESULTS: this.#results,
      TRIALBASE_STOP: this.#stop,
      ORION_RESULTS_PATH: this.#results,
      ORION_TRIAL_ID: trial.id,
      ORION_EXPERIMENT_ID: String(trial.experiment),
    };
  }

  /** The whole lines that were reported since this was last asked. @throws InvalidResultError if earlier ones are gone. */
  async newReports(): Promise<string[]> {
    const file = await open(this.#reports);
    try {
      const { size } = await file.stat();
      if (size < this.#read)
        throw new InvalidResultError(
          'The file named in TRIALBASE_REPORTS has become shorter: each report is a line added to it (>>), and those before it stay',
        );
      const { buffer, bytesRead } = await file.read(Buffer.alloc(size - this.#read), {
        position: this.#read,
      });
      this.#read += bytesRead;
      // Lines are of ASCII, so no character can be cut in two.
      const lines = `${this.#rest}${buffer.toString('latin1', 0, bytesRead)}`.split('\n');
      this.#rest = lines.pop() ?? '';
      return lines.filter((line) => line.trim() !== '');
    } finally {
      await file.close();
    }
  }

  /** Lets the child know that it may give up: the file is there. */
  async adviseToStop(): Promise<void> {
    await writeFile(this.#stop, '');
  }

  /** The output that the child left. `undefined` if none. @throws EvaluationFailedError if it is no JSON. */
  async output(): Promise<unknown> {
    const text = await readFile(this.#results, 'utf8').catch(() => undefined);
    if (text === undefined || text.trim() === '') return undefined;
    try {
      return parseJson(text);
    } catch (cause) {
      throw new EvaluationFailedError(
        `The results that the process left are no JSON: ${(cause as Error).message}. It is to write all of them to the ` +
          'file named in TRIALBASE_RESULTS',
        { cause },
      );
    }
  }

  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }
}
