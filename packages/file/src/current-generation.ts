import { StorageUnavailableError, schema, Tables } from '@trialbase/core/adapter';
import { Generation } from './generation.js';
import type { Generations } from './generations.js';

/** The current generation, and the documents that are in it. */
export function load(generations: Generations): [Generation, Tables] {
  for (;;) {
    const number = generations.current();
    if (number === 0) throw removed(generations.directory);
    const generation = Generation.open(generations.path(number), number);
    if (!generation) continue; // A newer one has taken its place just now.
    const tables = new Tables(schema);
    generation.follow(({ effects }) => effects && tables.apply(effects));
    return [generation, tables];
  }
}

/** The error for a store whose journal is gone. */
export function removed(directory: string): StorageUnavailableError {
  return new StorageUnavailableError(
    `The journal of '${directory}' was removed: restore it and open the store again`,
  );
}
