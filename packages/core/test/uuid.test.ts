import { validate, version } from 'uuid';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createUuid } from '../src/uuid.js';

function manyUuids(count: number): string[] {
  return Array.from({ length: count }, createUuid);
}

describe('createUuid', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('makes UUIDs of version 7, none of them twice', () => {
    const uuids = manyUuids(100_000);
    expect(uuids.every((uuid) => validate(uuid) && version(uuid) === 7)).toBe(true);
    expect(new Set(uuids).size).toBe(uuids.length);
  });

  it('makes them in order', () => {
    const uuids = manyUuids(10_000);
    expect(uuids.toSorted()).toEqual(uuids);
  });

  it('makes them in order when the clock is set back', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2030-01-01') });
    const before = manyUuids(1_000);
    vi.setSystemTime(new Date('2029-01-01'));
    const uuids = [...before, ...manyUuids(1_000)];
    expect(uuids.toSorted()).toEqual(uuids);
  });

  it('tells the time in milliseconds', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2031-01-01') });
    const time = Number.parseInt(createUuid().replace('-', '').slice(0, 12), 16);
    expect(new Date(time)).toEqual(new Date('2031-01-01'));
  });
});
