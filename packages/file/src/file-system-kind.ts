import fs from 'node:fs';
import { onDisk } from './file-system.js';

/** File systems that work over a network or in another process, by the number that Linux gives them (`man 2 statfs`). */
const remote: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0x65735546, 'FUSE'],
  [0x01021997, '9P'],
  [0x00c36400, 'Ceph'],
  [0x5346414f, 'AFS'],
  [0x6b414653, 'AFS'],
  [0x73757245, 'Coda'],
  [0x0bd00bd0, 'Lustre'],
  [0x47504653, 'GPFS'],
  [0x786f4256, 'a VirtualBox shared folder'],
]);

/** The name of the kind of file system that a directory is on, if appends are not known to be atomic there. Linux alone can tell. */
export function remoteKindOf(directory: string): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const { type } = onDisk('look at', directory, () => fs.statfsSync(directory));
  return remote.get(type >>> 0);
}
