/** The script of a Web Worker: trains one network after another. */

import { DATA, judge, type Params, readDigits } from 'digits';
import { exposeObjective } from 'trialbase';

// Once a worker, not once a trial.
const response = await fetch(DATA);
const parts = await readDigits(new Uint8Array(await response.arrayBuffer()));

exposeObjective<Params>((evaluation) => judge(parts, evaluation, ({ loss }) => evaluation.report(loss)));
