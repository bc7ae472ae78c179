import type { KeptReport } from '../run-report.js';
import { blocks, list, table } from './markdown.js';
import { mended } from './mended.js';
import { notPromised } from './not-promised.js';

/** The page `docs/results.md`. `pictures` are Markdown, by the name of the run they stand with. */
export function resultsPage(runs: readonly KeptReport[], pictures: Readonly<Record<string, string>>): string {
  const text = blocks(
    '# Results',
    opening,
    '## At a glance',
    table(runs.map(glance)),
    '## Faults found and mended',
    table(mended.map(({ fault, foundBy, remedy }) => ({ fault, 'found by': foundBy, remedy }))),
    '## What is not promised',
    list(notPromised),
    '## The runs',
    ...runs.map((run) => blocks(section(run), pictures[run.name])),
  );
  return `${text}\n`;
}

const opening = blocks(
  'Trialbase promises that an acknowledged write is there, that each trial is evaluated by one worker, that no lock stays ' +
    'stuck, and that a store does not slow down as it fills. This page says what was thrown at these promises, for how long, ' +
    'on which machine, and with what outcome. Each run can be repeated by the command beside it; most have a short form that is a part of `npm test`.',
  '`npm run results` writes this page from the reports that the runs left in `proof/runs`. Only the two lists below the ' +
    'first table are written by hand.',
);

function glance({ title, name, seconds, faults }: KeptReport): Record<string, string> {
  return {
    run: `[${title}](#${name})`,
    took: duration(seconds),
    outcome: faults.length === 0 ? 'no faults' : counted(faults.length, 'fault'),
  };
}

function section(run: KeptReport): string {
  const { name, title, command, date, seconds, machine, figures, tables = [], faults, notes } = run;
  const where = `${machine.cpu || 'a processor without a name'}, ${machine.cores} cores, ${machine.gigabytes} GB, Node ${machine.node}`;
  const counts = Object.entries(figures).map(([what, figure]) => ({ what, figure }));
  return blocks(
    `<a id="${name}"></a>`,
    `### ${title}`,
    `\`${command}\`: ${date.slice(0, 10)}, ${duration(seconds)}, on ${where}.`,
    table(counts),
    faults.length === 0 ? 'It found no faults.' : blocks('What it found:', list(faults)),
    list(notes),
    ...tables.map(({ title: caption, rows }) => blocks(`**${caption}**`, table(rows))),
  );
}

function duration(seconds: number): string {
  if (seconds < 120) return counted(Math.round(seconds), 'second');
  if (seconds < 7_200) return counted(Math.round(seconds / 60), 'minute');
  return `${(seconds / 3_600).toFixed(1)} hours`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
