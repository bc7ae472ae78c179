/** The command `trialbase`. */

import { CommanderError } from 'commander';
import { exitCodeOf, exitCodes } from './exit-codes.js';
import { say } from './output/write.js';
import { createProgram } from './program.js';

// Whoever reads the output may stop, as `head` does: there is nobody left to write to.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok);
  say(`trialbase: The output could not be written: ${error.message}`);
  process.exit(exitCodes.failed);
});
// What is said about the work is no reason to end it: its terminal may be closed.
process.stderr.on('error', () => {});

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Says what went wrong, in one line. @returns what to end with. */
function report(error: unknown): number {
  // The parser has said it already; it ends so too after showing the help.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.misused;
  const code = exitCodeOf(error);
  if (code === undefined) {
    say(
      `trialbase: unexpected error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return exitCodes.failed;
  }
  say(`trialbase: ${(error as Error).message}`);
  return code;
}
