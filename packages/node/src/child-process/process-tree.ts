import { type ChildProcess, execFile, type StdioOptions, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds between two looks at whether a tree is gone. */
const LOOK_AGAIN = 20;

/** The trees that are alive, for the case that this process ends before they do. */
const alive = new Set<ProcessTree>();

/** What ends a process of Node that does not listen to it, without an event that it ends. */
const deadly = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

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
    if (alive.size === 0) mindEnd();
    alive.add(this);
    const forget = (): void => {
      alive.delete(this);
      if (alive.size === 0) forgetEnd();
    };
    this.exited.then(forget, forget);
  }

  /** Ends all of it at once. */
  killNow(): void {
    this.#signal('SIGKILL');
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

function mindEnd(): void {
  process.on('exit', killAll);
  for (const signal of deadly) process.on(signal, endBy);
}

function forgetEnd(): void {
  process.off('exit', killAll);
  for (const signal of deadly) process.off(signal, endBy);
}

function killAll(): void {
  for (const tree of alive) tree.killNow();
}

/** Where somebody else listens to the signal, they say what it means; else it ends this process, as if nobody listened here. */
function endBy(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  killAll();
  forgetEnd();
  process.kill(process.pid, signal);
}
