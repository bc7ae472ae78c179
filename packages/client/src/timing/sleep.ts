import { startTimer } from './timer.js';

/** Waits so many milliseconds, or until one of the signals is aborted. It never rejects. */
export function sleep(milliseconds: number, ...signals: readonly (AbortSignal | undefined)[]): Promise<void> {
  return new Promise((resolve) => {
    if (signals.some((signal) => signal?.aborted)) return resolve();
    const stopTimer = milliseconds === Number.POSITIVE_INFINITY ? undefined : startTimer(milliseconds, wake);
    for (const signal of signals) signal?.addEventListener('abort', wake, { once: true });
    function wake(): void {
      stopTimer?.();
      for (const signal of signals) signal?.removeEventListener('abort', wake);
      resolve();
    }
  });
}
