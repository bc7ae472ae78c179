import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { JSON_HELP, storeCommand } from '../../configuration/command.js';
import { exitCodeOf, exitCodes } from '../../exit-codes.js';
import { type PrintOptions, printValue } from '../../output/print.js';
import { colors } from '../../output/write.js';
import { type Store, withStore } from '../../store.js';

export function testCommand(): Command {
  return storeCommand('test', 'Test that the store can be opened, written, read and locked.', [
    'trialbase db test',
    'trialbase db test --store file:/mnt/shared/searches --exclusive',
  ])
    .option('--json', JSON_HELP)
    .action(async (options: PrintOptions, command: Command) => {
      const steps: Step[] = [];
      try {
        await withStore(command, 'use', async (store) => {
          steps.push({ step: `open ${store.place}`, ok: true });
          for (const [step, take] of trying(store)) steps.push(await attempt(step, take));
        });
      } catch (error) {
        steps.push(failed('open', error));
      }
      await printValue(steps, steps.map(draw), options);
      if (steps.some(({ ok }) => !ok)) process.exitCode = exitCodes.failed;
    });
}

interface Step {
  readonly step: string;
  readonly ok: boolean;
  readonly error?: string;
}

function trying({ storage, database }: Store): [step: string, take: () => Promise<unknown>][] {
  const name = `trialbase-test-${randomUUID()}`;
  return [
    ['write', () => storage.createBenchmark({ name })],
    ['read', async () => expectOne((await storage.fetchBenchmark({ name })).length)],
    ['remove', async () => expectOne(await storage.deleteBenchmark({ name }))],
    ['lock', async () => database.locks?.request(name, {}, async () => undefined)],
  ];
}

function expectOne(found: number): void {
  if (found !== 1) throw new Error(`what was written was found ${found} times`);
}

async function attempt(step: string, take: () => Promise<unknown>): Promise<Step> {
  try {
    await take();
    return { step, ok: true };
  } catch (error) {
    return failed(step, error);
  }
}

function failed(step: string, error: unknown): Step {
  if (exitCodeOf(error) === exitCodes.misused) throw error;
  return { step, ok: false, error: error instanceof Error ? error.message : String(error) };
}

function draw({ step, ok, error }: Step): string {
  return ok ? `${colors.green('ok')}      ${step}` : `${colors.red('failed')}  ${step}: ${error}`;
}
