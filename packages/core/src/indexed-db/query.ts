import type { FindOptions } from '../database.js';
import type { Document, Fields } from '../document.js';
import { arrange } from '../query/arrange.js';
import { compile } from '../query/compile.js';
import { type Condition, everything } from '../query/condition.js';
import { compareIds } from '../query/order.js';
import { type Access, plan } from '../query/plan.js';
import { type Collection, schema } from '../schema.js';
import type { DocumentTransaction } from './document-transaction.js';

/** The way to the documents that meet a condition. */
export interface Route {
  readonly collection: Collection;
  /** The index to reach them by; without one, all documents are read. */
  readonly access: Access | undefined;
  /** What remains to be tested on those that are reached. {@link everything} where the index tells all. */
  readonly rest: Condition;
}

export function routeTo(collection: Collection, where: Condition): Route {
  const access = plan(where, schema[collection]);
  const rest = access ? access.rest : where;
  const isAll = rest.kind === 'and' && rest.conditions.length === 0;
  return { collection, access, rest: isAll ? everything : rest };
}

/** Whether the documents are read by one request, so that there is nothing that a transaction would keep together. */
export function isOneRequest({ access }: Route): boolean {
  return !access || access.keys.length < 2;
}

/** `Database.find`, in a transaction. */
export async function findIn(
  transaction: DocumentTransaction,
  route: Route,
  options: FindOptions = {},
): Promise<Fields[]> {
  const { sort, skip = 0, limit = Number.POSITIVE_INFINITY } = options;
  return arrange(await select(transaction, route, sort ? undefined : skip + limit), options);
}

/** `Database.count`, in a transaction, where no numbers are kept of what is to be counted. */
export async function countIn(transaction: DocumentTransaction, route: Route): Promise<number> {
  const isAll = !route.access && route.rest === everything;
  return isAll ? transaction.count(route.collection) : (await select(transaction, route)).length;
}

/** The first `limit` documents, in `_id` order. */
export async function select(
  transaction: DocumentTransaction,
  { collection, access, rest }: Route,
  limit: number = Number.POSITIVE_INFINITY,
): Promise<Document[]> {
  if (limit <= 0) return [];
  const isExact = rest === everything;
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
