import type { Experiment, Id } from '@trialbase/core';
import { versionOf } from './find.js';

/** An experiment and those that branched from it. */
export interface Branch<T> {
  readonly value: T;
  readonly children: readonly Branch<T>[];
}

/** The `_id` of the experiment from which one branched. */
export function parentOf({ refers }: Experiment): Id | undefined {
  const parent = (refers as { parent_id?: unknown } | null | undefined)?.parent_id;
  return typeof parent === 'string' || typeof parent === 'number' ? parent : undefined;
}

/**
 * Experiments as trees, by name and version. One whose parent is not among them is a root; so is one that is its own
 * ancestor, which no sound store has.
 */
export function treesOf(experiments: readonly Experiment[]): Branch<Experiment>[] {
  const known = new Set(experiments.map(({ _id }) => _id));
  const children = new Map<Id | undefined, Experiment[]>();
  for (const experiment of experiments.toSorted(byNameAndVersion)) {
    const parent = parentOf(experiment);
    const key = parent !== undefined && known.has(parent) ? parent : undefined;
    const siblings = children.get(key);
    if (siblings) siblings.push(experiment);
    else children.set(key, [experiment]);
  }
  const grown = new Set<Id>();
  const grow = (value: Experiment): Branch<Experiment> => {
    grown.add(value._id);
    return {
      value,
      children: (children.get(value._id) ?? []).filter(({ _id }) => !grown.has(_id)).map(grow),
    };
  };
  const trees = (children.get(undefined) ?? []).map(grow);
  for (const experiment of experiments) if (!grown.has(experiment._id)) trees.push(grow(experiment));
  return trees;
}

/** An experiment and all that descend from it, parents first. */
export function descendants(experiment: Experiment, all: readonly Experiment[]): Experiment[] {
  const flat = (branch: Branch<Experiment>): Experiment[] => [branch.value, ...branch.children.flatMap(flat)];
  const find = (branches: readonly Branch<Experiment>[]): Branch<Experiment> | undefined => {
    for (const branch of branches) {
      const found = branch.value._id === experiment._id ? branch : find(branch.children);
      if (found) return found;
    }
    return undefined;
  };
  const found = find(treesOf(all));
  return found ? flat(found) : [experiment];
}

/** The lines of trees: `draw` gives those of one, of which the first stands at the branch. */
export function* treeLines<T>(
  branches: readonly Branch<T>[],
  draw: (value: T) => readonly string[],
  indent: string = '',
): Generator<string> {
  for (const [i, { value, children }] of branches.entries()) {
    const isLast = i === branches.length - 1;
    const [head, tail] = indent === '' ? ['', ''] : isLast ? ['└ ', '  '] : ['├ ', '│ '];
    for (const [line, text] of draw(value).entries())
      yield `${indent.slice(1)}${line === 0 ? head : tail}${text}`;
    yield* treeLines(children, draw, `${indent === '' ? ' ' : indent}${tail}`);
  }
}

function byNameAndVersion(a: Experiment, b: Experiment): number {
  const [first, second] = [String(a.name), String(b.name)];
  if (first !== second) return first < second ? -1 : 1;
  return versionOf(a) - versionOf(b);
}
