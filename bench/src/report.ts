/** What `--json` prints. */
export interface BenchOutput {
  /** Which parts were measured. */
  readonly parts: readonly string[];
  readonly date: string;
  readonly machine: {
    readonly node: string;
    readonly cpu: string;
    readonly cores: number;
    readonly gigabytes: number;
  };
  /** How many processes wanted a processor in the minute before. */
  readonly load: number;
  /** How long it took. */
  readonly seconds: number;
  readonly sections: readonly Section[];
}

/** What one part of the benchmarks found. */
export interface Section {
  readonly title: string;
  /** The figures, in a table: a row is its cells by the names of the columns. */
  readonly rows: readonly Row[];
  /** What one has to know to read them. */
  readonly notes: readonly string[];
  readonly bars: readonly Bar[];
}

export type Row = Readonly<Record<string, string | number>>;

/** A goal and how it was met. */
export interface Bar {
  readonly name: string;
  readonly goal: number;
  /** Whether the goal is the least or the most that the figure may be. */
  readonly at: 'least' | 'most';
  readonly figure: number;
  readonly unit: string;
}

/** How many times the figure is as good as the goal: 1 or more meets it. */
export function score({ at, goal, figure }: Bar): number {
  if (at === 'least') return figure / goal;
  return figure === goal ? 1 : goal / figure;
}
