import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { exec$ } from '@codex-rx/core';
import type { ThreadEvent } from '@codex-rx/core/events';
import { openFakeCodex } from '@codex-rx/testing';
import { livingPids, waitUntil } from '@codex-rx/testing/processes';
import { firstValueFrom, Observable, Subject, Subscription } from 'rxjs';
import { completed, message, threadStarted, turnCompleted, turnFailed, turnStarted } from '../support/events.js';
import { type Start, serveRuns$ } from './serve-run.js';

/** A run that has been started. */
interface Started {
  readonly prompt: string;
  readonly events$: Subject<ThreadEvent>;
  readonly signal: AbortSignal;
}

let serving: Subscription;
let started: Started[];
beforeEach(() => {
  serving = new Subscription();
  started = [];
});
afterEach(() => {
  serving.unsubscribe();
});

/** Errors for an aborted signal as a run does, but ends a working run only when the test ends it. */
const start$: Start = (prompt, signal) =>
  new Observable((subscriber) => {
    if (signal.aborted) {
      subscriber.error(new Error('aborted'));
      return undefined;
    }
    const events$ = new Subject<ThreadEvent>();
    started.push({ prompt, events$, signal });
    return events$.subscribe(subscriber);
  });

async function serve(start: Start = start$, concurrency = 2): Promise<{ server: Server; url: string }> {
  const server = await new Promise<Server>((resolve, reject) => {
    serving.add(serveRuns$(start, { port: 0, concurrency }).subscribe({ next: resolve, error: reject }));
  });
  return { server, url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` };
}

const headers = { 'content-type': 'application/json' };

/** Queues a run; returns its address. */
async function post(url: string, prompt = 'Do it.'): Promise<string> {
  const response = await fetch(`${url}/runs`, { method: 'POST', headers, body: JSON.stringify({ prompt }) });
  expect(response.status).toBe(202);
  return `${url}/runs/${((await response.json()) as { id: string }).id}`;
}

const remove = async (run: string): Promise<number> => (await fetch(run, { method: 'DELETE' })).status;

/** The messages of an event stream, as `[event, data]`. */
async function* messagesOf(run: string, signal?: AbortSignal): AsyncGenerator<[string, unknown]> {
  const response = await fetch(`${run}/events`, signal ? { signal } : {});
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString('utf8');
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const [event = '', data = ''] = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      yield [event.replace('event: ', ''), JSON.parse(data.replace('data: ', ''))];
    }
  }
}

async function allMessages(run: string): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const each of messagesOf(run)) all.push(each);
  return all;
}

const answer = (n: number) => completed(message(`item_${String(n)}`), 'u1');

function emit(run: Started | undefined, ...events: readonly ThreadEvent[]): void {
  for (const event of events) run?.events$.next(event);
}

describe('the server of runs', () => {
  it('sends the whole state first, then only the changes, then the end, also to late browsers', async () => {
    const run = await post((await serve()).url);
    emit(started[0], threadStarted(), turnStarted('u1'), answer(0));
    const messages = messagesOf(run);
    expect((await messages.next()).value).toMatchObject([
      'snapshot',
      { status: 'in_progress', items: [{ index: 0, item: { id: 'item_0' } }] },
    ]);
    emit(started[0], answer(1));
    expect((await messages.next()).value).toMatchObject(['patch', { items: [{ index: 1, item: { id: 'item_1' } }] }]);
    emit(started[0], turnCompleted(undefined, 'u1'));
    started[0]?.events$.complete();
    expect((await messages.next()).value).toMatchObject(['patch', { status: 'completed', items: [] }]);
    expect((await messages.next()).value).toEqual(['end', {}]);
    expect(await allMessages(run)).toMatchObject([
      ['snapshot', { status: 'completed', items: [{ index: 0 }, { index: 1 }] }],
      ['end', {}],
    ]);
  });

  it('sends the whole state again to a browser that comes back, while the run continues', async () => {
    const run = await post((await serve()).url);
    emit(started[0], threadStarted(), turnStarted('u1'), answer(0));
    const leaving = new AbortController();
    const before = messagesOf(run, leaving.signal);
    expect((await before.next()).value).toMatchObject(['snapshot', { items: [{ index: 0 }] }]);
    leaving.abort();
    await before.return(undefined).catch(() => undefined);
    emit(started[0], answer(1));
    for await (const [, data] of messagesOf(run)) {
      expect((data as { items: unknown[] }).items).toHaveLength(2);
      break;
    }
    expect(started[0]?.events$.observed).toBe(true);
  });

  it('sends a failure after the state', async () => {
    const run = await post((await serve()).url);
    emit(started[0], threadStarted(), turnStarted('u1'), answer(0), turnFailed('out of luck', 'u1'));
    started[0]?.events$.error(new Error('out of luck'));
    expect(await allMessages(run)).toMatchObject([
      ['snapshot', { status: 'failed', items: [{ index: 0, item: { id: 'item_0' } }] }],
      ['failed', 'Error: out of luck'],
    ]);
  });

  it('starts a run when one of the others has ended, also if a browser watches it before', async () => {
    const { url } = await serve(start$, 2);
    await post(url, 'first');
    await post(url, 'second');
    const messages = messagesOf(await post(url, 'third')).next();
    await post(url, 'fourth');
    expect(started.map(({ prompt }) => prompt)).toEqual(['first', 'second']);
    started[0]?.events$.error(new Error('failed'));
    expect(started.map(({ prompt }) => prompt)).toEqual(['first', 'second', 'third']);
    emit(started[2], threadStarted('t3'));
    expect((await messages).value).toMatchObject(['snapshot', { threadId: 't3' }]);
  });

  it('answers DELETE when the run has ended, and forgets the run', async () => {
    const run = await post((await serve()).url);
    let status: number | undefined;
    const removing = remove(run).then((code) => {
      status = code;
    });
    await waitUntil(() => started[0]?.signal.aborted);
    await expect(fetch(run)).resolves.toMatchObject({ status: 405 });
    expect(status).toBeUndefined();
    started[0]?.events$.error(new Error('aborted'));
    await removing;
    expect(status).toBe(204);
    expect(await remove(run)).toBe(404);
  });

  it('never starts a waiting run that is deleted', async () => {
    const { url } = await serve(start$, 1);
    await post(url, 'first');
    expect(await remove(await post(url, 'second'))).toBe(204);
    started[0]?.events$.complete();
    await post(url, 'third');
    expect(started.map(({ prompt }) => prompt)).toEqual(['first', 'third']);
  });

  it('ends the processes of a run before it answers DELETE', async () => {
    await using fake = await openFakeCodex([
      { ignore: ['SIGINT'] },
      { line: threadStarted() },
      { spawn: { kind: 'setsid', seconds: 60, ignoreSignals: true } },
      { line: turnStarted() },
      { hang: true },
    ]);
    const { url } = await serve((prompt, signal) =>
      exec$({ ...fake.options, prompt, signal, timeout: 0, terminateGrace: 200 }),
    );
    const run = await post(url);
    await waitUntil(() => livingPids(fake.pids()).length === 2);
    expect(await remove(run)).toBe(204);
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it('ends all runs and connections when it is unsubscribed from', async () => {
    const { server, url } = await serve(start$, 1);
    const messages = messagesOf(await post(url));
    await post(url, 'waiting');
    emit(started[0], threadStarted());
    expect((await messages.next()).value).toMatchObject(['snapshot', { items: [] }]);
    const closed = once(server, 'close');
    serving.unsubscribe();
    expect(started.map(({ signal }) => signal.aborted)).toEqual([true]);
    // The server closes when no connection is left. It ended no message, so the browser detects the cut.
    await closed;
    await expect(messages.next()).rejects.toThrow('terminated');
  });

  it.each([
    ['another path', 'GET', '/', {}, 404],
    ['an unknown run', 'GET', '/runs/1/events', {}, 404],
    ['no prompt', 'POST', '/runs', { headers, body: '{"prompt":" "}' }, 400],
    ['no JSON', 'POST', '/runs', { headers, body: '{' }, 400],
    ['the form of another site', 'POST', '/runs', { body: '{"prompt":"x"}' }, 403],
  ])('rejects %s', async (_what, method, path, init, status) => {
    const { url } = await serve();
    await expect(fetch(`${url}${path}`, { method, ...init })).resolves.toMatchObject({ status });
    expect(started).toEqual([]);
  });

  it('rejects another name of this machine', async () => {
    const { server } = await serve();
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.end('GET /runs/1/events HTTP/1.1\r\nhost: site.example\r\nconnection: close\r\n\r\n');
    const [data] = (await once(socket, 'data')) as [Buffer];
    expect(data.toString()).toMatch(/^HTTP\/1\.1 403 /);
  });

  it('errors if the port is taken', async () => {
    const { server } = await serve();
    const { port } = server.address() as AddressInfo;
    const taken$ = serveRuns$(start$, { port, concurrency: 1 });
    await expect(firstValueFrom(taken$)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
