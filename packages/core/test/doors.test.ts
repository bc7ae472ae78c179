import * as core from '@trialbase/core';
import * as adapter from '@trialbase/core/adapter';
import * as testing from '@trialbase/core/testing';
import { expect, it } from 'vitest';

it.each(Object.entries({ core, adapter, testing }))(
  'the door of %s opens, and has named exports only',
  (_name, door) => {
    expect(door).not.toHaveProperty('default');
  },
);
