// Takes a lock, says `held`, and keeps it until it is killed or told to end: node hold.mjs <directory> <lock> [staleAfter]
import { once } from 'node:events';
import { openFile } from '@trialbase/file';

const [path, name, staleAfter = '10000'] = process.argv.slice(2);
const database = await openFile({ path, staleAfter: Number(staleAfter) });
await database.locks.request(name, {}, async () => {
  process.stdout.write('held\n');
  await once(process.stdin, 'data');
  process.stdin.destroy();
});
process.stdout.write('released\n');
await database.close();
