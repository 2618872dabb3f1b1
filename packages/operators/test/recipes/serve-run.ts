import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import type { ThreadEvent } from '@codex-rx/core/events';
import { shareRun, snapshotPatches, type ThreadSnapshot } from '@codex-rx/operators';
import { AsyncSubject, catchError, EMPTY, ignoreElements, lastValueFrom, mergeMap, Observable, Subject } from 'rxjs';

/** Runs a prompt. Aborting `signal` ends the run; the Observable errors when its processes are gone. */
export type Start = (prompt: string, signal: AbortSignal) => Observable<ThreadEvent>;

export interface ServeOptions {
  readonly port: number;
  /** How many runs work at the same time. The others wait. */
  readonly concurrency: number;
}

interface Job {
  /** The state of the run, for any number of subscribers. It remains after the end. */
  readonly state$: Observable<ThreadSnapshot>;
  /** Completes when the run has ended, in whichever way. */
  readonly ended$: Observable<never>;
  /** Lets the run start. */
  start(): void;
  cancel(): void;
}

/**
 * Serves runs to browsers on this machine. Emits the server once it listens. Unsubscribing ends all runs and closes
 * the server and its connections.
 *
 * - `POST /runs` with `{ "prompt": … }` queues a run: 202 with its `id`.
 * - `GET /runs/:id/events` sends its state, then the changes, as server-sent events.
 * - `DELETE /runs/:id` ends and forgets it: 204 when its processes are gone.
 */
export function serveRuns$(start$: Start, { port, concurrency }: ServeOptions): Observable<Server> {
  return new Observable((subscriber) => {
    const jobs = new Map<string, Job>();
    const queue$ = new Subject<Job>();
    const working$ = queue$.pipe(
      mergeMap((job) => {
        job.start();
        return job.ended$;
      }, concurrency),
    );
    subscriber.add(working$.subscribe());

    const server = createServer((request, response) => {
      void handle(request, response);
    });
    async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const [, path = '', id = '', part = ''] = (request.url ?? '').split('/');
      const job = jobs.get(id);
      if (!isOfThisMachine(request)) response.writeHead(403).end();
      else if (request.method === 'POST' && path === 'runs' && id === '') {
        const prompt = await readPrompt(request);
        if (prompt === undefined) return void response.writeHead(400).end();
        const newId = randomUUID();
        const newJob = createJob((signal) => start$(prompt, signal));
        jobs.set(newId, newJob);
        queue$.next(newJob);
        response.writeHead(202, { 'content-type': 'application/json' }).end(JSON.stringify({ id: newId }));
      } else if (path !== 'runs' || job === undefined) response.writeHead(404).end();
      else if (request.method === 'GET' && part === 'events') sendEvents(job, response);
      else if (request.method === 'DELETE' && part === '') {
        job.cancel();
        await lastValueFrom(job.ended$, { defaultValue: undefined });
        jobs.delete(id);
        response.writeHead(204).end();
      } else response.writeHead(405).end();
    }

    subscriber.add(() => {
      for (const job of jobs.values()) job.cancel();
      server.close();
      // `close()` waits for connections that are in use, and a browser uses its connection as long as it watches.
      server.closeAllConnections();
    });
    server.on('error', (error) => {
      subscriber.error(error);
    });
    server.listen(port, '127.0.0.1', () => {
      subscriber.next(server);
    });
  });
}

function createJob(start$: (signal: AbortSignal) => Observable<ThreadEvent>): Job {
  const controller = new AbortController();
  const slot$ = new AsyncSubject<true>();
  const start = (): void => {
    slot$.next(true);
    slot$.complete();
  };
  const state$ = slot$.pipe(
    mergeMap(() => start$(controller.signal)),
    shareRun({ refCount: false }),
  );
  return {
    state$,
    ended$: state$.pipe(
      ignoreElements(),
      catchError(() => EMPTY),
    ),
    start,
    cancel: () => {
      controller.abort();
      // A waiting run ends now: with this signal it errors before it spawns a process.
      start();
    },
  };
}

function sendEvents({ state$ }: Job, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.flushHeaders();
  const watching = state$.pipe(snapshotPatches()).subscribe({
    next: (patch) => response.write(`event: ${patch.type}\ndata: ${JSON.stringify(patch)}\n\n`),
    error: (error: unknown) => response.end(`event: failed\ndata: ${JSON.stringify(String(error))}\n\n`),
    complete: () => response.end('event: end\ndata: {}\n\n'),
  });
  response.on('close', () => {
    watching.unsubscribe();
  });
}

/** Rejects other names of this machine, which the pages of other sites can use, and their forms. */
function isOfThisMachine({ headers, method }: IncomingMessage): boolean {
  const isLocal = /^(?:localhost|127\.0\.0\.1)(?::\d+)?$/.test(headers.host ?? '');
  return isLocal && (method !== 'POST' || headers['content-type'] === 'application/json');
}

async function readPrompt(request: IncomingMessage): Promise<string | undefined> {
  const body: unknown = await json(request).catch(() => undefined);
  const prompt = typeof body === 'object' && body !== null && 'prompt' in body ? body.prompt : undefined;
  return typeof prompt === 'string' && prompt.trim() !== '' ? prompt : undefined;
}
