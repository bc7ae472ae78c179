import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  type DatabaseConnector,
  describeDatabase,
  describeStorage,
  storageOver,
} from '@trialbase/core/testing';
import { type FileOptions, openFile } from '@trialbase/file';

function stores(options: Partial<FileOptions> = {}): DatabaseConnector {
  return {
    async create() {
      const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'trialbase-file-'));
      return {
        connect: () => openFile({ path: directory, ...options }),
        remove: async () => fs.rmSync(directory, { recursive: true }),
      };
    },
  };
}

describeDatabase('file', stores());
describeDatabase('file, which seals its journal after every few writes', stores({ growth: 200 }));
describeDatabase('file, exclusive', stores({ exclusive: true }));
describeStorage('file', storageOver(stores()));
describeStorage('file, strict', storageOver(stores({ durability: 'strict' })));
