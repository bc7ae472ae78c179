import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A file system of its own that can be filled up. */
export class SmallDisk {
  readonly path: string;

  /** @returns `undefined` where this user may not mount one. */
  static mount(path: string, megabytes: number): SmallDisk | undefined {
    mkdirSync(path, { recursive: true });
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path]);
    return status === 0 ? new SmallDisk(path) : undefined;
  }

  private constructor(path: string) {
    this.path = path;
  }

  /** Takes all the room there is. */
  fill(): void {
    const fd = openSync(this.#ballast, 'w');
    try {
      // By ever smaller pieces, so that nothing is left.
      for (let size = 1 << 20; size > 0; ) size = this.#write(fd, size) ? size : size >> 1;
    } finally {
      closeSync(fd);
    }
  }

  makeRoom(): void {
    rmSync(this.#ballast, { force: true });
  }

  unmount(): void {
    spawnSync('umount', ['-l', this.path]);
  }

  get #ballast(): string {
    return join(this.path, 'ballast');
  }

  #write(fd: number, size: number): boolean {
    try {
      return writeSync(fd, Buffer.alloc(size)) > 0;
    } catch {
      return false; // There is less room than that.
    }
  }
}
