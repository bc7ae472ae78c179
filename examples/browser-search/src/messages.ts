import type { WorkSummary } from 'trialbase';

/** What the page tells a Web Worker: to work, once, and later perhaps to stop. */
export type ToWorker = Order | { readonly kind: 'stop' };

export interface Order {
  readonly kind: 'work';
  /** The name of the search. */
  readonly search: string;
  /** The name under which it works. One that is started again under its name goes on with the trial it held. */
  readonly worker: string;
}

/** What a Web Worker tells the page. The last of it is `ended` or `failed`. */
export type FromWorker = { readonly kind: 'broke'; readonly message: string } | Ending;

/** How the work of one worker ended: for a reason, or with the message of an error. */
export type Ending =
  | { readonly kind: 'ended'; readonly reason: WorkSummary['reason'] }
  | { readonly kind: 'failed'; readonly message: string };
