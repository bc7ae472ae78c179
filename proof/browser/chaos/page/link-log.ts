import { errorCode } from '@trialbase/core';
import type { Json } from '../../../src/history/call.js';
import type { Recorder } from '../../../src/history/recorded-storage.js';
import type { Link } from './link.js';

/** Has the calls of an actor recorded by the supervisor, on whose clock they begin before they begin and end after they end. */
export class LinkLog implements Recorder {
  readonly #link: Link;

  constructor(link: Link) {
    this.#link = link;
  }

  async record<T>(
    method: string,
    args: Json,
    brief: (answer: T) => Json,
    make: (note: (noted: Json) => Promise<void>) => Promise<T>,
  ): Promise<T> {
    await this.#link.begin({ method, arguments: args });
    try {
      const answer = await make((noted) => this.#link.note(noted));
      this.#link.tell({ kind: 'end', outcome: brief(answer) });
      return answer;
    } catch (error) {
      const failure = { error: errorCode(error) ?? 'unexpected', message: String(error) };
      this.#link.tell({ kind: 'end', outcome: failure });
      throw error;
    }
  }
}
