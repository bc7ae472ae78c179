import type { Params } from './search.js';

/** Settings on one short line: `2 × 64 relu, rate 3.1e-3, l2 1.2e-4, batch 32, 30 epochs`. */
export function describeSettings(params: Params): string {
  const { hiddenLayers, hiddenUnits, activation, learningRate, l2, batchSize, epochs } = params;
  return `${hiddenLayers} × ${hiddenUnits} ${activation}, rate ${short(learningRate)}, l2 ${short(l2)}, batch ${batchSize}, ${epochs} epochs`;
}

/** A small number with two significant digits: `3.9e-3`. */
export function short(value: number): string {
  return value.toExponential(1);
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** A duration in minutes and seconds: `1:05`. */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
