import { once } from 'node:events';
import { isatty } from 'node:tty';
import picocolors from 'picocolors';

/** Whether a person looks on, so that lines can be drawn anew. */
const isTerminal: boolean = isatty(1) && !process.env['CI'];

/** Colours where a person looks on and wants them (https://no-color.org); elsewhere they leave the text as it is. */
export const colors: ReturnType<typeof picocolors.createColors> = picocolors.createColors(
  isTerminal && !process.env['NO_COLOR'],
);

/** Writes to standard output. Waits where its reader is slower, so that what is printed need not fit into memory. */
export async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** Says something about the work, on standard error: what is piped on stays clean. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
