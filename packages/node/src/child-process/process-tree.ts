import { type ChildProcess, execFile, type StdioOptions, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds between two looks at whether a tree is gone. */
const LOOK_AGAIN = 20;

/** The trees that are alive, for the case that this process ends before they do. */
const alive = new Set<ProcessTree>();
let watchesExit = false;

export interface StartOptions {
  readonly cwd: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly stdio: StdioOptions;
}

/** How a process ended: by itself with a code, or by a signal. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A child process with all that it starts. Where the platform has groups of processes, it leads one of its own. */
export class ProcessTree {
  /** How its leader ended. @throws the platform's error if it could not be started. */
  readonly exited: Promise<Exit>;
  readonly #leader: ChildProcess;

  constructor(program: string, args: readonly string[], options: StartOptions) {
    this.#leader = spawn(program, args, { ...options, detached: true, windowsHide: true });
    this.exited = new Promise((resolve, reject) => {
      this.#leader.once('error', reject);
      this.#leader.once('exit', (code, signal) => resolve({ code, signal }));
    });
    this.#mind();
  }

  /** Asks all of it to end, and ends what is still there after so many milliseconds. Resolves when nothing is. */
  async kill(after: number): Promise<void> {
    this.#signal('SIGTERM');
    const deadline = performance.now() + after;
    while (this.#isAlive() && performance.now() < deadline) await sleep(LOOK_AGAIN);
    this.#signal('SIGKILL');
    await this.exited.catch(() => {});
  }

  /** What this process leaves behind when it ends is ended too. */
  #mind(): void {
    if (!watchesExit) process.on('exit', () => alive.forEach((tree) => tree.#signal('SIGKILL')));
    watchesExit = true;
    alive.add(this);
    const forget = (): boolean => alive.delete(this);
    this.exited.then(forget, forget);
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid } = this.#leader;
    if (pid === undefined) return;
    if (process.platform === 'win32') {
      execFile('taskkill', ['/pid', String(pid), '/T', '/F'], () => {});
      return;
    }
    try {
      process.kill(-pid, signal);
    } catch {
      // All of it is gone.
    }
  }

  #isAlive(): boolean {
    const { pid, exitCode, signalCode } = this.#leader;
    if (pid === undefined) return false;
    if (process.platform === 'win32') return exitCode === null && signalCode === null;
    try {
      return process.kill(-pid, 0);
    } catch {
      return false;
    }
  }
}
