import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunReport } from '../run-report.js';
import { Random } from '../workload/random.js';
import { type Round, type RoundResult, runRound } from './round.js';

export interface FileChaosOptions {
  readonly minutes: number;
  /** How many kills there are to be, however long that takes. */
  readonly kills: number;
  readonly seed: number;
  readonly workers: number;
  /** Only stores that are to survive a loss of power; otherwise they take turns with others. */
  readonly strict: boolean;
}

/** Each round has a store of its own, so that no history grows too long to be checked. */
const SECONDS_PER_ROUND = 40;

/** Throws all at stores in directories that processes may have to suffer, and tells what came of it. */
export async function runFileChaos(options: FileChaosOptions): Promise<RunReport> {
  const { minutes, kills, seed, workers, strict } = options;
  const directory = mkdtempSync(join(tmpdir(), 'trialbase-chaos-'));
  const start = performance.now();
  const results: RoundResult[] = [];
  const isEnough = (): boolean =>
    performance.now() - start >= 60_000 * minutes && total(results, (result) => result.kills) >= kills;
  for (let i = 0; !isEnough(); i += 1) {
    const round = planOf(i, options);
    const result = await runRound(join(directory, `round-${i + 1}`), round);
    console.log(
      `round ${i + 1}: ${describe(round)}: ${result.kills} kills, ${result.calls} calls, ${result.faults.length} faults`,
    );
    for (const fault of result.faults) console.log(fault);
    results.push(result);
    if (result.faults.length === 0) rmSync(join(directory, `round-${i + 1}`), { recursive: true });
  }
  const faults = results.flatMap((result) => result.faults);
  if (faults.length === 0) rmSync(directory, { recursive: true });
  else console.log(`What the stores and their workers left is in ${directory}`);
  return {
    name: 'chaos-file',
    title:
      'Processes at work on stores in directories, killed, stopped, copied, out of room, and on failing disks',
    command: `npm run chaos -- file --minutes ${minutes} --kills ${kills} --seed ${seed} --workers ${workers}${strict ? ' --strict' : ''}`,
    seconds: Math.round((performance.now() - start) / 1000),
    figures: figuresOf(results),
    tables: [diskFaultsOf(results)],
    faults: faults.map((fault) => fault.slice(0, LONGEST_FAULT)),
    notes: NOTES,
  };
}

const LONGEST_FAULT = 4_000;

const NOTES = [
  'The seed decides what is done to whom, and the chances that workers and failing disks take; the moments at which it happens differ from run to run.',
  'Kills hit processes that have made a call already. Nothing here takes the power away: what strict stores promise beyond others is not tested by this.',
  'Of calls that show several trials it is checked that each was so at some time during the call, not that all were so at the same time. Whether the right trial was reserved is checked where another one was pending all the time.',
];

/** What a round is like: by chance, but the same for the same seed. */
function planOf(i: number, { seed, workers, strict }: FileChaosOptions): Round {
  const random = new Random(seed + i);
  return {
    seed: seed + 100_000 * (i + 1),
    seconds: SECONDS_PER_ROUND,
    workers,
    durability: strict || random.chance(0.4) ? 'strict' : 'relaxed',
    exclusive: random.chance(0.2),
    diskFaults: random.chance(0.5) ? 0.001 : 0,
    smallDisk: random.chance(0.4),
  };
}

function describe({ durability, exclusive, diskFaults, smallDisk, seed }: Round): string {
  const also = [exclusive && 'exclusive', diskFaults > 0 && 'failing disk', smallDisk && 'small disk'];
  return [`seed ${seed}`, durability, ...also.filter(Boolean)].join(', ');
}

function figuresOf(results: readonly RoundResult[]): RunReport['figures'] {
  const sum = (count: (result: RoundResult) => number): number => total(results, count);
  return {
    kills: sum(({ kills }) => kills),
    'stopped and continued': sum(({ stops }) => stops),
    'copies made and opened': sum(({ copies }) => copies),
    'disks filled': sum(({ fillings }) => fillings),
    'disk calls made to fail or fall short': sum(({ diskFaults }) => diskFaults.length),
    stores: results.length,
    'lives of workers': sum(({ lives }) => lives),
    'journals written anew': sum(({ generations }) => generations - 1),
    'calls recorded': sum(({ calls }) => calls),
    'calls left unanswered': sum(({ unanswered }) => unanswered),
    'trials, locks and keys checked': sum(({ objects }) => objects),
  };
}

function total(results: readonly RoundResult[], count: (result: RoundResult) => number): number {
  return results.reduce((all, result) => all + count(result), 0);
}

function diskFaultsOf(results: readonly RoundResult[]): NonNullable<RunReport['tables']>[number] {
  const counts = new Map<string, number>();
  for (const fault of results.flatMap(({ diskFaults }) => diskFaults))
    counts.set(fault, (counts.get(fault) ?? 0) + 1);
  const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([call, times]) => ({ call, times }));
  return { title: 'Disk calls made to fail or fall short', rows };
}
