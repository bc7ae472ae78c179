// Reads until the given number of documents is there; each read must hold all of the one before: node read.mjs <directory> <count>
import { everything } from '@trialbase/core/adapter';
import { openFile } from '@trialbase/file';

const [path, count] = process.argv.slice(2);
const database = await openFile({ path });
let seen = 0;
while (seen < Number(count)) {
  const found = await database.count('trials', everything);
  if (found < seen) throw new Error(`${found} documents after ${seen}`);
  seen = found;
  await new Promise((resolve) => setTimeout(resolve, 1));
}
process.stdout.write(`${seen}\n`);
await database.close();
