import type { AnyParams } from '../../space/param-types.js';
import type { Outcome } from '../outcome.js';

/** A configuration in a bracket. */
export interface Contender {
  readonly key: string;
  readonly point: AnyParams;
  /** By rung: what came out, or that it broke. Nothing where it was not evaluated, or has not ended. */
  readonly outcomes: (Outcome | 'broken' | undefined)[];
  /** Of its trials, the one on the lowest rung. */
  start: Start;
}

/** Where and when a configuration began. */
export interface Start {
  readonly rung: number;
  readonly time: number;
  /** The `_id` of the trial, to tell apart what began at the same time. */
  readonly id: string;
}

/** Orders starts by rung, and on one rung by time. */
export function isBefore(a: Start, b: Start): boolean {
  if (a.rung !== b.rung) return a.rung < b.rung;
  return a.time === b.time ? a.id < b.id : a.time < b.time;
}
