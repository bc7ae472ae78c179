import {
  and,
  applyChanges,
  type Condition,
  type Document,
  equal,
  errorCode,
  type InsertStep,
  type OpenDatabase,
  type Outcomes,
  type RemoveStep,
  type Step,
  type UpdateStep,
} from '@trialbase/core/adapter';

/** What can be broken, to see that the check of a history finds it. */
export const plantedFaults = [
  'reserves-twice',
  'loses-writes',
  'lets-stale-states-land',
  'lets-duplicates-in',
  'brings-deleted-trials-back',
] as const;
export type PlantedFault = (typeof plantedFaults)[number];

/** The same database with one promise broken, now and then, as by an adapter that gets it wrong. */
export function withFault(database: OpenDatabase, fault: PlantedFault): OpenDatabase {
  let writes = 0;
  return {
    locks: database.locks,
    find: (collection, where, options) => database.find(collection, where, options),
    count: (collection, where) => database.count(collection, where),
    watch: (listener) => database.watch(listener),
    close: () => database.close(),
    async write<const S extends readonly Step[]>(steps: S): Promise<Outcomes<S>> {
      const [step] = steps;
      writes += 1;
      if (fault === 'brings-deleted-trials-back') return bringingBack(database, steps);
      const outcome = step && steps.length === 1 ? await FAULTS[fault](database, step, writes) : undefined;
      return outcome ? ([outcome] as unknown as Outcomes<S>) : database.write(steps);
    },
  };
}

/** Does a step wrongly; `undefined` where it does it as it should be done. */
type Broken = (database: OpenDatabase, step: Step, writes: number) => Promise<Document[] | undefined>;

const FAULTS: Readonly<Record<Exclude<PlantedFault, 'brings-deleted-trials-back'>, Broken>> = {
  /** Looks first and writes later, without the condition. */
  'reserves-twice': async (database, step) => {
    if (step.kind !== 'update' || !sets(step, 'status', 'reserved')) return undefined;
    const [found] = await database.find('trials', step.otherwise?.where ?? step.where, { limit: 1 });
    if (!found) return undefined;
    const changes = step.otherwise?.changes ?? step.changes;
    await new Promise((resolve) => setTimeout(resolve, 1));
    const where = equal('_id', found['_id']);
    const [changed] = await database.write([{ kind: 'update', collection: 'trials', where, changes }]);
    return changed;
  },

  /** Acknowledges some results and forgets them. */
  'loses-writes': async (database, step, writes) => {
    if (step.kind !== 'update' || !sets(step, 'results') || writes % 7 > 0) return undefined;
    const found = await database.find('trials', step.where, { limit: 1 });
    return found.map((document) => applyChanges(document as Document, step.changes));
  },

  /** Writes to the algorithm lock whatever the token is. */
  'lets-stale-states-land': async (database, step) => {
    if (step.kind !== 'update' || step.collection !== 'algo') return undefined;
    const [changed] = await database.write([{ ...step, where: without('token', step.where) }]);
    return changed;
  },

  /** Puts a second trial in the place of the first. */
  'lets-duplicates-in': async (database, step) => {
    if (step.kind !== 'insert' || step.collection !== 'trials') return undefined;
    return insertAnyhow(database, step);
  },
};

function sets({ changes, otherwise }: UpdateStep, field: string, value?: unknown): boolean {
  return [...changes, ...(otherwise?.changes ?? [])].some(
    (change) =>
      change.path[0] === field && (value === undefined || ('value' in change && change.value === value)),
  );
}

function without(field: string, where: Condition): Condition {
  if (where.kind !== 'and') return where;
  return and(...where.conditions.filter((each) => each.kind !== 'compare' || each.path[0] !== field));
}

async function insertAnyhow(database: OpenDatabase, step: InsertStep): Promise<Document[]> {
  try {
    const [inserted] = await database.write([step]);
    return inserted;
  } catch (error) {
    if (errorCode(error) !== 'duplicate-key') throw error;
    const [trial] = step.documents;
    const where = and(equal('experiment', trial?.['experiment']), equal('id', trial?.['id']));
    const [, inserted] = await database.write([{ kind: 'remove', collection: 'trials', where }, step]);
    return inserted;
  }
}

/** Deletes an experiment, and puts one of its trials back, as a write that was under way might. */
async function bringingBack<const S extends readonly Step[]>(
  database: OpenDatabase,
  steps: S,
): Promise<Outcomes<S>> {
  const isOfTrials = (step: Step): step is RemoveStep =>
    step.kind === 'remove' && step.collection === 'trials';
  const removal = steps.length > 1 ? steps.find(isOfTrials) : undefined;
  const documents = removal ? await database.find('trials', removal.where, { limit: 1 }) : [];
  const outcomes = await database.write(steps);
  if (documents.length > 0) {
    const back = documents as Document[];
    await database.write([{ kind: 'insert', collection: 'trials', documents: back, onDuplicate: 'skip' }]);
  }
  return outcomes;
}
