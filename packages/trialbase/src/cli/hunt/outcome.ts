import type { ExperimentClient, WorkSummary } from '@trialbase/client';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { count } from '../output/format.js';
import { type PrintOptions, printValue } from '../output/print.js';
import { say } from '../output/write.js';
import { told } from './reporter.js';

/** What came of a hunt: why its workers stopped; `enough` where they did as many trials as they were to do. */
type Outcome = WorkSummary['reason'] | 'enough';

const exitCodeFor: Readonly<Record<Outcome, ExitCode>> = {
  'max-trials': exitCodes.ok,
  enough: exitCodes.ok,
  exhausted: exitCodes.ok,
  'max-broken': exitCodes.unfinished,
  idle: exitCodes.unfinished,
  aborted: exitCodes.interrupted,
};

const inWords: Readonly<Record<Outcome, string>> = {
  'max-trials': 'It has all its trials',
  enough: 'The workers have done as many trials as --worker-trials says',
  exhausted: 'All points of the space were tried',
  'max-broken':
    'Too many trials broke: mend the program, then make them wait anew (trialbase db set NAME status=broken status=interrupted), or raise --max-broken',
  idle: 'There was no trial to run for as long as --idle-timeout says: others are at the last ones',
  aborted: 'Interrupted. Nothing is lost: start it again to go on',
};

/** Tells what came of a hunt, and has the process end with the code for it. */
export async function tellOutcome(
  search: ExperimentClient,
  summary: WorkSummary,
  options: PrintOptions,
): Promise<void> {
  const [best, outcome] = await Promise.all([search.best(), outcomeOf(search, summary)]);
  const broken = summary.broken > 0 ? `, ${summary.broken} broken` : '';
  if (!options.json)
    say(
      `${inWords[outcome].replace('NAME', quoted(search))}. ${count(summary.completed, 'trial')} completed here${broken}.`,
    );
  const record = { experiment: search.record._id, ...summary, best: best ?? null };
  await printValue(record, best ? [`best ${told(best)}`] : [], options);
  process.exitCode = exitCodeFor[outcome];
}

/** The name of the experiment, as a shell takes it. */
function quoted({ record: { name = '' } }: ExperimentClient): () => string {
  return () => (/^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", String.raw`'\''`)}'`);
}

async function outcomeOf(search: ExperimentClient, { reason }: WorkSummary): Promise<Outcome> {
  if (reason !== 'max-trials') return reason;
  const { counts } = await search.stats();
  return counts.completed < (search.record.max_trials ?? Number.POSITIVE_INFINITY) ? 'enough' : reason;
}
