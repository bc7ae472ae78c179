/** What a contender's turns gave, in the order of the rounds. */
export type Figures = readonly number[];

/**
 * Measures contenders side by side: each has its turn in every round, one after another (A B A B), so that what
 * disturbs the machine for a while disturbs them all.
 */
export async function takeTurns<Name extends string>(
  rounds: number,
  contenders: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Readonly<Record<Name, Figures>>> {
  const names = Object.keys(contenders) as Name[];
  const figures = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < rounds; round++) {
    for (const name of names) figures[name].push(await contenders[name]());
  }
  return figures;
}

export function median(figures: Figures): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** How many times `b` is `a`: the median of the ratios within each round. */
export function ratio(a: Figures, b: Figures): number {
  return median(a.map((figure, round) => figure / (b[round] ?? Number.NaN)));
}
