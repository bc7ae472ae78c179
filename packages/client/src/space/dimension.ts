/** A value that a categorical dimension can take. */
export type Category = string | number | boolean | null | readonly Category[];

/** How the values of a numeric dimension are spread. */
export type Prior =
  | { readonly name: 'uniform' | 'loguniform'; readonly low: number; readonly high: number }
  | { readonly name: 'normal'; readonly mean: number; readonly deviation: number };

/** The sizes of an array of values, outermost first; empty for a single value. */
export type Shape = readonly number[];

/** A value of type `T`, or an array of them where a dimension has a shape. */
export type Shaped<T, S extends Shape | number> = S extends number
  ? T[]
  : S extends readonly []
    ? T
    : S extends readonly [number, ...infer Rest extends Shape]
      ? Shaped<T, Rest>[]
      : unknown;

/**
 * Where a dimension is present: where each of the dimensions named has one of the values listed. These are categorical or
 * integer, and single values. One that is absent itself has none of its values.
 */
export type Condition = { readonly [parent: string]: readonly Category[] };

/** Real or whole numbers. Both bounds can be reached. */
export interface NumericDimension<T = unknown> {
  readonly type: 'real' | 'integer';
  readonly prior: Prior;
  /** Real numbers are rounded to this many significant digits; `null`: not at all. Of no weight for integers. */
  readonly precision: number | null;
  readonly shape: Shape;
  readonly default?: T;
  /** Default: it is present everywhere. */
  readonly when?: Condition;
}

/** One of a list of values. */
export interface CategoricalDimension<T = unknown> {
  readonly type: 'categorical';
  readonly values: readonly Category[];
  /** How likely each of the values is. They add up to 1. */
  readonly probabilities: readonly number[];
  readonly shape: Shape;
  readonly default?: T;
  /** Default: it is present everywhere. */
  readonly when?: Condition;
}

/** How much an evaluation may cost, such as a number of epochs. It is set by the algorithm, and not searched. */
export interface FidelityDimension {
  readonly type: 'fidelity';
  readonly low: number;
  readonly high: number;
  /** The levels grow by this factor. */
  readonly base: number;
}

/** `D`, and conditional where `W` is a condition. */
export type Conditional<D, W> = W extends undefined ? D : D & { readonly when: Condition };

/** What one parameter can be. `T` is the type of its values. */
export type Dimension<T = unknown> = NumericDimension<T> | CategoricalDimension<T> | FidelityDimension;
