import { describe, expect, it } from 'vitest';
import { type ExperimentClient, fidelity, openExperiment, real } from '../src/index.js';
import { alone } from './connect.js';

type Params = { readonly x: number; readonly epochs: number };

async function search(): Promise<ExperimentClient<Params>> {
  const space = { x: real(0, 1), epochs: fidelity(1, 9, 3) };
  return openExperiment(await alone(), { name: 'e', space });
}

/** What those who follow are shown. */
async function shown(experiment: ExperimentClient<Params>): Promise<string | undefined> {
  for await (const { best } of experiment.progress()) return best?.id;
  return undefined;
}

describe('the best trial', () => {
  it('is of the highest fidelity there is, as others do not compare with it', async () => {
    const experiment = await search();
    const cheap = await experiment.insert({ x: 0.1, epochs: 1 }, 0.2);
    expect((await experiment.best())?.id).toBe(cheap.id);
    await experiment.insert({ x: 0.1, epochs: 9 }, 0.9);
    const dear = await experiment.insert({ x: 0.2, epochs: 9 }, 0.8);
    await experiment.insert({ x: 0.3, epochs: 3 }, 0.1);
    expect((await experiment.best())?.id).toBe(dear.id);
    expect(await shown(experiment)).toBe(dear.id);
    expect(await experiment.stats()).toMatchObject({ bestTrial: dear.id, bestObjective: 0.8 });
  });

  it('keeps to the constraints, where one does', async () => {
    const experiment = await search();
    const broken = await experiment.insert(
      { x: 0.1, epochs: 9 },
      { objective: 0.1, constraints: { room: 2 } },
    );
    expect((await experiment.best())?.id).toBe(broken.id);
    const less = await experiment.insert({ x: 0.2, epochs: 9 }, { objective: 0.5, constraints: { room: 1 } });
    expect((await experiment.best())?.id).toBe(less.id);
    const kept = await experiment.insert(
      { x: 0.3, epochs: 9 },
      { objective: 0.7, constraints: { room: -1 } },
    );
    expect((await experiment.best())?.id).toBe(kept.id);
    expect(await shown(experiment)).toBe(kept.id);
  });

  it('is the first to have ended, of several that are as good', async () => {
    const experiment = await search();
    const first = await experiment.insert({ x: 0.9, epochs: 9 }, 0.5);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await experiment.insert({ x: 0.1, epochs: 9 }, 0.5);
    expect((await experiment.best())?.id).toBe(first.id);
    expect(await shown(experiment)).toBe(first.id);
  });
});
