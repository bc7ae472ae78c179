import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { storeCommand } from '../../configuration/command.js';
import { dumpLines } from '../../dump/write-dump.js';
import { CommandError } from '../../exit-codes.js';
import { findExperiments } from '../../experiments/find.js';
import { type ExperimentOptions, versionOption } from '../../experiments/options.js';
import { say, write } from '../../output/write.js';
import { withStore } from '../../store.js';

interface DumpOptions extends ExperimentOptions {
  readonly output?: string;
  readonly force?: boolean;
}

export function dumpCommand(): Command {
  return storeCommand(
    'dump',
    'Write a store, or one experiment, as JSON Lines: to standard output, or into a file.',
    ['trialbase db dump -o searches.jsonl', 'trialbase db dump -n digits | gzip > digits.jsonl.gz'],
    ['name'],
  )
    .addOption(versionOption('all'))
    .option('-o, --output <file>', 'the file to write; it is there when it is whole')
    .option('-f, --force', 'replace a file that is there')
    .action((options: DumpOptions, command: Command) =>
      withStore(command, 'use', async ({ storage, database }) => {
        const { output, force, name } = options;
        if (output !== undefined && existsSync(output) && !force)
          throw new CommandError('conflict', `'${output}' is there already: add --force to replace it`);
        const chosen = name === undefined ? undefined : await findExperiments(storage, options);
        const lines = dumpLines(database, chosen);
        if (output === undefined) for await (const line of lines) await write(line);
        else await writeWhole(lines, output);
      }),
    );
}

/** Under another name until it is whole. */
async function writeWhole(lines: AsyncIterable<string>, path: string): Promise<void> {
  const partial = `${path}.${process.pid}.partial`;
  try {
    await pipeline(Readable.from(lines), createWriteStream(partial, { flags: 'wx' }));
    await rename(partial, path);
  } catch (cause) {
    await rm(partial, { force: true });
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw new CommandError('failed', `'${path}' cannot be written: ${cause.message}`, { cause });
  }
  say(`Wrote ${path}`);
}
