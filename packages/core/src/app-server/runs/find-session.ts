import { resolve } from 'node:path';
import { filter, map, mergeMap, type Observable, of, reduce } from 'rxjs';
import type { ResultOf } from '../../protocol/messages.js';
import { isThreadId } from '../../request/thread-id.js';
import type { ForkRequest, ResumeRequest } from '../../request/types.js';
import { pages$ } from '../server/pages.js';
import type { ServerContext } from '../server/server-context.js';

type StoredThread = ResultOf<'thread/list'>['data'][number];

const PAGE_SIZE = 100;
/** All that `codex exec resume` finds. Without them the server leaves sessions of `exec` out. */
const SOURCE_KINDS = ['cli', 'vscode', 'exec', 'appServer', 'unknown'] as const;

/** Emits the id of the session of a request, or `undefined` without a session. */
export function findSession$(
  server: ServerContext,
  { session, workingDirectory }: Pick<ResumeRequest | ForkRequest, 'session' | 'workingDirectory'>,
): Observable<string | undefined> {
  if (typeof session === 'string' && isThreadId(session)) return of(session);
  const isNamed = typeof session === 'string';
  const cwd = isNamed || session.all === true ? undefined : resolve(workingDirectory ?? '.');
  return pages$('thread/list', (cursor) =>
    server.request$('thread/list', {
      cursor,
      cwd,
      limit: PAGE_SIZE,
      sortKey: 'updated_at',
      sourceKinds: SOURCE_KINDS,
    }),
  ).pipe(
    mergeMap(({ data }) => data),
    filter((thread) => !isNamed || thread.name === session),
    reduce<StoredThread, StoredThread | undefined>(
      (latest, thread) => (latest === undefined || isLater(thread, latest) ? thread : latest),
      undefined,
    ),
    map((latest) => latest?.id),
  );
}

/** The order of the CLI: by update, then by creation, then by id. */
function isLater(one: StoredThread, other: StoredThread): boolean {
  if (one.updatedAt !== other.updatedAt) return one.updatedAt > other.updatedAt;
  if (one.createdAt !== other.createdAt) return one.createdAt > other.createdAt;
  return one.id > other.id;
}
