import type { FromWorker, ToWorker } from './messages.js';

/** A worker of the platform, as a pool sees it. */
export interface WorkerHandle {
  /** Sends a message to it. */
  post(message: ToWorker): void;
  /** Ends it, whatever it is at. */
  terminate(): void | Promise<unknown>;
}

/** What a worker of the platform tells its pool. */
export interface WorkerEvents {
  /** It has sent a message. */
  message(message: FromWorker): void;
  /** It is dead, or cannot be understood. May be called more than once. */
  failed(error: Error): void;
}

/** What the workers of a pool are given time for. */
export interface WorkerPoolOptions {
  /** How long a worker may take to start, until it has exposed an objective, in milliseconds. Default: 30,000. */
  readonly startTimeout?: number;
  /** How long an objective may take to heed its signal, in milliseconds, before its worker is ended. Default: 250. */
  readonly terminateAfter?: number;
}
