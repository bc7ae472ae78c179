// Reserves and completes trials until none is left, and names each: node reserve.mjs <directory> <experiment>
import { setupStorage } from 'trialbase';

const [path, uid] = process.argv.slice(2);
const storage = await setupStorage({ type: 'file', path });
for (;;) {
  const trial = await storage.reserveTrial({ uid }, { worker: `pid ${process.pid}` });
  if (!trial) break;
  process.stdout.write(`${trial.id}\n`);
  const results = [{ name: 'loss', type: 'objective', value: trial.params[0].value }];
  await storage.pushTrialResults({ ...trial, results }, { status: 'completed' });
}
await storage.close();
