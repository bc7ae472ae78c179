import type { Trial } from '@trialbase/core';
import type { ShownTrial } from '../messages.js';

export function shown({ id, status, worker, reservation = '', results }: Trial): ShownTrial {
  return { id, status, worker, reservation, results };
}
