// Inserts documents one by one, and says so after each: node write.mjs <directory> <name> <count> [durability] [growth]
import { openFile } from '@trialbase/file';

const [path, name, count, durability = 'relaxed', growth = '4194304'] = process.argv.slice(2);
const database = await openFile({ path, durability, growth: Number(growth) });
for (let i = 0; i < Number(count); i += 1) {
  const _id = `${name}-${String(i).padStart(6, '0')}`;
  const documents = [{ _id, id: _id, experiment: 1, status: 'new', text: 'x'.repeat((i * 37) % 400) }];
  await database.write([{ kind: 'insert', collection: 'trials', documents, onDuplicate: 'refuse' }]);
  process.stdout.write(`${_id}\n`);
}
await database.close();
