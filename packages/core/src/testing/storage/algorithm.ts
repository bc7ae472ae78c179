import type { StorageProtocol } from '../../storage-protocol.js';

/** The experiment whose lock the tests take, with the state from which it starts. */
export const ref = { uid: 'e' };

export async function createExperiment(
  storage: StorageProtocol,
  algoState: unknown = { n: 0 },
): Promise<void> {
  await storage.createExperiment({ _id: ref.uid, name: 'e', algorithm: { random: {} } }, { algoState });
}

export async function stateOf(storage: StorageProtocol): Promise<unknown> {
  return (await storage.getAlgorithmLockInfo(ref))?.state;
}
