import type { RequestListener } from 'node:http';
import type { ThreadEvent } from '@codex-rx/core/events';
import { catchError, endWith, map, type Observable, of, shareReplay, skip } from 'rxjs';

/**
 * Sends the events of one run to any number of browsers. The run starts with the first browser and continues
 * without any; a late browser gets all events, a reconnected one those that it missed.
 */
export function sendEvents(run$: Observable<ThreadEvent>): RequestListener {
  const messages$ = run$.pipe(
    map((event, id) => `id: ${String(id)}\ndata: ${JSON.stringify(event)}\n\n`),
    endWith('event: end\ndata: {}\n\n'),
    catchError((error: unknown) => of(`event: failed\ndata: ${JSON.stringify(String(error))}\n\n`)),
    shareReplay(),
  );

  return (request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.flushHeaders();
    const received = Number(request.headers['last-event-id'] ?? -1) + 1;
    const sending = messages$.pipe(skip(received || 0)).subscribe({
      next: (message) => response.write(message),
      complete: () => response.end(),
    });
    response.on('close', () => {
      sending.unsubscribe();
    });
  };
}
