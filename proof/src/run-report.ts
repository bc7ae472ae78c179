import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';

/** What one run did and found. `docs/results.md` is written from these. */
export interface RunReport {
  /** Names the run, and its file: `chaos-file`. A later run of the same name takes its place. */
  readonly name: string;
  /** One line that says what was done. */
  readonly title: string;
  /** The command that does it again. */
  readonly command: string;
  /** How long it took, in seconds. */
  readonly seconds: number;
  /** What was counted and measured, by name, with units in the names: `{ kills: 1_012 }`. */
  readonly figures: Readonly<Record<string, number | string>>;
  readonly tables?: readonly RunTable[];
  /** What went against the promises; none where all of them held. */
  readonly faults: readonly string[];
  /** What a reader has to know to read the figures rightly. */
  readonly notes: readonly string[];
}

export interface RunTable {
  readonly title: string;
  readonly rows: readonly Readonly<Record<string, number | string>>[];
}

/** A report as it is kept, with when and where it was made. */
export interface KeptReport extends RunReport {
  readonly date: string;
  readonly machine: {
    readonly node: string;
    readonly cpu: string;
    readonly cores: number;
    readonly gigabytes: number;
  };
}

/** Where reports are kept. */
export const runsDirectory: string = join(import.meta.dirname, '../runs');

export function keepReport(report: RunReport, directory: string = runsDirectory): void {
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model ?? '',
    cores: availableParallelism(),
    gigabytes: Math.round(totalmem() / 2 ** 30),
  };
  const kept: KeptReport = { ...report, date: new Date().toISOString(), machine };
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, `${report.name}.json`), `${JSON.stringify(kept, null, 2)}\n`);
}
