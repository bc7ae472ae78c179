import { tabWorkerName } from '../../src/tab-worker-name.js';

self.postMessage(await tabWorkerName());
