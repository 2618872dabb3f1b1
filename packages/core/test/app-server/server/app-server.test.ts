import { whenIdle } from '@codex-rx/core';
import { type AppServer, appServer$, attach$, openAppServer } from '@codex-rx/core/app-server';
import { type FakeAppServerScript, fakeAppServer, serverTurn } from '@codex-rx/testing';
import { firstValueFrom, lastValueFrom, NEVER, type Observable, of, take, toArray } from 'rxjs';
import { closeFakes, openFake, Recorder, ticks } from '../support.js';

const all = <T>(source$: Parameters<typeof lastValueFrom<T>>[0]) => lastValueFrom(source$);

describe('openAppServer', () => {
  afterEach(closeFakes);

  it('initializes with experimental methods and its name, then says that it is ready', async () => {
    const { server, fake } = await openFake({}, { clientInfo: { name: 'app', version: '2.0.0' } });
    expect(fake.received).toEqual([
      {
        method: 'initialize',
        id: 0,
        params: { clientInfo: { name: 'app', version: '2.0.0' }, capabilities: { experimentalApi: true } },
      },
      { method: 'initialized' },
    ]);
    expect(server.info).toEqual({
      version: '0.171.0',
      userAgent: 'fake/0.171.0 (Linux)',
      codexHome: '/fake',
      platformOs: 'linux',
      experimentalApi: true,
    });
  });

  it('passes on that notifications are not wanted', async () => {
    const { fake } = await openFake({}, { experimentalApi: false, optOutNotifications: ['thread/started'] });
    expect(fake.sent('initialize')[0]).toMatchObject({
      params: { capabilities: { experimentalApi: false, optOutNotificationMethods: ['thread/started'] } },
    });
  });

  it('rejects with the error of the handshake', async () => {
    const refusal = { error: { code: -32600, message: 'Already initialized' } };
    await expect(openFake({ answers: { initialize: refusal } })).rejects.toMatchObject({
      code: 'RPC_ERROR',
      rpcCode: -32600,
    });
  });

  it('rejects when the server does not answer the handshake in time', async () => {
    await expect(
      openFake({ answers: { initialize: { fault: 'never' } } }, { requestTimeout: 20 }),
    ).rejects.toMatchObject({ code: 'RPC_TIMEOUT', method: 'initialize' });
  });

  it('rejects a server that is too old', async () => {
    await expect(openFake({ version: '0.75.0' })).rejects.toMatchObject({ code: 'CAPABILITY_UNSUPPORTED' });
  });

  it('rejects when its signal is aborted', async () => {
    const signal = AbortSignal.abort();
    await expect(openFake({}, { signal })).rejects.toMatchObject({ code: 'ABORT_ERR' });
  });

  it('is closed by its signal', async () => {
    const controller = new AbortController();
    const { server } = await openFake({}, { signal: controller.signal });
    const states = new Recorder(server.connection$);
    controller.abort();
    await states.ended;
    expect(states.values).toEqual(['connected', 'closed']);
  });

  it('closes with await using', async () => {
    let closed: Recorder<string>;
    {
      await using server = await openAppServer({ connect: { transport: fakeAppServer().transport() } });
      closed = new Recorder(server.connection$);
    }
    await closed.ended;
    expect(closed.values).toEqual(['connected', 'closed']);
  });
});

describe('a transport that cannot be closed', () => {
  const stubborn = (script?: FakeAppServerScript) => {
    const fake = fakeAppServer(script);
    return { fake, transport: { ...fake.transport(), close: () => Promise.reject(new Error('no')) } };
  };

  it('does not keep the server from being closed', async () => {
    const { transport } = stubborn();
    const server = await openAppServer({ connect: { transport } });
    await expect(server.close()).resolves.toBeUndefined();
    await expect(firstValueFrom(server.models$())).rejects.toMatchObject({ code: 'SERVER_EXITED' });
  });

  it('completes appServer$ after close()', async () => {
    const opened = new Recorder(appServer$({ connect: { transport: stubborn().transport } }));
    await opened.until(() => true);
    await opened.values[0]?.close();
    await opened.ended;
    expect(opened.error).toBeUndefined();
  });

  it('errors appServer$ when the server exits', async () => {
    const { fake, transport } = stubborn();
    const opened = new Recorder(appServer$({ connect: { transport } }));
    await opened.until(() => true);
    fake.exit();
    await opened.ended;
    expect(opened.error).toMatchObject({ code: 'SERVER_EXITED' });
  });

  it('does not hide the error of the handshake', async () => {
    const { transport } = stubborn({ answers: { initialize: { error: { code: -1, message: 'no' } } } });
    await expect(openAppServer({ connect: { transport } })).rejects.toMatchObject({ code: 'RPC_ERROR' });
  });
});

describe('request$', () => {
  afterEach(closeFakes);

  it.each(['twice', 'unknownId', 'overloaded'] as const)('copes with a server that answers %s', async (fault) => {
    const { server } = await openFake(
      { answers: { 'thread/read': { fault, result: { thread: { id: 't' } } } } },
      { overload: { delay: 1 } },
    );
    const params = { threadId: 't', includeTurns: false };
    expect(await all(server.request$('thread/read', params))).toEqual({ thread: { id: 't' } });
  });

  it('errors with a CapabilityError for a method that the version lacks, and sends nothing', async () => {
    const { server, fake } = await openFake({ version: '0.98.0' });
    const request$ = server.request$('thread/goal/get', { threadId: 't' });
    await expect(all(request$)).rejects.toMatchObject({
      code: 'CAPABILITY_UNSUPPORTED',
      option: 'thread/goal/get',
      since: '0.144.6',
    });
    expect(fake.sent('thread/goal/get')).toEqual([]);
  });

  it('errors with an AbortError when its signal is aborted', async () => {
    const { server } = await openFake({ answers: { 'thread/read': { fault: 'never' } } });
    const controller = new AbortController();
    const read = new Recorder(
      server.request$('thread/read', { threadId: 't', includeTurns: false }, { signal: controller.signal }),
    );
    controller.abort();
    await read.ended;
    expect(read.error).toMatchObject({ code: 'ABORT_ERR' });
  });
});

describe('thread', () => {
  afterEach(closeFakes);

  it('lists threads page by page, and requests no page that is not needed', async () => {
    const page = ({ cursor }: { cursor: string | null }) => ({
      result: { data: [{ id: `${cursor ?? 'first'}-1` }, { id: `${cursor ?? 'first'}-2` }], nextCursor: 'next' },
    });
    const { server, fake } = await openFake({ answers: { 'thread/list': page } });
    const ids = await all(server.thread.list$({ limit: 2 }).pipe(take(3), toArray()));
    expect(ids.map(({ id }) => id)).toEqual(['first-1', 'first-2', 'next-1']);
    expect(fake.sent('thread/list').map(({ params }) => params)).toEqual([
      { limit: 2, cursor: null },
      { limit: 2, cursor: 'next' },
    ]);
  });

  it('reports a cursor that repeats', async () => {
    const { server } = await openFake({ answers: { 'thread/list': { result: { data: [], nextCursor: 'same' } } } });
    await expect(all(server.thread.list$().pipe(toArray()))).rejects.toMatchObject({ code: 'RPC_ERROR' });
  });

  it('resumes a thread with its settings, and runs a turn on it', async () => {
    const { server, fake } = await openFake({ turns: [[], serverTurn.say('Again.')] });
    const started = await all(server.thread.start$());
    await all(started.turn$('Hi'));
    const resumed = await all(
      server.thread.resume$(started.id, { sandbox: 'read-only', config: { mcp_servers: { a: { command: 'x' } } } }),
    );
    expect(fake.sent('thread/resume')[0]).toMatchObject({
      params: {
        threadId: started.id,
        sandbox: 'read-only',
        approvalPolicy: 'never',
        config: { 'mcp_servers.a.command': 'x' },
        excludeTurns: true,
      },
    });
    expect((await all(resumed.runTurn$('Hi'))).text).toBe('Again.');
  });

  it('forks a thread by its id, and emits the copy', async () => {
    const { server, fake } = await openFake();
    const started = await all(server.thread.start$());
    const copy = await all(server.thread.fork$(started.id));
    expect(copy.id).not.toBe(started.id);
    expect(fake.sent('thread/fork')[0]).toMatchObject({ params: { threadId: started.id } });
  });

  it('sends a prompt as one text with the policy of the thread', async () => {
    const { server, fake } = await openFake();
    const thread = await all(server.thread.start$());
    await all(thread.turn$('Hi'));
    expect(fake.sent('turn/start')[0]).toMatchObject({
      params: {
        threadId: thread.id,
        approvalPolicy: 'never',
        input: [{ type: 'text', text: 'Hi', text_elements: [] }],
      },
    });
  });

  it.each([
    ['no rollout found for thread id x', 'SESSION_NOT_FOUND'],
    ['thread x already has an active writer', 'SESSION_BUSY'],
    ['session x is archived', 'SESSION_ARCHIVED'],
  ])('errors with a SessionError for: %s', async (message, code) => {
    const { server } = await openFake({ answers: { 'thread/resume': { error: { code: -32600, message } } } });
    await expect(all(server.thread.resume$('x'))).rejects.toMatchObject({ code, session: 'x' });
  });
});

describe('runs on a server', () => {
  afterEach(closeFakes);

  it('start a thread in a folder of its own, and remove it', async () => {
    const { server, fake } = await openFake({ turns: [serverTurn.say('Hi')] });
    const events = await all(server.exec$({ prompt: 'Hi' }).pipe(toArray()));
    await whenIdle();
    expect(events.map(({ type }) => type)).toEqual([
      ...['thread.started', 'turn.started', 'item.started', 'item.completed'],
      ...['item.started', 'item.delta', 'item.completed', 'turn.completed'],
    ]);
    expect(fake.sent('thread/start')[0]).toMatchObject({ params: { config: { project_doc_max_bytes: 0 } } });
    expect(fake.sent('thread/unsubscribe')).toHaveLength(1);
  });

  it('add the time to each event with receivedAt', async () => {
    const { server } = await openFake({ turns: [serverTurn.say('Hi')] });
    const before = Date.now();
    const events = await all(server.exec$({ prompt: 'Hi', receivedAt: true }).pipe(toArray()));
    expect(events.filter(({ receivedAt }) => receivedAt === undefined || receivedAt < before)).toEqual([]);
  });

  it('resume the latest session of a folder over all pages', async () => {
    const first = [
      { id: 'a', updatedAt: 5, createdAt: 1 },
      { id: 'b', updatedAt: 7, createdAt: 1 },
    ];
    const second = [
      { id: 'd', updatedAt: 7, createdAt: 2 },
      { id: 'c', updatedAt: 7, createdAt: 2 },
    ];
    const sourceKinds = ['cli', 'vscode', 'exec', 'appServer', 'unknown'];
    const page = ({ cursor }: { cursor: string | null }) => ({
      result: cursor === null ? { data: first, nextCursor: '2' } : { data: second, nextCursor: null },
    });
    const { server, fake } = await openFake({ answers: { 'thread/list': page } });
    const run = new Recorder(server.resume$({ session: { last: true }, prompt: 'Hi', workingDirectory: '/w' }));
    await run.ended;
    expect(fake.sent('thread/resume')[0]).toMatchObject({ params: { threadId: 'd' } });
    expect(fake.sent('thread/list').map(({ params }) => params)).toEqual([
      { cursor: null, cwd: '/w', limit: 100, sortKey: 'updated_at', sourceKinds },
      { cursor: '2', cwd: '/w', limit: 100, sortKey: 'updated_at', sourceKinds },
    ]);
  });

  it('error with a SessionError for a name that no session has, or start a new thread', async () => {
    const { server } = await openFake({ turns: [serverTurn.say('Hi')] });
    const request = { session: 'my work', prompt: 'Hi', workingDirectory: '/w' };
    await expect(all(server.resume$(request))).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND' });
    const events = await all(server.resume$({ ...request, onMissing: 'new' }).pipe(toArray()));
    expect(events.at(-1)?.type).toBe('turn.completed');
  });

  it('mark the first event of a resumed and of a forked thread', async () => {
    const { server } = await openFake();
    const { id } = await all(server.thread.start$());
    expect(await firstValueFrom(server.resume$({ session: id, prompt: 'Hi' }))).toMatchObject({ resumed: true });
    expect(await all(server.fork$({ session: id }))).toMatchObject({ type: 'thread.started', forked_from: id });
  });

  it.each([
    ['profile', { profile: 'p' }],
    ['eventLog', { eventLog: '/tmp/x' }],
    ['codexHome', { codexHome: '/elsewhere' }],
    ['lines', { lines: () => NEVER }],
    ['prompt', { prompt: '' }],
  ])('reject an option that the server does not have: %s', async (field, options) => {
    const { server, fake } = await openFake();
    const run$ = server.exec$({ prompt: 'Hi', workingDirectory: '/w', ...options });
    await expect(all(run$)).rejects.toMatchObject({ code: 'REQUEST_INVALID', field });
    expect(fake.sent('thread/start')).toEqual([]);
  });

  it('stop when they are unsubscribed while the thread starts', async () => {
    const { server, fake } = await openFake({ answers: { 'thread/start': { fault: 'never' } } });
    new Recorder(server.exec$({ prompt: 'Hi' })).subscription.unsubscribe();
    await whenIdle();
    expect(fake.sent('turn/start')).toEqual([]);
  });
});

describe('a run whose signal is aborted', () => {
  afterEach(closeFakes);

  it.each([
    ['exec$', { prompt: 'Hi' }],
    ['resume$', { prompt: 'Hi', session: 'some-name' }],
    ['fork$', { prompt: 'Hi', session: 'some-name' }],
    ['review$', { target: { uncommitted: true }, workingDirectory: '.' }],
  ] as const)('sends nothing: %s', async (method, request) => {
    const { server, fake } = await openFake();
    const sent = fake.received.length;
    const signal = AbortSignal.abort('late');
    const run = new Recorder((server[method] as (one: object) => Observable<unknown>)({ ...request, signal }));
    await run.ended;
    await ticks(20);
    expect(run.error).toMatchObject({ code: 'ABORT_ERR' });
    expect(fake.received).toHaveLength(sent);
  });

  it('does not load the session that it has found meanwhile', async () => {
    const controller = new AbortController();
    const listed = () => {
      controller.abort();
      return { result: { data: [{ id: 't', name: 'known', createdAt: 1, updatedAt: 1 }], nextCursor: null } };
    };
    const { server, fake } = await openFake({ answers: { 'thread/list': listed } });
    const run = new Recorder(server.resume$({ session: 'known', prompt: 'Hi', signal: controller.signal }));
    await run.ended;
    await ticks(20);
    expect(run.error).toMatchObject({ code: 'ABORT_ERR' });
    expect(fake.sent('thread/resume')).toEqual([]);
  });
});

describe('the facts about an account', () => {
  afterEach(closeFakes);

  it('are models over all pages', async () => {
    const page = ({ cursor }: { cursor: string | null }) => ({
      result: cursor === null ? { data: [{ id: 'a' }], nextCursor: '2' } : { data: [{ id: 'b' }], nextCursor: null },
    });
    const { server } = await openFake({ answers: { 'model/list': page } });
    expect((await all(server.models$())).map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('are rate limits that an update without values does not erase', async () => {
    const update = { limitId: 'codex', primary: { usedPercent: 7 }, secondary: null };
    const { server } = await openFake({
      turns: [serverTurn.notify('account/rateLimits/updated', { rateLimits: update })],
      answers: {
        'account/rateLimits/read': {
          result: { rateLimits: { limitId: 'codex', primary: { usedPercent: 1 }, secondary: { usedPercent: 2 } } },
        },
      },
    });
    const limits = new Recorder(server.rateLimits$());
    const thread = await all(server.thread.start$());
    await all(thread.turn$('Hi'));
    expect(limits.values.at(-1)?.rateLimits).toMatchObject({
      primary: { usedPercent: 7 },
      secondary: { usedPercent: 2 },
    });
    limits.subscription.unsubscribe();
  });

  it('are read again after a login', async () => {
    const { server, fake } = await openFake({ turns: [serverTurn.notify('account/updated', { authMode: 'apikey' })] });
    const account = new Recorder(server.account$());
    const thread = await all(server.thread.start$());
    await all(thread.turn$('Hi'));
    await ticks();
    expect(fake.sent('account/read')).toHaveLength(2);
    account.subscription.unsubscribe();
  });
});

describe('attach$', () => {
  afterEach(closeFakes);

  async function attached(): Promise<{ owner: AppServer; observer: AppServer; threadId: string }> {
    const fake = fakeAppServer({ turns: [serverTurn.run('ls', { output: 'a' })] });
    const owner = await openAppServer({ connect: { transport: fake.transport() } });
    const thread = await all(owner.thread.start$());
    await all(thread.turn$('Hi'));
    const observer = await openAppServer({
      connect: { transport: fake.transport() },
      approvals: () => of('accept'),
    });
    return { owner, observer, threadId: thread.id };
  }

  it('replays what has happened, marked, and stays open for what happens', async () => {
    const { owner, observer, threadId } = await attached();
    const events = new Recorder(attach$(observer, threadId));
    await events.until(({ type }) => type === 'turn.completed');
    expect(events.values.map(({ type }) => type)).toEqual([
      ...['turn.started', 'item.completed', 'item.completed', 'turn.completed'],
    ]);
    expect(events.values.every(({ replayed }) => replayed === true)).toBe(true);

    events.subscription.unsubscribe();
    await Promise.all([owner.close(), observer.close()]);
  });

  it('stops nothing when it is unsubscribed', async () => {
    const { owner, observer, threadId } = await attached();
    const notifications = new Recorder(observer.notifications$);
    const events = new Recorder(attach$(observer, threadId));
    await events.until(({ type }) => type === 'turn.completed');
    events.subscription.unsubscribe();
    await ticks();
    expect(notifications.values.map(({ method }) => method)).not.toContain('turn/completed');
    await Promise.all([owner.close(), observer.close()]);
  });

  it('errors with a SessionError for an unknown thread', async () => {
    const { server } = await openFake();
    await expect(all(attach$(server, 'x'))).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND' });
  });
});
