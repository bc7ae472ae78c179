import { resolve } from 'node:path';
import type { AnyParams, SpaceInput } from '@trialbase/client';
import type { Command } from '@trialbase/node';
import { CommandError } from '../exit-codes.js';
import { priorOf } from './prior.js';
import { TemplateFile, templateFileAt } from './template-file.js';

/** What the words of a command may speak of besides its parameters. */
export interface Names {
  readonly trial: string;
  readonly experiment: string;
  /** Made where a word speaks of it. */
  workingDirectory(): string;
}

/** A word of the command: as it is, with the value of a parameter, or with the path of a file that is written for each trial. */
type Part =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'param';
      readonly name: string;
      readonly before: readonly string[];
      readonly prefix: string;
    }
  | { readonly kind: 'file'; readonly prefix: string; readonly file: TemplateFile };

const MARKED = /^(-{0,2})([A-Za-z_][\w.-]*?)(=?)~(.*)$/s;
const FILE_OPTION = /^(--?[A-Za-z][\w-]*=)(.+)$/s;

/** A program that is to be tuned, with its arguments, some of which are marked as parameters: `--lr~loguniform(1e-5, 1.0)`. */
export class CommandTemplate {
  /** The parameters, with their priors. */
  readonly space: SpaceInput;
  readonly #parts: readonly Part[];

  /**
   * @param words the program and its arguments.
   * @param directory where it runs, and where its files are. Default: the current one.
   * @throws InvalidConfigurationError if a prior cannot be read. @throws CommandError if a parameter is there twice.
   */
  constructor(words: readonly string[], directory: string = '') {
    const space = new Map<string, string>();
    const add = (name: string, prior: string): void => {
      if (space.has(name)) throw new CommandError('misused', `The parameter '${name}' is there twice`);
      space.set(name, prior);
    };
    this.#parts = words.map((word) => partOf(word, directory, add));
    this.space = Object.fromEntries(space);
  }

  /** The words for a trial. @param directory where files of parameters are written. */
  async wordsFor(params: AnyParams, directory: string, names: Names): Promise<Command> {
    const words: string[] = [];
    for (const part of this.#parts) {
      if (part.kind === 'text') words.push(withNames(part.text, names));
      else if (part.kind === 'file') words.push(part.prefix + (await part.file.write(params, directory)));
      // A parameter whose condition does not hold is not there.
      else if (Object.hasOwn(params, part.name))
        words.push(...part.before, part.prefix + textOf(params[part.name]));
    }
    const [program = '', ...args] = words;
    return [program, ...args];
  }
}

/** `--lr~prior` gives two words, `--lr` and the value; `--lr=~prior` gives one, `--lr=VALUE`; `lr~prior` the value alone. */
function partOf(word: string, directory: string, add: (name: string, prior: string) => void): Part {
  const [, dashes = '', name = '', equals = '', text = ''] = MARKED.exec(word) ?? [];
  const prior = priorOf(`~${text}`);
  if (name !== '' && prior !== undefined) {
    add(name, prior);
    const flag = dashes + name;
    if (dashes === '') return { kind: 'param', name, before: [], prefix: '' };
    return equals === ''
      ? { kind: 'param', name, before: [flag], prefix: '' }
      : { kind: 'param', name, before: [], prefix: `${flag}=` };
  }
  const told = pathIn(word);
  const path = resolve(directory, told);
  if (templateFileAt(path) !== 'present') return { kind: 'text', text: word };
  const file = new TemplateFile(path);
  for (const [each, its] of file.priors) add(each, its);
  return file.priors.size === 0
    ? { kind: 'text', text: word }
    : { kind: 'file', prefix: word.slice(0, -told.length), file };
}

/** The files that words name in which parameters could be marked, and that are not there: the program may be the one to write them. */
export function missingFiles(words: readonly string[], directory: string = ''): string[] {
  return words.map(pathIn).filter((path) => templateFileAt(resolve(directory, path)) === 'missing');
}

/** The path that a word gives, perhaps after an option: `--config=a.json`. */
function pathIn(word: string): string {
  return FILE_OPTION.exec(word)?.[2] ?? word;
}

/** A value as a command takes it: a text as it is, all else as JSON writes it. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function withNames(text: string, names: Names): string {
  if (!text.includes('{')) return text;
  return text
    .replaceAll('{trial.id}', () => names.trial)
    .replaceAll('{experiment.name}', () => names.experiment)
    .replaceAll('{trial.working_dir}', () => names.workingDirectory());
}
