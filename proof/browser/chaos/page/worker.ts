/** A Web Worker with actors. The page tells it where the supervisor is, and who they are. */

import type { Hello } from '../messages.js';
import { act } from './actor.js';
import { Link } from './link.js';

/** What the page tells. */
export interface WorkerStart {
  readonly supervisor: string;
  readonly actors: readonly Hello[];
}

addEventListener('message', ({ data }: MessageEvent<WorkerStart>) => {
  for (const hello of data.actors) void Link.open(data.supervisor, hello).then(act);
});
