import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/**
 * Where a WebKit lives that shares nothing with the user's: a home directory, and a virtual display, as it has no headless
 * mode. They are gone, and all that was started here with them, when the home is closed or this process exits.
 */
export class WebKitHome {
  readonly #directory = mkdtempSync(join(tmpdir(), 'trialbase-webkit-'));
  readonly #running = new Set<ChildProcess>();
  readonly #environment: NodeJS.ProcessEnv = {
    ...process.env,
    HOME: this.#directory,
    TMPDIR: this.#directory,
    XDG_RUNTIME_DIR: this.#directory,
    GDK_BACKEND: 'x11',
    // In the locale C, `navigator.language` would be 'C', which `Intl` refuses. This one need not be installed.
    LC_ALL: 'en_US.UTF-8',
    // There is no desktop to talk to.
    DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    NO_AT_BRIDGE: '1',
  };

  /** @param xvfb the program that makes the display; without it, the user's serves. */
  static async open(xvfb: string | undefined): Promise<WebKitHome> {
    const home = new WebKitHome();
    if (xvfb) await home.#openDisplay(xvfb);
    return home;
  }

  private constructor() {
    for (const kind of ['cache', 'config', 'data', 'state']) {
      const directory = join(this.#directory, kind);
      mkdirSync(directory);
      this.#environment[`XDG_${kind.toUpperCase()}_HOME`] = directory;
    }
    process.once('exit', this.#end);
  }

  /** Starts a program that lives here. What it prints is dropped: WebKit complains of each service that a server lacks. */
  start(program: string, args: readonly string[]): void {
    this.#spawn(program, args, 'ignore');
  }

  async close(): Promise<void> {
    process.off('exit', this.#end);
    const ended = [...this.#running].map((child) => once(child, 'exit'));
    this.#end();
    await Promise.all(ended);
    this.#remove();
  }

  /** Xvfb takes a display that is free, and tells its number on the pipe once it is ready. */
  async #openDisplay(xvfb: string): Promise<void> {
    const screen = ['-screen', '0', '1280x1024x24'];
    const { stdio } = this.#spawn(xvfb, ['-displayfd', '3', ...screen, '-nolisten', 'tcp'], 'pipe');
    const lines = createInterface(stdio[3] as Readable)[Symbol.asyncIterator]();
    const { value: number, done } = await lines.next();
    if (done) throw new Error(`${xvfb} ended without having opened a display.`);
    this.#environment['DISPLAY'] = `:${number}`;
  }

  #spawn(program: string, args: readonly string[], pipe: 'ignore' | 'pipe'): ChildProcess {
    const child = spawn(program, args, {
      env: this.#environment,
      // In a group of its own, so that the processes it starts can be ended with it.
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', pipe],
    });
    this.#running.add(child);
    child.once('exit', () => this.#running.delete(child));
    return child;
  }

  readonly #end = (): void => {
    for (const { pid } of this.#running) if (pid !== undefined) process.kill(-pid);
    this.#remove();
  };

  #remove(): void {
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 10 });
  }
}
