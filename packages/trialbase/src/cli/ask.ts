import { createInterface } from 'node:readline/promises';
import { isatty } from 'node:tty';
import { CommandError } from './exit-codes.js';

/**
 * Has a person type a word before something is changed that cannot be undone.
 *
 * @throws CommandError if they type something else, or if there is nobody to ask.
 */
export async function confirm(what: string, word: string, force: boolean | undefined): Promise<void> {
  if (force) return;
  if (!isatty(0))
    throw new CommandError(
      'misused',
      `${what} Nobody can be asked here: add --force to do it without asking`,
    );
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const interrupted = new Promise<never>((_, reject) => {
      asking.once('SIGINT', () => reject(new CommandError('interrupted', 'Nothing was changed')));
      asking.once('close', () => reject(new CommandError('failed', 'Nothing was changed')));
    });
    const answer = await Promise.race([asking.question(`${what}\nType '${word}' to go on: `), interrupted]);
    if (answer.trim() !== word)
      throw new CommandError('failed', `That was not '${word}': nothing was changed`);
  } finally {
    asking.close();
  }
}
