import { isatty } from 'node:tty';
import picocolors from 'picocolors';

/** Whether a person looks on: lines can then be drawn anew, and colours mean something. */
export const isTerminal: boolean = isatty(1) && !process.env['CI'];

/** Colours for a terminal; elsewhere, and where the user wants none (https://no-color.org), they leave the text as it is. */
export const colors = picocolors.createColors(isTerminal && !process.env['NO_COLOR']);
