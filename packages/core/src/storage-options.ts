import { checkDuration, checkFunction, checkOptions } from './option-checks.js';
import { createUuid } from './uuid.js';

/** The options that every storage takes, whatever its store. */
export interface StorageOptions {
  /** How often workers are expected to beat the heart, in milliseconds. Default: 24,000. */
  readonly heartbeat?: number;
  /** A reserved trial whose heartbeat is older than this, in milliseconds, is lost. Default: five times `heartbeat`. */
  readonly lostAfter?: number;
  /**
   * How long the holder of an algorithm lock may show no sign of life before others take the lock, in milliseconds, where the
   * platform has no locks of its own. To be the same for all who share the data. Default: 10,000.
   *
   * The holder shows its signs from a timer. If that cannot run for so long, its lock is taken and its state refused with a
   * `FailedUpdateError`: nothing is overwritten, but the step has to be done again. So let it be well above the longest
   * computation without an `await` under the lock, and, for pages that hold the lock in the background, where browsers may
   * let timers run once a minute only, above two minutes.
   */
  readonly lease?: number;
  /** Tells the time. Default: the platform's clock. */
  readonly clock?: () => Date;
  /** Makes the `_id`s of new documents and the reservations of trials: never the same twice, sorting by creation. Default: UUIDv7. */
  readonly createId?: () => string;
}

export const storageOptionNames: readonly (keyof StorageOptions)[] = [
  'heartbeat',
  'lostAfter',
  'lease',
  'clock',
  'createId',
];

/** Fills in the defaults. @throws InvalidConfigurationError if a value makes no sense. */
export function checkStorageOptions(options: StorageOptions): Required<StorageOptions> {
  checkOptions('A storage', options, storageOptionNames);
  const { heartbeat = 24_000, lease = 10_000, clock = () => new Date(), createId = createUuid } = options;
  const { lostAfter = 5 * heartbeat } = options;
  checkDuration('heartbeat', heartbeat);
  checkDuration('lostAfter', lostAfter);
  checkDuration('lease', lease);
  checkFunction('clock', clock);
  checkFunction('createId', createId);
  // Copies: a clock may give the same `Date` each time, and go on to set it.
  return { heartbeat, lostAfter, lease, clock: () => new Date(clock()), createId };
}
