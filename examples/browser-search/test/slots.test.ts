import { expect, it } from 'vitest';
import { Slots } from '../src/slots.js';

it('whoever stays keeps the slot, and one that is free goes to the next who comes', () => {
  const slots = new Slots<string>(2);
  slots.seat(['a', 'b', 'c']);
  expect(['a', 'b', 'c'].map((key) => slots.of(key))).toEqual([0, 1, undefined]);
  slots.seat(['c', 'b']);
  expect(['a', 'b', 'c'].map((key) => slots.of(key))).toEqual([undefined, 1, 0]);
});
