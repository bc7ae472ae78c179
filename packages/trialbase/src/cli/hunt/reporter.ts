import { isatty } from 'node:tty';
import { objectiveOf, pointOf } from '@trialbase/client';
import type { Trial } from '@trialbase/core';
import { createLogUpdate } from 'log-update';
import picocolors from 'picocolors';
import { formatNumber, formatValue } from '../output/format.js';
import { say } from '../output/write.js';
import type { Standing } from './standing.js';

/** Tells a person how a search goes on, on standard error: by a bar in a terminal, by a line a trial elsewhere. */
export interface Reporter {
  /** Shows how it stands. */
  show(standing: Standing): void;
  /** Tells of a trial that was completed or broken here. */
  tell(trial: Trial, standing: Standing): void;
  /** Says something that stays. */
  note(line: string): void;
  /** Ends the live part. */
  end(): void;
}

const BAR_WIDTH = 30;

export function createReporter(): Reporter {
  return isatty(2) && !process.env['CI'] ? liveReporter() : plainReporter();
}

function plainReporter(): Reporter {
  return {
    show: () => undefined,
    tell: (trial, standing) => say(`${counted(standing)}  ${told(trial)}`),
    note: say,
    end: () => undefined,
  };
}

function liveReporter(): Reporter {
  const draw = createLogUpdate(process.stderr);
  const colors = picocolors.createColors(!process.env['NO_COLOR']);
  const note = (line: string): void => {
    draw.clear();
    say(line);
  };
  return {
    show: (standing) => {
      const { completed, wanted, running, broken, best } = standing;
      const share = wanted === Number.POSITIVE_INFINITY ? 0 : Math.min(1, completed / wanted);
      const full = Math.round(share * BAR_WIDTH);
      const bar = colors.green('█'.repeat(full)) + colors.dim('░'.repeat(BAR_WIDTH - full));
      const parts = [colors.bold(counted(standing)), colors.cyan(`${running} running`)];
      if (broken > 0) parts.push(colors.red(`${broken} broken`));
      draw(`${bar}  ${parts.join('  ')}${best ? `\nbest ${told(best)}` : ''}`);
    },
    tell: (trial) => {
      if (trial.status === 'broken') note(colors.red(told(trial)));
    },
    note,
    end: () => draw.done(),
  };
}

function counted({ completed, wanted }: Standing): string {
  return wanted === Number.POSITIVE_INFINITY ? `${completed} trials` : `${completed}/${wanted} trials`;
}

/** A trial in a line: what it gave, and its parameters. */
export function told(trial: Trial): string {
  const values = Object.entries(pointOf(trial)).map(
    ([name, value]) => `${name}=${formatValue(value) ?? 'null'}`,
  );
  const gave = formatNumber(objectiveOf(trial.results)) ?? trial.status;
  return `${gave}  ${values.join(' ')}`;
}
