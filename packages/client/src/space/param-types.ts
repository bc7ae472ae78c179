import type {
  CategoricalDimension,
  Condition,
  Dimension,
  FidelityDimension,
  NumericDimension,
} from './dimension.js';

/** A space as users write it: each parameter with its dimension, or with one of Orion's prior strings. */
export type SpaceInput = { readonly [name: string]: Dimension | string };

/** The parameters of a trial, by the space: of `{ lr: real(1e-5, 1) }`, `{ lr: number }`. Conditional ones are optional. */
export type ParamsOf<S extends SpaceInput> = Flat<
  { readonly [Name in keyof S as IsConditional<S[Name]> extends true ? never : Name]: ValueOf<S[Name]> } & {
    readonly [Name in keyof S as IsConditional<S[Name]> extends true ? Name : never]?:
      | ValueOf<S[Name]>
      | undefined;
  }
>;

/** The parameters of an experiment whose space is known only at run time. */
export type AnyParams = { readonly [name: string]: unknown };

type Flat<T> = { [Name in keyof T]: T[Name] };

type IsConditional<D> = D extends { readonly when: Condition } | `${string}when${string}` ? true : false;

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
