import { expect, it } from 'vitest';
import { KnownPoints } from '../../src/algorithms/unit/known-points.js';
import { UnitSpace } from '../../src/algorithms/unit/unit-space.js';
import { type AnyParams, buildSpace, integer, pointAt, seedRandom } from '../../src/index.js';

const SIZE = 20_000;
const LEFT = 200;

/** Counts how many points are looked at. */
class CountingSpace extends UnitSpace {
  looks = 0;

  override keyOf(point: AnyParams): string {
    this.looks += 1;
    return super.keyOf(point);
  }
}

it('finds the last points of a large space, going through it once and not for each', () => {
  const space = new CountingSpace(buildSpace({ a: integer(1, SIZE / 10), b: integer(1, 10) }));
  const random = seedRandom(1);
  const known = new KnownPoints(space);
  const order = Array.from({ length: SIZE }, (_, i) => ({ i, place: random.uniform() }));
  order.sort((a, b) => a.place - b.place);
  for (const { i } of order.slice(LEFT)) known.add(pointAt(space.space, i));

  const others = new KnownPoints(space);
  others.add(pointAt(space.space, order[0]?.i as number)); // which is under way
  space.looks = 0;
  const found: string[] = [];
  for (;;) {
    const point = known.firstNew([], others, random);
    if (!point) break;
    known.add(point);
    found.push(JSON.stringify(point));
  }
  const left = order.slice(1, LEFT).map(({ i }) => JSON.stringify(pointAt(space.space, i)));
  expect(found.toSorted()).toEqual(left.toSorted());
  expect(space.looks).toBeLessThan(2 * SIZE);
});
