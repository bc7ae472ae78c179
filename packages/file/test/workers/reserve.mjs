// Reserves trials until none is left, and names each: node reserve.mjs <directory> <worker>
import { equal } from '@trialbase/core/adapter';
import { openFile } from '@trialbase/file';

const [path, worker] = process.argv.slice(2);
const database = await openFile({ path, growth: 3000 });
for (;;) {
  const changes = [
    { path: ['status'], value: 'reserved' },
    { path: ['worker'], value: worker },
  ];
  const reserve = { kind: 'update', collection: 'trials', where: equal('status', 'new'), changes, limit: 1 };
  const [[trial]] = await database.write([reserve]);
  if (!trial) break;
  process.stdout.write(`${trial._id}\n`);
}
await database.close();
