// search.mjs PROGRAMS FILE: searches by programs that are stubborn, and listens to no signal itself.
import { integer, openExperiment } from '@trialbase/client';
import { DocumentStorage, openMemory } from '@trialbase/core';
import { inChildProcess } from '@trialbase/node';

const [, , programs, file] = process.argv;
const storage = new DocumentStorage(await openMemory());
const experiment = await openExperiment(storage, { name: 'e', space: { n: integer(1, 9) }, maxTrials: 1 });
await experiment.workOn(inChildProcess(['sh', `${programs}/stubborn.sh`, file]));
