import { createCodex, type EngineOptions } from '@codex-rx/core';
import {
  type AppServer,
  type AppServerOptions,
  appServer$,
  openAppServer,
  type ThreadOptions,
} from '@codex-rx/core/app-server';
import { fakeAppServer, openFakeCodex, serverTurn } from '@codex-rx/testing';
import { lastValueFrom } from 'rxjs';
import { closeFakes, openFake, Recorder, ticks } from '../support.js';

const startOn = (server: AppServer, options?: object) =>
  lastValueFrom(server.thread.start$(options as ThreadOptions | undefined));

describe('options of an app-server', () => {
  afterEach(closeFakes);

  it.each<[object, string]>([
    [{ cwd: '.' }, 'Unknown option "cwd". Use "workingDirectory".'],
    [{ approval: () => [] }, 'Unknown option "approval". Did you mean "approvals"?'],
    [{ sandbox: 'read-only' }, '"sandbox" belongs to a thread. Set it in thread.start$().'],
    [{ timeout: 5 }, '"timeout" belongs to a turn. Set it in turn$() or runTurn$().'],
    [{ approvals: 'accept' }, '"approvals" must be a function, got "accept".'],
    [{ handlers: [] }, '"handlers" must be a plain object, got an array.'],
    [
      { requestTimeout: -1 },
      '"requestTimeout" must be a number of ms from 0 to 2147483647, or Infinity for no limit, got -1.',
    ],
    [{ binary: '~/codex' }, '"binary" starts with "~", which only a shell expands. Use os.homedir() instead.'],
  ])('%j is rejected before a server is contacted', async (options, message) => {
    await expect(openFake({}, options as AppServerOptions)).rejects.toMatchObject({ code: 'REQUEST_INVALID', message });
  });

  it.each<[object, string]>([
    [{ cwd: '.' }, 'Unknown option "cwd". Use "workingDirectory".'],
    [{ sandboxMode: 'read-only' }, 'Unknown option "sandboxMode". Use "sandbox".'],
    [{ codexHome: '/x' }, '"codexHome" belongs to the process of the app-server. Set it when you open the server.'],
    [{ timeout: 5 }, '"timeout" belongs to a turn. Set it in turn$() or runTurn$().'],
    [
      { workingDirectory: '~/x' },
      '"workingDirectory" starts with "~", which only a shell expands. Use os.homedir() instead.',
    ],
    [{ sandbox: 3 }, '"sandbox" must be a string, got 3.'],
    [{ reasoning: { effor: 'low' } }, 'Unknown option "reasoning.effor". Did you mean "reasoning.effort"?'],
    [{ safety: 'off' }, '"safety" must be one of inherit, full-auto, bypass, got "off".'],
  ])('%j is rejected before a thread is started', async (options, message) => {
    const { server, fake } = await openFake();
    const { thread } = server;
    for (const opened$ of [thread.start$(options), thread.resume$('t', options), thread.fork$('t', options)])
      await expect(lastValueFrom(opened$)).rejects.toMatchObject({ code: 'REQUEST_INVALID', message });
    expect(fake.received).toHaveLength(2);
  });

  it.each(['', 'a\nb'])('the thread id %j is rejected', async (id) => {
    const { server } = await openFake();
    await expect(lastValueFrom(server.thread.resume$(id))).rejects.toMatchObject({ field: 'threadId' });
    await expect(lastValueFrom(server.thread.fork$(id))).rejects.toMatchObject({ field: 'threadId' });
  });

  it.each<[object]>([
    [{ binary: '/nope' }],
    [{ codexHome: '/nope' }],
    [{ createHomeDirs: true }],
    [{ env: { A: '1' } }],
    [{ inheritEnv: false }],
    [{ config: { a: 1 } }],
    [{ configOverrides: ['a=1'] }],
    [{ enable: ['x'] }],
    [{ disable: ['x'] }],
    [{ model: 'm' }],
    [{ maxLineBytes: 5 }],
    [{ analytics: true }],
  ])('of the process are rejected with "connect": %j', async (options) => {
    const [field = ''] = Object.keys(options);
    const message = `"${field}" belongs to the process of the app-server, which "connect" does not start. Remove it.`;
    const both = { ...options, connect: { transport: fakeAppServer().transport() } } as AppServerOptions;
    await expect(openAppServer(both)).rejects.toMatchObject({ code: 'REQUEST_INVALID', message });
    await expect(lastValueFrom(appServer$(both))).rejects.toMatchObject({ code: 'REQUEST_INVALID', message });
  });

  it.each<[object]>([
    [{}],
    [{ url: undefined }],
    [{ token: 't' }],
    [{ url: 'ws://localhost:1', socketPath: '/s' }],
    [{ url: 'ws://localhost:1', transport: {} }],
    [{ socketPath: '/s', transport: {} }],
  ])('must name one server to connect to: %j', async (connect) => {
    const message = '"connect" must have one of "url", "socketPath" and "transport".';
    const options = { connect } as AppServerOptions;
    await expect(openAppServer(options)).rejects.toMatchObject({ code: 'REQUEST_INVALID', message });
    expect(() => createCodex({}, { transport: 'app-server', ...options } as EngineOptions)).toThrow(message);
  });

  it('of a thread must name an existing folder if the server belongs to this host', async () => {
    const transport = { ...fakeAppServer().transport(), pid: process.pid };
    const server = await openAppServer({ connect: { transport } });
    const missing = { workingDirectory: '/does/not/exist' };
    const expected = { code: 'WORKING_DIRECTORY_NOT_FOUND' };
    await expect(startOn(server, missing)).rejects.toMatchObject(expected);
    await expect(lastValueFrom(server.thread.resume$('t', missing))).rejects.toMatchObject(expected);
    await expect(lastValueFrom(server.thread.fork$('t', missing))).rejects.toMatchObject(expected);
    await server.close();
    const { server: remote } = await openFake();
    await expect(startOn(remote, missing)).resolves.toHaveProperty('id');
  });

  it('say that a thread is found by its id only', async () => {
    const { server } = await openFake({
      answers: { 'thread/resume': { error: { code: -32600, message: 'invalid session id: invalid character' } } },
    });
    await expect(lastValueFrom(server.thread.resume$('my-name'))).rejects.toMatchObject({
      code: 'SESSION_NOT_FOUND',
      message: 'There is no session "my-name". Check its id (not its name; see thread.list$()) and "codexHome".',
    });
  });

  it.each<[object, string]>([
    [{ search: true }, '"search" belongs to a thread. Set it in thread.start$().'],
    [{ approvals: () => [] }, '"approvals" belongs to the process of the app-server. Set it when you open the server.'],
    [{ timeout: -1 }, '"timeout" must be a number of ms from 0 to 2147483647, or Infinity for no limit, got -1.'],
    [
      { sandbox: 'readonly' },
      '"sandbox" must be one of read-only, workspace-write, danger-full-access, got "readonly".',
    ],
    [{ modelReasoningEffort: 'low' }, 'Unknown option "modelReasoningEffort". Use "reasoning.effort".'],
  ])('%j is rejected before a turn is started', async (options, message) => {
    const { server, fake } = await openFake({ turns: [serverTurn.say('Hi')] });
    const thread = await startOn(server);
    const turn$ = thread.turn$('Hi', options);
    await expect(lastValueFrom(turn$)).rejects.toMatchObject({ code: 'REQUEST_INVALID', message });
    expect(fake.sent('turn/start')).toEqual([]);
  });

  it.each([0, Infinity])('a requestTimeout of %d is no limit', async (requestTimeout) => {
    const { server } = await openFake({ answers: { 'thread/list': { fault: 'never' } } }, { requestTimeout });
    await expect(startOn(server)).resolves.toHaveProperty('id');
    const unanswered = new Recorder(server.request$('thread/list', {}, { timeout: requestTimeout }));
    await ticks(20);
    expect(unanswered.error).toBeUndefined();
  });

  it('have a model, which is a setting of the process', async () => {
    await using fake = await openFakeCodex({ readStdin: false, steps: [{ exit: 3 }] });
    await expect(openAppServer({ ...fake.options, model: 'gpt-x', config: { a: 1 } })).rejects.toMatchObject({
      code: 'SERVER_EXITED',
    });
    expect(fake.invocations()[0]?.argv).toEqual(['-c', 'a=1', '-c', 'model="gpt-x"', 'app-server']);
  });

  it.each([
    [{ analytics: true }, ['app-server', '--analytics-default-enabled']],
    [{ analytics: false }, ['app-server']],
    [{}, ['app-server']],
  ])('let the server send analytics only if they say so', async (options, argv) => {
    await using fake = await openFakeCodex({ readStdin: false, steps: [{ exit: 3 }] });
    await expect(openAppServer({ ...fake.options, ...options })).rejects.toMatchObject({ code: 'SERVER_EXITED' });
    expect(fake.invocations()[0]?.argv).toEqual(argv);
  });

  it('of which the value is undefined are as if they were absent', async () => {
    const { server } = await openFake({}, { sandbox: undefined } as AppServerOptions);
    await expect(startOn(server, { cwd: undefined, timeout: undefined })).resolves.toHaveProperty('id');
  });
});
