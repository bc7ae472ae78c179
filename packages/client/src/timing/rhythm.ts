import { onPageReturn } from './page-return.js';
import { startTimer, type TimerOptions } from './timer.js';

/**
 * Calls `beat` every `interval` milliseconds, and at once when the page comes back, until the function returned is
 * called. The interval begins when the beat before is done, so there is never more than one under way. `beat` must not
 * reject.
 */
export function keepRhythm(interval: number, beat: () => Promise<void>, options?: TimerOptions): () => void {
  let stopped = false;
  let beating = false;
  let stopTimer = startTimer(interval, strike, options);
  const stopListening = onPageReturn(strike);

  async function strike(): Promise<void> {
    if (beating) return;
    beating = true;
    stopTimer();
    await beat();
    beating = false;
    if (!stopped) stopTimer = startTimer(interval, strike, options);
  }

  return () => {
    stopped = true;
    stopTimer();
    stopListening();
  };
}
