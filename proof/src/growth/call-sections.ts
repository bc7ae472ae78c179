import type { Bar, Row, Section } from 'bench/report';
import { type Figures, median, ratio } from 'bench/rounds';
import type { CallCost, SubjectCosts } from './call-costs.js';

/**
 * So many times what it costs in the smallest store may a call cost in the largest, a thousand times as large: what grew
 * with the trials would cost a thousand times as much. Main memory that is not in the processor's caches, deeper trees and
 * the noise of a machine take their part.
 */
const BOUND = 3;

/** The costs as tables, and whether what should be flat is: by what processors spent, where that is known. */
export function callSections(
  where: string,
  subjects: readonly string[],
  costs: readonly CallCost[],
): Section[] {
  const isByProcessor = costs.some((cost) => cost.costs.some(({ processor }) => processor.length > 0));
  const unit = isByProcessor ? 'µs of processors' : 'µs';
  const sectionOf = (by: CallCost['by'], title: string): Section => {
    const chosen = costs.filter((cost) => cost.by === by);
    return {
      title,
      rows: chosen.map((cost) => rowOf(cost, subjects)),
      notes: [],
      bars: chosen.map((cost) => barOf(where, cost)),
    };
  };
  const flat = sectionOf('call', `${where}: calls that should cost the same whatever is stored, in ${unit}`);
  const overAll = sectionOf('trial', `${where}: calls that go over all trials, in ${unit} for each of them`);
  return [isByProcessor ? { ...flat, notes } : flat, overAll];
}

const notes = [
  'What processors spent is of all threads of the process, collecting garbage and compiling among them, over a turn of several calls. How long a call took by the clock, at the median of a turn, is beside it: that is where a wait would show, and where other processes do.',
];

/** Microseconds by which a call is judged. */
function judged({ clock, processor }: SubjectCosts): Figures {
  return processor.length > 0 ? processor : clock;
}

/** How many times what it costs in the first store a call costs in the last one: the median over the rounds. */
function growthOf({ costs }: CallCost): number {
  return ratio(judged(costs.at(-1) as SubjectCosts), judged(costs[0] as SubjectCosts));
}

function rowOf(cost: CallCost, subjects: readonly string[]): Row {
  const { method, way, costs } = cost;
  const cells = subjects.map((subject, i) => [subject, median(judged(costs[i] as SubjectCosts))] as const);
  const row = { method, of: way, ...Object.fromEntries(cells), growth: growthOf(cost) };
  const isByClock = costs.every(({ processor }) => processor.length === 0);
  return isByClock ? row : { ...row, ...byClock(cost, subjects) };
}

/** How long the call took in the smallest store and in the largest. */
function byClock({ costs }: CallCost, subjects: readonly string[]): Row {
  const ends = [0, subjects.length - 1].map((i) => [
    `by the clock: ${subjects[i]}`,
    median((costs[i] as SubjectCosts).clock),
  ]);
  return Object.fromEntries(ends) as Row;
}

function barOf(where: string, cost: CallCost): Bar {
  const name = `${where}: ${cost.method}, ${cost.way}`;
  return { name, goal: BOUND, at: 'most', figure: growthOf(cost), unit: '× the smallest store’s cost' };
}
