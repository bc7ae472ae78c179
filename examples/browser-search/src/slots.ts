/** Gives each of those present a number from 0 up, and keeps it while they stay. Whoever finds all taken has none. */
export class Slots<K> {
  readonly #size: number;
  readonly #taken = new Map<K, number>();

  constructor(size: number) {
    this.#size = size;
  }

  /** Says who is present now. */
  seat(present: readonly K[]): void {
    const staying = new Set(present);
    for (const key of this.#taken.keys()) if (!staying.has(key)) this.#taken.delete(key);
    for (const key of present) if (!this.#taken.has(key)) this.#seatOne(key);
  }

  of(key: K): number | undefined {
    return this.#taken.get(key);
  }

  #seatOne(key: K): void {
    const taken = new Set(this.#taken.values());
    for (let slot = 0; slot < this.#size; slot++) {
      if (taken.has(slot)) continue;
      this.#taken.set(key, slot);
      return;
    }
  }
}
