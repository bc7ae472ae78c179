/** How much room the platform gives, in bytes. What it does not tell is `undefined`. */
export interface StorageReport {
  /** How much the site uses, of all kinds of storage. Browsers round it. */
  readonly usage: number | undefined;
  /** How much it may use. */
  readonly quota: number | undefined;
  /** Whether the browser keeps the site's data until the user deletes it, also when the disk is nearly full. */
  readonly persisted: boolean | undefined;
}

/** Asks the browser how much room there is. Elsewhere, and in pages not served securely, nothing of it is known. */
export async function storageReport(): Promise<StorageReport> {
  const manager = storageManager();
  const [estimate, persisted] = await Promise.all([manager?.estimate?.(), manager?.persisted?.()]);
  return { usage: estimate?.usage, quota: estimate?.quota, persisted };
}

/**
 * Asks the browser to keep the site's data until the user deletes it; some browsers ask the user in turn.
 *
 * @returns whether it does so now.
 */
export async function requestPersistence(): Promise<boolean> {
  return (await storageManager()?.persist?.()) ?? false;
}

/** Of it, browsers of the last years have parts only. */
function storageManager(): Partial<StorageManager> | undefined {
  return globalThis.navigator?.storage;
}
