import { type ExperimentClient, objectiveOf, type Progress, reportsOf } from '@trialbase/client';
import type { Trial } from '@trialbase/core';
import { createLogUpdate } from 'log-update';
import picocolors from 'picocolors';

/** What can be written to, such as `process.stdout`. */
export interface ProgressStream {
  /** Prints. */
  write(text: string): unknown;
  /** Whether it is a terminal. */
  readonly isTTY?: boolean;
}

/** Shows how a search stands. */
export interface View {
  show(progress: Progress): void;
  /** What is printed afterwards follows below. */
  end(): void;
}

const BAR_WIDTH = 30;

/** More running trials than these are only counted. */
const MOST_LINES = 8;

/** Milliseconds between two plain lines. */
const INTERVAL = 2_000;

export function createView(search: Pick<ExperimentClient, 'params'>, stream: ProgressStream): View {
  const isTerminal = stream.isTTY === true && !process.env['CI'];
  return isTerminal ? liveView(search, stream) : plainView(search, stream);
}

/** One line every two seconds, while something is completed, and one at the end. */
function plainView(search: Pick<ExperimentClient, 'params'>, stream: ProgressStream): View {
  let last: Progress | undefined;
  let printed: string | undefined;
  let next = Number.NEGATIVE_INFINITY;

  function print(progress: Progress): void {
    const line = [counted(progress), ...others(progress), bestOf(progress, search)]
      .filter(Boolean)
      .join(', ');
    if (line !== printed) stream.write(`${line}\n`);
    printed = line;
    next = performance.now() + INTERVAL;
  }

  return {
    show: (progress) => {
      last = progress;
      if (performance.now() >= next) print(progress);
    },
    end: () => last && print(last),
  };
}

/** A bar, the trials that are evaluated, and the best, drawn anew in place. */
function liveView(search: Pick<ExperimentClient, 'params'>, stream: ProgressStream): View {
  const draw = createLogUpdate(stream as NodeJS.WriteStream);
  const colors = picocolors.createColors(!process.env['NO_COLOR']);

  function bar({ counts, maxTrials }: Progress): string {
    const share = maxTrials === undefined ? 0 : Math.min(1, counts.completed / maxTrials);
    const full = Math.round(share * BAR_WIDTH);
    return `${colors.green('█'.repeat(full))}${colors.dim('░'.repeat(BAR_WIDTH - full))}`;
  }

  return {
    show: (progress) => {
      const { running } = progress;
      const more = running.length - MOST_LINES;
      const lines = [
        [bar(progress), colors.bold(counted(progress)), ...others(progress)].join('  '),
        ...running.slice(0, MOST_LINES).map((trial) => colors.dim(runningLine(trial, search))),
        ...(more > 0 ? [colors.dim(`  and ${more} more`)] : []),
        ...[bestOf(progress, search)].filter(Boolean),
      ];
      draw(lines.join('\n'));
    },
    end: () => draw.done(),
  };
}

function counted({ counts, maxTrials }: Progress): string {
  return `${counts.completed}${maxTrials === undefined ? '' : `/${maxTrials}`} trials`;
}

function others({ counts }: Progress): string[] {
  const broken = counts.broken > 0 ? [`${counts.broken} broken`] : [];
  return [`${counts.reserved} running`, ...broken];
}

function bestOf({ best }: Progress, search: Pick<ExperimentClient, 'params'>): string {
  return best ? `best ${objectiveOf(best.results)} at ${inWords(best, search)}` : '';
}

function runningLine(trial: Trial, search: Pick<ExperimentClient, 'params'>): string {
  const last = reportsOf(trial).at(-1);
  return `  ${inWords(trial, search)}${last ? `: ${last[1]} after ${last[0]}` : ''}`;
}

function inWords(trial: Trial, search: Pick<ExperimentClient, 'params'>): string {
  const params = Object.entries(search.params(trial));
  return params.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(' ');
}
