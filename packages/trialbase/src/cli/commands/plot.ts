import type { Experiment } from '@trialbase/core';
import { Argument, type Command } from 'commander';
import { JSON_HELP, storeCommand } from '../configuration/command.js';
import { CommandError } from '../exit-codes.js';
import { findExperiment, titleOf } from '../experiments/find.js';
import { type ExperimentOptions, versionOption } from '../experiments/options.js';
import { type PrintOptions, printValue } from '../output/print.js';
import { type WriteFileOptions, writeFileOrOutput } from '../output/write-file.js';
import { type Store, withStore } from '../store.js';

type PlotOptions = ExperimentOptions & PrintOptions & WriteFileOptions;

/** A plot, ready to be drawn in one of three ways. */
interface Plot {
  readonly data: unknown;
  text(width: number): Iterable<string>;
  svg(): string;
}

export function plotCommand(): Command {
  return storeCommand(
    'plot',
    'Draw a search: in the terminal, or as an SVG file.\n' +
      "'regret' is the best objective over the trials; 'parallel' shows where the parameters of good trials lie.",
    ['trialbase plot regret -n digits', 'trialbase plot parallel -n digits -o digits.svg'],
    { 'Options:': ['name'] },
  )
    .addArgument(new Argument('[kind]', 'what to draw').choices(Object.keys(plots)).default('regret'))
    .addOption(versionOption())
    .option('-o, --output <file>', 'an SVG file to write')
    .option('-f, --force', 'replace a file that is there')
    .option('--json', `${JSON_HELP}: what would be drawn`)
    .action((kind: keyof typeof plots, options: PlotOptions, command: Command) =>
      withStore(command, 'use', async (store) => {
        const plot = await plots[kind](store, await findExperiment(store.storage, options));
        if (options.output !== undefined) await writeFileOrOutput(once(plot.svg()), options);
        else await printValue(plot.data, plot.text(process.stdout.columns || 80), options);
      }),
    );
}

const plots = { regret: plotRegret, parallel: plotParallel };

async function plotRegret({ storage }: Store, experiment: Experiment): Promise<Plot> {
  const [{ fetchRegret }, { regretText }, { regretSvg }] = await Promise.all([
    import('../plot/regret.js'),
    import('../plot/regret-text.js'),
    import('../plot/regret-svg.js'),
  ]);
  const regret = await fetchRegret(storage, experiment);
  if (regret.best.length === 0) throw nothingToDraw(experiment);
  const title = `${titleOf(experiment)}: the best of ${regret.best.length} trials`;
  return {
    data: regret,
    text: (width) => [title, regretText(regret, width)],
    svg: () => regretSvg(regret, title),
  };
}

async function plotParallel({ storage }: Store, experiment: Experiment): Promise<Plot> {
  const [{ fetchSpots }, { parallelText }, { parallelSvg }] = await Promise.all([
    import('../plot/axes.js'),
    import('../plot/parallel-text.js'),
    import('../plot/parallel-svg.js'),
  ]);
  const { axes, spots } = await fetchSpots(storage, experiment);
  if (spots.length === 0 || axes.length === 0) throw nothingToDraw(experiment);
  const title = `${titleOf(experiment)}: ${spots.length} trials`;
  return {
    data: { axes: axes.map(({ name, ticks }) => ({ name, ticks })), trials: spots },
    text: (width) => parallelText(axes, spots, width),
    svg: () => parallelSvg(axes, spots, title),
  };
}

function nothingToDraw(experiment: Experiment): CommandError {
  return new CommandError('notFound', `${titleOf(experiment)} has no completed trial to draw`);
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}
