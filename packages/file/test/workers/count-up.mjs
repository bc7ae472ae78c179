// Raises the number in a plain file under the lock of a store, and names each that was written: node count-up.mjs <directory> <count>
import fs from 'node:fs';
import { openFile } from '@trialbase/file';

const [path, count] = process.argv.slice(2);
const file = `${path}/../counter`;
const database = await openFile({ path });
for (let i = 0; i < Number(count); i += 1) {
  await database.locks.request('counter', {}, async () => {
    const raised = Number(fs.readFileSync(file, 'utf8')) + 1;
    await new Promise((resolve) => setImmediate(resolve));
    // Written whole or not at all, so that only a second holder can make the number wrong.
    fs.writeFileSync(`${file}.${process.pid}`, String(raised));
    fs.renameSync(`${file}.${process.pid}`, file);
    fs.writeSync(1, `${raised}\n`);
  });
}
await database.close();
