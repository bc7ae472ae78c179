import type { AlgorithmDefinition } from '@trialbase/client';
import { type Begun, SimulatedSearch } from '@trialbase/client/testing';
import type { FidelityTask } from './fidelity-task.js';

/** What it took until a trial was as good as the target; all infinite where none was before the space was used up. */
export interface Spent {
  /** The epochs of all trials that had ended by then, each taught from its first epoch on. */
  readonly epochs: number;
  /** The same where a promoted network goes on from where it was. */
  readonly epochsResumed: number;
  /** When that was, where an epoch takes one unit of time. */
  readonly time: number;
}

interface Running extends Begun {
  readonly end: number;
}

const NEVER: Spent = {
  epochs: Number.POSITIVE_INFINITY,
  epochsResumed: Number.POSITIVE_INFINITY,
  time: Number.POSITIVE_INFINITY,
};

/** Searches with so many workers, as the client does, until the target is reached. A trial takes as long as it has epochs. */
export function runToTarget(define: AlgorithmDefinition, task: FidelityTask, workers: number): Spent {
  const search = new SimulatedSearch(define, task.space);
  const running: Running[] = [];
  const taught = new Map<string, number>();
  let spent = 0;
  let spentResumed = 0;
  let now = 0;
  for (;;) {
    while (running.length < workers) {
      const next = search.next();
      if (!next) break;
      running.push({ ...next, end: now + (next.point['epochs'] as number) });
    }
    const first = running.toSorted((a, b) => a.end - b.end)[0];
    if (!first) return NEVER;
    running.splice(running.indexOf(first), 1);
    now = first.end;
    const cost = first.point['epochs'] as number;
    const network = JSON.stringify({ ...first.point, epochs: undefined });
    spent += cost;
    spentResumed += cost - (taught.get(network) ?? 0);
    taught.set(network, cost);
    const loss = task.loss(first.point);
    if (loss <= task.target) return { epochs: spent, epochsResumed: spentResumed, time: now };
    search.end(first.trial, loss);
  }
}
