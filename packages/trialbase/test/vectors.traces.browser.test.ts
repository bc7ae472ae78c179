import { openIdb } from '@trialbase/idb';
import { replayOn } from './traces/replay-on.js';

replayOn('idb', {
  async create() {
    const name = crypto.randomUUID();
    return { connect: () => openIdb({ name }), remove: async () => void indexedDB.deleteDatabase(name) };
  },
});
