import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CommandError } from '../exit-codes.js';
import { say, write } from './write.js';

/** Where to write. */
export interface WriteFileOptions {
  /** A file. Default: standard output. */
  readonly output?: string | undefined;
  /** Whether a file that is there is replaced. Default: it is an error. */
  readonly force?: boolean | undefined;
}

/** Writes texts to a file, which has its name only when it is whole, or to standard output. */
export async function writeFileOrOutput(
  texts: AsyncIterable<string>,
  { output, force }: WriteFileOptions,
): Promise<void> {
  if (output === undefined) {
    for await (const text of texts) await write(text);
    return;
  }
  if (existsSync(output) && !force)
    throw new CommandError('conflict', `'${output}' is there already: add --force to replace it`);
  await writeWhole(texts, output);
  say(`Wrote ${output}`);
}

async function writeWhole(texts: AsyncIterable<string>, path: string): Promise<void> {
  const partial = `${path}.${process.pid}.partial`;
  try {
    await pipeline(Readable.from(texts), createWriteStream(partial, { flags: 'wx' }));
    await rename(partial, path);
  } catch (cause) {
    await rm(partial, { force: true });
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw new CommandError('failed', `'${path}' cannot be written: ${cause.message}`, { cause });
  }
}
