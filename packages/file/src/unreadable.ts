/** Why a line whose checksum is right cannot be taken. */
export class UnreadableError extends Error {
  /** Whether a newer version can be expected to read it. */
  readonly newer: boolean;

  constructor(message: string, newer: boolean) {
    super(message);
    this.newer = newer;
  }
}
