// What the tests ask for by the name that the parameter `n` stands for in `workerData`, or in the environment of a process.
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread, threadId, workerData } from 'node:worker_threads';
import { exposeObjective } from '@trialbase/node';

const deeds = {
  square: ({ params }) => ({
    objective: params.n ** 2,
    statistics: { threadId, pid: process.pid, isMainThread },
  }),
  infinite: () => Number.NEGATIVE_INFINITY,
  report: async ({ report }) => {
    for (let i = 1; i <= 5; i++) report(1 / i, { step: 10 * i });
    report(Number.NaN, { step: 60 });
    return 0;
  },
  'report wrongly': async ({ report }) => {
    report(1, { step: 2 });
    report(1, { step: 1 });
    return sleep(600_000, 1);
  },
  learn: async ({ report, shouldStop }) => {
    for (let i = 1; ; i++) {
      report(i);
      if (await shouldStop()) return undefined;
      await sleep(5);
    }
  },
  trial: ({ trial }) => ({
    objective: 1,
    statistics: { trial: trial.id, is: trial.start_time instanceof Date },
  }),
  throw: () => {
    throw new RangeError('too far');
  },
  'throw a text': () => Promise.reject('no error at all'),
  'throw a function': () => Promise.reject(() => {}),
  'throw nothing': () => Promise.reject(),
  'return a function': () => () => 1,
  nothing: () => undefined,
  'leave a timer and a server open': () => {
    setInterval(() => {}, 1_000);
    createServer().listen(0, '127.0.0.1');
    return 1;
  },
  exit: () => process.exit(0),
  crash: () => {
    setTimeout(() => {
      throw new Error('out of the blue');
    });
    return new Promise(() => {});
  },
  exhaust: () => {
    const hoard = [];
    for (;;) hoard.push('x'.repeat(100_000).split(''));
  },
  heed: ({ signal }) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  'report, then heed': ({ signal, report }) => {
    report(1);
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  },
  'report, then heed late': ({ signal, report }) => {
    report(1);
    return new Promise((_, reject) =>
      signal.addEventListener('abort', () => setTimeout(() => reject(signal.reason), 900)),
    );
  },
  'report, then fail at the end': ({ signal, report }) => {
    report(1);
    return new Promise((_, reject) =>
      signal.addEventListener('abort', () => reject(new RangeError('too far'))),
    );
  },
  hang: () => {
    for (;;);
  },
  never: () => new Promise(() => {}),
};

exposeObjective((evaluation) => deeds[workerData?.deed ?? process.env['DEED']](evaluation));
