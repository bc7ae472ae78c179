import { type ChildProcess, fork } from 'node:child_process';

/** How long workers may take to give their trials back when told to stop, in milliseconds. Later ones are killed. */
const PATIENCE = 5_000;

const WORKER = new URL('worker.js', import.meta.url);

/** The worker processes of this run. A worker that is killed is replaced; what it was doing is done by another. */
export class Crew {
  /** Settles when no worker is left: none had more to do, or all were stopped; with an error if one failed. */
  readonly done: Promise<Error | undefined>;
  readonly #store: string;
  readonly #report: (event: string) => void;
  readonly #workers = new Set<ChildProcess>();
  #stopping = false;
  #failure: Error | undefined;

  constructor(size: number, store: string, report: (event: string) => void) {
    this.#store = store;
    this.#report = report;
    this.done = new Promise((resolve) => {
      const left = (): void => {
        if (this.#workers.size === 0) resolve(this.#failure);
      };
      for (let i = 0; i < size; i++) this.#hire(left);
    });
  }

  /** How many workers there are. */
  get size(): number {
    return this.#workers.size;
  }

  /** Lets every worker give its trial back, so that the next run starts with it. */
  stop(): void {
    this.#stopping = true;
    for (const worker of this.#workers) worker.kill('SIGTERM');
    setTimeout(() => {
      for (const worker of this.#workers) worker.kill('SIGKILL');
    }, PATIENCE).unref();
  }

  #hire(left: () => void): void {
    const worker = fork(WORKER, [this.#store], { stdio: ['ignore', 'inherit', 'pipe', 'ipc'] });
    let complaint = '';
    worker.stderr?.on('data', (text) => {
      complaint += text;
    });
    worker.on('close', (code, signal) => {
      this.#workers.delete(worker);
      if (signal && !this.#stopping) this.#replace(worker, signal, left);
      if (code) this.#giveUp(complaint.trim() || `exit code ${code}`);
      left();
    });
    this.#workers.add(worker);
  }

  #replace({ pid }: ChildProcess, signal: string, left: () => void): void {
    this.#report(
      `Worker ${pid} died (${signal}). A new one takes its place; its trial goes to whoever is free.`,
    );
    this.#hire(left);
  }

  /** A worker that fails by itself, and is not killed, would fail again, and be replaced without end. */
  #giveUp(complaint: string): void {
    this.#failure ??= new Error(`A worker failed: ${complaint}`);
    this.stop();
  }
}
