import { HEARTBEAT } from 'digits';
import { type StorageProtocol, setupStorage } from 'trialbase';

/** Opens the store in a directory, or makes one. */
export function openStore(path: string): Promise<StorageProtocol> {
  return setupStorage({ type: 'file', path, heartbeat: HEARTBEAT });
}
