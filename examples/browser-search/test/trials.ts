import type { Param, Trial, TrialStatus } from 'trialbase';

/** The time at which the trials of these tests are looked at, in milliseconds. */
export const NOW = Date.UTC(2026, 0, 31, 12);

/** A trial that ended with this loss, `ago` milliseconds before {@link NOW}, after a second. */
export function completed(loss: number, ago = 0): Trial {
  return trial('completed', {
    start_time: new Date(NOW - ago - 1_000),
    end_time: new Date(NOW - ago),
    results: [{ name: 'objective', type: 'objective', value: loss }],
  });
}

/** A trial at which a worker is, whose last sign of life was `ago` milliseconds before {@link NOW}. */
export function reserved(worker: string, ago = 0): Trial {
  return trial('reserved', { worker, heartbeat: new Date(NOW - ago) });
}

let last = 0;

export function trial(status: TrialStatus, fields: Partial<Trial> = {}): Trial {
  last += 1;
  return {
    _id: `trial-${last}`,
    id: String(last),
    experiment: 'search',
    status,
    worker: null,
    submit_time: null,
    start_time: null,
    end_time: null,
    heartbeat: null,
    results: [],
    params: [],
    parent: null,
    exp_working_dir: null,
    ...fields,
  };
}

export function units(value: number): Param {
  return { name: '/hiddenUnits', type: 'integer', value };
}
