import type { Result, Trial } from '@trialbase/core';

/** What becomes of a trial: its objective, or all its results, or that it is broken. */
export type Ending = number | readonly Result[] | 'broken';

/** A trial under way, as a store would have it. `number` orders it among those of its search, by id and by time. */
export function simulatedTrial(params: Trial['params'], number: number): Trial {
  const id = String(number).padStart(8, '0');
  return {
    _id: id,
    id,
    experiment: 'simulated',
    status: 'reserved',
    worker: null,
    submit_time: new Date(number),
    start_time: null,
    end_time: null,
    heartbeat: null,
    results: [],
    params,
    parent: null,
    exp_working_dir: null,
  };
}

/** The trial once it has ended, as the `number`th of its search. */
export function endedTrial(trial: Trial, ending: Ending, number = 0): Trial {
  const ended = { ...trial, end_time: new Date(number) };
  if (ending === 'broken') return { ...ended, status: 'broken' };
  const results: readonly Result[] =
    typeof ending === 'number' ? [{ name: 'objective', type: 'objective', value: ending }] : ending;
  return { ...ended, status: 'completed', results };
}
