import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { AnyParams } from '@trialbase/client';
import { type Document, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { CommandError } from '../exit-codes.js';
import { priorOf } from './prior.js';

/** Whether a path is that of a file in which parameters may be marked: it is there, it is missing, or it is none. */
export function templateFileAt(path: string): 'present' | 'missing' | undefined {
  if (!/\.(ya?ml|json)$/i.test(path)) return undefined;
  if (!existsSync(path)) return 'missing';
  return statSync(path).isDirectory() ? undefined : 'present';
}

type Path = readonly (string | number)[];

/**
 * A YAML or JSON file, in which values are marked as parameters: `lr: ~loguniform(1e-5, 1.0)`. A parameter is named for where it
 * stands, as in Orion: `model/lr`. For each trial a copy is written with its values in place of the priors; all else in it
 * stays, comments too.
 */
export class TemplateFile {
  /** The parameters, with their priors. */
  readonly priors: ReadonlyMap<string, string>;
  readonly #path: string;
  readonly #text: string;
  readonly #places = new Map<string, Path>();

  /** @throws CommandError if the file cannot be read. */
  constructor(path: string) {
    this.#path = path;
    this.#text = readText(path);
    const priors = new Map<string, string>();
    // A file without a mark may be in any form: it is the program's alone.
    if (!this.#text.includes('~')) {
      this.priors = priors;
      return;
    }
    visit(this.#parse().contents, [], (place, value) => {
      const prior = priorOf(value);
      if (prior === undefined) return;
      const name = place.join('/');
      priors.set(name, prior);
      this.#places.set(name, place);
    });
    this.priors = priors;
  }

  /** Writes the copy for a trial, in a directory of its own: others may have the same name. @returns its path. */
  async write(params: AnyParams, directory: string): Promise<string> {
    const document = this.#parse();
    for (const [name, place] of this.#places) {
      if (Object.hasOwn(params, name)) document.setIn(place, params[name]);
      else document.deleteIn(place); // Its condition does not hold.
    }
    const copy = join(await mkdtemp(join(directory, 'file-')), basename(this.#path));
    const isJson = this.#path.toLowerCase().endsWith('.json');
    await writeFile(
      copy,
      isJson ? `${JSON.stringify(document.toJS(), undefined, 2)}\n` : document.toString(),
    );
    return copy;
  }

  #parse(): Document {
    const document = parseDocument(this.#text);
    const [error] = document.errors;
    if (!error) return document;
    const [message = ''] = error.message.split('\n');
    throw new CommandError('misused', `'${this.#path}' is neither YAML nor JSON: ${message}`, {
      cause: error,
    });
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new CommandError('notFound', `'${path}' cannot be read: ${(cause as Error).message}`, { cause });
  }
}

function visit(node: unknown, place: Path, take: (place: Path, value: unknown) => void): void {
  if (isMap(node))
    for (const { key, value } of node.items)
      visit(value, [...place, isScalar(key) ? String(key.value) : String(key)], take);
  else if (isSeq(node)) node.items.forEach((item, i) => visit(item, [...place, i], take));
  else if (isScalar(node)) take(place, node.value);
}
