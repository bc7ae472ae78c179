import fs from 'node:fs';
import { timerDelay } from '@trialbase/core/adapter';
import { onDisk, openIfThere } from './file-system.js';
import { type ProcessIdentity, thisProcess } from './process-identity.js';

/** What a ticket or a turn file says: who made it, and for which lock. */
interface Claim extends ProcessIdentity {
  readonly lock: string;
  readonly owner: string;
  /** When it was made, by the clock of its maker. For people to read; nothing compares it. */
  readonly since: string;
}

/** Creates the file of a claim, which must not exist. */
export function writeClaim(path: string, lock: string, owner: string): void {
  const claim: Claim = { lock, owner, ...thisProcess(), since: new Date().toISOString() };
  onDisk('create', path, () => fs.writeFileSync(path, `${JSON.stringify(claim)}\n`, { flag: 'wx' }));
}

/** A claim file as it stands now. */
export interface ClaimFile {
  /** Whether the file is empty: its turn was given back. */
  readonly ended: boolean;
  /** Changes whenever the maker shows that it lives. */
  readonly sign: number;
  /** `undefined` where the file cannot be understood. */
  readonly claim: Claim | undefined;
}

/** Reads a claim file; `undefined` where there is none. Opens it anew, because network file systems look at the server only then. */
export function readClaim(path: string): ClaimFile | undefined {
  const fd = openIfThere(path, 'r');
  if (fd === undefined) return undefined;
  return onDisk('read', path, () => {
    try {
      const { size, mtimeMs } = fs.fstatSync(fd);
      return { ended: size === 0, sign: mtimeMs, claim: parseClaim(fs.readFileSync(fd, 'utf8')) };
    } finally {
      fs.closeSync(fd);
    }
  });
}

function parseClaim(text: string): Claim | undefined {
  try {
    const claim: unknown = JSON.parse(text);
    return typeof claim === 'object' && claim !== null && 'pid' in claim ? (claim as Claim) : undefined;
  } catch {
    return undefined;
  }
}

const held = new Set<Turn>();

process.once('exit', () => {
  for (const turn of held) turn.end();
});

/**
 * A turn that this process has. It shows a sign of life at a fixed interval until it is ended. All it does, it does to the
 * open file, so that it touches nobody else's, whatever became of the name.
 */
export class Turn {
  #fd: number;
  readonly #beat: NodeJS.Timeout;

  /**
   * @param path of the file, under the name of the ticket or of the turn.
   * @returns `undefined` where there is no such file any more.
   */
  static begin(path: string, signOfLifeEvery: number): Turn | undefined {
    const fd = openIfThere(path, 'r+');
    return fd === undefined ? undefined : new Turn(fd, signOfLifeEvery);
  }

  private constructor(fd: number, signOfLifeEvery: number) {
    this.#fd = fd;
    this.#beat = setInterval(() => this.#showLife(), timerDelay(signOfLifeEvery)).unref();
    held.add(this);
  }

  /**
   * Goes on with the same file under the name of the turn: whoever waits is woken by changes under that name, and a system tells of a
   * change under the name by which the file was opened. Where this fails they see the end a moment later, when they look.
   */
  openAs(path: string): void {
    let dropped: number | undefined;
    try {
      dropped = fs.openSync(path, 'r+');
      if (isSameFile(dropped, this.#fd)) [this.#fd, dropped] = [dropped, this.#fd];
    } catch {
      // The turn is taken all the same, and can be given back.
    } finally {
      if (dropped !== undefined) fs.closeSync(dropped);
    }
  }

  /** Gives the turn back, by emptying its file. */
  end(): void {
    this.#letGo(() => fs.ftruncateSync(this.#fd, 0));
  }

  /** Leaves the file as it is: it has not become a turn. */
  forgo(): void {
    this.#letGo(() => undefined);
  }

  #letGo(last: () => void): void {
    if (!held.delete(this)) return;
    clearInterval(this.#beat);
    try {
      last();
    } catch {
      // What was done during the turn is done. The turn shows no more signs of life, so others take over from it.
    } finally {
      fs.closeSync(this.#fd);
    }
  }

  /** At once, not by another thread: by the time that gets to it, the file may be closed, and its number be that of another. */
  #showLife(): void {
    const now = new Date();
    try {
      fs.futimesSync(this.#fd, now, now);
    } catch {
      // A sign that fails is one that others miss: they then do what staleness is for.
    }
  }
}

function isSameFile(one: number, other: number): boolean {
  const [a, b] = [fs.fstatSync(one, { bigint: true }), fs.fstatSync(other, { bigint: true })];
  return a.ino === b.ino && a.dev === b.dev;
}
