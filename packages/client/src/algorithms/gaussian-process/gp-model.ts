import type { Random } from '../../random.js';
import type { Axis } from '../unit/axis.js';
import type { Sample } from '../unit/history.js';
import type { Model } from '../unit/model-search.js';
import type { UnitSpace, Vector } from '../unit/unit-space.js';
import { improvementSlopes, logExpectedImprovement } from './expected-improvement.js';
import { fit } from './fit.js';
import { type Hyperparameters, pairDistances } from './kernel.js';
import { GaussianProcess } from './process.js';
import { warp } from './warp.js';

/** The most samples that the process sees, and that it is fitted to: what they cost grows with their third power. */
const MOST_SAMPLES = 128;
const MOST_FITTED = 64;

/** How many vectors are drawn from the priors, and how many near the best samples. */
const DRAWN = 160;
const NEAR = 96;

/** How many of them are climbed from, and how many steps. */
const CLIMBS = 5;
const CLIMB_STEPS = 25;

/** Proposes where a Gaussian process expects the largest improvement. */
export class GaussianProcessModel implements Model {
  readonly #space: UnitSpace;

  constructor(space: UnitSpace) {
    this.#space = space;
  }

  propose(all: readonly Sample[], underWay: readonly Vector[], random: Random): Vector[] {
    const { axes } = this.#space;
    const values = warp(penalized(all));
    const seen = chosen(all.length, MOST_SAMPLES);
    const vectors = seen.map((i) => (all[i] as Sample).vector);
    const process = new GaussianProcess(
      axes,
      fitted(axes, all, values),
      vectors,
      Float64Array.from(seen, (i) => values[i] as number),
      underWay.slice(-MOST_FITTED),
    );
    const best = vectors.reduce(
      (least, vector) => Math.min(least, process.meanAt(vector)),
      Number.POSITIVE_INFINITY,
    );
    const scored = (vector: Vector): Scored => {
      const settled = this.#space.settle(vector);
      const { mean, deviation } = process.at(settled);
      return { vector, settled, score: logExpectedImprovement(best, mean, deviation) };
    };
    const starts = this.#candidates(vectors, random).map(scored).sort(byScore);
    const climbed = starts.slice(0, CLIMBS).map(({ vector }) => scored(this.#climb(process, best, vector)));
    return [...climbed, ...starts].sort(byScore).map(({ settled, vector }) => completed(settled, vector));
  }

  #candidates(vectors: readonly Vector[], random: Random): Vector[] {
    const drawn = Array.from({ length: DRAWN }, () => this.#space.draw(random));
    const near = Array.from({ length: NEAR }, (_, i) => {
      const centre = vectors[i % Math.min(4, vectors.length)] as Vector;
      return this.#nearby(centre, [0.1, 0.02, 0.004][i % 3] as number, random);
    });
    return [...drawn, ...near];
  }

  #nearby(centre: Vector, width: number, random: Random): Vector {
    const fresh = this.#space.draw(random);
    const changes = 1 / this.#space.axes.length;
    return fresh.map((place, k) => {
      const from = centre[k] as number;
      if (Number.isNaN(from)) return place;
      if (this.#space.axes[k]?.kind === 'category') return random.uniform() < changes ? place : from;
      return Math.min(
        1,
        Math.max(0, from + Math.max(width, grainAt(this.#space.axes[k] as Axis, from)) * random.normal()),
      );
    });
  }

  /** Goes up the improvement along the axes of numbers, from `start`. */
  #climb(process: GaussianProcess, best: number, start: Vector): Vector {
    const present = this.#space.settle(start);
    const at = start.map((place, k) => (Number.isNaN(present[k]) ? Number.NaN : place));
    const step = new Float64Array(at.length).fill(0.02);
    const previous = new Float64Array(at.length);
    let top = { at: at.slice(), score: Number.NEGATIVE_INFINITY };
    for (let i = 0; i < CLIMB_STEPS; i += 1) {
      const { mean, deviation, meanSlope, deviationSlope } = process.slopesAt(at);
      const score = logExpectedImprovement(best, mean, deviation);
      if (score > top.score) top = { at: at.slice(), score };
      const { byMean, byDeviation } = improvementSlopes(best, mean, deviation);
      for (let k = 0; k < at.length; k += 1) {
        if (this.#space.axes[k]?.kind === 'category' || Number.isNaN(at[k])) continue;
        const slope = byMean * (meanSlope[k] as number) + byDeviation * (deviationSlope[k] as number);
        const turn = slope * (previous[k] as number);
        step[k] = Math.min(0.2, Math.max(1e-5, (step[k] as number) * (turn > 0 ? 1.3 : turn < 0 ? 0.4 : 1)));
        previous[k] = turn < 0 ? 0 : slope;
        if (turn >= 0)
          at[k] = Math.min(1, Math.max(0, (at[k] as number) + Math.sign(slope) * (step[k] as number)));
      }
    }
    return completed(top.at, start);
  }
}

interface Scored {
  readonly vector: Vector;
  readonly settled: Vector;
  readonly score: number;
}

function byScore(a: Scored, b: Scored): number {
  return b.score - a.score;
}

/** `vector`, with the places of `other` where a parameter is absent. */
function completed(vector: Vector, other: Vector): Vector {
  return vector.map((place, k) => (Number.isNaN(place) ? (other[k] as number) : place));
}

function grainAt(axis: Axis, place: number): number {
  return axis.kind === 'number' ? axis.grain(place) : 0;
}

function fitted(axes: readonly Axis[], samples: readonly Sample[], values: Float64Array): Hyperparameters {
  const seen = chosen(samples.length, MOST_FITTED);
  const vectors = seen.map((i) => (samples[i] as Sample).vector);
  return fit(
    pairDistances(axes, vectors),
    Float64Array.from(seen, (i) => values[i] as number),
  );
}

/** The positions below `count`, at most `most` of them: the first half, and some of the others, evenly. */
function chosen(count: number, most: number): number[] {
  const half = Math.min(count, most) / 2;
  return Array.from({ length: Math.min(count, most) }, (_, i) =>
    count <= most || i < half ? i : half + Math.floor(((i - half + 0.5) * (count - half)) / half),
  );
}

/** The objectives; those of samples that are not feasible are the worst. Where none is feasible, how far they are from it. */
function penalized(samples: readonly Sample[]): number[] {
  const feasible = samples.filter(({ violation }) => violation === 0);
  if (feasible.length === 0) return samples.map(({ violation }) => violation);
  const worst = (feasible.at(-1) as Sample).objective;
  return samples.map(({ violation, objective }) => (violation === 0 ? objective : worst));
}
