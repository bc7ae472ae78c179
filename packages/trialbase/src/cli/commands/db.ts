import { Command } from 'commander';
import { dumpCommand } from './db/dump.js';
import { loadCommand } from './db/load.js';
import { releaseCommand } from './db/release.js';
import { rmCommand } from './db/rm.js';
import { salvageCommand } from './db/salvage.js';
import { setCommand } from './db/set.js';
import { setupCommand } from './db/setup.js';
import { testCommand } from './db/test.js';
import { upgradeCommand } from './db/upgrade.js';
import { verifyCommand } from './db/verify.js';

export function dbCommand(): Command {
  const db = new Command('db').description('Look after a store.');
  const commands = [
    setupCommand,
    testCommand,
    verifyCommand,
    rmCommand,
    setCommand,
    releaseCommand,
    dumpCommand,
    loadCommand,
    salvageCommand,
    upgradeCommand,
  ];
  for (const command of commands) db.addCommand(command());
  return db;
}
