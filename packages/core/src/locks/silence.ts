/** How long something has shown no change, on the monotonic clock of the one who looks. */
export class Silence {
  readonly #longestGap: number;
  #sign: string | undefined;
  #lookedAt = 0;
  #lasted = 0;

  /** @param longestGap what the time between two looks counts for at most, in milliseconds. */
  constructor(longestGap: number) {
    this.#longestGap = longestGap;
  }

  /** To be called again and again with what is seen. @returns for how long it has been the same, in milliseconds. */
  look(sign: string): number {
    const now = performance.now();
    if (sign === this.#sign) {
      // Time that the looker slept through itself (frozen, suspended, busy) proves nothing about the other.
      this.#lasted += Math.min(now - this.#lookedAt, this.#longestGap);
    } else {
      this.#sign = sign;
      this.#lasted = 0;
    }
    this.#lookedAt = now;
    return this.#lasted;
  }
}
