import type { Section } from '../src/report.js';
import { median, ratio } from '../src/rounds.js';
import type { LockFigures } from './lock.js';

/** How long one who is gone may keep others waiting, in milliseconds. */
const GOAL = 100;

/** The figures of one engine. */
export function reportLock(engine: string, { handOver, recovery }: LockFigures): Section[] {
  return [handOvers(engine, handOver), recoveries(engine, recovery)];
}

function handOvers(engine: string, measured: LockFigures['handOver']): Section {
  return {
    title: `Hand-over of the algorithm lock in ${engine}, in ms from one callback to the next`,
    rows: Object.entries(measured).map(([between, { trialbase, byHand }]) => ({
      between,
      'by hand': median(byHand),
      ours: median(trialbase),
      'ours ×': ratio(trialbase, byHand),
    })),
    notes: ['Each hand-over stores the state of the one and marks the lock for the other, here and by hand.'],
    bars: [],
  };
}

function recoveries(engine: string, measured: LockFigures['recovery']): Section {
  const rows = Object.entries(measured).map(([holder, figures]) => ({
    holder,
    median: median(figures),
    worst: Math.max(...figures),
  }));
  return {
    title: `The algorithm lock of a holder that is gone in ${engine}, in ms until the one that waits has it`,
    rows,
    notes: [
      'Of a tab it counts from the order to close, crash or reload it, and so includes the browser’s work.',
    ],
    bars: rows.map(({ holder, median: figure }) => ({
      name: `${engine}, the lock of a ${holder}`,
      goal: GOAL,
      at: 'most',
      figure,
      unit: 'ms',
    })),
  };
}
