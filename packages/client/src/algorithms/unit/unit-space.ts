import type { Random } from '../../random.js';
import { makePoint } from '../../space/dependencies.js';
import type { CategoricalDimension, FidelityDimension, NumericDimension } from '../../space/dimension.js';
import type { AnyParams } from '../../space/param-types.js';
import { fill } from '../../space/sample.js';
import type { NamedDimension, Space } from '../../space/space.js';
import { type Axis, axisOf } from './axis.js';

/**
 * A point of a space as numbers, one for each axis: places in 0..1, positions of categories. `NaN` where the point has no
 * such parameter.
 */
export type Vector = Float64Array;

/** A space as axes: what the models of the algorithms are made on. A fidelity is no axis, and is at its highest. */
export class UnitSpace {
  readonly space: Space;
  readonly axes: readonly Axis[];
  readonly #parts: ReadonlyMap<string, Part>;

  constructor(space: Space) {
    this.space = space;
    let first = 0;
    const parts = space.map((named) => {
      const part = partOf(named, first);
      first += part.size;
      return part;
    });
    this.#parts = new Map(parts.map((part) => [part.named.name, part]));
    this.axes = parts.flatMap(({ axis, size }) => Array.from({ length: size }, () => axis as Axis));
  }

  /** The vector of a point. A value that is not of its dimension counts as absent. */
  encode(point: AnyParams): Vector {
    const vector = new Float64Array(this.axes.length).fill(Number.NaN);
    for (const { named, axis, first, size } of this.#parts.values()) {
      if (!axis || !Object.hasOwn(point, named.name)) continue;
      const { shape } = named.dimension as Searched;
      const value = point[named.name];
      if (shape.length === 0) vector[first] = placeOf(axis, value);
      else {
        const flat = [value].flat(shape.length);
        if (flat.length === size) flat.forEach((each, i) => (vector[first + i] = placeOf(axis, each)));
      }
    }
    return vector;
  }

  /** The point at a vector in which no place is missing. Places that the point has no parameter for count for nothing. */
  decode(vector: Vector): AnyParams {
    return makePoint(this.space, (named) => {
      const { axis, first } = this.#parts.get(named.name) as Part;
      if (!axis) return (named.dimension as FidelityDimension).high;
      let next = first;
      return fill((named.dimension as Searched).shape, () => axis.value(vector[next++] as number));
    });
  }

  /** The vector of the point at a vector: whole numbers in the middle of their parts, absent parameters left out. */
  settle(vector: Vector): Vector {
    return this.encode(this.decode(vector));
  }

  /** Tells points apart: two have the same key where they have the same parameters with the same values. */
  keyOf(point: AnyParams): string {
    return this.space.map(({ name }) => JSON.stringify(point[name]) ?? '').join();
  }

  /** A vector drawn from the priors. */
  draw(random: Random): Vector {
    return Float64Array.from(this.axes, (axis) =>
      axis.kind === 'number' ? random.uniform() : random.weighted(axis.probabilities),
    );
  }

  /** The vector at the same places of all priors: the first `probability` of each is below. */
  at(probabilities: readonly number[]): Vector {
    return Float64Array.from(this.axes, (axis, i) => {
      const probability = probabilities[i] as number;
      return axis.kind === 'number' ? probability : categoryAt(axis.probabilities, probability);
    });
  }
}

type Searched = NumericDimension | CategoricalDimension;

/** A dimension and where its axes are. */
interface Part {
  readonly named: NamedDimension;
  readonly axis: Axis | undefined;
  readonly first: number;
  readonly size: number;
}

function partOf(named: NamedDimension, first: number): Part {
  const { dimension } = named;
  if (dimension.type === 'fidelity') return { named, axis: undefined, first, size: 0 };
  const size = dimension.shape.reduce((product, length) => product * length, 1);
  return { named, axis: axisOf(dimension), first, size };
}

function placeOf(axis: Axis, value: unknown): number {
  if (axis.kind === 'category') return axis.place(value) ?? Number.NaN;
  return typeof value === 'number' ? axis.place(value) : Number.NaN;
}

function categoryAt(probabilities: readonly number[], probability: number): number {
  let rest = probability * probabilities.reduce((sum, share) => sum + share, 0);
  for (const [i, share] of probabilities.entries()) {
    if (rest < share) return i;
    rest -= share;
  }
  return probabilities.findLastIndex((share) => share > 0);
}
