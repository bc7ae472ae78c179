import { collections } from '@trialbase/core/adapter';
import { type Salvaged, salvage } from '@trialbase/file';
import { Command } from 'commander';
import { JSON_HELP, withExamples } from '../../configuration/command.js';
import { count } from '../../output/format.js';
import { type PrintOptions, printValue } from '../../output/print.js';

export function salvageCommand(): Command {
  const command = new Command('salvage')
    .description(
      'Read all that still checks out from a damaged store, and make a new store of it.\nThe damaged one is only read.',
    )
    .argument('<path>', 'the directory of the damaged store')
    .argument('<target>', 'a directory that is empty or does not exist')
    .option('--json', JSON_HELP)
    .action(async (path: string, target: string, options: PrintOptions) => {
      const salvaged = await salvage(path, target);
      await printValue(salvaged, linesAbout(salvaged, target), options);
    });
  return withExamples(command, [
    'trialbase db salvage .trialbase rescued && trialbase db verify --path rescued',
  ]);
}

function* linesAbout(
  { from, documents, unreadable, lostEffects }: Salvaged,
  target: string,
): Generator<string> {
  yield `Read ${from}`;
  yield `Saved into ${target}: ${collections.map((name) => `${documents[name]} ${name}`).join(', ')}`;
  if (unreadable.length > 0)
    yield `${count(unreadable.length, 'line')} did not check out, at byte ${unreadable.join(', ')}`;
  if (lostEffects > 0)
    yield `${count(lostEffects, 'change')} could not be repeated, as what they changed is lost`;
}
