import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Where Linux keeps files in memory. */
const MEMORY = '/dev/shm';

/** Bytes. Containers often have next to nothing there; and an engine grants pages a share of what is free. */
const ROOM = 4 * 1024 ** 3;

/**
 * From now on this process, and those that it starts, put temporary files into memory where there is room: of what an engine
 * does for a database that is made for one test and then deleted, half is to wait for the disk.
 *
 * @returns where temporary files were put before.
 */
export function keepProfilesInMemory(): string {
  const before = tmpdir();
  if (hasRoom()) process.env['TMPDIR'] = MEMORY;
  return before;
}

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ROOM;
  } catch {
    return false; // not Linux
  }
}
