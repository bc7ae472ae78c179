// Prints each batch of changes to the trials of experiment 1, until it is shown a trial `close`; then it closes the storage, and
// waits for the error: node watch.mjs <directory>
import { DocumentStorage } from '@trialbase/core';
import { openFile } from '@trialbase/file';

const storage = new DocumentStorage(await openFile({ path: process.argv[2] }));
try {
  for await (const changes of storage.watchTrials({ uid: 1 })) {
    const told = changes.map((change) => [
      change.kind,
      change.trial?._id ?? change._id,
      change.trial?.status,
    ]);
    process.stdout.write(`${JSON.stringify(told)}\n`);
    if (told.some(([, _id]) => _id === 'close')) void storage.close();
  }
} catch (error) {
  process.stdout.write(`${error.code}\n`);
}
