import { StorageUnavailableError, schema, Tables } from '@trialbase/core/adapter';
import { Generation } from './generation.js';
import type { Generations } from './generations.js';

/** The current generation, and the documents that are in it. */
export function load(generations: Generations): [Generation, Tables] {
  const generation = openCurrent(generations);
  const tables = new Tables(schema);
  try {
    generation.follow(({ effects }) => effects && tables.apply(effects));
  } catch (error) {
    generation.close();
    throw error;
  }
  return [generation, tables];
}

/**
 * Opens a generation, if it is the current one.
 *
 * @throws StorageUnavailableError if it is, and nothing is there under its name.
 */
export function openIfCurrent(generations: Generations, number: number): Generation | undefined {
  const generation = Generation.open(generations.path(number), number);
  // Its name may have been given again just now, to a copy from which it will be taken back (see `Succession`). That happens only
  // where there is a higher one, so whoever looks after opening cannot miss it.
  if (generation && generations.current() === number) return generation;
  generation?.close();
  if (!generation && generations.current() === number) {
    throw new StorageUnavailableError(
      `'${generations.path(number)}' is the name of a journal, and a link that leads nowhere: restore the file that it leads to`,
    );
  }
  return undefined;
}

function openCurrent(generations: Generations): Generation {
  for (;;) {
    const number = generations.current();
    if (number === 0) throw removed(generations.directory);
    const generation = openIfCurrent(generations, number);
    if (generation) return generation;
    // A newer one has taken its place just now.
  }
}

/** The error for a store whose journal is gone. */
export function removed(directory: string): StorageUnavailableError {
  return new StorageUnavailableError(
    `The journal of '${directory}' was removed: restore it and open the store again`,
  );
}
