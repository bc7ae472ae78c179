import { errorCode } from '@trialbase/core';
import { inspect } from '@trialbase/file';
import type { Command } from 'commander';
import { JSON_HELP, storeCommand } from '../../configuration/command.js';
import { storeConfig } from '../../configuration/store-config.js';
import { exitCodes } from '../../exit-codes.js';
import type { Column } from '../../output/columns.js';
import { count } from '../../output/format.js';
import { type PrintOptions, printRecords } from '../../output/print.js';
import { colors, say } from '../../output/write.js';
import { type Store, withStore } from '../../store.js';
import { checkExperiments } from '../../verify/check-experiments.js';
import { checkTrials } from '../../verify/check-trials.js';
import { type Finding, note, problem } from '../../verify/finding.js';

export function verifyCommand(): Command {
  return storeCommand(
    'verify',
    'Check every line of the journal and every document of a store, and list what is wrong. Changes nothing.\n' +
      `Ends with ${exitCodes.damaged} where there is a problem.`,
    ['trialbase db verify', 'trialbase db verify --json | jq \'.[] | select(.kind == "problem")\''],
  )
    .option('--json', JSON_HELP)
    .action(async (options: PrintOptions, command: Command) => {
      const findings: Finding[] = [];
      for await (const finding of look(command)) findings.push(finding);
      if (options.json || findings.length > 0) await printRecords(columns, findings, options);
      const problems = findings.filter(({ kind }) => kind === 'problem').length;
      say(problems === 0 ? 'The store is sound' : `The store has ${count(problems, 'problem')}`);
      if (problems > 0) process.exitCode = exitCodes.damaged;
    });
}

const columns: readonly Column<Finding>[] = [
  { title: 'kind', value: ({ kind }) => (kind === 'problem' ? colors.red(kind) : kind) },
  { title: 'where', value: ({ where }) => where },
  { title: 'what', value: ({ what }) => what },
];

async function* look(command: Command): AsyncGenerator<Finding> {
  const { type, path = '.trialbase' } = storeConfig(command);
  if (type.toLowerCase() === 'file') yield* checkJournal(path);
  try {
    yield* await withStore(command, 'use', async (store) => collect(checkDocuments(store)));
  } catch (error) {
    if (errorCode(error) !== 'corrupt-store') throw error;
    yield problem('the store', (error as Error).message);
  }
}

/** Lines that do not check out, as a writer leaves them that is killed while it writes: what they held was never acknowledged. */
async function* checkJournal(path: string): AsyncGenerator<Finding> {
  const { file, unreadable } = await inspect(path);
  for (const byte of unreadable)
    yield note(
      `${file}, byte ${byte}`,
      'a line does not check out; if nothing builds on it, it was never acknowledged',
    );
}

async function* checkDocuments({ database }: Store): AsyncGenerator<Finding> {
  const experiments = yield* checkExperiments(database);
  yield* checkTrials(database, experiments);
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}
