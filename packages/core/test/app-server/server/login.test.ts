import type { AppServer, ServerLoginRequest } from '@codex-rx/core/app-server';
import { lastValueFrom, take } from 'rxjs';
import { closeFakes, openFake, Recorder, ticks } from '../support.js';

const answer = (result: object) => ({ answers: { 'account/login/start': { result } } });
const BROWSER = answer({ type: 'chatgpt', loginId: 'l1', authUrl: 'https://example.com/login' });
const DEVICE = answer({
  type: 'chatgptDeviceCode',
  loginId: 'l2',
  verificationUrl: 'https://example.com/device',
  userCode: 'ABCD',
});
const completed = (loginId: string, error: string | null = null) =>
  ['account/login/completed', { loginId, success: error === null, error }] as const;

describe('login$', () => {
  afterEach(closeFakes);

  it('logs in with an API key', async () => {
    const { server, fake } = await openFake(answer({ type: 'apiKey' }));
    const event = await lastValueFrom(server.login$({ method: 'apiKey', apiKey: 'sk-test' }));
    expect(event).toEqual({ type: 'done', method: 'apiKey' });
    expect(fake.sent('account/login/start')).toMatchObject([{ params: { type: 'apiKey', apiKey: 'sk-test' } }]);
  });

  it.each([
    ['browser', BROWSER, 'chatgpt', { type: 'open', loginId: 'l1', url: 'https://example.com/login' }],
    [
      'deviceCode',
      DEVICE,
      'chatgptDeviceCode',
      { type: 'open', loginId: 'l2', url: 'https://example.com/device', code: 'ABCD' },
    ],
  ] as const)('emits the page to open, and the end of its own attempt only: %s', async (method, script, type, open) => {
    const { server, fake } = await openFake(script);
    const login = new Recorder(server.login$({ method }));
    await login.until((event) => event.type === 'open');
    fake.notify(...completed('of another client'));
    expect(login.values).toEqual([open]);
    fake.notify(...completed(open.loginId));
    await login.ended;
    expect(login.values.at(-1)).toEqual({ type: 'done', method: 'chatgpt' });
    expect(login.error).toBeUndefined();
    expect(fake.sent('account/login/start')).toMatchObject([{ params: { type } }]);
    expect(fake.sent('account/login/cancel')).toEqual([]);
  });

  it('knows a login that ended before its answer', async () => {
    let notify: () => void = () => undefined;
    const { server, fake } = await openFake({
      answers: {
        'account/login/start': () => {
          notify();
          return { result: { type: 'chatgpt', loginId: 'l1', authUrl: 'https://example.com' } };
        },
      },
    });
    notify = () => {
      fake.notify(...completed('l1', 'denied'));
    };
    const login = new Recorder(server.login$({ method: 'browser' }));
    await login.ended;
    expect(login.error).toMatchObject({ code: 'RPC_ERROR', message: 'The login failed: denied' });
  });

  it('cancels the login when it is unsubscribed, also before the answer', async () => {
    const { server, fake } = await openFake(BROWSER);
    await lastValueFrom(server.login$({ method: 'browser' }).pipe(take(1)));
    server.login$({ method: 'browser' }).subscribe().unsubscribe();
    await ticks();
    expect(fake.sent('account/login/cancel').map(({ params }) => params)).toEqual([
      { loginId: 'l1' },
      { loginId: 'l1' },
    ]);
  });

  it.each([
    [{ method: 'apiKey', apiKey: ' ' }, '"apiKey" must not be empty.'],
    [{ method: 'apiKey' }, '"apiKey" must be a string, got undefined.'],
    [{ method: 'password' }, '"method" must be one of apiKey, browser, deviceCode, got "password".'],
  ])('rejects %j before it sends anything', async (request, message) => {
    const { server, fake } = await openFake();
    await expect(lastValueFrom(server.login$(request as ServerLoginRequest))).rejects.toMatchObject({ message });
    expect(fake.sent('account/login/start')).toEqual([]);
  });

  it.each([{ type: 'apiKey' }, { type: 'chatgpt', loginId: 5 }, { type: 'chatgptDeviceCode', loginId: 'l1' }])(
    'errors if the server describes no page: %j',
    async (result) => {
      const { server } = await openFake(answer(result));
      const login = new Recorder(server.login$({ method: 'browser' }));
      await login.ended;
      expect(login.error).toMatchObject({ name: 'RpcError', code: 'RPC_ERROR', method: 'account/login/start' });
    },
  );

  it.each([null, undefined, 'x', { loginId: 'l1' }, { loginId: 5, success: true }])(
    'reports and ignores an end that it cannot read: %j',
    async (params) => {
      const { server, fake } = await openFake(BROWSER);
      const login = new Recorder(server.login$({ method: 'browser' }));
      fake.notify('account/login/completed', params as Readonly<Record<string, unknown>>);
      await login.until((event) => event.type === 'open');
      fake.notify('account/login/completed', params as Readonly<Record<string, unknown>>);
      fake.notify(...completed('l1'));
      await login.ended;
      expect(login.values.at(-1)).toEqual({ type: 'done', method: 'chatgpt' });
    },
  );

  it('says that a version has no device codes', async () => {
    const { server, fake } = await openFake({ version: '0.98.0' });
    await expect(lastValueFrom(server.login$({ method: 'deviceCode' }))).rejects.toMatchObject({
      code: 'CAPABILITY_UNSUPPORTED',
    });
    expect(fake.sent('account/login/start')).toEqual([]);
  });

  it('errors when the server is closed or lost meanwhile', async () => {
    for (const end of [
      (server: AppServer) => void server.close(),
      (_: AppServer, exit: () => void) => {
        exit();
      },
    ]) {
      const { server, fake } = await openFake(BROWSER);
      const login = new Recorder(server.login$({ method: 'browser' }));
      await login.until((event) => event.type === 'open');
      end(server, fake.exit);
      await login.ended;
      expect(login.error).toMatchObject({ code: 'SERVER_EXITED' });
    }
  });
});

describe('logout$ and account$', () => {
  afterEach(closeFakes);

  it('read the account again after each change', async () => {
    const { server, fake } = await openFake();
    const account = new Recorder(server.account$({ refreshToken: true }));
    await ticks();
    await lastValueFrom(server.logout$());
    fake.notify('account/updated', { authMode: null });
    await ticks();
    expect(fake.sent('account/logout')).toHaveLength(1);
    expect(fake.sent('account/read').map(({ params }) => params)).toEqual([
      { refreshToken: true },
      { refreshToken: true },
    ]);
    expect(account.values).toHaveLength(2);
    account.subscription.unsubscribe();
  });
});
