import { Option } from 'commander';
import { nonEmpty, variables, whole, yesOrNo } from './values.js';

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
  | 'algorithm'
  | 'seed'
  | 'branch'
  | 'workers'
  | 'worker'
  | 'worker-trials'
  | 'pool-size'
  | 'idle-timeout'
  | 'stopping'
  | 'cwd'
  | 'env'
  | 'kill-after'
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
  algorithm: () =>
    new Option(
      '--algorithm <name>',
      'how to search: a name, or JSON with settings such as \'{"tpe": {"startup": 20}}\' ' +
        '(default: as stored; for a new experiment chosen by its space and --max-trials)',
    ).argParser(nonEmpty),
  seed: () =>
    new Option(
      '--seed <number>',
      'the seed of the algorithm: with it one worker makes the same search again',
    ).argParser(whole(0)),
  branch: () =>
    new Option(
      '--branch [bool]',
      'whether other priors or another algorithm make the next version, or are refused (default: true)',
    )
      .argParser(yesOrNo)
      .preset('true'),
  workers: () =>
    new Option('--workers <number>', 'how many programs run at once').argParser(whole(1, 1_024)).default(1),
  worker: () =>
    new Option(
      '--worker <name>',
      'a name for these workers: started again under it, they go on with the trials they held',
    ).argParser(nonEmpty),
  'worker-trials': () =>
    new Option('--worker-trials <number>', 'this hunt ends with so many trials of its own').argParser(
      whole(1),
    ),
  'pool-size': () =>
    new Option('--pool-size <number>', 'how many trials are suggested at once, ahead of need')
      .argParser(whole(1))
      .default(1),
  'idle-timeout': () =>
    new Option(
      '--idle-timeout <ms>',
      'a worker ends after so long without a trial to run (default: never, while others run some)',
    ).argParser(whole(0)),
  stopping: () =>
    new Option(
      '--stopping <rule>',
      'when to advise programs to give up, by what they report: median, or JSON such as ' +
        '\'{"median": {"warmupSteps": 3, "minTrials": 5}}\'',
    ).argParser(nonEmpty),
  cwd: () =>
    new Option('--cwd <path>', 'where the program runs (default: the current directory)').argParser(nonEmpty),
  env: () =>
    new Option('--env <name=value>', 'a variable for the program; may be given several times').argParser(
      variables,
    ),
  'kill-after': () =>
    new Option(
      '--kill-after <ms>',
      'how long a program that was asked to end may take before it is killed (default: 5000)',
    ).argParser(whole(0, 2 ** 31 - 1)),
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

/** The settings of the search that `hunt` works on. */
export const searchSettings: readonly Setting[] = [
  'name',
  'max-trials',
  'max-broken',
  'algorithm',
  'seed',
  'branch',
];

/** How `hunt` takes part in it. */
export const workSettings: readonly Setting[] = [
  'workers',
  'worker',
  'worker-trials',
  'pool-size',
  'idle-timeout',
  'stopping',
];

/** How `hunt` runs the program. */
export const programSettings: readonly Setting[] = ['cwd', 'env', 'kill-after', 'working-dir'];

/** The option of a setting. What the program finds in its environment is there without a variable of its own. */
export function setting(name: Setting): Option {
  const option = makers[name]();
  return name === 'env' ? option : option.env(variableOf(name));
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
