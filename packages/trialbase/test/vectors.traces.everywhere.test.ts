import { openMemory } from '@trialbase/core';
import { replayOn } from './traces/replay-on.js';

replayOn('memory', {
  create: async () => ({ connect: () => openMemory(), remove: async () => undefined }),
});
