import { whenIdle } from '@codex-rx/core';
import { type FakeAppServerScript, serverTurn } from '@codex-rx/testing';
import { firstValueFrom, lastValueFrom, type Observable } from 'rxjs';
import { closeFakes, openFake, Recorder, ticks } from '../support.js';

const goal = (status: string) => ({ threadId: 't', objective: 'Do it.', status, tokensUsed: 0 });

/** A server that answers `thread/goal/set` with the status that it gets, and starts no turn by itself. */
const script: FakeAppServerScript = {
  answers: {
    'thread/goal/get': { result: { goal: null } },
    'thread/goal/set': ({ status = 'active' }: { readonly status?: string }) => ({ result: { goal: goal(status) } }),
    'thread/goal/clear': { result: { cleared: true } },
  },
};

/** A server that does not answer to a new goal. */
const unconfirmed: FakeAppServerScript['answers'] = {
  'thread/goal/set': ({ status }: { readonly status?: string }) =>
    status === undefined ? { fault: 'never' } : { result: { goal: goal(status) } },
};

async function openThread(more: FakeAppServerScript = {}, options = {}) {
  const { server, fake } = await openFake({ ...script, ...more }, options);
  const thread = await lastValueFrom(server.thread.start$());
  const change = (status: string) => {
    fake.notify('thread/goal/updated', { threadId: thread.id, goal: goal(status) });
  };
  /** A turn that the server starts for the goal. */
  const turn = (id: string, isOver = true) => {
    const turn = { id, items: [], status: 'inProgress' };
    fake.notify('turn/started', { threadId: thread.id, turn });
    if (isOver) fake.notify('turn/completed', { threadId: thread.id, turn: { ...turn, status: 'completed' } });
  };
  return { server, fake, thread, change, turn };
}

describe('goal$, setGoal$ and clearGoal$', () => {
  afterEach(closeFakes);

  it('emit the goal and each change of it', async () => {
    const { thread, fake, change } = await openThread();
    const goals = new Recorder(thread.goal$());
    await ticks();
    expect(await lastValueFrom(thread.setGoal$({ objective: 'Do it.', tokenBudget: 100 }))).toMatchObject({
      status: 'active',
    });
    change('active');
    fake.notify('thread/goal/cleared', { threadId: thread.id });
    expect(goals.values).toMatchObject([undefined, { status: 'active' }, undefined]);
    expect(await lastValueFrom(thread.clearGoal$())).toBe(true);
    expect(fake.sent('thread/goal/set')).toMatchObject([
      { params: { objective: 'Do it.', tokenBudget: 100, origin: 'user' } },
    ]);
    goals.subscription.unsubscribe();
  });

  it.each([
    [{ objective: ' ' }, 'objective'],
    [{ objective: 'x', tokenBudget: 0 }, 'tokenBudget'],
    [{ status: 'done' }, 'status'],
    [{ budget: 5 }, 'budget'],
  ])('reject %j before they send anything', async (value, field) => {
    const { thread, fake } = await openThread();
    await expect(lastValueFrom(thread.setGoal$(value as object))).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      field,
    });
    expect(fake.sent('thread/goal/set')).toEqual([]);
  });

  it('are not available before CLI 0.144', async () => {
    const { thread } = await openThread({ version: '0.125.0' });
    const all: readonly Observable<unknown>[] = [thread.goal$(), thread.setGoal$({}), thread.clearGoal$()];
    for (const source$ of all)
      await expect(lastValueFrom(source$)).rejects.toMatchObject({ code: 'CAPABILITY_UNSUPPORTED' });
  });

  it('end with the server', async () => {
    const { thread, fake } = await openThread();
    const goals = new Recorder(thread.goal$());
    await ticks();
    fake.exit();
    await goals.ended;
    expect(goals.error).toMatchObject({ code: 'SERVER_EXITED' });
  });
});

describe('runGoal$', () => {
  afterEach(closeFakes);

  it('emits the turns of the server until the goal and its last turn are over', async () => {
    const { thread, change, turn } = await openThread();
    const run = new Recorder(thread.runGoal$({ objective: 'Do it.' }));
    await ticks(20);
    change('active');
    turn('g1');
    turn('g2', false);
    change('complete');
    await ticks();
    expect(run.values.map(({ type }) => type)).toEqual(['turn.started', 'turn.completed', 'turn.started']);
    turn('g2');
    await run.ended;
    expect(run.error).toBeUndefined();
  });

  it('pauses the goal, then interrupts its turn, when it is unsubscribed', async () => {
    const { thread, fake, change, turn } = await openThread({}, { terminateGrace: 50 });
    const run = new Recorder(thread.runGoal$({ objective: 'Do it.' }));
    await ticks(20);
    change('active');
    turn('g1', false);
    run.subscription.unsubscribe();
    await whenIdle();
    const methods = fake.received.map(({ method, params }) => [
      method,
      (params as { status?: string } | undefined)?.status,
    ]);
    const order = methods.filter(([method]) => method === 'turn/interrupt' || method === 'thread/goal/set');
    expect(order).toEqual([
      ['thread/goal/set', undefined],
      ['thread/goal/set', 'paused'],
      ['turn/interrupt', undefined],
    ]);
  });

  it.each([
    ['RUN_TIMEOUT', { timeout: 20 }],
    ['ABORT_ERR', { signal: AbortSignal.abort() }],
  ])('errors with %s and pauses the goal', async (code, options) => {
    const { thread } = await openThread({}, { terminateGrace: 50 });
    const run = new Recorder(thread.runGoal$({ objective: 'Do it.' }, options));
    await run.ended;
    expect(run.error).toMatchObject({ code });
  });

  it('pauses the goal when it is unsubscribed before the server has confirmed it', async () => {
    const { thread, fake } = await openThread({ answers: unconfirmed }, { terminateGrace: 50 });
    const run = new Recorder(thread.runGoal$({ objective: 'Do it.' }));
    await whenIdleOf(() => fake.sent('thread/goal/set').length > 0);
    run.subscription.unsubscribe();
    await whenIdle();
    expect(fake.sent('thread/goal/set')).toMatchObject([
      { params: { objective: 'Do it.' } },
      { params: { status: 'paused' } },
    ]);
  });

  it('pauses a goal that the server does not confirm in time', async () => {
    const { thread, fake } = await openThread({ answers: unconfirmed }, { terminateGrace: 50 });
    const run = new Recorder(thread.runGoal$({ objective: 'Do it.' }, { timeout: 20 }));
    await run.ended;
    expect(run.error).toMatchObject({ code: 'RUN_TIMEOUT' });
    expect(fake.sent('thread/goal/set').at(-1)).toMatchObject({ params: { status: 'paused' } });
  });

  it('pauses a goal when the answer to it is late', async () => {
    const { thread, fake } = await openThread({ answers: unconfirmed }, { terminateGrace: 50, requestTimeout: 50 });
    const run = new Recorder(thread.runGoal$({ objective: 'Do it.' }));
    await run.ended;
    expect(run.error).toMatchObject({ code: 'RPC_TIMEOUT' });
    expect(fake.sent('thread/goal/set').at(-1)).toMatchObject({ params: { status: 'paused' } });
  });

  it('sends nothing when its signal is already aborted', async () => {
    const { thread, fake } = await openThread();
    const sent = fake.received.length;
    const run = new Recorder(thread.runGoal$({ objective: 'Do it.' }, { signal: AbortSignal.abort() }));
    await run.ended;
    await ticks(20);
    expect(fake.received).toHaveLength(sent);
  });

  it('waits for the turn before it, and the next turn waits for it', async () => {
    const { thread, fake, change } = await openThread({ turns: [serverTurn.hang(), serverTurn.say('Hi')] });
    const first = new Recorder(thread.turn$('1'));
    const run = new Recorder(thread.runGoal$({ objective: 'Do it.' }));
    const last = new Recorder(thread.turn$('2'));
    await first.until(({ type }) => type === 'turn.started');
    expect(fake.sent('thread/goal/set')).toEqual([]);
    first.subscription.unsubscribe();
    await whenIdleOf(() => fake.sent('thread/goal/set').length > 0);
    expect(fake.sent('turn/start')).toHaveLength(1);
    change('complete');
    await run.ended;
    await last.ended;
    expect(last.values.at(-1)?.type).toBe('turn.completed');
  });

  it('errors when the server exits', async () => {
    const { thread, fake } = await openThread();
    const run = new Recorder(thread.runGoal$({ objective: 'Do it.' }));
    await ticks(20);
    fake.exit();
    await run.ended;
    expect(run.error).toMatchObject({ code: 'SERVER_EXITED' });
  });
});

describe('interrupt$', () => {
  afterEach(closeFakes);

  it('pauses an active goal, also between its turns', async () => {
    const { thread, fake } = await openThread({}, { terminateGrace: 50 });
    await lastValueFrom(thread.setGoal$({ objective: 'Do it.' }));
    await lastValueFrom(thread.interrupt$());
    expect(fake.sent('thread/goal/set').at(-1)).toMatchObject({ params: { status: 'paused' } });
  });
});

describe('interrupt$ after goal$', () => {
  afterEach(closeFakes);

  it('pauses a goal that another client has set', async () => {
    const answers = { ...script.answers, 'thread/goal/get': { result: { goal: goal('active') } } };
    const { thread, fake } = await openThread({ answers }, { terminateGrace: 50 });
    await firstValueFrom(thread.goal$());
    await lastValueFrom(thread.interrupt$());
    expect(fake.sent('thread/goal/set')).toMatchObject([{ params: { status: 'paused' } }]);
  });
});

async function whenIdleOf(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await ticks(1);
}
