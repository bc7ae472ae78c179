import type { Trial } from '@trialbase/core';
import type { AnyParams } from '../space/param-types.js';

/** What a pool tells one of its workers. `run` is the number of the evaluation: what belongs to an earlier one is void. */
export type ToWorker =
  | { readonly kind: 'evaluate'; readonly run: number; readonly params: AnyParams; readonly trial: Trial }
  | { readonly kind: 'abort'; readonly run: number; readonly reason: unknown }
  | {
      readonly kind: 'advice';
      readonly run: number;
      readonly question: number;
      readonly shouldStop: boolean;
    };

/** What a worker tells the pool. It is `ready` once, when it has an objective. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'report';
      readonly run: number;
      readonly value: number;
      readonly step: number | undefined;
    }
  | { readonly kind: 'question'; readonly run: number; readonly question: number }
  | { readonly kind: 'returned'; readonly run: number; readonly output: unknown }
  | { readonly kind: 'threw'; readonly run: number; readonly error: unknown }
  /** The objective threw the reason for which it was aborted. */
  | { readonly kind: 'stopped'; readonly run: number };
