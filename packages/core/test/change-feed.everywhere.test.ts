import { describe, expect, it } from 'vitest';
import { ChangeFeed, type Touched } from '../src/adapter.js';

const ofTrial = (id: number | string): Touched[] => [{ collection: 'trials', ids: [id] }];

/** Feeds of a name that no other test has, each with what it has heard; they end with the test. */
function feeds(count: number, name = `feed ${Math.random()}`): { feed: ChangeFeed; heard: unknown[] }[] {
  return Array.from({ length: count }, () => {
    const feed = new ChangeFeed(name);
    const heard: unknown[] = [];
    feed.watch((touched) => heard.push(touched));
    return { feed, heard };
  });
}

/** Runs something and tells, whenever it asks, how many channels are open. The channels are real. */
function countingChannels(run: (open: () => number) => void): void {
  const Real = globalThis.BroadcastChannel;
  const open = new Set<BroadcastChannel>();
  globalThis.BroadcastChannel = class extends Real {
    constructor(name: string) {
      super(name);
      open.add(this);
    }

    override close(): void {
      open.delete(this);
      super.close();
    }
  };
  try {
    run(() => open.size);
  } finally {
    globalThis.BroadcastChannel = Real;
  }
}

describe('a feed', () => {
  it('tells its own listeners at once, and those of the other feeds of its name soon', async () => {
    const [one, two, three] = feeds(3);
    one?.feed.tell(ofTrial(1));
    expect(one?.heard).toEqual([ofTrial(1)]);
    await expect.poll(() => two?.heard).toEqual([ofTrial(1)]);
    two?.feed.tell([...ofTrial('two'), { collection: 'algo', ids: [2] }]);
    const second = [...ofTrial('two'), { collection: 'algo', ids: [2] }];
    await expect.poll(() => three?.heard).toEqual([ofTrial(1), second]);
    await expect.poll(() => one?.heard).toEqual([ofTrial(1), second]);
    for (const { feed } of [one, two, three].filter((each) => each !== undefined)) feed.close();
  });

  it('tells the others also where nobody watches it, in the order in which it was told', async () => {
    const name = `feed ${Math.random()}`;
    const [watched] = feeds(1, name);
    const teller = new ChangeFeed(name);
    const ids = Array.from({ length: 100 }, (_, i) => i);
    for (const id of ids) teller.tell(ofTrial(id));
    await expect.poll(() => watched?.heard).toEqual(ids.map(ofTrial));
    teller.close();
    teller.tell(ofTrial('under way'));
    await expect.poll(() => watched?.heard.length).toBe(101);
    watched?.feed.close();
  });

  it('without a name tells its own listeners only', async () => {
    const [named] = feeds(1);
    const nameless = [new ChangeFeed(), new ChangeFeed()] as const;
    const heard: unknown[] = [];
    nameless[0].watch((touched) => heard.push(touched));
    nameless[1].tell(ofTrial(1));
    named?.feed.tell(ofTrial(2));
    nameless[0].tell(ofTrial(3));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(heard).toEqual([ofTrial(3)]);
    expect(named?.heard).toEqual([ofTrial(2)]);
    named?.feed.close();
  });

  it('is heard by whoever has its name, and without one by its own listeners', () => {
    const feed = new ChangeFeed();
    expect(feed.isHeard).toBe(false);
    const end = feed.watch(() => undefined);
    expect(feed.isHeard).toBe(true);
    end();
    expect(feed.isHeard).toBe(false);
    expect(new ChangeFeed('name').isHeard).toBe(true);
  });

  it('opens one channel, when it is first needed, and leaves none open when it is closed', () => {
    countingChannels((open) => {
      const feed = new ChangeFeed(`feed ${Math.random()}`);
      expect(open()).toBe(0);
      feed.tell(ofTrial(1));
      expect(open()).toBe(1);
      const end = feed.watch(() => undefined);
      feed.tell(ofTrial(2));
      end();
      expect(open()).toBe(1);
      feed.close();
      expect(open()).toBe(0);
      feed.tell(ofTrial(3));
      expect(open()).toBe(0);
    });
  });

  it('ignores what comes through its channel and tells of no documents', async () => {
    const name = `feed ${Math.random()}`;
    const [watched] = feeds(1, name);
    const channel = new BroadcastChannel(name);
    const part = { collection: 'trials', ids: [1] };
    const malformed = [
      undefined,
      null,
      'trials',
      {},
      part,
      [],
      [null],
      [{}],
      [part, { collection: 'trials' }],
      [{ ...part, collection: 'others' }],
      [{ ...part, collection: ['trials'] }],
      [{ ...part, ids: '12' }],
      [{ ...part, ids: { length: 1 } }],
      [{ ...part, ids: [1, null] }],
      [{ ...part, ids: [{}] }],
      new Map([[0, part]]),
    ];
    for (const message of malformed) channel.postMessage(message);
    channel.postMessage([part]);
    await expect.poll(() => watched?.heard.length).toBe(1);
    expect(watched?.heard).toEqual([[part]]);
    channel.close();
    watched?.feed.close();
  });

  it('that is closed calls its listeners with nothing, and never again', async () => {
    const name = `feed ${Math.random()}`;
    const [closed, other] = feeds(2, name);
    closed?.feed.close();
    other?.feed.tell(ofTrial(1));
    const [last] = feeds(1, name);
    other?.feed.tell(ofTrial(2));
    await expect.poll(() => last?.heard).toEqual([ofTrial(2)]);
    expect(closed?.heard).toEqual([[]]);
    other?.feed.close();
    last?.feed.close();
  });
});
