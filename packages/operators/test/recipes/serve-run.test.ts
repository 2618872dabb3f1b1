import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ThreadEvent } from '@codex-rx/core/events';
import { concat, firstValueFrom, NEVER, type Observable, of, Subject, Subscription, throwError } from 'rxjs';
import { completed, message, threadStarted, turnCompleted, turnFailed, turnStarted } from '../support/events.js';
import { serveRun$ } from './serve-run.js';

let serving = new Subscription();
afterEach(() => {
  serving.unsubscribe();
});

/** Serves the run until the test ends; gives the server and its address. */
async function serve(run$: Observable<ThreadEvent>): Promise<{ server: Server; url: string }> {
  serving = new Subscription();
  const server = await new Promise<Server>((resolve, reject) => {
    serving.add(serveRun$(run$, 0).subscribe({ next: resolve, error: reject }));
  });
  return { server, url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` };
}

/** The messages of an event stream, as `[event, data]`. */
async function* messagesOf(url: string, signal?: AbortSignal): AsyncGenerator<[string, unknown]> {
  const response = await fetch(url, signal ? { signal } : {});
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

const answer = (n: number) => completed(message(`item_${String(n)}`), 'u1');

describe('server-sent events', () => {
  it('give what there is, then only what changes, then the end', async () => {
    const run$ = new Subject<ThreadEvent>();
    const { url } = await serve(run$);
    for (const event of [threadStarted(), turnStarted('u1'), answer(0)]) run$.next(event);
    const messages = messagesOf(url);
    const first = (await messages.next()).value as [string, { status: string; items: unknown[] }];
    expect(first).toMatchObject(['state', { status: 'in_progress', items: [{ index: 0, item: { id: 'item_0' } }] }]);
    run$.next(answer(1));
    expect((await messages.next()).value).toMatchObject(['state', { items: [{ index: 1, item: { id: 'item_1' } }] }]);
    run$.next(turnCompleted(undefined, 'u1'));
    run$.complete();
    const rest: unknown[] = [];
    for await (const [event, data] of messages) rest.push([event, (data as { status?: string }).status]);
    expect(rest).toEqual([
      ['state', 'completed'],
      ['end', undefined],
    ]);
  });

  it('give everything again to a browser that comes back, while the run goes on', async () => {
    const run$ = new Subject<ThreadEvent>();
    const { url } = await serve(run$);
    for (const event of [threadStarted(), turnStarted('u1'), answer(0)]) run$.next(event);
    const leaving = new AbortController();
    const before = messagesOf(url, leaving.signal);
    expect((await before.next()).value).toMatchObject(['state', { items: [{ index: 0 }] }]);
    leaving.abort();
    await before.return(undefined).catch(() => undefined);
    run$.next(answer(1));
    for await (const [, data] of messagesOf(url)) {
      expect((data as { items: unknown[] }).items).toHaveLength(2);
      break;
    }
    expect(run$.observed).toBe(true);
  });

  it('tell a failure, after what there is', async () => {
    const run$ = concat(
      [threadStarted(), turnStarted('u1'), answer(0), turnFailed('out of luck', 'u1')],
      throwError(() => new Error('out of luck')),
    );
    const { url } = await serve(run$);
    for (let visit = 0; visit < 2; visit++) {
      const seen: unknown[] = [];
      for await (const each of messagesOf(url)) seen.push(each);
      expect(seen).toMatchObject([
        ['state', { status: 'failed', items: [{ index: 0, item: { id: 'item_0' } }] }],
        ['failed', 'Error: out of luck'],
      ]);
    }
  });

  it('send what has changed right before a failure', async () => {
    const run$ = new Subject<ThreadEvent>();
    const messages = messagesOf((await serve(run$)).url);
    expect((await messages.next()).value).toMatchObject(['state', { items: [] }]);
    run$.next(answer(0));
    run$.error(new Error('out of luck'));
    expect((await messages.next()).value).toMatchObject(['state', { items: [{ item: { id: 'item_0' } }] }]);
    expect((await messages.next()).value).toEqual(['failed', 'Error: out of luck']);
  });

  it('end with the run and the server when it is unsubscribed, though a browser watches', async () => {
    const run$ = new Subject<ThreadEvent>();
    const { server, url } = await serve(run$);
    const messages = messagesOf(url);
    expect((await messages.next()).value).toMatchObject(['state', { items: [] }]);
    const closed = once(server, 'close');
    serving.unsubscribe();
    expect(run$.observed).toBe(false);
    // The server says so when no connection is left. It ended no message, so the browser knows that it was cut off.
    await closed;
    await expect(messages.next()).rejects.toThrow('terminated');
  });

  it('go on after the end of the run, for those who come late', async () => {
    const { url } = await serve(of(threadStarted(), turnStarted('u1'), turnCompleted(undefined, 'u1')));
    const seen: unknown[] = [];
    for await (const each of messagesOf(url)) seen.push(each);
    expect(seen).toMatchObject([
      ['state', { status: 'completed' }],
      ['end', {}],
    ]);
  });

  it('error where the port is taken, and do not begin the run', async () => {
    const { server } = await serve(NEVER);
    const run$ = new Subject<ThreadEvent>();
    const taken$ = serveRun$(run$, (server.address() as AddressInfo).port);
    await expect(firstValueFrom(taken$)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(run$.observed).toBe(false);
  });
});
