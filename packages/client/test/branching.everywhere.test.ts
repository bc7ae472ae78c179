import { type Experiment, InvalidConfigurationError, type StorageProtocol } from '@trialbase/core';
import { describe, expect, it } from 'vitest';
import {
  categorical,
  type ExperimentClient,
  fidelity,
  integer,
  openExperiment,
  randomSearch,
  real,
  type SpaceInput,
} from '../src/index.js';
import { alone, shared } from './connect.js';

const first = { lr: real(1e-5, 1, { log: true }), layers: integer(1, 4) };
const wider = { lr: real(1e-5, 1, { log: true }), layers: integer(1, 8) };

async function open(
  storage: StorageProtocol,
  space: SpaceInput,
  maxTrials?: number,
): Promise<ExperimentClient> {
  return openExperiment(storage, { name: 'e', space, ...(maxTrials !== undefined && { maxTrials }) });
}

describe('another space under the same name', () => {
  it('is the next version, with the stored one as its parent, in the form of Orion', async () => {
    const storage = await alone();
    const parent = await openExperiment(storage, {
      name: 'e',
      space: { x: real(0, 1), n: integer(1, 4, { default: 2 }), old: categorical(['a', 'b']) },
      maxTrials: 7,
      maxBroken: 5,
    });
    const child = await openExperiment(storage, {
      name: 'e',
      space: { x: real(0, 2), n: integer(1, 4, { default: 2 }), act: categorical(['a'], { default: 'a' }) },
    });
    expect(child.record).toMatchObject({
      version: 2,
      max_trials: 7,
      max_broken: 5,
      algorithm: parent.record.algorithm,
      refers: {
        root_id: parent.record._id,
        parent_id: parent.record._id,
        adapter: [
          { of_type: 'dimensionaddition', param: { name: '/act', type: 'categorical', value: 'a' } },
          { of_type: 'dimensiondeletion', param: { name: '/old', type: 'categorical', value: null } },
          {
            of_type: 'dimensionpriorchange',
            name: '/x',
            old_prior: 'uniform(0.0, 1.0)',
            new_prior: 'uniform(0.0, 2.0)',
          },
        ],
      },
    });
    expect(await storage.fetchExperiments({ _id: parent.record._id })).toEqual([parent.record]);
    const third = await open(storage, { x: real(0, 3) });
    expect(third.record).toMatchObject({
      version: 3,
      refers: { root_id: parent.record._id, parent_id: child.record._id },
    });
  });

  it('leads to its own version each time, whatever came after it', async () => {
    const storage = await alone();
    const opened: Experiment[] = [];
    for (const space of [first, wider, first, wider, first]) opened.push((await open(storage, space)).record);
    expect(opened.map(({ version }) => version)).toEqual([1, 2, 1, 2, 1]);
    const layers = opened.map(({ space }) => (space as Readonly<Record<string, string>>)['/layers']);
    const [narrow, wide] = ['uniform(1, 4, discrete=True)', 'uniform(1, 8, discrete=True)'];
    expect(layers).toEqual([narrow, wide, narrow, wide, narrow]);
    expect(await storage.fetchExperiments({})).toHaveLength(2);
  });

  it('has the name alone lead to the latest', async () => {
    const storage = await alone();
    await open(storage, first);
    await open(storage, wider);
    expect((await openExperiment(storage, { name: 'e' })).record.version).toBe(2);
  });

  it('is created once by however many at once, beside others that want yet other ones', async () => {
    const connect = shared();
    await open(await connect(), first);
    const spaces = Array.from({ length: 4 }, (_, i) => ({ n: integer(1, 10 + i) }));
    const opened = await Promise.all(
      Array.from({ length: 16 }, async (_, i) => {
        const space = spaces[i % 4] ?? first;
        return (await open(await connect(), space)).record;
      }),
    );
    const storage = await connect();
    const stored = await storage.fetchExperiments({ name: 'e' });
    expect(new Set(stored.map(({ version }) => version))).toEqual(new Set([1, 2, 3, 4, 5]));
    expect(stored).toHaveLength(5);
    for (const [i, record] of opened.entries()) {
      expect(record.space).toEqual({ '/n': `uniform(1, ${10 + (i % 4)}, discrete=True)` });
      expect(record._id).toBe(opened[i % 4]?._id);
    }
    // Each refers to the version right before it.
    for (const { version = 1, refers } of stored) {
      const parent = stored.find((other) => other.version === version - 1);
      expect(refers).toMatchObject({ parent_id: parent?._id ?? null });
    }
  });

  it('searches by itself: trials and limits are of their version', async () => {
    const storage = await alone();
    const parent = await open(storage, first, 3);
    await parent.workOn(() => 1);
    const child = await open(storage, wider, 5);
    expect(await child.trials()).toEqual([]);
    expect((await child.workOn(() => 1)).completed).toBe(5);
    expect(await parent.trials()).toHaveLength(3);
    expect(parent.record.max_trials).toBe(3);
  });

  it('is refused where it is not to branch, or a version is asked for', async () => {
    const storage = await alone();
    await open(storage, first);
    for (const options of [{ branch: false }, { version: 1 }]) {
      const opening = openExperiment(storage, { name: 'e', space: wider, ...options });
      await expect(opening).rejects.toThrow(InvalidConfigurationError);
      await expect(opening).rejects.toThrow(
        '/layers is uniform(1, 4, discrete=True), not uniform(1, 8, discrete=True)',
      );
    }
    expect(await storage.fetchExperiments({})).toHaveLength(1);
  });

  it('needs a space where a version is asked for that is not there', async () => {
    const storage = await alone();
    await open(storage, first);
    await expect(openExperiment(storage, { name: 'e', version: 2 })).rejects.toThrow(
      'There is no experiment "e" of version 2 yet',
    );
  });
});

describe('another algorithm under the same name', () => {
  it('is the next version, too, with the space of the stored one', async () => {
    const storage = await alone();
    const parent = await openExperiment(storage, {
      name: 'e',
      space: first,
      algorithm: randomSearch({ seed: 1 }),
    });
    const child = await openExperiment(storage, { name: 'e', algorithm: randomSearch({ seed: 2 }) });
    expect(child.record).toMatchObject({
      version: 2,
      space: parent.record.space,
      algorithm: { random: { seed: 2 } },
      refers: { parent_id: parent.record._id, adapter: [{ of_type: 'algorithmchange' }] },
    });
    expect(child.space).toEqual(parent.space);
  });
});

describe('the trials that a version inherits', () => {
  it('are those in its space, the oldest version first, with its params', async () => {
    const storage = await alone();
    const v1 = await open(storage, { x: real(0, 1), n: integer(1, 4, { default: 2 }) });
    const kept = await v1.insert({ x: 0.5, n: 2 });
    await v1.insert({ x: 0.75, n: 3 }); // differs from the default of what v2 lacks
    const v2 = await open(storage, { x: real(0, 1) });
    const own = await v2.insert({ x: 0.25 });
    const v3 = await open(storage, { x: real(0, 0.5), act: categorical(['a', 'b'], { default: 'b' }) });
    await v2.insert({ x: 0.875 }); // outside
    await v3.insert({ x: 0.125, act: 'a' });
    const inherited = await v3.inheritedTrials();
    expect(inherited.map((trial) => [trial._id, v3.params(trial)])).toEqual([
      [kept._id, { act: 'b', x: 0.5 }],
      [own._id, { act: 'b', x: 0.25 }],
    ]);
    expect(inherited[0]).toMatchObject({ experiment: v1.record._id, id: kept.id });
    expect(await v1.inheritedTrials()).toEqual([]);
  });

  it('are none where a new dimension has no default', async () => {
    const storage = await alone();
    const v1 = await open(storage, { x: real(0, 1) });
    await v1.insert({ x: 0.5 });
    expect(await (await open(storage, { x: real(0, 1), y: real(0, 1) })).inheritedTrials()).toEqual([]);
  });

  it('have the whole of a new fidelity', async () => {
    const storage = await alone();
    const v1 = await open(storage, { x: real(0, 1) });
    await v1.insert({ x: 0.5 });
    const v2 = await open(storage, { x: real(0, 1), epochs: fidelity(1, 9, 3) });
    expect((await v2.inheritedTrials()).map((trial) => v2.params(trial))).toEqual([{ epochs: 9, x: 0.5 }]);
  });

  it('fit the conditions of its space', async () => {
    const storage = await alone();
    const v1 = await open(storage, { act: categorical(['a', 'b']) });
    await v1.insert({ act: 'a' });
    await v1.insert({ act: 'b' });
    const v2 = await open(storage, {
      act: categorical(['a', 'b']),
      slope: real(0, 1, { default: 0.5, when: { act: 'b' } }),
    });
    const points = (await v2.inheritedTrials()).map((trial) => v2.params(trial));
    expect(points).toEqual([{ act: 'a' }, { act: 'b', slope: 0.5 }]);
  });

  it('may be asked for by a query', async () => {
    const storage = await alone();
    const v1 = await open(storage, { x: real(0, 1) }, 2);
    await v1.workOn(({ params }) => params['x'] as number);
    await v1.insert({ x: 0.5 });
    const v2 = await open(storage, { x: real(0, 2) });
    expect(await v2.inheritedTrials()).toHaveLength(3);
    expect(await v2.inheritedTrials({ where: { status: 'completed' } })).toHaveLength(2);
  });

  it('end at a change that Orion calls breaking, and at a version that is gone', async () => {
    const storage = await alone();
    const v1 = await open(storage, { x: real(0, 1) });
    await v1.insert({ x: 0.5 });
    const v2 = await open(storage, { x: real(0, 2) });
    await storage.updateExperiment(v2.record, {
      'refers.adapter': [{ of_type: 'codechange', change_type: 'break' }],
    });
    const reopened = await open(storage, { x: real(0, 2) });
    expect(await reopened.inheritedTrials()).toEqual([]);
    const v3 = await open(storage, { x: real(0, 3) });
    await storage.deleteExperiment(v2.record);
    expect(await v3.inheritedTrials()).toEqual([]);
  });
});
