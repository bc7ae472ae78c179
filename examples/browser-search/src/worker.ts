/** A Web Worker: trains networks for one search, until the search is over or the page tells it to stop. */

import { DATA, HEARTBEAT, joinSearch, judge, type Params, type Parts, readDigits } from 'digits';
import { type Evaluation, type Output, setupStorage } from 'trialbase';
import { LearningCurves } from './learning-curves.js';
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
    const curves = new LearningCurves(search.record._id);
    const { reason } = await search.workOn((evaluation) => train(parts, evaluation, curves), {
      worker,
      heartbeatInterval: HEARTBEAT,
      signal: stopping.signal,
      onError: (error) => tell({ kind: 'broke', message: messageOf(error) }),
    });
    curves.close();
    return { kind: 'ended', reason };
  } finally {
    await storage.close();
  }
}

/** The objective. The learning curve is told as it grows, and stored with the results. */
async function train(parts: Parts, evaluation: Evaluation<Params>, curves: LearningCurves): Promise<Output> {
  const { trial, params } = evaluation;
  const losses: number[] = [];
  const { objective, statistics } = await judge(parts, evaluation, ({ loss }) => {
    losses.push(loss);
    curves.tell({ trial: trial._id, epochs: params.epochs, losses });
  });
  return { objective, statistics: { ...statistics, losses } };
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
