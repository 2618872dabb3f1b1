import type { ThreadEvent, TurnResult } from '@codex-rx/core/events';
import { concat, EMPTY, firstValueFrom, from, NEVER, type Observable, of, Subject, throwError } from 'rxjs';
import { Thread, type ThreadClient, type ThreadOptions } from '../../src/client/thread.js';

const usage = (tokens: number) => ({ input_tokens: tokens, cached_input_tokens: 0, output_tokens: tokens });
const turn = (thread_id: string, tokens: number, resumed = false): ThreadEvent[] => [
  { type: 'thread.started', thread_id, ...(resumed && { resumed }) },
  { type: 'turn.started', thread_id },
  { type: 'item.completed', thread_id, item: { id: 'm', type: 'agent_message', text: `${String(tokens)} tokens` } },
  { type: 'turn.completed', thread_id, usage: usage(tokens) },
];

/** A client whose runs are these Observables, one after the other. */
function clientOf(...runs: Observable<ThreadEvent>[]) {
  const requests: object[] = [];
  const run =
    (name: string) =>
    (request: object): Observable<ThreadEvent> => {
      requests.push({ name, ...request });
      return runs.shift() ?? EMPTY;
    };
  const client: ThreadClient = { exec$: run('exec'), resume$: run('resume'), fork$: run('fork') };
  return { client, requests };
}

const threadOf = (client: ThreadClient, options?: ThreadOptions, id?: string) => new Thread(client, options, { id });
const resultOf = (result$: Observable<TurnResult>): Promise<TurnResult> => firstValueFrom(result$);
const settled = () => new Promise(setImmediate);

describe('a thread', () => {
  it('starts with its first turn and resumes with each later one', async () => {
    const { client, requests } = clientOf(from(turn('t1', 5)), from(turn('t1', 8, true)), from(turn('t1', 9, true)));
    const thread = threadOf(client);
    expect(thread.id).toBeUndefined();
    const first = await resultOf(thread.runTurn$('One.', { model: 'm' }));
    expect(thread.id).toBe('t1');
    const second = await resultOf(thread.runTurn$('Two.'));
    const events: string[] = [];
    thread.turn$('Three.').subscribe(({ type }) => events.push(type));
    expect(requests).toEqual([
      { name: 'exec', prompt: 'One.', model: 'm' },
      { name: 'resume', prompt: 'Two.', session: 't1', onMissing: 'error' },
      { name: 'resume', prompt: 'Three.', session: 't1', onMissing: 'error' },
    ]);
    expect(events).toEqual(['thread.started', 'turn.started', 'item.completed', 'turn.completed']);
    expect([first, second]).toMatchObject([
      { text: '5 tokens', turnUsage: usage(5), usage: usage(5) },
      { text: '8 tokens', turnUsage: usage(3), usage: usage(8) },
    ]);
  });

  it('resumes a given thread with its first turn', async () => {
    const { client, requests } = clientOf(from(turn('t1', 8, true)), from(turn('t1', 9, true)));
    const thread = threadOf(client, {}, 't1');
    expect(await resultOf(thread.runTurn$('One.'))).toMatchObject({ turnUsage: undefined });
    expect(await resultOf(thread.runTurn$('Two.'))).toMatchObject({ turnUsage: usage(1) });
    expect(requests).toMatchObject([{ session: 't1' }, { session: 't1' }]);
  });

  it('counts the usage of turns that were observed as events', async () => {
    const { client } = clientOf(from(turn('t1', 5)), from(turn('t1', 8, true)));
    const thread = threadOf(client);
    thread.turn$('One.').subscribe();
    expect(await resultOf(thread.runTurn$('Two.'))).toMatchObject({ turnUsage: usage(3) });
  });

  it('does not guess the usage of a turn after a failed one', async () => {
    const error = new Error('failed');
    const failing$ = concat(
      turn('t1', 5, true).slice(0, 2),
      throwError(() => error),
    );
    const { client } = clientOf(from(turn('t1', 5)), failing$, from(turn('t1', 9, true)), from(turn('t1', 11, true)));
    const thread = threadOf(client);
    await resultOf(thread.runTurn$('One.'));
    await expect(resultOf(thread.runTurn$('Two.'))).rejects.toBe(error);
    expect(await resultOf(thread.runTurn$('Three.'))).toMatchObject({ turnUsage: undefined });
    expect(await resultOf(thread.runTurn$('Four.'))).toMatchObject({ turnUsage: usage(2) });
  });

  it('is cold: each subscription is another turn', () => {
    const { client, requests } = clientOf();
    const turn$ = threadOf(client).turn$('One.');
    expect(requests).toEqual([]);
    turn$.subscribe();
    turn$.subscribe();
    expect(requests).toHaveLength(2);
  });

  it('starts again if the CLI has not stored its first turn', () => {
    const { client, requests } = clientOf(concat(turn('t1', 5).slice(0, 2), NEVER), from(turn('t2', 5)));
    const thread = threadOf(client);
    thread.turn$('One.').subscribe().unsubscribe();
    thread.turn$('Two.').subscribe();
    expect(requests[1]).toMatchObject({ name: 'resume', session: 't1', onMissing: 'new' });
    expect(thread.id).toBe('t2');
  });
});

describe('turns of one thread', () => {
  it('run one after the other, in the order of their subscriptions', async () => {
    const runs = [new Subject<ThreadEvent>(), new Subject<ThreadEvent>(), new Subject<ThreadEvent>()] as const;
    const { client, requests } = clientOf(...runs);
    const thread = threadOf(client);
    for (const prompt of ['One.', 'Two.', 'Three.']) thread.turn$(prompt).subscribe({ error: () => undefined });
    expect(requests).toMatchObject([{ name: 'exec', prompt: 'One.' }]);
    for (const event of turn('t1', 1)) runs[0].next(event);
    await settled();
    expect(requests).toHaveLength(1);
    runs[0].complete();
    await settled();
    expect(requests.slice(1)).toMatchObject([{ name: 'resume', prompt: 'Two.', session: 't1' }]);
    runs[1].error(new Error('failed'));
    await settled();
    expect(requests.slice(2)).toMatchObject([{ name: 'resume', prompt: 'Three.' }]);
  });

  it('do not run if their subscriber unsubscribes while they wait', async () => {
    const first$ = new Subject<ThreadEvent>();
    const { client, requests } = clientOf(first$);
    const thread = threadOf(client);
    const first = thread.turn$('One.').subscribe();
    thread.turn$('Two.').subscribe().unsubscribe();
    thread.turn$('Three.').subscribe();
    await settled();
    expect(requests).toHaveLength(1);
    first.unsubscribe();
    await settled();
    expect(requests).toMatchObject([{ prompt: 'One.' }, { prompt: 'Three.' }]);
  });

  it('error when their signal aborts while they wait', async () => {
    const first$ = new Subject<ThreadEvent>();
    const { client, requests } = clientOf(first$);
    const thread = threadOf(client);
    thread.turn$('One.').subscribe();
    const controller = new AbortController();
    const errors: unknown[] = [];
    thread.turn$('Two.', { signal: controller.signal }).subscribe({ error: (error: unknown) => errors.push(error) });
    controller.abort('reason');
    expect(errors).toMatchObject([{ code: 'ABORT_ERR', reason: 'reason' }]);
    first$.complete();
    await settled();
    expect(requests).toHaveLength(1);
  });

  it('error while another one runs if whenBusy is error', () => {
    const { client, requests } = clientOf(concat(turn('t1', 5).slice(0, 2), NEVER), from(turn('t1', 6, true)));
    const thread = threadOf(client, { whenBusy: 'error' });
    const first = thread.turn$('One.').subscribe();
    const errors: unknown[] = [];
    const fail = { error: (error: unknown) => errors.push(error) };
    thread.turn$('Two.').subscribe(fail);
    thread.runTurn$('Two.').subscribe(fail);
    thread.fork$().subscribe(fail);
    const busy = expect.objectContaining({ code: 'SESSION_BUSY', session: 't1' }) as unknown;
    expect(errors).toEqual([busy, busy, busy]);
    first.unsubscribe();
    thread.turn$('Three.').subscribe(fail);
    expect(errors).toHaveLength(3);
    expect(requests).toHaveLength(2);
  });
});

describe('fork$', () => {
  it('emits a copy of the thread that knows its usage', async () => {
    const forked: ThreadEvent = { type: 'thread.started', thread_id: 't2', forked_from: 't1' };
    const { client, requests } = clientOf(
      from(turn('t1', 5)),
      of(forked),
      from(turn('t2', 9, true)),
      from(turn('t1', 6, true)),
    );
    const thread = threadOf(client);
    await resultOf(thread.runTurn$('One.'));
    const fork = await firstValueFrom(thread.fork$({ model: 'm' }));
    expect([thread.id, fork.id]).toEqual(['t1', 't2']);
    expect(await resultOf(fork.runTurn$('Two.'))).toMatchObject({ threadId: 't2', turnUsage: usage(4) });
    expect(await resultOf(thread.runTurn$('Three.'))).toMatchObject({ threadId: 't1', turnUsage: usage(1) });
    expect(requests.slice(1)).toMatchObject([
      { name: 'fork', session: 't1', model: 'm' },
      { name: 'resume', session: 't2', onMissing: 'error' },
      { name: 'resume', session: 't1' },
    ]);
  });

  it('errors before the first turn', async () => {
    const { client } = clientOf();
    await expect(firstValueFrom(threadOf(client).fork$())).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      message: 'A thread can be forked after its first turn.',
    });
  });
});
