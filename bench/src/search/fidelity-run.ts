import { type AlgorithmDefinition, type AnyParams, buildSpace, toParams } from '@trialbase/client';
import type { Trial } from '@trialbase/core';
import type { FidelityTask } from './fidelity-task.js';
import { completedTrial, newTrial } from './run.js';

/** What it took until a trial was as good as the target; all infinite where none was before the space was used up. */
export interface Spent {
  /** The epochs of all trials that had ended by then, each taught from its first epoch on. */
  readonly epochs: number;
  /** The same where a promoted network goes on from where it was. */
  readonly epochsResumed: number;
  /** When that was, where an epoch takes one unit of time. */
  readonly time: number;
}

interface Running {
  readonly trial: Trial;
  readonly point: AnyParams;
  readonly end: number;
}

/** Searches with so many workers, as the client does, until the target is reached. A trial takes as long as it has epochs. */
export function runToTarget(define: AlgorithmDefinition, task: FidelityTask, workers: number): Spent {
  const space = buildSpace(task.space);
  const algorithm = define.create(space);
  const known = new Set<string>();
  const running: Running[] = [];
  const taught = new Map<string, number>();
  let state = algorithm.state();
  let spent = 0;
  let spentResumed = 0;
  let now = 0;
  for (;;) {
    while (running.length < workers) {
      const next = begin();
      if (!next) break;
      running.push(next);
    }
    const first = running.toSorted((a, b) => a.end - b.end)[0];
    if (!first)
      return {
        epochs: Number.POSITIVE_INFINITY,
        epochsResumed: Number.POSITIVE_INFINITY,
        time: Number.POSITIVE_INFINITY,
      };
    running.splice(running.indexOf(first), 1);
    now = first.end;
    const cost = first.point['epochs'] as number;
    const network = JSON.stringify({ ...first.point, epochs: undefined });
    spent += cost;
    spentResumed += cost - (taught.get(network) ?? 0);
    taught.set(network, cost);
    const loss = task.loss(first.point);
    if (loss <= task.target) return { epochs: spent, epochsResumed: spentResumed, time: now };
    algorithm.observe([completedTrial(first.trial, loss)]);
  }

  function begin(): Running | undefined {
    for (;;) {
      algorithm.setState(structuredClone(state));
      const [point] = algorithm.suggest(
        1,
        running.map(({ trial }) => trial),
      );
      state = algorithm.state();
      if (!point) return undefined;
      const params = toParams(space, point);
      const key = JSON.stringify(params);
      if (known.has(key)) continue; // which the store would refuse
      known.add(key);
      return { trial: newTrial(params, known.size), point, end: now + (point['epochs'] as number) };
    }
  }
}
