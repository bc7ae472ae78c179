/** What tabs and the supervisor tell each other, as JSON. */

import type { Trial } from '@trialbase/core';
import type { Call, Json } from '../../src/history/call.js';
import type { PlantedFault } from '../../src/workload/planted-fault.js';

/** How the end of a line introduces itself. */
export interface Hello {
  /** An actor makes one call at a time. A page obeys orders, and watches. An auditor looks at all there is, while nothing changes. */
  readonly role: 'actor' | 'page' | 'auditor';
  /** Its place among the tabs: what is reloaded, or opened in the place of another, has the same. */
  readonly tab: number;
  /** Tells what a tab shows after a reload from what it showed before. */
  readonly load: string;
  /** The name under which an actor reserves trials, the same after a reload. */
  readonly worker: string;
  /** Where its line broke and it goes on: the name that it has in the history. Chromium closes the sockets of a tab that was frozen. */
  readonly again?: string;
}

/** A trial as somebody was shown it: its `id`, and all that changes. */
export type ShownTrial = Pick<Trial, 'id' | 'status' | 'worker' | 'reservation' | 'results'>;

/** A call that is about to be made. */
export type BegunCall = Pick<Call, 'method' | 'arguments'>;

/** What is told, after the hello. The numbers count up; what was not heard when the line broke is told again. */
export interface Letter {
  readonly number: number;
  readonly message: FromTab;
}

export type FromTab =
  | { readonly kind: 'begin'; readonly call: BegunCall }
  | { readonly kind: 'note'; readonly noted: Json }
  | { readonly kind: 'end'; readonly outcome: Json }
  /** A call was refused, be it one that is not recorded: its actor goes on. */
  | { readonly kind: 'refused' }
  /** The database was deleted. */
  | { readonly kind: 'deleted' }
  /** All there is was looked at, by calls that are recorded; with the trials. */
  | { readonly kind: 'audited'; readonly trials: readonly ShownTrial[] }
  /** The trials as the page was shown them. */
  | { readonly kind: 'watched'; readonly trials: readonly ShownTrial[] };

export type ToTab =
  | { readonly kind: 'welcome'; readonly setting: Setting }
  /** What was told under this number is recorded: go on. */
  | { readonly kind: 'heard'; readonly number: number }
  | { readonly kind: 'experiment'; readonly name: string }
  | { readonly kind: 'order'; readonly order: Order };

/** How an actor is to act. */
export interface Setting {
  /** Its name in the history. */
  readonly actor: string;
  /** Under which it reserves trials. */
  readonly worker: string;
  readonly seed: number;
  /** The name of the experiment to work on, until another one is told. */
  readonly experiment: string;
  /** What its storages are opened with. */
  readonly library: 'idb' | 'dexie';
  readonly lostAfter: number;
  readonly lease: number;
  readonly openTimeout: number;
  readonly callTimeout: number;
  /** A promise that its storages break, to see that this is found. */
  readonly fault?: PlantedFault | undefined;
  /** How long it waits for the algorithm lock, in milliseconds. */
  readonly patience: number;
}

/** What a page does to itself when the supervisor asks. */
export type Order =
  | { readonly name: 'terminate a worker'; readonly number: number }
  | { readonly name: 'hang'; readonly milliseconds: number }
  | { readonly name: 'steal the lock' }
  | { readonly name: 'delete the database' }
  | { readonly name: 'tell what was watched' };
