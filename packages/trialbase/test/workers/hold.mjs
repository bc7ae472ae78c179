// Holds the algorithm lock until it is told to go on, then saves a state: node hold.mjs <directory> <experiment>
import { errorCode, setupStorage } from 'trialbase';

const [path, uid] = process.argv.slice(2);
const storage = await setupStorage({ type: 'file', path, staleAfter: 300 });
const held = storage.acquireAlgorithmLock({ uid }, async (locked) => {
  process.stdout.write('holds\n');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  locked.setState('late');
});
process.stdout.write(`${await held.then(() => 'saved', errorCode)}\n`);
await storage.close();
process.stdin.destroy();
