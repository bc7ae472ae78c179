import type { Section } from '../src/report.js';
import { median, ratio } from '../src/rounds.js';
import type { LockFigures } from './lock.js';

/** How long one who is gone may keep others waiting, in milliseconds. */
const GOAL = 100;

export function reportLock(measured: readonly (readonly [engine: string, LockFigures])[]): Section[] {
  return [handOvers(measured), recoveries(measured)];
}

function handOvers(measured: readonly (readonly [string, LockFigures])[]): Section {
  return {
    title: 'Hand-over of the algorithm lock, in ms from one callback to the next',
    rows: measured.flatMap(([engine, { handOver }]) =>
      Object.entries(handOver).map(([between, { trialbase, byHand }]) => ({
        engine,
        between,
        'by hand': median(byHand),
        ours: median(trialbase),
        'ours ×': ratio(trialbase, byHand),
      })),
    ),
    notes: ['Each hand-over stores the state of the one and marks the lock for the other, here and by hand.'],
    bars: [],
  };
}

function recoveries(measured: readonly (readonly [string, LockFigures])[]): Section {
  const rows = measured.flatMap(([engine, { recovery }]) =>
    Object.entries(recovery).map(([how, figures]) => ({
      engine,
      holder: how,
      median: median(figures),
      worst: Math.max(...figures),
    })),
  );
  return {
    title: 'The algorithm lock of a holder that is gone, in ms until the one that waits has it',
    rows,
    notes: [
      'Of a tab it counts from the order to close, crash or reload it, and so includes the browser’s work.',
    ],
    bars: rows.map(({ engine, holder, median: figure }) => ({
      name: `${engine}, the lock of a ${holder}`,
      goal: GOAL,
      at: 'most',
      figure,
      unit: 'ms',
    })),
  };
}
