import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { formatNumber } from '../output/format.js';
import type { Axis, Spot } from './axes.js';
import { drawing, label, tag } from './svg.js';

const HEIGHT = 460;
const EDGE = { side: 90, top: 78, bottom: 36 } as const;
const BETWEEN = 150;

/** More lines would only cover each other: the best are drawn, and of the others as many as there is room for. */
const MOST_LINES = 1_500;

/** From the best to the worst: colours that also those tell apart who see few. */
const colors = ['#0b1f8f', '#1f78b4', '#35b0a2', '#b5c741', '#f5b700'];

/** Parallel coordinates: an axis for each parameter and one for the objective, a line for each trial, coloured by its rank. */
export function parallelSvg(axes: readonly Axis[], spots: readonly Spot[], title: string): string {
  const width = 2 * EDGE.side + BETWEEN * axes.length;
  const x = (axis: number): number => EDGE.side + BETWEEN * axis;
  const y = scaleLinear([0, 1], [HEIGHT - EDGE.bottom, EDGE.top]);
  const objective = objectiveAxis(spots);
  const chosen = spread(spots);
  const color = scaleLinear<string>(
    colors.map((_, i) => i / (colors.length - 1)),
    colors,
  );
  const draw = line<readonly [number, number | undefined]>(
    ([axis]) => x(axis),
    ([, place]) => y(place ?? 0),
  ).defined(([, place]) => place !== undefined);
  const lines = chosen.map((spot, i) => {
    const places = [...spot.places, objective.place(spot.objective)];
    return tag('path', {
      class: 'line',
      stroke: color(i / Math.max(1, chosen.length - 1)),
      'stroke-width': i === 0 ? 3 : 1.2,
      d: draw(places.map((place, axis) => [axis, place])) ?? '',
    });
  });
  return drawing(
    width,
    HEIGHT,
    title,
    label({ class: 'title', x: 20, y: 26 }, title),
    ...lines.toReversed(), // The best on top.
    ...[...axes, objective].map((axis, i) => axisTags(axis, x(i), y)),
  );
}

function axisTags({ name, ticks }: Axis, x: number, y: (place: number) => number): string {
  return [
    tag('line', { class: 'axis', x1: x, x2: x, y1: y(0), y2: y(1) }),
    label({ x, y: EDGE.top - 18, 'text-anchor': 'middle', 'font-weight': 600 }, name),
    ...ticks.map(({ at, text }) => label({ x: x - 6, y: y(at) + 4, 'text-anchor': 'end' }, text)),
  ].join('');
}

function objectiveAxis(spots: readonly Spot[]): Axis {
  const low = spots[0]?.objective ?? 0;
  const high = spots.at(-1)?.objective ?? 1;
  const scale = scaleLinear(low === high ? [low - 1, high + 1] : [low, high], [0, 1]).nice();
  return {
    name: 'objective',
    ticks: scale.ticks(6).map((tick) => ({ at: scale(tick), text: formatNumber(tick) ?? '' })),
    place: (value) => scale(Number(value)),
  };
}

/** Evenly over the ranks, with the best among them. */
function spread(spots: readonly Spot[]): readonly Spot[] {
  const every = Math.ceil(spots.length / MOST_LINES);
  return every <= 1 ? spots : spots.filter((_, i) => i % every === 0);
}
