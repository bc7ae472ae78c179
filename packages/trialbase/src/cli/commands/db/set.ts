import { InvalidQueryError, type Query, type TrialStatus, trialStatuses } from '@trialbase/core';
import type { Command } from 'commander';
import { confirm } from '../../ask.js';
import { JSON_HELP, storeCommand } from '../../configuration/command.js';
import { CommandError } from '../../exit-codes.js';
import { findExperiment, titleOf } from '../../experiments/find.js';
import { nameFirst } from '../../experiments/name-first.js';
import { versionOption } from '../../experiments/options.js';
import { descendants } from '../../experiments/tree.js';
import { parseObject } from '../../extended-json.js';
import { count } from '../../output/format.js';
import { type PrintOptions, printValue } from '../../output/print.js';
import { withStore } from '../../store.js';

interface SetOptions extends PrintOptions {
  readonly version?: number;
  readonly force?: boolean;
}

export function setCommand(): Command {
  return nameFirst(
    storeCommand(
      'set',
      'Set the status of trials, of an experiment and those that branched from it. Asks first.',
      [
        'trialbase db set digits id=3cc91e851e13281ca2152c19d888e937 status=interrupted',
        'trialbase db set digits status=broken status=interrupted',
        "trialbase db set digits '*' status=suspended",
        'trialbase db set digits \'{"worker": "w1", "status": "reserved"}\' status=interrupted',
      ],
    ),
    {
      query: "which trials: id=..., status=..., a MongoDB query as JSON, or '*' for all",
      update: 'what to set: status=...',
    },
  )
    .addOption(versionOption())
    .option('-f, --force', 'do not ask')
    .option('--json', JSON_HELP)
    .action((name: string, query: string, update: string, options: SetOptions, command: Command) => {
      const where = parseWhich(query);
      const status = parseUpdate(update);
      return withStore(command, 'use', async ({ storage }) => {
        const { version, force } = options;
        const experiment = await findExperiment(storage, { name, ...(version !== undefined && { version }) });
        const all = descendants(experiment, await storage.fetchExperiments({}));
        await confirm(
          `This sets the status '${status}' of trials of ${all.map(titleOf).join(', ')}, whoever works on them.`,
          name,
          force,
        );
        let updated = 0;
        for (const each of all) updated += await storage.updateTrials(each, { status }, { where });
        if (updated === 0) throw new CommandError('notFound', `No trial of '${name}' meets ${query}`);
        await printValue({ updated }, [`Set ${count(updated, 'trial')} to ${status}`], options);
      });
    });
}

function parseWhich(text: string): Query {
  if (text === '*') return {};
  if (text.trimStart().startsWith('{')) return parseObject(text, 'The query');
  const [, field, value] = /^(id|status)=(.+)$/.exec(text) ?? [];
  if (field === 'status') return { status: checkStatus(value) };
  if (field !== undefined) return { [field]: value };
  throw new InvalidQueryError(`'${text}' says no trials: write id=..., status=..., a JSON query, or '*'`);
}

function parseUpdate(text: string): TrialStatus {
  const [, status] = /^status=(.+)$/.exec(text) ?? [];
  if (status !== undefined) return checkStatus(status);
  throw new InvalidQueryError(`'${text}' sets nothing that can be set: write status=...`);
}

function checkStatus(text: string | undefined): TrialStatus {
  const status = trialStatuses.find((each) => each === text);
  if (status) return status;
  throw new InvalidQueryError(`There is no status '${text}': there are ${trialStatuses.join(', ')}`);
}
