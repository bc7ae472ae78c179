import { search } from './search.js';

self.postMessage(await search());
