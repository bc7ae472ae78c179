// Creates an experiment and tells what became of it: node create.mjs <directory>
import { errorCode, setupStorage } from 'trialbase';

const [path] = process.argv.slice(2);
const storage = await setupStorage({ type: 'file', path });
process.stdin.once('data', async () => {
  const created = storage.createExperiment({ name: 'e', version: 1, metadata: { by: process.pid } });
  process.stdout.write(`${await created.then(() => 'created', errorCode)}\n`);
  await storage.close();
  process.stdin.destroy();
});
process.stdout.write('ready\n');
