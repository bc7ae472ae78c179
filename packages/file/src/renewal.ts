import type { Effect, TablesView } from '@trialbase/core/adapter';
import { puts } from './draft.js';
import type { Generations } from './generations.js';
import type { Renewable } from './renewals.js';

/** With so few effects left to write, the journal can be sealed: to write them takes no time. */
const FEW = 256;
/** After so many rounds it is sealed all the same, as others write as fast as this does. */
const ROUNDS = 20;

/**
 * Writes the next generation of a journal while the journal goes on: first the documents as they were when it began,
 * then what was done to them since. When hardly anything is left, the journal is sealed: only from then on does anybody wait.
 */
export class Renewal {
  readonly #number: number;
  readonly #generations: Generations;
  readonly #documents: TablesView;
  #since: Effect[] = [];
  #hasSealed = false;

  /** @param documents as they are now. */
  constructor(generations: Generations, number: number, documents: TablesView) {
    this.#generations = generations;
    this.#number = number;
    this.#documents = documents;
  }

  /** Whether it has sealed the journal: the next generation is there soon. */
  get hasSealed(): boolean {
    return this.#hasSealed;
  }

  /** Takes what each record that counts has done, in order. */
  take(effects: readonly Effect[]): void {
    for (const effect of effects) this.#since.push(effect);
  }

  /**
   * @param goesOn whether the journal is still in the generation before the new one, and not sealed.
   * @param by the writer's name.
   */
  async run(journal: Renewable, goesOn: () => boolean, by: string): Promise<void> {
    try {
      await this.#generations.make(this.#number, by, async (draft) => {
        await draft.write(puts(this.#documents), goesOn);
        this.#documents.end();
        for (let round = 0; goesOn() && round < ROUNDS; round += 1) {
          journal.catchUp();
          if (this.#since.length <= FEW) break;
          await draft.write(this.#taken(), goesOn);
        }
        if (!goesOn()) return false;
        await draft.sync(); // What is left to sync when all wait is little.
        this.#hasSealed = sealed(journal, goesOn);
        if (this.#hasSealed) draft.writeAtOnce(this.#taken());
        return this.#hasSealed;
      });
    } finally {
      this.#documents.end();
    }
  }

  #taken(): Effect[] {
    const taken = this.#since;
    this.#since = [];
    return taken;
  }
}

/** Seals the journal as it is at that moment. @returns whether this did it, and no other. */
function sealed(journal: Renewable, goesOn: () => boolean): boolean {
  for (;;) {
    journal.catchUp();
    if (!goesOn()) return false;
    if (journal.seal()) return true;
  }
}
