import { type AnyParams, fidelity, type SpaceInput } from '@trialbase/client';
import { epochs, readTable, rowKey } from './digits-grid.js';
import { networks, settingsAt } from './digits-task.js';
import { quantile } from './outcomes.js';

/** What share of the networks, taught for the most epochs, is as good as the target. */
const TARGET_SHARE = 0.01;

/** Tuning a network on the digits, where the number of epochs is a fidelity: an evaluation costs its epochs. */
export interface FidelityTask {
  readonly space: SpaceInput;
  readonly loss: (point: AnyParams) => number;
  /** The loss to reach. */
  readonly target: number;
  /** What it costs to teach one network for the most epochs, in epochs. */
  readonly fullCost: number;
}

export function fidelityTask(): FidelityTask {
  const table = readTable();
  const fullCost = Math.max(...epochs);
  const final = [...table.values()].map((curve) => curve.at(-1) as number).sort((a, b) => a - b);
  return {
    space: { ...networks, epochs: fidelity(Math.min(...epochs), fullCost, 2) },
    loss(point) {
      const curve = table.get(rowKey(settingsAt(point)));
      const found = curve?.[epochs.findIndex((count) => count === point['epochs'])];
      if (found === undefined) throw new Error(`The table of the digits has no ${JSON.stringify(point)}`);
      return found;
    },
    target: quantile(final, TARGET_SHARE),
    fullCost,
  };
}
