import type { Bar, Row, Section } from 'bench/report';
import { type Figures, median, ratio } from 'bench/rounds';
import type { CallCost } from './call-costs.js';

/**
 * So many times what it costs in the smallest store may a call cost in the largest, a thousand times as large: what grew
 * with the trials would cost a thousand times as much. Main memory that is not in the processor's caches, deeper trees and
 * the noise of a machine take their part.
 */
const BOUND = 3;

/** The costs as tables, and whether what should be flat is. */
export function callSections(
  where: string,
  subjects: readonly string[],
  costs: readonly CallCost[],
): Section[] {
  const calls = costs.filter(({ by }) => by === 'call');
  const overAll = costs.filter(({ by }) => by === 'trial');
  return [
    {
      title: `${where}: calls that should cost the same whatever is stored, in µs`,
      rows: calls.map((cost) => rowOf(cost, subjects)),
      notes: [],
      bars: calls.map((cost) => barOf(where, cost)),
    },
    {
      title: `${where}: calls that go over all trials, in µs for each of them`,
      rows: overAll.map((cost) => rowOf(cost, subjects)),
      notes: [],
      bars: overAll.map((cost) => barOf(where, cost)),
    },
  ];
}

/** How many times what it costs in the first store a call costs in the last one: the median over the rounds. */
function growthOf({ costs }: CallCost): number {
  return ratio(costs.at(-1) as Figures, costs[0] as Figures);
}

function rowOf(cost: CallCost, subjects: readonly string[]): Row {
  const cells = subjects.map((subject, i) => [subject, median(cost.costs[i] as Figures)] as const);
  return { method: cost.method, of: cost.way, ...Object.fromEntries(cells), growth: growthOf(cost) };
}

function barOf(where: string, cost: CallCost): Bar {
  const name = `${where}: ${cost.method}, ${cost.way}`;
  return { name, goal: BOUND, at: 'most', figure: growthOf(cost), unit: '× the smallest store’s cost' };
}
