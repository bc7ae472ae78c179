import { type AnyParams, integer, openExperiment, randomSearch, real } from '../../src/index.js';
import { alone, pause } from '../connect.js';

export interface Found {
  readonly completed: number;
  readonly points: readonly AnyParams[];
  readonly lost: number;
  readonly inPage: boolean;
}

/** A search by three workers, in which some evaluations take so long that only a heartbeat saves the trial. */
export async function search(): Promise<Found> {
  const storage = await alone({ lostAfter: 600 });
  const experiment = await openExperiment(storage, {
    name: 'e',
    space: { x: real(0, 1), n: integer(1, 5) },
    algorithm: randomSearch({ seed: 1 }),
    maxTrials: 12,
  });
  let lost = 0;
  const work = (): Promise<{ completed: number }> =>
    experiment.workOn(
      async ({ params }) => {
        await pause(params.n === 5 ? 900 : params.n);
        lost += (await storage.fetchLostTrials(experiment.record)).length;
        return params.x;
      },
      { heartbeatInterval: 20 },
    );
  const summaries = await Promise.all([work(), work(), work()]);
  return {
    completed: summaries.reduce((sum, { completed }) => sum + completed, 0),
    points: (await experiment.trials()).map((trial) => experiment.params(trial)),
    lost,
    inPage: typeof document !== 'undefined',
  };
}
