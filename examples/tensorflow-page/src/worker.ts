/** The script of a Web Worker: teaches one network after another. */

import { DATA, readDigits } from 'digits';
import { exposeObjective } from 'trialbase';
import { teach, toTensors } from './network.js';
import type { Params } from './search.js';

// Once a worker, not once a trial.
const response = await fetch(DATA);
const data = toTensors(await readDigits(new Uint8Array(await response.arrayBuffer())));

// It returns nothing: a trial has the value that it reported last.
exposeObjective<Params>(({ params, report, shouldStop, signal }) =>
  teach(params, data, async (epoch, loss) => {
    signal.throwIfAborted();
    report(loss, { step: epoch });
    return shouldStop();
  }),
);
