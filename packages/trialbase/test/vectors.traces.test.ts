import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFile } from '@trialbase/file';
import { replayOn } from './traces/replay-on.js';

replayOn('file', {
  async create() {
    const path = await mkdtemp(join(tmpdir(), 'trialbase-traces-'));
    return { connect: () => openFile({ path }), remove: () => rm(path, { recursive: true }) };
  },
});
