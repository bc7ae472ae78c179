import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/**
 * Where a WebKit lives that shares nothing with the user's: a home directory, and a virtual display, as it has no headless
 * mode. Both are gone when the home is closed, or this process ends.
 */
export class WebKitHome {
  readonly #directory = mkdtempSync(join(tmpdir(), 'trialbase-webkit-'));
  readonly #processes: ChildProcess[] = [];
  readonly #environment: NodeJS.ProcessEnv = {
    ...process.env,
    HOME: this.#directory,
    TMPDIR: this.#directory,
    XDG_RUNTIME_DIR: this.#directory,
    GDK_BACKEND: 'x11',
    // There is no desktop to talk to.
    DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    NO_AT_BRIDGE: '1',
  };

  /** @param xvfb makes the display. Without it, that of the user serves. */
  static async open(xvfb: string | undefined): Promise<WebKitHome> {
    const home = new WebKitHome();
    if (xvfb) await home.#openDisplay(xvfb);
    return home;
  }

  private constructor() {
    for (const name of ['cache', 'config', 'data', 'state'])
      this.#environment[`XDG_${name.toUpperCase()}_HOME`] = this.#makeDirectory(name);
    process.once('exit', this.#end);
  }

  /** Starts a program that lives here. What it prints is dropped: WebKit complains of every service that a server lacks. */
  start(program: string, args: readonly string[]): ChildProcess {
    return this.#spawn(program, args, 'ignore');
  }

  async close(): Promise<void> {
    const ended = this.#processes.map((child) => child.exitCode ?? child.signalCode ?? once(child, 'exit'));
    this.#end();
    await Promise.all(ended);
    process.off('exit', this.#end);
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 10 });
  }

  /** Xvfb chooses a display that is free, and says on the pipe which, once it can be used. */
  async #openDisplay(program: string): Promise<void> {
    const args = ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'];
    const child = this.#spawn(program, args, 'pipe');
    for await (const line of createInterface(child.stdio[3] as Readable)) {
      this.#environment['DISPLAY'] = `:${line}`;
      return;
    }
    throw new Error(`${program} ended before it opened a display.`);
  }

  #spawn(program: string, args: readonly string[], pipe: 'ignore' | 'pipe'): ChildProcess {
    // In a group of its own, which takes the processes that it starts along when it ends.
    const child = spawn(program, args, {
      env: this.#environment,
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', pipe],
    });
    this.#processes.push(child);
    return child;
  }

  #makeDirectory(name: string): string {
    const path = join(this.#directory, name);
    mkdirSync(path);
    return path;
  }

  readonly #end = (): void => {
    for (const { pid, exitCode, signalCode } of this.#processes.toReversed())
      if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid);
    rmSync(this.#directory, { recursive: true, force: true });
  };
}
