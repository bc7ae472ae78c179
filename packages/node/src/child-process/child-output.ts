import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Trial } from '@trialbase/core';

/** How much of the end an error tells, in bytes. */
const TOLD = 1_000;

/** What a child process prints, in a file that it writes by itself: nothing is lost when this process dies. */
export class ChildOutput {
  readonly #file: FileHandle;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async open(directory: string, { id }: Pick<Trial, 'id'>): Promise<ChildOutput> {
    await mkdir(directory, { recursive: true });
    return new ChildOutput(await open(join(directory, `${id}.log`), 'a+'));
  }

  /** Where the child is to write. */
  get descriptor(): number {
    return this.#file.fd;
  }

  /** The last that was printed, as the end of a sentence. */
  async inWords(): Promise<string> {
    const { size } = await this.#file.stat();
    const start = Math.max(0, size - TOLD);
    const { buffer, bytesRead } = await this.#file.read(Buffer.alloc(size - start), { position: start });
    const text = buffer.toString('utf8', 0, bytesRead).trim();
    return text === '' ? 'It printed nothing' : `It printed last:\n${text}\n`;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
