import { accuracyOf, describeSettings, duration, HEARTBEAT, lossOf, type Params, percent } from 'digits';
import { createLogUpdate } from 'log-update';
import type { ExperimentClient, Trial } from 'trialbase';
import type { Snapshot } from './progress.js';
import type { Reporter } from './reporter.js';
import { colors } from './terminal.js';

const BAR_WIDTH = 40;

/** A worker with no sign of life for so many milliseconds is likely dead. */
const SILENT = 2.5 * HEARTBEAT;

/** More running trials than this are only counted. */
const MOST_LINES = 8;

/** A view that is drawn anew in place: how far the search is, what runs, and the best so far. */
export function liveReporter(
  search: Pick<ExperimentClient<Params>, 'params'>,
  stream: NodeJS.WriteStream,
): Reporter {
  const draw = createLogUpdate(stream);

  function frame(snapshot: Snapshot): string {
    const { best, running } = snapshot;
    const more = running.length - MOST_LINES;
    return [
      '',
      headline(snapshot),
      counts(snapshot),
      '',
      ...running.slice(0, MOST_LINES).map(runningLine),
      ...(more > 0 ? [colors.dim(`  and ${more} more`)] : []),
      '',
      best ? bestLine(best) : colors.dim('  no trial is completed yet'),
      '',
    ].join('\n');
  }

  function runningLine(trial: Trial): string {
    const seconds = (Date.now() - (trial.start_time?.getTime() ?? Date.now())) / 1_000;
    const name = (trial.worker ?? '').padEnd(11);
    const silence = Date.now() - (trial.heartbeat?.getTime() ?? 0);
    const doing =
      silence > SILENT
        ? colors.yellow('silent: its trial goes to another worker soon')
        : colors.dim(describeSettings(search.params(trial)));
    return `  ${colors.cyan(name)} ${seconds.toFixed(1).padStart(5)} s  ${doing}`;
  }

  function bestLine(best: Trial): string {
    const figures = `loss ${lossOf(best).toFixed(4)}, accuracy ${percent(accuracyOf(best))}`;
    return `  ${colors.bold('best so far')}          ${colors.green(figures)}\n                       ${describeSettings(search.params(best))}`;
  }

  return {
    show: (snapshot) => draw(frame(snapshot)),
    note: (event) => {
      draw.clear();
      stream.write(`${colors.yellow(`  ${event}`)}\n`);
    },
    end: () => draw.done(),
  };
}

function headline({ completed, maxTrials, rate }: Snapshot): string {
  const share = Math.min(1, completed / maxTrials);
  const full = Math.round(share * BAR_WIDTH);
  const bar = colors.green('█'.repeat(full)) + colors.dim('░'.repeat(BAR_WIDTH - full));
  const left = rate > 0 ? `   ${duration((1_000 * (maxTrials - completed)) / rate)} left` : '';
  return `  ${bar}  ${colors.bold(`${completed}/${maxTrials}`)} trials   ${rate.toFixed(1)}/s${left}`;
}

function counts({ completed, running, waiting, broken }: Snapshot): string {
  const parts = [
    colors.green(`${completed} completed`),
    colors.cyan(`${running.length} running`),
    `${waiting} waiting`,
    broken > 0 ? colors.red(`${broken} broken`) : '0 broken',
  ];
  return `  ${parts.join(colors.dim(' · '))}`;
}
