// @vitest-environment node
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { ThreadEvent } from '@codex-rx/core/events';
import { loadFixture, replay$ } from '@codex-rx/testing';
import { EventSource } from 'eventsource';
import { concat, defer, lastValueFrom, type Observable, Subject, throwError, toArray } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sendEvents } from '../server/send-events.js';
import { eventsOverSse$ } from '../src/events-over-sse.js';

let server: Server;
let sockets: Set<Socket>;

beforeEach(() => {
  vi.stubGlobal('EventSource', EventSource);
});
afterEach(async () => {
  vi.unstubAllGlobals();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function listen(listener: RequestListener): Promise<string> {
  sockets = new Set();
  server = createServer(listener).on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const all = (events$: Observable<ThreadEvent>): Promise<ThreadEvent[]> => lastValueFrom(events$.pipe(toArray()));
const eventually = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 20_000 });
const message = (n: number): ThreadEvent => ({
  type: 'item.completed',
  item: { id: `item_${n}`, type: 'agent_message', text: String(n) },
});

describe('events over server-sent events', () => {
  it('are those of the run', async () => {
    const url = await listen(sendEvents(replay$('0.169.0/everything', { pace: 'sync' })));
    const { events } = loadFixture('0.169.0/everything');
    expect(await all(eventsOverSse$(url))).toEqual(JSON.parse(JSON.stringify(events)));
  });

  it('begin at the beginning for who comes late', async () => {
    const run$ = new Subject<ThreadEvent>();
    const url = await listen(sendEvents(run$));
    const early = all(eventsOverSse$(url));
    await eventually(() => expect(run$.observed).toBe(true));
    run$.next(message(0));
    const late = all(eventsOverSse$(url));
    run$.next(message(1));
    run$.complete();
    expect(await early).toEqual([message(0), message(1)]);
    expect(await late).toEqual([message(0), message(1)]);
  });

  it('go on where they were when the connection was cut off', async () => {
    const run$ = new Subject<ThreadEvent>();
    const url = await listen(sendEvents(run$));
    const seen: ThreadEvent[] = [];
    const received = lastValueFrom(eventsOverSse$(url).pipe(toArray()));
    const watching = eventsOverSse$(url).subscribe((event) => seen.push(event));
    await eventually(() => expect(run$.observed).toBe(true));
    run$.next(message(0));
    await eventually(() => expect(seen).toHaveLength(1));
    for (const socket of sockets) socket.destroy();
    run$.next(message(1));
    await eventually(() => expect(seen).toEqual([message(0), message(1)]));
    run$.complete();
    expect(await received).toEqual([message(0), message(1)]);
    watching.unsubscribe();
  });

  it('tell everyone why a run failed, and do not start it again', async () => {
    let runs = 0;
    const broken$ = defer(() => {
      runs += 1;
      return throwError(() => new Error('out of luck'));
    });
    const url = await listen(sendEvents(concat([message(0)], broken$)));
    await expect(all(eventsOverSse$(url))).rejects.toThrow('out of luck');
    await expect(all(eventsOverSse$(url))).rejects.toThrow('out of luck');
    expect(runs).toBe(1);
  });

  it('error where there are none', async () => {
    const url = await listen((_request, response) => response.writeHead(404).end());
    await expect(all(eventsOverSse$(url))).rejects.toThrow('sends no events');
  });

  it('close the connection when unsubscribed, and the run goes on without it', async () => {
    const run$ = new Subject<ThreadEvent>();
    const handle = sendEvents(run$);
    let response: ServerResponse | undefined;
    const url = await listen((request, latest) => {
      response = latest;
      handle(request, latest);
    });
    const seen: ThreadEvent[] = [];
    const watching = eventsOverSse$(url).subscribe((event) => seen.push(event));
    await eventually(() => expect(run$.observed).toBe(true));
    run$.next(message(0));
    await eventually(() => expect(seen).toHaveLength(1));
    watching.unsubscribe();
    await eventually(() => expect(response?.closed).toBe(true));
    const write = vi.spyOn(response as ServerResponse, 'write');
    run$.next(message(1));
    expect(run$.observed).toBe(true);
    expect(write).not.toHaveBeenCalled();
  });
});
