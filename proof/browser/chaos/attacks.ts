import { setTimeout as delay } from 'node:timers/promises';
import type { Devtools } from '../../../browsers/devtools.js';
import type { Random } from '../../src/workload/random.js';
import type { Browser } from './browser.js';
import type { Recorder } from './recorder.js';
import type { Switchboard } from './switchboard.js';
import type { Place, Tabs } from './tabs.js';

/** What attacks are made on, and with. */
export interface Battlefield {
  readonly browser: Browser;
  readonly tabs: Tabs;
  readonly switchboard: Switchboard;
  readonly recorder: Recorder;
  readonly random: Random;
  /** How many workers each tab has. */
  readonly workers: number;
  /** After how many milliseconds a silent worker is lost. */
  readonly lostAfter: number;
  /** Where the pages come from. */
  readonly origin: string;
  /** Deletes the database by the given means, which tell whether it was done, after which all begin anew; unless that goes on already. */
  readonly deleteBy: (means: () => Promise<boolean>) => Promise<void>;
}

/** Something that happens to a tab, or to what it has stored. While it goes on, nothing else happens to that tab. */
export interface Attack {
  readonly name: string;
  /** How often it is made, beside the others. */
  readonly weight: number;
  readonly make: (field: Battlefield, place: Place) => Promise<unknown>;
}

/** How long it may take to delete a database that is in use, in milliseconds. */
const DELETION = 60_000;

/** How long a tab hangs that is closed meanwhile, in milliseconds. WebKit closes it when it is done. */
const HANG = 12_000;

/** What can be done in a browser. */
export function attacksOn({ devtools }: Browser): readonly Attack[] {
  return devtools ? [...everywhere, ...withDevtools(devtools)] : everywhere;
}

const everywhere: readonly Attack[] = [
  {
    name: 'tab closed',
    weight: 10,
    async make(field, place) {
      await place.tab.close();
      await follow(field, place);
    },
  },
  {
    name: 'tab reloaded',
    weight: 10,
    make: (field, { number, tab }) => whileStopped(field, number, 0, () => tab.reload()),
  },
  {
    name: 'tab navigated away and back',
    weight: 8,
    async make(field, place) {
      const { tabs, random, origin } = field;
      await whileStopped(field, place.number, 0, async () => {
        await place.tab.goto(`${origin}/elsewhere.html`);
        await delay(random.integer(0, 1_000));
        await tabs.load(place);
      });
    },
  },
  {
    name: 'worker terminated',
    weight: 20,
    make: async ({ switchboard, workers, random }, { number }) =>
      switchboard.order(number, { name: 'terminate a worker', number: random.integer(0, workers - 1) }),
  },
  {
    name: 'lock stolen',
    weight: 20,
    make: async ({ switchboard }, { number }) => switchboard.order(number, { name: 'steal the lock' }),
  },
  {
    name: 'tab hung',
    weight: 4,
    make: async (field, { number }) => {
      const milliseconds = longSilence(field);
      field.switchboard.order(number, { name: 'hang', milliseconds });
      await whileStopped(field, number, milliseconds);
    },
  },
  {
    name: 'tab closed while it hung',
    weight: 2,
    make: async (field, place) => {
      field.switchboard.order(place.number, { name: 'hang', milliseconds: HANG });
      await whileStopped(field, place.number, longSilence(field), () => place.tab.close());
      await follow(field, place);
    },
  },
  {
    name: 'database deleted',
    weight: 1,
    async make({ switchboard, deleteBy }, { number }) {
      if (!switchboard.hasPage(number)) return;
      await deleteBy(async () => {
        const answer = { kind: 'deleted', timeout: DELETION } as const;
        return (await switchboard.ask(number, { name: 'delete the database' }, answer)) !== undefined;
      });
    },
  },
];

function withDevtools(devtools: Devtools): readonly Attack[] {
  return [
    {
      name: 'tab crashed',
      weight: 10,
      async make(field, place) {
        await devtools.crash(place.tab);
        await place.tab.close();
        await follow(field, place);
      },
    },
    {
      name: 'tab frozen and resumed',
      weight: 12,
      async make(field, { number, tab }) {
        await devtools.setFrozen(tab, true);
        await whileStopped(field, number, longSilence(field), () => devtools.setFrozen(tab, false));
      },
    },
    {
      name: 'tab closed while it was frozen',
      weight: 4,
      async make(field, place) {
        await devtools.setFrozen(place.tab, true);
        await whileStopped(field, place.number, longSilence(field), () => place.tab.close());
        await follow(field, place);
      },
    },
    {
      name: 'site data deleted',
      weight: 1,
      make: ({ origin, deleteBy }, { tab }) =>
        deleteBy(async () => {
          await devtools.clearDatabases(tab, origin);
          return true;
        }),
    },
  ];
}

/** What was in the place is gone, and another tab takes it. */
async function follow({ switchboard, tabs }: Battlefield, place: Place): Promise<void> {
  switchboard.cut(place.number);
  await tabs.replace(place);
}

/** So long that whoever keeps silent is taken for lost, in milliseconds. */
function longSilence({ random, lostAfter }: Battlefield): number {
  return random.integer(lostAfter, 4 * lostAfter);
}

/** Takes a tab for stopped for so long, and until what follows is done. */
async function whileStopped(
  { recorder }: Battlefield,
  number: number,
  milliseconds: number,
  end: () => Promise<unknown> = async () => undefined,
): Promise<void> {
  recorder.stopped.add(number);
  try {
    await delay(milliseconds);
    await end();
  } finally {
    recorder.stopped.delete(number);
  }
}
