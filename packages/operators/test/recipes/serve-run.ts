import { createServer, type Server, type ServerResponse } from 'node:http';
import type { ThreadEvent } from '@codex-rx/core/events';
import { emptySnapshot, type ItemSnapshot, snapshots, type ThreadSnapshot } from '@codex-rx/operators';
import { auditTime, connectable, Observable, ReplaySubject, startWith, tap } from 'rxjs';

/**
 * Shows one run to any number of browsers on this machine. A browser receives the current state when it connects,
 * then the changes, so it misses nothing when it reconnects. Emits the server once it listens. Unsubscribing ends the
 * run and closes the server and its connections. The server stays open after the run, so that the result remains
 * visible.
 */
export function serveRun$(run$: Observable<ThreadEvent>, port: number): Observable<Server> {
  return new Observable((subscriber) => {
    let latest = emptySnapshot;
    const snapshots$ = run$.pipe(
      snapshots(),
      startWith(emptySnapshot),
      tap((snapshot) => {
        latest = snapshot;
      }),
    );
    const state$ = connectable(snapshots$, {
      connector: () => new ReplaySubject<ThreadSnapshot>(1),
      resetOnDisconnect: false,
    });

    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      const send = sender(response);
      const watching = state$.pipe(auditTime(50)).subscribe({
        next: send,
        error: (error: unknown) => {
          send(latest);
          response.end(`event: failed\ndata: ${JSON.stringify(String(error))}\n\n`);
        },
        complete: () => response.end('event: end\ndata: {}\n\n'),
      });
      response.on('close', () => {
        watching.unsubscribe();
      });
    });
    subscriber.add(() => {
      server.close();
      // `close()` waits for connections that are in use, and those of browsers are, for as long as they watch.
      server.closeAllConnections();
    });
    server.on('error', (error) => {
      subscriber.error(error);
    });
    server.listen(port, '127.0.0.1', () => {
      // Not before: a run whose server cannot listen would do its work unseen.
      subscriber.add(state$.connect());
      subscriber.next(server);
    });
  });
}

/** Sends what this browser does not have yet. Unchanged items are the same objects, so comparing is cheap. */
function sender(response: ServerResponse): (snapshot: ThreadSnapshot) => void {
  let sent: readonly ItemSnapshot['item'][] = [];
  return (snapshot) => {
    const items = snapshot.items.toArray();
    const changes = [...snapshot.items.snapshots()].filter(({ index, item }) => item !== sent[index]);
    sent = items;
    const { status, threadId, todos, usage } = snapshot;
    response.write(`event: state\ndata: ${JSON.stringify({ status, threadId, todos, usage, items: changes })}\n\n`);
  };
}
