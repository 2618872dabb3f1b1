import { type AppServer, type AppServerThread, attach$ } from '@codex-rx/core/app-server';
import { isCodexError } from '@codex-rx/core/errors';
import { serverTurn } from '@codex-rx/testing';
import { lastValueFrom, type Observable, take, toArray } from 'rxjs';
import { closeFakes, openFake, ticks } from '../support.js';

type Call = (server: AppServer, thread: AppServerThread) => Observable<unknown>;

/** The Observables that read the answer to a method. */
const CALLS: Readonly<Record<string, readonly Call[]>> = {
  'thread/start': [({ thread }) => thread.start$(), (server) => server.exec$({ prompt: 'Hi', workingDirectory: '.' })],
  'thread/resume': [({ thread }, { id }) => thread.resume$(id), (server, { id }) => attach$(server, id)],
  'thread/fork': [({ thread }, { id }) => thread.fork$(id)],
  'thread/list': [({ thread }) => thread.list$(), (server) => server.resume$({ session: 'a name', prompt: 'Hi' })],
  'thread/read': [({ thread }, { id }) => thread.read$(id)],
  'turn/start': [(_, thread) => thread.turn$('Hi'), (_, thread) => thread.runTurn$('Hi')],
  'review/start': [(_, thread) => thread.review$({ uncommitted: true })],
  'model/list': [(server) => server.models$()],
  'config/read': [(server) => server.config$()],
  'account/read': [(server) => server.account$()],
  'account/rateLimits/read': [(server) => server.rateLimits$()],
  'account/login/start': [
    (server) => server.login$({ method: 'apiKey', apiKey: 'sk-test' }),
    (server) => server.login$({ method: 'browser' }),
    (server) => server.login$({ method: 'deviceCode' }),
  ],
  'thread/goal/get': [(_, thread) => thread.goal$()],
  'thread/goal/set': [
    (_, thread) => thread.setGoal$({ objective: 'x' }),
    (_, thread) => thread.runGoal$({ objective: 'x' }),
  ],
  'thread/goal/clear': [(_, thread) => thread.clearGoal$()],
};
const ANSWERS = [null, {}, 'x', 5, []];
/** Answers of the right shape. A thread without a goal has no `goal`. */
const VALID: ReadonlySet<string> = new Set(['thread/goal/get {}']);

describe('an answer with an unexpected shape', () => {
  afterEach(closeFakes);

  it.each(Object.entries(CALLS))('to %s is an RpcError of every Observable that reads it', async (method, calls) => {
    let answer: unknown;
    let isDamaged = false;
    const { server } = await openFake({
      turns: [serverTurn.say('Hi'), serverTurn.say('Hi')],
      answers: { [method]: () => (isDamaged ? { result: answer } : {}) },
    });
    const thread = await lastValueFrom(server.thread.start$());
    isDamaged = true;
    for (answer of ANSWERS)
      for (const call$ of calls) {
        if (VALID.has(`${method} ${JSON.stringify(answer)}`)) continue;
        const end = await lastValueFrom(call$(server, thread).pipe(take(2), toArray())).catch(
          (error: unknown) => error,
        );
        expect([method, answer, end]).toEqual([
          method,
          answer,
          expect.objectContaining({ name: 'RpcError', code: 'RPC_ERROR', method }),
        ]);
        expect(isCodexError(end)).toBe(true);
      }
  });

  it.each([...ANSWERS, { turnId: 5 }])('to turn/steer is an RpcError: %j', async (answer) => {
    const { server } = await openFake({
      turns: [serverTurn.hang()],
      answers: { 'turn/steer': { result: answer } },
    });
    const thread = await lastValueFrom(server.thread.start$());
    const turn = thread.turn$('Hi').subscribe({ error: () => undefined });
    await lastValueFrom(thread.events$.pipe(take(1)));
    await expect(lastValueFrom(thread.steer$('x'))).rejects.toMatchObject({ name: 'RpcError', method: 'turn/steer' });
    turn.unsubscribe();
  });

  it.each([{ data: [null] }, { data: [{ id: 't' }], nextCursor: 5 }, { data: { length: 1 } }])(
    'to a list is an RpcError: %j',
    async (answer) => {
      const { server } = await openFake({
        answers: { 'thread/list': { result: answer }, 'model/list': { result: answer } },
      });
      await expect(lastValueFrom(server.thread.list$())).rejects.toMatchObject({ name: 'RpcError' });
      await expect(lastValueFrom(server.models$())).rejects.toMatchObject({ name: 'RpcError' });
    },
  );

  it.each([{ id: '' }, { id: 5 }, { turns: [null] }, { turns: [{ id: 't', status: 'completed', items: [null] }] }])(
    'of a thread is an RpcError: %j',
    async (changes) => {
      const thread = { id: 't', turns: [], ...changes };
      const result = { thread, model: 'm', cwd: '/', sandbox: { type: 'readOnly' } };
      const { server } = await openFake({ answers: { 'thread/start': { result }, 'thread/resume': { result } } });
      await expect(lastValueFrom(server.thread.start$())).rejects.toMatchObject({ name: 'RpcError' });
      await expect(lastValueFrom(server.thread.resume$('t'))).rejects.toMatchObject({ name: 'RpcError' });
      await expect(lastValueFrom(attach$(server, 't'))).rejects.toMatchObject({ name: 'RpcError' });
    },
  );

  it.each([null, undefined, 'x', [], {}, { rateLimits: null }, { rateLimits: { limitId: { toString: 1 } } }])(
    'in a notification of rate limits or goals changes nothing: %j',
    async (params) => {
      const { server, fake } = await openFake({
        answers: { 'account/rateLimits/read': { result: { rateLimits: {} } }, 'thread/goal/get': { result: {} } },
      });
      const thread = await lastValueFrom(server.thread.start$());
      const seen: unknown[] = [];
      const observer = { next: (value: unknown) => seen.push(value), error: (error: unknown) => seen.push(error) };
      server.rateLimits$().subscribe(observer);
      thread.goal$().subscribe(observer);
      await ticks();
      const own =
        typeof params === 'object' && params !== null && !Array.isArray(params) ? { threadId: thread.id } : {};
      fake.notify('account/rateLimits/updated', params as Readonly<Record<string, unknown>>);
      fake.notify('thread/goal/updated', { ...own, goal: null, ...(params as object) });
      await ticks();
      expect(seen).toEqual([{ rateLimits: {} }, undefined]);
    },
  );
});
