import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import * as core from '../src/index.js';
import { DuplicateKeyError, describe as describeValue, errorCode, TrialbaseError } from '../src/index.js';

/** The error as it arrives on the other side of `postMessage`. */
function posted(error: Error): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port2.once('message', (received) => {
      resolve(received);
      port1.close();
    });
    port1.postMessage(error);
  });
}

describe('errorCode', () => {
  it('tells the code of an error of Trialbase', () => {
    expect(errorCode(new DuplicateKeyError('trials', ['id'], ['x']))).toBe('duplicate-key');
  });

  it('tells it after postMessage too, which strips the class and the fields', async () => {
    const received = await posted(new DuplicateKeyError('trials', ['id'], ['x']));
    expect(received).not.toBeInstanceOf(TrialbaseError);
    expect(errorCode(received)).toBe('duplicate-key');
  });

  it.each([new Error('other'), new TypeError('a [b] c'), 'duplicate-key', null, undefined])(
    'knows none of %s',
    (value) => {
      expect(errorCode(value)).toBeUndefined();
    },
  );
});

describe('the error classes', () => {
  const classes = Object.entries(core).filter(
    ([name]) => name.endsWith('Error') && name !== 'TrialbaseError',
  );

  it('are more than ten', () => {
    expect(classes.length).toBeGreaterThan(10);
  });

  it.each(classes)('%s has the common base', (_, errorClass) => {
    expect((errorClass as { prototype: unknown }).prototype).toBeInstanceOf(TrialbaseError);
  });

  // A bundler may call the class something else.
  it.each(classes)('%s has its name in its text', (name, errorClass) => {
    const error = Reflect.construct(class extends (errorClass as typeof TrialbaseError) {}, ['x', [], []]);
    expect(error).toHaveProperty('name', name);
  });
});

describe('a value in a message', () => {
  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  const refuse = () => {
    throw new Error('no');
  };
  const revoked = () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  };

  it.each([
    ['a string', 'a "b"', '"a \\"b\\""'],
    ['a number', Number.NaN, 'NaN'],
    ['nothing', undefined, 'undefined'],
    ['a bigint', 10n, '10n'],
    ['a symbol', Symbol('s'), 'Symbol(s)'],
    ['an object', { a: [1] }, '{"a":[1]}'],
    ['a cycle', cycle, '[object Object]'],
    [
      'a function, on one line',
      Object.assign(() => 1, { toString: () => '() => {\n  return 1;\n}' }),
      '() => { return 1; }',
    ],
    ['a function that will not be shown', Object.assign(() => 1, { toString: refuse }), '[object Function]'],
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
    ['a proxy that was revoked', revoked(), 'a object that cannot be read'],
  ])('shows %s', (_, value, text) => {
    expect(describeValue(value)).toBe(text);
  });

  it('is never long', () => {
    expect(describeValue('x'.repeat(1_000_000))).toHaveLength(80);
  });
});
