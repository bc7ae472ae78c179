/** A Web Worker: trains networks for one search, until the search is over or the page tells it to stop. */

import { DATA, HEARTBEAT, joinSearch, judge, type Parts, readDigits } from 'digits';
import { setupStorage } from 'trialbase';
import type { Ending, FromWorker, Order, ToWorker } from './messages.js';

const stopping = new AbortController();

addEventListener('message', async ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'work') tell(await work(data).catch(failed));
  else stopping.abort();
});

async function work({ search: name, worker }: Order): Promise<Ending> {
  const storage = await setupStorage({ heartbeat: HEARTBEAT });
  try {
    const search = await joinSearch(storage, name);
    const parts = await loadDigits();
    const { reason } = await search.workOn(
      // What is reported is stored while the network learns, so that every tab can draw its learning curve.
      (evaluation) => judge(parts, evaluation, ({ loss }) => evaluation.report(loss)),
      {
        worker,
        heartbeatInterval: HEARTBEAT,
        signal: stopping.signal,
        onError: (error) => tell({ kind: 'broke', message: messageOf(error) }),
      },
    );
    return { kind: 'ended', reason };
  } finally {
    await storage.close();
  }
}

async function loadDigits(): Promise<Parts> {
  const response = await fetch(DATA);
  if (!response.ok) throw new Error(`The digits could not be loaded: the server said ${response.status}`);
  return readDigits(new Uint8Array(await response.arrayBuffer()));
}

function failed(error: unknown): Ending {
  return { kind: 'failed', message: messageOf(error) };
}

/** An error on its way to the page loses its class; the message of Trialbase's own ends with the code. */
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function tell(message: FromWorker): void {
  postMessage(message);
}
