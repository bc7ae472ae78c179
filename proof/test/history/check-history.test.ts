import { describe, expect, it } from 'vitest';
import { type Call, widened } from '../../src/history/call.js';
import { checkHistory } from '../../src/history/check-history.js';
import { call, shown } from './handmade.js';

const registered = call('w1', [0, 1], 'registerTrial', { trial: 'e/1' }, { _id: 'a' });

function reserved(worker: string, times: readonly [number, number?], reservation: string): Call {
  const outcome = { trial: shown({ reservation }) };
  return call(
    worker,
    times,
    'reserveTrial',
    { experiment: 'e', worker, reservation },
    times.length === 2 ? outcome : undefined,
  );
}

function pushed(worker: string, times: readonly [number, number], reservation: string, value: number): Call {
  const outcome = { trial: shown({ status: 'completed', reservation, value }) };
  return call(
    worker,
    times,
    'pushTrialResults',
    { trial: 'e/1', reservation, value, status: 'completed' },
    outcome,
  );
}

function interrupted(worker: string, times: readonly [number, number], reservation: string): Call {
  const args = { trial: 'e/1', reservation, was: 'reserved', status: 'interrupted' };
  return call(worker, times, 'setTrialStatus', args, {
    trial: shown({ status: 'interrupted', reservation }),
  });
}

function raised(
  worker: string,
  times: readonly [number, number],
  count: number,
  [by, mark]: readonly [string, string],
): Call {
  return call(worker, times, 'raiseCounter', { experiment: 'e', mark }, { found: { count, by } });
}

function faultsOf(...calls: readonly Call[]): readonly string[] {
  return checkHistory(calls).faults;
}

const found = (fields: Parameters<typeof shown>[0]) => ({ trial: shown(fields) });

describe('a history that can be explained', () => {
  it('is accepted where calls overlap and their order follows from the answers alone', () => {
    expect(
      faultsOf(
        registered,
        reserved('w1', [2, 9], 'r1'),
        reserved('w2', [4, 12], 'r2'),
        interrupted('w3', [3, 10], 'r1'),
        pushed('w2', [13, 14], 'r2', 0.5),
        call('w1', [15, 16], 'updateHeartbeat', { trial: 'e/1', reservation: 'r1' }, { stands: false }),
        call(
          'w1',
          [17, 18],
          'pushTrialResults',
          { trial: 'e/1', reservation: 'r1', value: 0.7, status: null },
          { error: 'failed-update' },
        ),
      ),
    ).toEqual([]);
  });

  it('is accepted where a call without an answer had its effect, and where it had none', () => {
    const seen = (status: string, reservation: string | null) =>
      call('w3', [20, 21], 'getTrial', { trial: 'e/1' }, found({ status, reservation }));
    expect(faultsOf(registered, reserved('w2', [5], 'r1'), seen('reserved', 'r1'))).toEqual([]);
    expect(faultsOf(registered, reserved('w2', [5], 'r1'), seen('new', null))).toEqual([]);
  });

  it('is accepted where a worker of the same name gets back what a reservation without an answer took', () => {
    const again = {
      ...reserved('w2', [10, 11], 'r2'),
      outcome: { trial: shown({ reservation: 'r2' }) },
    };
    expect(faultsOf(registered, reserved('w2', [5], 'r1'), again as Call)).toEqual([]);
  });

  it('is accepted where clocks are coarse, once its calls are taken to have lasted longer', () => {
    const early = call('w2', [0.5, 0.9], 'getTrial', { trial: 'e/1' }, found({ status: 'new' }));
    const calls = [call('w1', [1, 2], 'registerTrial', { trial: 'e/1' }, { _id: 'a' }), early];
    expect(faultsOf(...calls)).toHaveLength(1);
    expect(faultsOf(...widened(calls, 0.1))).toEqual([]);
  });

  it('is accepted where an experiment was deleted, and its trials registered again', () => {
    const deleted = call('w2', [5, 6], 'deleteExperiment', { experiment: 'e' }, { count: 1 });
    const look = (at: number, trial: ReturnType<typeof shown>) =>
      call('w3', [at, at + 1], 'getTrial', { trial: 'e/1' }, { trial });
    const again = call('w1', [8, 9], 'registerTrial', { trial: 'e/1' }, { _id: 'b' });
    const lost = call(
      'w1',
      [7, 7.5],
      'updateHeartbeat',
      { trial: 'e/1', reservation: 'r1' },
      { stands: false },
    );
    const begun = call('w2', [5], 'deleteExperiment', { experiment: 'e' });
    const held = reserved('w1', [2, 3], 'r1');
    const gone = [registered, held, deleted, lost, look(7, null), again];
    expect(faultsOf(...gone, look(10, shown({ _id: 'b', status: 'new' })))).toEqual([]);
    expect(faultsOf(registered, held, begun, look(7, shown({ reservation: 'r1' })))).toEqual([]);
    expect(faultsOf(registered, held, begun, look(7, null))).toEqual([]);
    expect(
      faultsOf(raised('w1', [0, 1], 0, ['', 'm1']), deleted, raised('w2', [7, 8], 0, ['', 'm2'])),
    ).toEqual([]);
  });

  it('is accepted where what a reservation without an answer took was deleted before anybody saw it', () => {
    const second = call('w1', [5, 6], 'registerTrial', { trial: 'e/2' }, { _id: 'b' });
    const unanswered = reserved('w2', [7], 'r2');
    const asked = { experiment: 'e', worker: 'w3', reservation: 'r3' };
    const nothing = call('w3', [8, 9], 'reserveTrial', asked, { trial: null });
    const deleted = call('w3', [10, 11], 'deleteExperiment', { experiment: 'e' }, { count: 1 });
    const others = [registered, reserved('w2', [2, 3], 'r1'), second, nothing];
    expect(faultsOf(...others, unanswered, deleted)).toEqual([]);
    // Where nothing is deleted it would be there still, or was never reserved.
    expect(faultsOf(...others)[0]).toContain('passed over e/2');
    expect(faultsOf(...others, deleted)[0]).toContain('passed over e/2');
  });

  it('is accepted where a lock was taken from its holder, which was told so', () => {
    const robbed = {
      ...call('w1', [0, 9], 'raiseCounter', { experiment: 'e', mark: 'm1' }, { error: 'failed-update' }),
      noted: { found: { count: 0, by: '' } },
    };
    expect(
      faultsOf(robbed, raised('w2', [3, 5], 0, ['', 'm2']), raised('w1', [11, 12], 1, ['m2', 'm3'])),
    ).toEqual([]);
  });
});

describe('a history that cannot be explained', () => {
  it('is refused where a reservation was handed out twice', () => {
    const faults = faultsOf(registered, reserved('w1', [2, 5], 'r1'), reserved('w2', [4, 7], 'r2'));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain('trial e/1: No order of its 3 calls explains the answers');
    expect(faults[0]).toContain('w2 reserveTrial');
  });

  it('is refused where an acknowledged write was lost', () => {
    const seen = call('w3', [20, 21], 'getTrial', { trial: 'e/1' }, found({ reservation: 'r1' }));
    expect(
      faultsOf(registered, reserved('w1', [2, 3], 'r1'), pushed('w1', [5, 6], 'r1', 1), seen),
    ).toHaveLength(1);
  });

  it('is refused where an acknowledged trial is not in the list of all', () => {
    expect(
      faultsOf(registered, call('w1', [5, 6], 'fetchTrials', { experiment: 'e' }, { trials: [] })),
    ).toHaveLength(1);
  });

  it('is refused where a stale state of the algorithm landed', () => {
    const stale = raised('w1', [0, 9], 0, ['', 'm1']);
    const next = raised('w2', [3, 5], 0, ['', 'm2']);
    expect(faultsOf(stale, next)[0]).toContain('algorithm lock e');
  });

  it('is refused where a duplicate slipped in', () => {
    const again = call('w2', [0, 3], 'registerTrial', { trial: 'e/1' }, { _id: 'b' });
    expect(faultsOf(registered, again)).toHaveLength(1);
    const benchmark = (worker: string) => call(worker, [0, 1], 'createBenchmark', { name: 'b' }, {});
    expect(faultsOf(benchmark('w1'), benchmark('w2'))[0]).toContain('benchmark b');
  });

  it('is refused where something was stored of a call that found no room', () => {
    const full = call('w1', [0, 1], 'registerTrial', { trial: 'e/1' }, { error: 'storage-full' });
    const seen = call('w2', [2, 3], 'getTrial', { trial: 'e/1' }, found({ status: 'new' }));
    expect(faultsOf(full, seen)).toHaveLength(1);
    const failed = { ...full, outcome: { error: 'storage-unavailable' } };
    expect(faultsOf(failed, seen)).toEqual([]);
  });

  it('is refused where a call without an answer had its effect after its worker was gone', () => {
    const gone = { ...call('w1', [0], 'registerTrial', { trial: 'e/1' }), latest: 5 };
    const look = (at: number, trial: ReturnType<typeof shown>) =>
      call('w2', [at, at + 1], 'getTrial', { trial: 'e/1' }, { trial });
    expect(faultsOf(gone, look(10, shown({ status: 'new' })))).toEqual([]);
    expect(faultsOf(gone, look(10, null), look(12, shown({ status: 'new' })))).toHaveLength(1);
  });

  it('is refused where a trial came back after its experiment was deleted', () => {
    const deleted = call('w2', [5, 6], 'deleteExperiment', { experiment: 'e' }, { count: 1 });
    const held = reserved('w1', [2, 3], 'r1');
    const seen = call('w3', [8, 9], 'getTrial', { trial: 'e/1' }, found({ reservation: 'r1' }));
    expect(faultsOf(registered, held, deleted, seen)[0]).toContain('trial e/1: No order of its 4 calls');
    expect(faultsOf(registered, held, deleted, pushed('w1', [7, 8], 'r1', 1))).toHaveLength(1);
    const list = { trials: [shown({ reservation: 'r1' })] };
    expect(
      faultsOf(registered, held, deleted, call('w3', [8, 9], 'fetchTrials', { experiment: 'e' }, list)),
    ).toHaveLength(1);
    const stale = raised('w2', [7, 8], 1, ['m1', 'm2']);
    expect(faultsOf(raised('w1', [0, 1], 0, ['', 'm1']), deleted, stale)).toHaveLength(1);
  });

  it('is refused where a pending trial was passed over', () => {
    const none = call(
      'w2',
      [5, 6],
      'reserveTrial',
      { experiment: 'e', worker: 'w2', reservation: 'r' },
      { trial: null },
    );
    expect(faultsOf(registered, none)[0]).toContain('passed over e/1');
    const unanswered = reserved('w3', [2], 'r9');
    expect(faultsOf(registered, unanswered, none)[0], 'by its token it was never seen').toContain(
      'passed over',
    );
    expect(faultsOf(registered, { ...unanswered, wiped: true }, none)).toEqual([]);
    const late = { ...none, start: 0.5 };
    expect(faultsOf(registered, late)).toEqual([]);
    const younger = call('w1', [2, 3], 'registerTrial', { trial: 'e/2' }, { _id: 'b' });
    const taken = call(
      'w2',
      [5, 6],
      'reserveTrial',
      { experiment: 'e', worker: 'w2', reservation: 'r' },
      { trial: shown({ trial: 'e/2', _id: 'b', reservation: 'r' }) },
    );
    expect(faultsOf(registered, younger, taken)[0]).toContain('passed over e/1');
  });

  it('is refused where completed trials were not counted', () => {
    const count = (n: number) =>
      call('w3', [20, 21], 'countCompletedTrials', { experiment: 'e' }, { count: n });
    const completed = [registered, reserved('w1', [2, 3], 'r1'), pushed('w1', [5, 6], 'r1', 1)];
    expect(faultsOf(...completed, count(1))).toEqual([]);
    expect(faultsOf(...completed, count(0))[0]).toContain('is 0, not 1 to 1');
  });
});
