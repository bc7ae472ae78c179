import type { NewTrial, Param, Result } from '@trialbase/core';

/** The params of the trial with this number: four, as in a small search, and never the same twice. */
export function paramsOf(number: number): Param[] {
  return [
    { name: '/lr', type: 'real', value: (number + 0.5) * 1e-9 },
    { name: '/dropout', type: 'real', value: (number % 8) / 10 },
    { name: '/units', type: 'integer', value: 8 + (number % 505) },
    { name: '/activation', type: 'categorical', value: number % 2 === 0 ? 'relu' : 'tanh' },
  ];
}

/** What evaluating that trial gave: an objective and two statistics. */
export function resultsOf(number: number): Result[] {
  return [
    { name: 'loss', type: 'objective', value: 1 / (number + 1) },
    { name: 'accuracy', type: 'statistic', value: 1 - 1 / (number + 2) },
    { name: 'epochs', type: 'statistic', value: number % 50 },
  ];
}

/** A trial as a worker leaves it. */
export function finishedTrial(experiment: string, number: number): NewTrial {
  const start = Date.UTC(2026, 0, 1) + number * 1000;
  return {
    experiment,
    params: paramsOf(number),
    results: resultsOf(number),
    status: 'completed',
    submit_time: new Date(start),
    start_time: new Date(start + 100),
    heartbeat: new Date(start + 800),
    end_time: new Date(start + 900),
  };
}
