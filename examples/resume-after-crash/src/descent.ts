import type { Report } from 'trialbase';

/** Where a descent has come to, as a file can hold it. */
export interface Descent {
  readonly step: number;
  readonly x: number;
  readonly y: number;
  readonly velocity: readonly [number, number];
  /** The height after each of the steps. */
  readonly heights: readonly Report[];
}

export const START: Descent = { step: 0, x: -1.2, y: 1, velocity: [0, 0], heights: [] };

/** One step down Rosenbrock's valley, by gradient descent with momentum. */
export function descend(from: Descent, { rate, momentum }: { rate: number; momentum: number }): Descent {
  const { x, y, velocity } = from;
  const slope = [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)] as const;
  const [vx, vy] = [momentum * velocity[0] - rate * slope[0], momentum * velocity[1] - rate * slope[1]];
  const [nx, ny] = [x + vx, y + vy];
  const step = from.step + 1;
  const height = (1 - nx) ** 2 + 100 * (ny - nx * nx) ** 2;
  return { step, x: nx, y: ny, velocity: [vx, vy], heights: [...from.heights, [step, height]] };
}
