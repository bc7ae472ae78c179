import { scaleLinear, scaleLog } from 'd3-scale';
import { curveStepAfter, line } from 'd3-shape';
import { formatNumber } from '../output/format.js';
import { needsLog, type Regret } from './regret.js';
import { drawing, label, tag } from './svg.js';

const SIZE = { width: 760, height: 420 } as const;
const EDGE = { left: 72, right: 20, top: 48, bottom: 48 } as const;

/** More dots would only cover each other. */
const MOST_DOTS = 2_000;

/** The best objective over the trials, as a step line, over a dot for each trial. */
export function regretSvg({ objectives, best }: Regret, title: string): string {
  const x = scaleLinear([1, Math.max(2, objectives.length)], [EDGE.left, SIZE.width - EDGE.right]);
  const y = heightScale(objectives);
  const steps = best.flatMap((value, i): [number, number][] =>
    i === 0 || i === best.length - 1 || value !== best[i - 1] ? [[i + 1, value]] : [],
  );
  const path = line(
    ([number]) => x(number),
    ([, value]) => y(value),
  ).curve(curveStepAfter)(steps);
  const every = Math.ceil(objectives.length / MOST_DOTS);
  const dots = objectives.flatMap((value, i) =>
    i % every === 0 ? [tag('circle', { class: 'dot', cx: x(i + 1), cy: y(value), r: 2.5 })] : [],
  );
  return drawing(
    SIZE.width,
    SIZE.height,
    title,
    label({ class: 'title', x: EDGE.left, y: 26 }, title),
    ...y.ticks(6).map((value) => gridLine(y(value), formatNumber(value) ?? '')),
    ...x
      .ticks(8)
      .filter(Number.isInteger)
      .map((number) =>
        label({ x: x(number), y: SIZE.height - EDGE.bottom + 18, 'text-anchor': 'middle' }, String(number)),
      ),
    label({ x: SIZE.width - EDGE.right, y: SIZE.height - 10, 'text-anchor': 'end' }, 'completed trials'),
    label({ x: EDGE.left, y: EDGE.top - 6 }, 'objective'),
    ...dots,
    tag('path', { class: 'best', d: path ?? '' }),
  );
}

function heightScale(
  values: readonly number[],
): ReturnType<typeof scaleLinear<number, number>> | ReturnType<typeof scaleLog<number, number>> {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const range = [SIZE.height - EDGE.bottom, EDGE.top];
  if (needsLog(values)) return scaleLog([low, high], range).nice();
  return scaleLinear(low === high ? [low - 1, high + 1] : [low, high], range).nice();
}

function gridLine(y: number, text: string): string {
  return (
    tag('line', { class: 'grid', x1: EDGE.left, x2: SIZE.width - EDGE.right, y1: y, y2: y }) +
    label({ x: EDGE.left - 8, y: y + 4, 'text-anchor': 'end' }, text)
  );
}
