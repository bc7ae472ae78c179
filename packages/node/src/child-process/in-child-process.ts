import { type Executor, RunsUnderWay } from '@trialbase/client';
import { checkOptions, describe, InvalidConfigurationError } from '@trialbase/core';
import type { ChildCommand, ChildProcessOptions } from './child-command.js';
import { ChildEvaluation } from './child-evaluation.js';

/**
 * Evaluates each trial by a program of its own, in any language. It gets the parameters by its arguments, where `command` is a
 * function, and as a JSON file that the environment variable `TRIALBASE_PARAMS` names. It leaves what an objective
 * would return, as JSON, in the file that `TRIALBASE_RESULTS` names. It may add a line `VALUE`, or `STEP VALUE`, to the file
 * `TRIALBASE_REPORTS` to report a value, and may give up, without results, once there is a file `TRIALBASE_STOP`. For programs of
 * Node, {@link exposeObjective} does all that.
 *
 * A program that ends with a code other than 0, is killed, or leaves no results that can be read breaks its trial
 * with an EvaluationFailedError, which tells the end of what it printed. When it ends, or its evaluation is
 * to stop, all processes that it started are ended too.
 *
 * @throws InvalidConfigurationError if the command or an option makes no sense.
 */
export function inChildProcess<P>(command: ChildCommand<P>, options: ChildProcessOptions = {}): Executor<P> {
  check(command, options);
  const runs = new RunsUnderWay();
  return {
    run: (evaluation) => runs.add(new ChildEvaluation(evaluation, command, options).run(), evaluation.signal),
    close: () => runs.stopped(),
  };
}

function check(command: unknown, options: ChildProcessOptions): void {
  const known = ['cwd', 'env', 'outputDirectory', 'killAfter'] as const;
  const { killAfter = 0 } = checkOptions('inChildProcess', options, known);
  const isCommand =
    Array.isArray(command) && command.length > 0 && command.every((word) => typeof word === 'string');
  if (!isCommand && typeof command !== 'function')
    throw new InvalidConfigurationError(
      `A command is a program with its arguments, or a function that gives one, not ${describe(command)}`,
    );
  if (!(killAfter >= 0 && killAfter < 2 ** 31))
    throw new InvalidConfigurationError(`The option 'killAfter' cannot be ${describe(killAfter)}`);
}
