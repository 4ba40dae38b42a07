/**
 * Many replications of one broker are looked at with one query, not one each: without this, the time for n of them
 * grows with n², for every look lists all links, bridges and subscriptions.
 */
import type { Qmf, QmfObject } from '../../amqp/contract';
import type { EngineContext } from '../contract';
import { allowManyListeners } from '../patience';
import { withWrappedConnections } from '../wrapped-connections';

/** The same context, with queries that are asked for at the same time made once. */
export function withSharedLooks(context: EngineContext): EngineContext {
  allowManyListeners(context.signal);
  return withWrappedConnections(context, (connection) => ({
    ...connection,
    qmf: shareQueries(connection.qmf),
  }));
}

/**
 * An answer may only be older than its question if nobody could tell: so who asks while a query is under way gets
 * the answer to the next, together with all others who ask meanwhile.
 */
export function shareQueries(qmf: Qmf): Qmf {
  const underWay = new Map<string, Promise<unknown>>();
  const next = new Map<string, Promise<unknown>>();
  function share<Result>(key: string, ask: () => Promise<Result>): Promise<Result> {
    const joined = next.get(key);
    if (joined !== undefined) return joined as Promise<Result>;
    const before = underWay.get(key)?.catch(() => undefined);
    const asked = Promise.resolve(before).then(() => {
      next.delete(key);
      const answer = ask();
      const over = answer.finally(() => {
        if (underWay.get(key) === over) underWay.delete(key);
      });
      underWay.set(key, over);
      return over;
    });
    next.set(key, asked);
    return asked;
  }
  return {
    objects: (className) => share(`class ${className}`, () => qmf.objects(className)),
    object: (objectName): Promise<QmfObject | undefined> =>
      share(`object ${objectName}`, () => qmf.object(objectName)),
    call: (objectName, method, args) => qmf.call(objectName, method, args),
  };
}
