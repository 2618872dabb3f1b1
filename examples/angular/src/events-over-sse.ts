import type { ThreadEvent } from '@codex-rx/core/events';
import { Observable } from 'rxjs';

/**
 * The events of a run that a server sends. Completes and errors with the run. The browser reconnects after a lost
 * connection and sends the id of its last event; unsubscribing closes the connection.
 */
export function eventsOverSse$(url: string): Observable<ThreadEvent> {
  return new Observable((subscriber) => {
    const source = new EventSource(url);
    source.addEventListener('message', ({ data }: MessageEvent<string>) => {
      subscriber.next(JSON.parse(data) as ThreadEvent);
    });
    source.addEventListener('failed', ({ data }: MessageEvent<string>) => {
      subscriber.error(new Error(JSON.parse(data) as string));
    });
    source.addEventListener('end', () => {
      subscriber.complete();
    });
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) subscriber.error(new Error(`${url} sends no events`));
    });
    return () => {
      source.close();
    };
  });
}
