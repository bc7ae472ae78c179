import type { Param } from '@trialbase/core';
import type { Dimension } from '../space/dimension.js';
import { priorString } from '../space/prior-string.js';
import type { NamedDimension, Space } from '../space/space.js';

/** How a version differs from its parent, as Orion's version control writes it into `refers.adapter`. */
export type Adapter =
  | { readonly of_type: 'dimensionaddition' | 'dimensiondeletion'; readonly param: Param }
  | {
      readonly of_type: 'dimensionpriorchange';
      readonly name: string;
      readonly old_prior: string;
      readonly new_prior: string;
    }
  | { readonly of_type: 'algorithmchange' };

/** What becomes of one space where another one takes its place. */
export function spaceAdapters(parent: Space, child: Space): Adapter[] {
  const after = new Map(child.map(({ key, dimension }) => [key, priorString(dimension)]));
  const before = new Map(parent.map(({ key, dimension }) => [key, priorString(dimension)]));
  const added = child.filter(({ key }) => !before.has(key));
  const deleted = parent.filter(({ key }) => !after.has(key));
  const changed = [...before].filter(([key, prior]) => after.has(key) && after.get(key) !== prior);
  return [
    ...added.map((one): Adapter => ({ of_type: 'dimensionaddition', param: absentParam(one) })),
    ...deleted.map((one): Adapter => ({ of_type: 'dimensiondeletion', param: absentParam(one) })),
    ...changed.map(
      ([name, old_prior]): Adapter => ({
        of_type: 'dimensionpriorchange',
        name,
        old_prior,
        new_prior: after.get(name) as string,
      }),
    ),
  ];
}

/** A dimension that is not there counts as having its default; `null` where it has none. */
function absentParam({ key, dimension }: NamedDimension): Param {
  return { name: key, type: dimension.type, value: defaultOf(dimension) ?? null };
}

/** The value of a dimension where it is not searched; `undefined` where none is known. */
export function defaultOf(dimension: Dimension): unknown {
  return dimension.type === 'fidelity' ? dimension.high : dimension.default;
}
