import { Option } from 'commander';
import { nonEmpty, whole, yesOrNo } from './values.js';

/** The name of a setting, which is that of its flag and of its key in the file. */
export type Setting =
  | 'store'
  | 'type'
  | 'path'
  | 'durability'
  | 'exclusive'
  | 'heartbeat'
  | 'lost-after'
  | 'name'
  | 'max-trials'
  | 'max-broken'
  | 'workers'
  | 'algorithm'
  | 'working-dir';

/**
 * What can be said by a flag, by a variable of the environment, or in the configuration file, whose keys are the names of the
 * flags. The first of the three that says something holds.
 */
const makers: Readonly<Record<Setting, () => Option>> = {
  store: () =>
    new Option('--store <type:path>', 'the store: file:PATH').argParser(nonEmpty).default('file:.trialbase'),
  type: () => new Option('--type <type>', 'the type of the store, in place of --store').argParser(nonEmpty),
  path: () => new Option('--path <path>', 'the path of the store, in place of --store').argParser(nonEmpty),
  durability: () =>
    new Option('--durability <kind>', 'what a write survives: the process, or the power too').choices([
      'relaxed',
      'strict',
    ]),
  exclusive: () =>
    new Option('--exclusive [bool]', 'lock each write, for a network file system')
      .argParser(yesOrNo)
      .preset('true'),
  heartbeat: () =>
    new Option('--heartbeat <ms>', 'how often workers show that they live (default: 24000)').argParser(
      whole(1),
    ),
  'lost-after': () =>
    new Option(
      '--lost-after <ms>',
      'the silence after which a trial is lost (default: 5 heartbeats)',
    ).argParser(whole(1)),
  name: () => new Option('-n, --name <name>', 'the experiment').argParser(nonEmpty),
  'max-trials': () =>
    new Option('--max-trials <number>', 'the search ends with so many completed trials').argParser(whole(1)),
  'max-broken': () =>
    new Option('--max-broken <number>', 'the search ends with so many broken trials (default: 3)').argParser(
      whole(1),
    ),
  workers: () =>
    new Option('--workers <number>', 'how many programs run at once').argParser(whole(1, 1_024)).default(1),
  algorithm: () =>
    new Option(
      '--algorithm <name>',
      'how to search: a name, or JSON such as \'{"random": {"seed": 1}}\' ' +
        '(default: as stored; for a new experiment chosen by its space and --max-trials)',
    ).argParser(nonEmpty),
  'working-dir': () =>
    new Option(
      '--working-dir <path>',
      'where each trial has a directory of its own (default: beside the store)',
    ).argParser(nonEmpty),
};

export const settingNames: readonly Setting[] = Object.keys(makers) as Setting[];

/** The settings of the store, which every command that opens one takes. */
export const storeSettings: readonly Setting[] = [
  'store',
  'type',
  'path',
  'durability',
  'exclusive',
  'heartbeat',
  'lost-after',
];

/** The option of a setting. */
export function setting(name: Setting): Option {
  return makers[name]().env(variableOf(name));
}

/** The option that names the configuration file. */
export function configOption(): Option {
  return new Option('--config <file>', 'the configuration (default: trialbase.yaml in the current directory)')
    .argParser(nonEmpty)
    .env('TRIALBASE_CONFIG');
}

/** The variable of a setting: `TRIALBASE_MAX_TRIALS`. */
export function variableOf(name: Setting): string {
  return `TRIALBASE_${name.toUpperCase().replaceAll('-', '_')}`;
}
