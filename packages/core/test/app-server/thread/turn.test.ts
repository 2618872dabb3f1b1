import type { ThreadEvent } from '@codex-rx/core';
import { whenIdle } from '@codex-rx/core';
import type { AppServer, AppServerThread } from '@codex-rx/core/app-server';
import { type FakeAppServerScript, serverTurn } from '@codex-rx/testing';
import { firstValueFrom, lastValueFrom, type Subject, toArray } from 'rxjs';
import { closeFakes, openFake, Recorder, ticks } from '../support.js';

const types = (events: readonly ThreadEvent[]) => events.map(({ type }) => type);

async function openThread(script: FakeAppServerScript, options = {}) {
  const { server, fake } = await openFake(script, options);
  const thread = await lastValueFrom(server.thread.start$());
  return { server, fake, thread };
}

describe('turn$', () => {
  afterEach(closeFakes);

  it('starts no turn until it is subscribed to, and one for each subscription', async () => {
    const { thread, fake } = await openThread({ turns: [serverTurn.say('1'), serverTurn.say('2')] });
    const turn$ = thread.turn$('Hi');
    await ticks();
    expect(fake.sent('turn/start')).toHaveLength(0);

    await lastValueFrom(turn$);
    await lastValueFrom(turn$);
    expect(fake.sent('turn/start')).toHaveLength(2);
  });

  it('emits the events of the turn from turn.started to turn.completed', async () => {
    const { thread } = await openThread({ turns: [[...serverTurn.run('ls'), ...serverTurn.say('Done.')]] });
    const events = await lastValueFrom(thread.turn$('Hi').pipe(toArray()));
    expect(types(events)).toEqual([
      ...['turn.started', 'item.started', 'item.completed', 'item.started', 'item.completed'],
      ...['item.started', 'item.delta', 'item.completed', 'turn.completed'],
    ]);
    expect(new Set(events.map(({ thread_id }) => thread_id))).toEqual(new Set([thread.id]));
  });

  it('sends the settings of the thread with each turn, so that those of a turn do not stay', async () => {
    const { server, fake } = await openFake();
    const thread = await lastValueFrom(
      server.thread.start$({
        model: 'm',
        sandbox: 'workspace-write',
        workingDirectory: '/w',
        reasoning: { effort: 'high' },
      }),
    );
    await lastValueFrom(thread.turn$('1', { model: 'other', sandbox: 'read-only', reasoning: { effort: 'low' } }));
    await lastValueFrom(thread.turn$('2'));
    expect(fake.sent('turn/start').map(({ params }) => params)).toMatchObject([
      { model: 'other', sandboxPolicy: { type: 'readOnly' }, effort: 'low', cwd: '/w', approvalPolicy: 'never' },
      { model: 'm', sandboxPolicy: { type: 'workspaceWrite' }, effort: 'high', cwd: '/w', approvalPolicy: 'never' },
    ]);
  });

  it('runs the turns of a thread one after another', async () => {
    const { thread, fake } = await openThread({ turns: [serverTurn.hang(), serverTurn.say('2')] });
    const first = new Recorder(thread.turn$('1'));
    const second = new Recorder(thread.turn$('2'));
    await first.until(({ type }) => type === 'turn.started');
    await ticks();
    expect(fake.sent('turn/start')).toHaveLength(1);

    first.subscription.unsubscribe();
    await second.ended;
    expect(types(second.values).at(-1)).toBe('turn.completed');
  });

  it('does not start a turn that is unsubscribed while it waits', async () => {
    const { thread, fake } = await openThread({ turns: [serverTurn.hang()] });
    const first = new Recorder(thread.turn$('1'));
    const second = new Recorder(thread.turn$('2'));
    await first.until(({ type }) => type === 'turn.started');
    second.subscription.unsubscribe();
    first.subscription.unsubscribe();
    await whenIdle();
    expect(fake.sent('turn/start')).toHaveLength(1);
  });

  it('waits for the running turn although the turn between them was unsubscribed', async () => {
    let starts = 0;
    const firstHangs = () => {
      starts += 1;
      return starts === 1 ? { fault: 'never' as const } : {};
    };
    const { thread, fake } = await openThread({ answers: { 'turn/start': firstHangs } }, { terminateGrace: 50 });
    const [first, second, third] = ['1', '2', '3'].map((prompt) => new Recorder(thread.turn$(prompt)));
    await ticks();
    second?.subscription.unsubscribe();
    await ticks(20);
    expect(fake.sent('turn/start')).toHaveLength(1);

    first?.subscription.unsubscribe();
    await third?.ended;
    expect(types(third?.values ?? []).at(-1)).toBe('turn.completed');
  });

  it('sends nothing when its signal is already aborted', async () => {
    const { thread, fake } = await openThread({});
    const sent = fake.received.length;
    const turn = new Recorder(thread.turn$('Hi', { signal: AbortSignal.abort() }));
    await turn.ended;
    await ticks(20);
    expect(turn.error).toMatchObject({ code: 'ABORT_ERR' });
    expect(fake.received).toHaveLength(sent);
  });

  it('errors with a TurnFailedError after turn.failed', async () => {
    const { thread } = await openThread({
      turns: [serverTurn.fail("You've hit your usage limit.", 'usageLimitExceeded')],
    });
    const turn = new Recorder(thread.turn$('Hi'));
    await turn.ended;
    expect(types(turn.values).at(-1)).toBe('turn.failed');
    expect(turn.error).toMatchObject({ code: 'TURN_FAILED', category: 'usage_limit', threadId: thread.id });
  });

  it('does not end with an error notice', async () => {
    const notice = { error: { message: 'Reconnecting... 1/5', codexErrorInfo: 'other' }, willRetry: true };
    const { thread } = await openThread({ turns: [[...serverTurn.notify('error', notice), ...serverTurn.say('Hi')]] });
    const events = await lastValueFrom(thread.turn$('Hi').pipe(toArray()));
    expect(events).toContainEqual(expect.objectContaining({ type: 'error', will_retry: true }));
    expect(types(events).at(-1)).toBe('turn.completed');
  });

  it('interrupts the turn once when it is unsubscribed, after turn/started', async () => {
    const { thread, fake } = await openThread({ turns: [serverTurn.hang()] });
    // Before the answer to turn/start.
    const turn = new Recorder(thread.turn$('Hi'));
    await ticks(1);
    turn.subscription.unsubscribe();
    await whenIdle();
    expect(fake.sent('turn/interrupt').map(({ params }) => params)).toEqual([
      { threadId: thread.id, turnId: 'turn-1' },
    ]);
    expect(fake.sent('thread/backgroundTerminals/clean')).toHaveLength(1);
  });

  it('interrupts nothing when it has completed', async () => {
    const { thread, fake } = await openThread({ turns: [serverTurn.say('Hi')] });
    await lastValueFrom(thread.turn$('Hi'));
    await whenIdle();
    expect(fake.sent('turn/interrupt')).toEqual([]);
  });

  it('interrupts the turns of sub-agents with their own ids', async () => {
    const spawn = { type: 'collabAgentToolCall', id: 'c', tool: 'spawnAgent', status: 'completed' };
    const item = { ...spawn, senderThreadId: 'x', receiverThreadIds: ['child'], agentsStates: {} };
    const { thread, fake } = await openThread({
      turns: [
        [
          ...serverTurn.notify('item/completed', { item }),
          ...serverTurn.notify('turn/started', { threadId: 'child', turn: { id: 'turn-of-child' } }),
          ...serverTurn.notify('turn/completed', { threadId: 'other', turn: { id: 'turn-1', status: 'completed' } }),
          ...serverTurn.hang(),
        ],
      ],
    });
    const turn = new Recorder(thread.turn$('Hi'));
    await turn.until((event) => event.type === 'item.completed' && event.item.type === 'collab_tool_call');
    await ticks();
    // The end of another thread's turn does not end this one.
    expect(types(turn.values)).not.toContain('turn.completed');

    turn.subscription.unsubscribe();
    await whenIdle();
    expect(fake.sent('turn/interrupt').map(({ params }) => params)).toEqual([
      { threadId: thread.id, turnId: 'turn-1' },
      { threadId: 'child', turnId: 'turn-of-child' },
    ]);
  });

  it('ends within terminateGrace although the server does not interrupt', async () => {
    const { server, fake } = await openFake(
      { turns: [serverTurn.hang()], answers: { 'turn/interrupt': { fault: 'never' } } },
      { terminateGrace: 50 },
    );
    const thread = await lastValueFrom(server.thread.start$());
    const turn = new Recorder(thread.turn$('Hi', { timeout: 50 }));
    await turn.ended;
    expect(turn.error).toMatchObject({ code: 'RUN_TIMEOUT' });
    expect(fake.sent('turn/interrupt')).toHaveLength(1);
  });

  it('errors with an AbortError when its signal is aborted, after the interrupt', async () => {
    const { thread, fake } = await openThread({ turns: [serverTurn.hang()] });
    const controller = new AbortController();
    const turn = new Recorder(thread.turn$('Hi', { signal: controller.signal }));
    await turn.until(({ type }) => type === 'turn.started');
    controller.abort();
    await turn.ended;
    expect(turn.error).toMatchObject({ code: 'ABORT_ERR' });
    expect(fake.sent('turn/interrupt')).toHaveLength(1);
  });

  it.each([
    ['a blank prompt', '  ', {}],
    ['no parts', [], {}],
    ['a missing image', 'Hi', { images: ['/no/such/file.png'] }],
  ])('rejects %s before it sends anything', async (_, input, options) => {
    const { thread, fake } = await openThread({});
    const turn = new Recorder(thread.turn$(input, options));
    await turn.ended;
    expect(turn.error).toMatchObject({ code: 'REQUEST_INVALID' });
    expect(fake.sent('turn/start')).toEqual([]);
  });

  it('ends a turn whose end cannot be read as failed', async () => {
    const { thread } = await openThread({
      turns: [[...serverTurn.notify('turn/completed', { turn: 'damaged' }), ...serverTurn.hang()]],
    });
    const turn = new Recorder(thread.turn$('Hi'));
    await turn.ended;
    expect(turn.values.at(-1)).toMatchObject({ type: 'turn.failed', error: { code: 'malformed' } });
  });
});

describe('runTurn$', () => {
  afterEach(closeFakes);

  it('emits the result of the turn', async () => {
    const { thread } = await openThread({ turns: [[...serverTurn.run('ls'), ...serverTurn.say('One file.')]] });
    expect(await lastValueFrom(thread.runTurn$('Hi'))).toMatchObject({
      text: 'One file.',
      status: 'completed',
      commands: [{ command: 'ls' }],
    });
  });
});

describe('steer$ and interrupt$', () => {
  afterEach(closeFakes);

  it('steers the running turn', async () => {
    const { thread, fake } = await openThread({ turns: [serverTurn.hang()] });
    const turn = new Recorder(thread.turn$('Hi'));
    await turn.until(({ type }) => type === 'turn.started');
    expect(await lastValueFrom(thread.steer$('More'))).toEqual({ turnId: 'turn-1' });
    expect(fake.sent('turn/steer')[0]).toMatchObject({ params: { expectedTurnId: 'turn-1' } });
    turn.subscription.unsubscribe();
  });

  it('reports that input was not delivered because no turn runs', async () => {
    const { thread } = await openThread({});
    await expect(lastValueFrom(thread.steer$('More'))).rejects.toMatchObject({ code: 'RPC_ERROR' });
  });

  it('interrupts the running turn, which errors', async () => {
    const { thread } = await openThread({ turns: [serverTurn.hang()] });
    const turn = new Recorder(thread.turn$('Hi'));
    await turn.until(({ type }) => type === 'turn.started');
    await firstValueFrom(thread.interrupt$());
    expect(turn.values.at(-1)).toMatchObject({ type: 'turn.failed', error: { code: 'interrupted' } });
    expect(turn.error).toMatchObject({ code: 'TURN_FAILED' });
  });

  it('completes when there is nothing to interrupt', async () => {
    const { thread, fake } = await openThread({});
    await firstValueFrom(thread.interrupt$());
    expect(fake.sent('turn/interrupt')).toEqual([]);
  });
});

describe('the loss of the server', () => {
  afterEach(closeFakes);

  it('fails every open stream and request, and leaves nothing pending', async () => {
    const { thread, server } = await openThread({
      turns: [[...serverTurn.say('Hi'), ...serverTurn.exit()]],
      answers: { 'model/list': { fault: 'never' } },
    });
    const all = [
      new Recorder(thread.turn$('Hi')),
      new Recorder(thread.turn$('waiting')),
      new Recorder(thread.events$),
      new Recorder(server.notifications$),
      new Recorder(server.models$()),
    ];
    await Promise.all(all.map(({ ended }) => ended));
    expect(all.map(({ error }) => (error as { readonly code?: string }).code)).toEqual(all.map(() => 'SERVER_EXITED'));
    await whenIdle();
    await expect(lastValueFrom(server.models$())).rejects.toMatchObject({ code: 'SERVER_EXITED' });
  });

  it('after any message gives each open stream a typed error or its end', async () => {
    const turns = [
      [...serverTurn.run('ls', { output: 'a' }), ...serverTurn.runApproved('rm a'), ...serverTurn.say('Hi')],
    ];
    let isComplete = false;
    for (let exitAfter = 1; !isComplete; exitAfter += 1) {
      const opened = openFake({ turns, exitAfter }, { approvals: () => ['accept'] });
      const server = await opened.then(
        (result) => result.server,
        (error: unknown) => {
          expect(error).toMatchObject({ code: 'SERVER_EXITED' });
          return undefined;
        },
      );
      if (server === undefined) continue;
      isComplete = await untilEnd(server);
      await whenIdle();
      expect(exitAfter).toBeLessThan(60);
    }
  });

  /** Whether the run completed. */
  async function untilEnd(server: AppServer): Promise<boolean> {
    const run = new Recorder(server.exec$({ prompt: 'Hi', workingDirectory: '.' }));
    const notifications = new Recorder(server.notifications$);
    await run.ended;
    if (run.error === undefined) {
      await server.close();
      return true;
    }
    await notifications.ended;
    expect([run.error, notifications.error]).toEqual([
      expect.objectContaining({ code: 'SERVER_EXITED' }),
      expect.objectContaining({ code: 'SERVER_EXITED' }),
    ]);
    return false;
  }
});

describe('many turns', () => {
  afterEach(closeFakes);

  it('are not mixed up when they run at the same time', async () => {
    const turns = Array.from({ length: 16 }, (_, index) => [
      ...serverTurn.say(`a${index}`),
      ...serverTurn.run(`run ${index}`),
      ...serverTurn.say(`b${index}`),
    ]);
    const { server } = await openFake({ turns });
    const threads: AppServerThread[] = [];
    for (let index = 0; index < 16; index += 1) threads.push(await lastValueFrom(server.thread.start$()));
    const results = await Promise.all(threads.map((thread) => lastValueFrom(thread.runTurn$('Hi'))));
    results.forEach((result, index) => {
      expect(result.threadId).toBe(threads[index]?.id);
      expect(result.text).toBe(`b${index}`);
      expect(result.commands.map(({ command }) => command)).toEqual([`run ${index}`]);
    });
  });

  it('leave nothing behind: 200 runs on one server', async () => {
    const { server } = await openFake();
    for (let index = 0; index < 200; index += 1)
      await lastValueFrom(server.exec$({ prompt: 'Hi', workingDirectory: '.' }));
    await whenIdle();
    const subject$ = (server.notifications$ as unknown as Record<'source', Subject<unknown>>).source;
    expect(subject$.observed).toBe(false);
  });

  it.each([
    ['turn/start', 'thread not found: t', 'SESSION_NOT_FOUND'],
    ['turn/start', 'session t is archived. Run `codex unarchive t` to unarchive it first.', 'SESSION_ARCHIVED'],
    ['review/start', 'thread not found: t', 'SESSION_NOT_FOUND'],
  ])('errors with a SessionError when another client has removed the thread: %s, %s', async (method, message, code) => {
    const { server } = await openFake({ answers: { [method]: { error: { code: -32600, message } } } });
    const thread = await lastValueFrom(server.thread.start$());
    const turn$ = method === 'turn/start' ? thread.turn$('Hi') : thread.review$({ uncommitted: true });
    await expect(lastValueFrom(turn$)).rejects.toMatchObject({ name: 'SessionError', code });
  });
});
