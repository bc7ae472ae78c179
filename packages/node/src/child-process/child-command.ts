import type { Evaluation } from '@trialbase/client';

/** A program with its arguments. */
export type Command = readonly [program: string, ...args: string[]];

/**
 * What to run: always the same, or by the trial. `directory` is there for this evaluation alone, and is removed with all that is
 * in it afterwards: a file of parameters may be put there.
 */
export type ChildCommand<P> =
  | Command
  | ((evaluation: Evaluation<P>, directory: string) => Command | Promise<Command>);

/** How the programs of {@link inChildProcess} are run. */
export interface ChildProcessOptions {
  /** Where the program runs. Default: where this process does. */
  readonly cwd?: string;
  /** Its environment besides that of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * A directory where all that a program prints is kept, in a file named for its trial: `ID.log`. A trial that is evaluated again
   * adds to its file. Default: it is kept while the program runs, and errors tell its end.
   */
  readonly outputDirectory?: string;
  /** How long a program that was asked to end (SIGTERM) may take before it is killed, in milliseconds. Default: 5,000. */
  readonly killAfter?: number;
}
