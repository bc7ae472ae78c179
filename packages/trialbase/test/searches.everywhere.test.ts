import { openIdb } from '@trialbase/idb';
import { databaseName, remove } from '../../idb/test/indexed-db.js';
import { searchesOn } from './searches/searches-on.js';

searchesOn('idb', {
  async create() {
    const name = databaseName();
    return { connect: () => openIdb({ name }), remove: () => remove(name) };
  },
});
