import { type Dimension, objectiveOf, readSpace } from '@trialbase/client';
import type { Experiment, StorageProtocol } from '@trialbase/core';
import { scaleLinear, scaleLog, scalePoint } from 'd3-scale';
import { streamTrials } from '../experiments/trial-stream.js';
import { formatNumber, formatValue } from '../output/format.js';

/** A trial to draw: its objective, and its place on each axis, from 0 to 1; nothing where it has no such parameter. */
export interface Spot {
  readonly objective: number;
  readonly places: readonly (number | undefined)[];
}

/** One parameter, as an axis from 0 to 1. */
export interface Axis {
  readonly name: string;
  /** Places and the texts that stand there. */
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  /** Where a value is; nothing where it is none of the parameter's. */
  place(value: unknown): number | undefined;
}

/** The axes of an experiment, and its completed trials on them, the best first. */
export async function fetchSpots(
  storage: StorageProtocol,
  experiment: Experiment,
): Promise<{ readonly axes: readonly Axis[]; readonly spots: readonly Spot[] }> {
  const space = readSpace(experiment.space).filter(
    ({ dimension }) => dimension.type === 'fidelity' || dimension.shape.length === 0,
  );
  const axes = space.map(({ name, dimension }) => axisOf(name, dimension));
  const spots: Spot[] = [];
  const options = { where: { status: 'completed' }, selection: { params: 1, results: 1 } } as const;
  for await (const { params, results } of streamTrials(storage, experiment, options)) {
    const objective = objectiveOf(results);
    if (objective === undefined || !Number.isFinite(objective)) continue;
    const values = new Map(params.map(({ name, value }) => [name, value]));
    spots.push({ objective, places: space.map(({ key }, i) => axes[i]?.place(values.get(key))) });
  }
  return { axes, spots: spots.toSorted((a, b) => a.objective - b.objective) };
}

function axisOf(name: string, dimension: Dimension): Axis {
  if (dimension.type === 'categorical') {
    const texts = dimension.values.map((value) => formatValue(value) ?? 'null');
    const scale = scalePoint(texts, [0, 1]).padding(0.5);
    return {
      name,
      ticks: texts.map((text) => ({ at: scale(text) ?? 0, text })),
      place: (value) => (value === undefined ? undefined : scale(formatValue(value) ?? 'null')),
    };
  }
  const [low, high, log] = boundsOf(dimension);
  const scale = log ? scaleLog([low, high], [0, 1]) : scaleLinear([low, high], [0, 1]);
  const ticks = [low, ...scale.ticks(4).filter((tick) => isRound(tick, log)), high];
  return {
    name,
    ticks: [...new Set(ticks)].map((tick) => ({ at: scale(tick), text: formatNumber(tick) ?? '' })),
    place: (value) => (typeof value === 'number' ? Math.min(1, Math.max(0, scale(value))) : undefined),
  };
}

/** Of a logarithmic axis the powers of ten. */
function isRound(tick: number, log: boolean): boolean {
  return !log || Number.isInteger(Math.round(Math.log10(tick) * 1e9) / 1e9);
}

function boundsOf(
  dimension: Exclude<Dimension, { type: 'categorical' }>,
): [low: number, high: number, log: boolean] {
  if (dimension.type === 'fidelity')
    return [dimension.low, Math.max(dimension.high, dimension.low + 1), false];
  const { prior } = dimension;
  if (prior.name === 'normal')
    return [prior.mean - 3 * prior.deviation, prior.mean + 3 * prior.deviation, false];
  return [prior.low, prior.high, prior.name === 'loguniform'];
}
