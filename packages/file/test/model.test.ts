import { DocumentStorage } from '@trialbase/core';
import { type FileOptions, openFile } from '@trialbase/file';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calls } from '../../../proof/src/model/call.js';
import { follow, type Place } from '../../../proof/src/model/follow.js';
import { freshDirectory } from './store-directory.js';

/** A seal after every few writes. */
const growth = 2_000;

function onFile(options: Partial<FileOptions>): Place {
  const path = freshDirectory();
  return {
    connect: async (settings) => new DocumentStorage(await openFile({ path, ...options }), settings),
    remove: async () => undefined,
  };
}

describe('a storage on file', () => {
  it.each<[string, Partial<FileOptions>]>([
    ['as it is', {}],
    ['sealed all the time', { growth }],
    ['sealed all the time, exclusive', { growth, exclusive: true }],
  ])('does what the model of the protocol does, whatever the calls: %s', async (_, options) => {
    const property = fc.asyncProperty(calls, async (made) => {
      expect(await follow(onFile(options), made)).toBeUndefined();
    });
    await fc.assert(property, { seed: 7, numRuns: 15 });
  });
});
