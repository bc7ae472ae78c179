import { setTimeout as sleep } from 'node:timers/promises';
import type { Evaluation, Output } from '@trialbase/client';
import { EvaluationFailedError } from '@trialbase/core';
import type { ChildCommand, ChildProcessOptions, Command } from './child-command.js';
import { ChildOutput } from './child-output.js';
import { Exchange } from './exchange.js';
import { type Exit, ProcessTree } from './process-tree.js';
import { parseReport } from './report-line.js';

/** Milliseconds between two looks at what the child has reported. */
const LOOK_AGAIN = 50;

/** Milliseconds after which advice is asked for again where nothing was reported: others may have completed meanwhile. */
const ASK_AGAIN = 1_000;

/** One evaluation by a child process. */
export class ChildEvaluation<P> {
  readonly #evaluation: Evaluation<P>;
  readonly #command: ChildCommand<P>;
  readonly #options: ChildProcessOptions;
  #hasReported = false;
  #isAdvised = false;
  #askAt = 0;

  constructor(evaluation: Evaluation<P>, command: ChildCommand<P>, options: ChildProcessOptions) {
    this.#evaluation = evaluation;
    this.#command = command;
    this.#options = options;
  }

  /** Settles when nothing of it is left. */
  async run(): Promise<Output | undefined> {
    const exchange = await Exchange.open(this.#evaluation);
    try {
      const output = await ChildOutput.open(
        this.#options.outputDirectory ?? exchange.directory,
        this.#evaluation.trial,
      );
      try {
        return await this.#runWith(exchange, output);
      } finally {
        await output.close();
      }
    } finally {
      await exchange.remove();
    }
  }

  async #runWith(exchange: Exchange, output: ChildOutput): Promise<Output | undefined> {
    const { signal } = this.#evaluation;
    const command = this.#command;
    const words =
      typeof command === 'function' ? await command(this.#evaluation, exchange.directory) : command;
    signal.throwIfAborted();
    const tree = this.#start(words, exchange, output);
    try {
      const exit = await this.#follow(tree, exchange, words);
      if (exit.code !== 0)
        throw new EvaluationFailedError(`${failure(words, exit)}. ${await output.inWords()}`);
      return await this.#result(exchange, words, output);
    } finally {
      await tree.kill(this.#options.killAfter ?? 5_000);
    }
  }

  #start([program, ...args]: Command, exchange: Exchange, { descriptor }: ChildOutput): ProcessTree {
    const { cwd, env } = this.#options;
    return new ProcessTree(program, args, {
      cwd,
      env: { ...process.env, ...env, ...exchange.environment(this.#evaluation) },
      stdio: ['ignore', descriptor, descriptor],
    });
  }

  /** Passes on what the child reports until it has ended. @throws the signal's reason once that is aborted. */
  async #follow(tree: ProcessTree, exchange: Exchange, [program]: Command): Promise<Exit> {
    const { signal } = this.#evaluation;
    // Not Promise.race: of a program that runs for days, each look would stay in memory until it ends.
    const over = new AbortController();
    const wake = (): void => over.abort();
    tree.exited.then(wake, wake);
    signal.addEventListener('abort', wake, { once: true });
    try {
      while (!over.signal.aborted) {
        await this.#passOn(exchange);
        await sleep(LOOK_AGAIN, undefined, { signal: over.signal }).catch(() => {});
        signal.throwIfAborted();
      }
      const exit = await tree.exited;
      await this.#passOn(exchange);
      return exit;
    } catch (error) {
      if ((error as NodeJS.ErrnoException | undefined)?.syscall?.startsWith('spawn') !== true) throw error;
      throw new EvaluationFailedError(
        `The program '${program}' could not be started: ${(error as Error).message}. Is it there, and may it be run?`,
        { cause: error },
      );
    }
  }

  async #passOn(exchange: Exchange): Promise<void> {
    const lines = await exchange.newReports();
    for (const line of lines) {
      this.#hasReported = true;
      const { step, value } = parseReport(line);
      this.#evaluation.report(value, { step });
    }
    await this.#advise(exchange, lines.length > 0);
  }

  async #advise(exchange: Exchange, hasNews: boolean): Promise<void> {
    const now = performance.now();
    if (this.#isAdvised || !this.#hasReported || !(hasNews || now >= this.#askAt)) return;
    this.#askAt = now + ASK_AGAIN;
    this.#isAdvised = await this.#evaluation.shouldStop();
    if (this.#isAdvised) await exchange.adviseToStop();
  }

  /** One that has reported may leave no results. */
  async #result(exchange: Exchange, words: Command, output: ChildOutput): Promise<Output | undefined> {
    const result = await exchange.output();
    if (result !== undefined || this.#hasReported) return result as Output | undefined;
    throw new EvaluationFailedError(
      `The process '${words.join(' ')}' ended without results: it is to write them, as JSON, to the file named in ` +
        `TRIALBASE_RESULTS. ${await output.inWords()}`,
    );
  }
}

function failure(words: Command, { code, signal }: Exit): string {
  const how = signal === null ? `ended with the code ${code}` : `was killed by ${signal}`;
  return `The process '${words.join(' ')}' ${how}`;
}
