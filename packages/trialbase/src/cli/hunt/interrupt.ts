import { exitCodes } from '../exit-codes.js';
import { say } from '../output/write.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * What Ctrl-C, SIGTERM and a terminal that is closed mean while `work` runs: the first time its signal is aborted, so that trials are interrupted and
 * programs asked to end; the second time the process ends at once, and all programs with it.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stopping = new AbortController();
  const interrupt = (): void => {
    if (stopping.signal.aborted) process.exit(exitCodes.interrupted);
    say('Interrupting: running trials wait for another worker. Once more kills them.');
    stopping.abort();
  };
  for (const signal of signals) process.on(signal, interrupt);
  try {
    return await work(stopping.signal);
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}
