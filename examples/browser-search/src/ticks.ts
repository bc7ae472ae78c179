/** Steps within one power of ten, from few to many. */
const STEPS = [[1], [1, 2, 5], [1, 1.5, 2, 3, 5, 7]];

/** Fewer than this say too little about a scale. */
const FEWEST = 3;

/** Where a logarithmic axis from `min` to `max` has its marks: at round numbers, `count` at most where that is possible. */
export function logTicks(min: number, max: number, count: number): number[] {
  const choices = STEPS.map((steps) => roundNumbers(min, max, steps));
  const enough = choices.filter((ticks) => ticks.length >= FEWEST);
  if (enough.length === 0) return evenTicks(min, max, FEWEST);
  return enough.findLast((ticks) => ticks.length <= count) ?? (enough[0] as number[]);
}

function roundNumbers(min: number, max: number, steps: readonly number[]): number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(min)); power <= Math.log10(max); power++) {
    // As text, so that 3e-2 is 0.03, which 3 * 0.01 is not.
    for (const step of steps) ticks.push(Number(`${step}e${power}`));
  }
  return ticks.filter((tick) => tick >= min && tick <= max);
}

/** Where the axis spans little: round numbers at equal distances, about `count` of them. */
function evenTicks(min: number, max: number, count: number): number[] {
  const rough = (max - min) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].findLast((factor) => factor * power <= rough) ?? 1);
  const ticks: number[] = [];
  for (let n = Math.ceil(min / step); n * step <= max; n++) ticks.push(Number((n * step).toPrecision(6)));
  return ticks;
}
