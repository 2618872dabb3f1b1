import { concat, defer, from, type MonoTypeOperatorFunction, mergeMap } from 'rxjs';

interface Threaded {
  readonly id: string;
  readonly parent: string | undefined;
}

/**
 * Emits each session that another one started directly after that one. Sessions come newest first, so that a session
 * would come after those that it started. Emits sessions without their parent at the end.
 */
export function afterParents<T extends Threaded>(): MonoTypeOperatorFunction<T> {
  return (source$) =>
    defer(() => {
      const seen = new Set<string>();
      const held = new Map<string, T[]>();

      /** Returns the session and those that wait for it, depth first. The chain may be longer than the stack. */
      const release = (first: T): T[] => {
        const released: T[] = [];
        const waiting = [first];
        for (let session = waiting.pop(); session !== undefined; session = waiting.pop()) {
          seen.add(session.id);
          released.push(session);
          const children = held.get(session.id) ?? [];
          held.delete(session.id);
          for (const child of children.reverse()) waiting.push(child);
        }
        return released;
      };
      const next = (session: T): T[] => {
        const { parent } = session;
        if (parent === undefined || seen.has(parent)) return release(session);
        const siblings = held.get(parent);
        if (siblings === undefined) held.set(parent, [session]);
        else siblings.push(session);
        return [];
      };

      return concat(
        source$.pipe(mergeMap(next)),
        defer(() => from([...held.values()].flat())),
      );
    });
}
