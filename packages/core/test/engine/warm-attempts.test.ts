import { createCodex, type RunNotification } from '@codex-rx/core';
import { fakeAppServer, type ScriptedAnswer, serverTurn } from '@codex-rx/testing';
import { isAlive, waitUntil } from '@codex-rx/testing/processes';
import { BehaviorSubject, lastValueFrom, toArray } from 'rxjs';
import { pidsOf, warmPlace } from './support.js';

jest.setTimeout(60_000);

const place = warmPlace();
const all = lastValueFrom;

/** The answers to the requests of a method, in their order; later ones are those of a server. */
function inOrder(...answers: (() => ScriptedAnswer)[]): () => ScriptedAnswer {
  return () => answers.shift()?.() ?? {};
}
const exit = (): ScriptedAnswer => {
  place.fake.exit();
  return {};
};
const isBusy = (): ScriptedAnswer => ({ error: { code: -32600, message: 'thread already has an active writer' } });
const never = (): ScriptedAnswer => ({ fault: 'never' });

/** Collects what a run emits, and its error. */
async function collect(run$: ReturnType<ReturnType<typeof createCodex>['run$']>) {
  const notifications: RunNotification[] = [];
  const error: unknown = await run$
    .forEach((one) => notifications.push(one))
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  return { notifications, error };
}

describe('a run of a warm client', () => {
  it('is repeated on another server if its server exits before it has opened the thread', async () => {
    const codex = await place.open({ turns: [serverTurn.say('a')], answers: { 'thread/start': inOrder(exit) } });
    const { notifications, error } = await collect(codex.run$({ prompt: 'x' }));
    expect(error).toBeUndefined();
    expect(place.fake.sent('initialize')).toHaveLength(2);
    expect(place.fake.sent('turn/start')).toHaveLength(1);
    const pids = pidsOf(notifications);
    expect(pids).toHaveLength(1);
    expect(isAlive(pids[0] ?? 0)).toBe(true);
    expect(notifications[0]).toMatchObject({ type: 'started' });
  });

  it('has a new time limit on the other server, which gets no further runs if it hangs', async () => {
    const codex = await place.open({
      turns: [serverTurn.say('a')],
      answers: { 'thread/start': inOrder(exit, never) },
    });
    const { notifications, error } = await collect(codex.run$({ prompt: 'x', timeout: 5_000 }));
    expect(error).toMatchObject({ code: 'RUN_TIMEOUT' });
    expect(place.fake.sent('thread/start')).toHaveLength(2);
    const next = await all(codex.run$({ prompt: 'x' }).pipe(toArray()));
    expect(pidsOf(next)).not.toEqual(pidsOf(notifications));
    expect(place.fake.sent('initialize')).toHaveLength(3);
  });

  it('is not repeated if its server exits during the turn, also if its events are not delivered yet', async () => {
    const codex = await place.open({ turns: [[...serverTurn.say('a'), ...serverTurn.exit()], serverTurn.say('b')] });
    const paused$ = new BehaviorSubject(true);
    const notifications: RunNotification[] = [];
    const ended = codex.run$({ prompt: 'x', paused$ }).forEach((one) => notifications.push(one));
    await waitUntil(() => place.fake.sent('turn/start').length === 1 && pidsOf(notifications).length === 1);
    await waitUntil(() => !isAlive(pidsOf(notifications)[0] ?? 0));
    paused$.next(false);
    await expect(ended).rejects.toMatchObject({ code: 'SERVER_EXITED' });
    expect(place.fake.sent('turn/start')).toHaveLength(1);
  });

  it('leaves its server to other runs when it runs out of time while it is paused', async () => {
    const codex = await place.open({ turns: [serverTurn.say('a'), serverTurn.hang(), serverTurn.say('b')] });
    const first = await all(codex.run$({ prompt: 'x' }).pipe(toArray()));
    const paused$ = new BehaviorSubject(true);
    await expect(all(codex.exec$({ prompt: 'x', paused$, timeout: 3_000 }))).rejects.toMatchObject({
      code: 'RUN_TIMEOUT',
    });
    const last = await all(codex.run$({ prompt: 'x' }).pipe(toArray()));
    expect(pidsOf(last)).toEqual(pidsOf(first));
  });

  it('ends when it is unsubscribed while it is paused after the end of its turn', async () => {
    const ids = { threadId: '00000000-0000-7000-8000-000000000001', turnId: 'turn-1' };
    const item = { type: 'agentMessage', id: 'late', text: 'late' };
    const messages = [
      { method: 'turn/completed', params: { ...ids, turn: { id: 'turn-1', items: [], status: 'completed' } } },
      { method: 'item/completed', params: { ...ids, item } },
    ];
    const raw = messages.map((message) => JSON.stringify(message)).join('\n');
    const codex = await place.open({ turns: [[...serverTurn.raw(raw), ...serverTurn.hang()]] });
    const paused$ = new BehaviorSubject(false);
    const types: string[] = [];
    await new Promise<void>((resolve) => {
      const subscription = codex.exec$({ prompt: 'x', paused$ }).subscribe(({ type }) => {
        types.push(type);
        if (type !== 'turn.completed') return;
        paused$.next(true);
        // The run keeps the late event.
        setTimeout(() => {
          subscription.unsubscribe();
          resolve();
        }, 200);
      });
    });
    // `afterEach` waits until nothing of the run is left.
    expect(types.at(-1)).toBe('turn.completed');
  });

  it('is repeated once when its thread is in use', async () => {
    const codex = await place.open({ turns: [[], serverTurn.say('b')], answers: { 'thread/resume': inOrder(isBusy) } });
    const { threadId = '' } = await all(codex.runTurn$({ prompt: 'x' }));
    const { notifications, error } = await collect(codex.run$({ command: 'resume', session: threadId, prompt: 'x' }));
    expect(error).toBeUndefined();
    expect(notifications.at(-1)).toMatchObject({ type: 'exited', code: 0, lastMessage: 'b' });
    expect(pidsOf(notifications)).toHaveLength(1);
    expect(place.fake.sent('thread/resume')).toHaveLength(2);
  });

  it('errors with a SessionError when its thread stays in use', async () => {
    const codex = await place.open({ answers: { 'thread/resume': isBusy } });
    const { threadId } = await all(codex.runTurn$({ prompt: 'x' }));
    await expect(all(codex.resume$({ session: threadId ?? '', prompt: 'x' }))).rejects.toMatchObject({
      code: 'SESSION_BUSY',
    });
    expect(place.fake.sent('thread/resume')).toHaveLength(2);
  });
});

describe('a run over connect', () => {
  it('names the folder of its thread on the server', async () => {
    const fake = fakeAppServer({ turns: [serverTurn.say('a'), serverTurn.say('b')] });
    const engine = { transport: 'app-server', connect: { transport: () => fake.transport() } } as const;
    const codex = createCodex({}, engine);
    const first = await all(codex.run$({ prompt: 'x', workingDirectory: '/srv/project' }).pipe(toArray()));
    expect(first[0]).toMatchObject({ type: 'started', pid: undefined, cwd: '/srv/project' });
    const session = first.flatMap((one) =>
      one.type === 'event' && one.event.type === 'thread.started' ? [one.event.thread_id] : [],
    )[0];
    const resume = { command: 'resume', session: session ?? '', prompt: 'y' } as const;
    const [resumed] = await all(codex.run$(resume).pipe(toArray()));
    expect(resumed).toMatchObject({ type: 'started', cwd: '/srv/project' });
  });
});
