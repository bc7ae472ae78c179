import { tabWorkerName } from '../../src/index.js';

self.postMessage(await tabWorkerName());
