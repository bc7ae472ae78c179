import { exp, log } from '../../elementary.js';
import type { Random } from '../../random.js';
import type { Axis } from '../unit/axis.js';
import type { UnitSpace, Vector } from '../unit/unit-space.js';

/** The deviation of the step that a number takes, as a share of its scale: any order of magnitude between these. */
const SMALLEST_STEP = 0.003;
const LARGEST_STEP = 0.3;

/**
 * A vector that differs from `parent`, which is that of a point, in one of the parameters that the point has. A number takes
 * a step along its prior, a category becomes another one. Parameters that the point lacks, and may have after that, are
 * drawn from their priors.
 */
export function mutate({ space, parent, random }: Mutation): Vector {
  const child = space.draw(random);
  const present: number[] = [];
  for (const [i, place] of parent.entries()) {
    if (Number.isNaN(place)) continue;
    child[i] = place;
    present.push(i);
  }
  const chosen = present[random.integer(present.length)] as number;
  child[chosen] = mutateOne(space.axes[chosen] as Axis, parent[chosen] as number, random);
  return child;
}

export interface Mutation {
  readonly space: UnitSpace;
  readonly parent: Vector;
  readonly random: Random;
}

function mutateOne(axis: Axis, place: number, random: Random): number {
  if (axis.kind === 'number') {
    const deviation = SMALLEST_STEP * exp(log(LARGEST_STEP / SMALLEST_STEP) * random.uniform());
    return reflected(place + deviation * random.normal());
  }
  const others = axis.probabilities.flatMap((share, i) => (share > 0 && i !== place ? [i] : []));
  return others[random.integer(Math.max(1, others.length))] ?? place;
}

/** A place beyond an end of the scale, as far on this side of it. */
function reflected(place: number): number {
  const turns = Math.abs(place) % 2;
  return turns > 1 ? 2 - turns : turns;
}
