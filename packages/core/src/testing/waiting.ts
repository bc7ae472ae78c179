import { vi } from 'vitest';

/** A promise to be kept from outside: how a test holds something until it has seen enough. */
export interface Gate {
  readonly opened: Promise<void>;
  open(): void;
}

export function gate(): Gate {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** Lets everything that is ready to happen happen, and a little more. */
export function aMoment(milliseconds = 30): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Waits until something is so. Fails with what `otherwise` says where that does not come about. */
export async function until(isSo: () => boolean, otherwise: () => string): Promise<void> {
  const check = (): void => {
    if (!isSo()) throw new Error(otherwise());
  };
  await vi.waitFor(check, { timeout: 10_000, interval: 2 });
}
