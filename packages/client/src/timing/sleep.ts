import { startTimer } from './timer.js';

/** Waits so many milliseconds, or until the signal is aborted. It never rejects. */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const stopTimer = startTimer(milliseconds, wake);
    signal?.addEventListener('abort', wake, { once: true });
    function wake(): void {
      stopTimer();
      signal?.removeEventListener('abort', wake);
      resolve();
    }
  });
}
