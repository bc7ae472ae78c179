import type { FindOptions } from '../database.js';
import type { Document, Fields } from '../document.js';
import { arrange } from '../query/arrange.js';
import { compile } from '../query/compile.js';
import { type Condition, everything } from '../query/condition.js';
import { compareIds } from '../query/order.js';
import { plan } from '../query/plan.js';
import { type Collection, schema } from '../schema.js';
import type { DocumentTransaction } from './document-transaction.js';

/** `Database.find`, in a transaction. */
export async function findIn(
  transaction: DocumentTransaction,
  collection: Collection,
  where: Condition,
  options: FindOptions = {},
): Promise<Fields[]> {
  const { sort, skip = 0, limit = Number.POSITIVE_INFINITY } = options;
  return arrange(await select(transaction, collection, where, sort ? undefined : skip + limit), options);
}

/** `Database.count`, in a transaction, where no numbers are kept of what is to be counted. */
export async function countIn(
  transaction: DocumentTransaction,
  collection: Collection,
  where: Condition,
): Promise<number> {
  if (isEverything(where)) return transaction.count(collection);
  return (await select(transaction, collection, where)).length;
}

/** The first `limit` documents that meet `where`, in `_id` order. */
export async function select(
  transaction: DocumentTransaction,
  collection: Collection,
  where: Condition,
  limit: number = Number.POSITIVE_INFINITY,
): Promise<Document[]> {
  if (limit <= 0) return [];
  const access = plan(where, schema[collection]);
  const rest = access ? access.rest : where;
  const isExact = isEverything(rest);
  const lists = await transaction.read(collection, access, isExact ? limit : Number.POSITIVE_INFINITY);
  const reached = merged(lists);
  const found = isExact ? reached : reached.filter(compile(rest));
  return found.length > limit ? found.slice(0, limit) : found;
}

/** No document is in two of the lists, as no document has two keys. */
function merged(lists: readonly Document[][]): Document[] {
  const filled = lists.filter((list) => list.length > 0);
  const [only = []] = filled;
  return filled.length < 2 ? only : filled.flat().sort((a, b) => compareIds(a._id, b._id));
}

function isEverything(where: Condition): boolean {
  return where === everything || (where.kind === 'and' && where.conditions.length === 0);
}
