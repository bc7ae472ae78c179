import { decode, SCHEMA_VERSION } from '@trialbase/core/adapter';
import { lineOfText, textOfLine } from './line.js';
import { UnreadableError } from './unreadable.js';

/**
 * Grows by one with every change to the format of the journal, so that older versions refuse what they would misread. Changes before
 * the first release are all of format 1. An effect of a kind that is not known is refused besides, whatever the format.
 */
const FORMAT = 1;

/** How long the header is, line break included: always the same, so that it can be written when all the rest is there. */
export const HEADER_LENGTH = 128;

/** The first line of every generation. */
export interface Header {
  readonly trialbase: 'journal';
  readonly format: number;
  readonly schema: number;
  readonly generation: number;
  /** Where the snapshot ends that the generation starts with: before it, every line must check out. */
  readonly snapshot: number;
}

/** The header line of a generation. */
export function headerLine(generation: number, snapshot: number): Buffer {
  const header: Header = {
    trialbase: 'journal',
    format: FORMAT,
    schema: SCHEMA_VERSION,
    generation,
    snapshot,
  };
  const around = lineOfText('').length;
  return lineOfText(JSON.stringify(header).padEnd(HEADER_LENGTH - around));
}

/**
 * Reads the first bytes of a journal, without its line break.
 *
 * @throws UnreadableError if they are no header that this version knows.
 */
export function readHeader(line: Buffer): Header {
  const text = textOfLine(line);
  const header = text === undefined ? undefined : (decode(text) as Partial<Header> | null);
  if (header?.trialbase !== 'journal')
    throw new UnreadableError('its first line is not the header of a journal', false);
  const { format, schema, generation, snapshot } = header;
  refuseNewer('format', format, FORMAT);
  refuseNewer('schema', schema, SCHEMA_VERSION);
  if (!Number.isSafeInteger(generation) || !Number.isSafeInteger(snapshot)) {
    throw new UnreadableError('its header lacks the generation or the end of the snapshot', false);
  }
  return header as Header;
}

function refuseNewer(what: string, found: number | undefined, known: number): void {
  if (found === undefined || !Number.isSafeInteger(found) || found < 1)
    throw new UnreadableError(`its header does not name its ${what}`, false);
  if (found <= known) return;
  throw new UnreadableError(`it has ${what} ${found}, and this version reads up to ${known}`, true);
}
