import { type Bar, type Section, score } from 'bench/report';
import type { RunReport } from './run-report.js';

/** What was measured, in a report: a bar that was missed is a fault. */
export function reportOf(
  run: Pick<RunReport, 'name' | 'title' | 'command' | 'seconds'>,
  sections: readonly Section[],
): RunReport {
  const bars = sections.flatMap((section) => section.bars);
  const missed = bars.filter((bar) => score(bar) < 1);
  return {
    ...run,
    seconds: Math.round(run.seconds),
    figures: { 'checks made': bars.length, 'checks that failed': missed.length },
    tables: sections.map(({ title, rows }) => ({ title, rows: rows.map(rounded) })),
    faults: missed.map(inWords),
    notes: sections.flatMap(({ notes }) => notes),
  };
}

function inWords({ name, figure, goal, at, unit }: Bar): string {
  const allowed = `${at === 'most' ? 'at most' : 'at least'} ${goal} allowed`;
  return `${name}: ${significant(figure)} ${unit}, ${allowed}`;
}

function rounded(row: Section['rows'][number]): Section['rows'][number] {
  const cells = Object.entries(row).map(([name, cell]) => [
    name,
    typeof cell === 'number' ? significant(cell) : cell,
  ]);
  return Object.fromEntries(cells) as Section['rows'][number];
}

/** As many digits as mean something. */
function significant(figure: number): number {
  return Math.abs(figure) >= 100 ? Math.round(figure) : Number(figure.toPrecision(3));
}
