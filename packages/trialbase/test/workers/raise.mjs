// Raises the counter in the algorithm's state, and tells each value that was saved: node raise.mjs <directory> <experiment> <times>
import { setupStorage } from 'trialbase';

const [path, uid, times] = process.argv.slice(2);
const storage = await setupStorage({ type: 'file', path });
for (let i = 0; i < Number(times); i++) {
  const saved = await storage.acquireAlgorithmLock({ uid }, (locked) => {
    const raised = locked.state + 1;
    locked.setState(raised);
    return raised;
  });
  process.stdout.write(`${saved}\n`);
}
await storage.close();
