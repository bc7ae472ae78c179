import type { CategoricalDimension, Dimension, FidelityDimension, NumericDimension } from './dimension.js';

/** A space as users write it: each parameter with its dimension, or with one of Orion's prior strings. */
export type SpaceInput = { readonly [name: string]: Dimension | string };

/** The parameters of a trial, by the space: of `{ lr: real(1e-5, 1) }`, `{ lr: number }`. */
export type ParamsOf<S extends SpaceInput> = { readonly [Name in keyof S]: ValueOf<S[Name]> };

/** The parameters of an experiment whose space is known only at run time. */
export type AnyParams = { readonly [name: string]: unknown };

type ValueOf<D> = D extends string
  ? ValueOfPrior<D>
  : D extends FidelityDimension
    ? number
    : D extends NumericDimension<infer T> | CategoricalDimension<infer T>
      ? T
      : unknown;

/** A prior string tells that its values are numbers, unless they have a shape or are categories. */
type ValueOfPrior<P extends string> = P extends `${string}shape${string}`
  ? unknown
  : P extends `${'uniform' | 'loguniform' | 'reciprocal' | 'normal' | 'gaussian' | 'fidelity'}(${string}`
    ? number
    : unknown;
