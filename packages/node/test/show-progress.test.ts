import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { showProgress } from '../src/index.js';
import { open, until } from './search.js';

/** What starts a sequence of colour or of cursor movement. */
const ESCAPE = String.fromCharCode(27);

function collect(stream: PassThrough): () => string {
  let text = '';
  stream.on('data', (chunk) => {
    text += chunk;
  });
  return () => text;
}

describe('showing progress', () => {
  it('prints plain lines where there is no terminal, the last of which tells the end', async () => {
    const experiment = await open(4);
    const stream = new PassThrough();
    const printed = collect(stream);
    let calls = 0;
    const working = experiment.workOn(
      ({ params }) => {
        calls += 1;
        if (calls === 2) throw new Error('fault');
        return params.n;
      },
      { onError: () => {} },
    );
    expect(await showProgress(experiment, working, { stream })).toMatchObject({ completed: 4 });
    const best = await experiment.best();
    const { n } = best ? experiment.params(best) : { n: 0 };
    const lines = printed().trimEnd().split('\n');
    expect(lines.at(-1)).toBe(`4/4 trials, 0 running, 1 broken, best ${n} at n=${n}`);
    expect(printed()).not.toContain(ESCAPE);
  });

  it('draws a bar in a terminal, with what running trials have reported', async () => {
    const experiment = await open(2);
    const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24 });
    const printed = collect(stream);
    const { CI } = process.env;
    delete process.env['CI'];
    try {
      const working = experiment.workOn(async ({ params, report }) => {
        report(params.n + 0.5, { step: 7 });
        await until(() => printed().includes(`n=${params.n}: ${params.n + 0.5} after 7`));
        return params.n;
      });
      await showProgress(experiment, working, { stream });
    } finally {
      if (CI !== undefined) process.env['CI'] = CI;
    }
    expect(printed()).toContain('█');
    expect(printed()).toContain('2/2 trials');
    expect(printed()).toContain(ESCAPE);
  });

  it('leaves the work alone where the store cannot be followed, and tells the error of the work alone', async () => {
    const experiment = await open(2);
    const stream = new PassThrough();
    const broken: Pick<typeof experiment, 'progress' | 'params'> = {
      params: (trial) => experiment.params(trial),
      progress: async function* () {
        yield* [];
        throw new Error('cannot be followed');
      },
    };
    const slow = new Promise((resolve) => setTimeout(resolve, 50, 'done'));
    expect(await showProgress(broken, slow, { stream })).toBe('done');
    const failing = new Promise((_, reject) => setTimeout(reject, 50, new Error('fault')));
    await expect(showProgress(broken, failing, { stream })).rejects.toThrow('fault');
  });

  it('ends with the error of the work', async () => {
    const experiment = await open(2);
    const stream = new PassThrough();
    const working = experiment.workOn(() => Promise.reject(new Error('fault')), {
      onError: (error) => {
        throw error;
      },
    });
    await expect(showProgress(experiment, working, { stream })).rejects.toThrow('fault');
  });
});
