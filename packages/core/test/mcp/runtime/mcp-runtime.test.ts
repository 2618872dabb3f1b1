import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { whenIdle } from '@codex-rx/core';
import {
  type McpCallEvent,
  type McpRuntime,
  mcpRuntime$,
  openMcpRuntime,
  resolveMcpLauncher,
} from '@codex-rx/core/mcp';
import { isAlive, waitUntil } from '@codex-rx/testing/processes';
import { firstValueFrom, lastValueFrom, type Observable, tap, toArray } from 'rxjs';
import { type HttpServer, httpServer, openHttpServer, serverProgram, stdioServer } from '../support/servers.js';

const launch = (mode = 'tools', more: Parameters<typeof stdioServer>[1] = {}) =>
  resolveMcpLauncher(stdioServer([serverProgram, mode], more));
const errorOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );
const events = (call$: Observable<McpCallEvent>): Promise<McpCallEvent[]> => firstValueFrom(call$.pipe(toArray()));
const textOf = async (call$: Observable<McpCallEvent>): Promise<string> => {
  const last = await lastValueFrom(call$);
  if (last.type !== 'result') throw new Error('no result');
  return String(last.result.content[0]?.text);
};

describe('a server that is a process', () => {
  let runtime: McpRuntime & AsyncDisposable;
  beforeAll(async () => {
    runtime = await openMcpRuntime(launch());
  });
  afterAll(() => runtime.close());

  it('reports itself and its tools', async () => {
    expect(runtime.serverInfo).toMatchObject({ name: 'test-server', version: '1.2.3' });
    expect(runtime.name).toBe('docs');
    const tools = await firstValueFrom(runtime.tools$());
    expect(tools.map(({ name }) => name)).toEqual(['echo', 'environment', 'count', 'fail', 'wait', 'exit', 'daemon']);
  });

  it('emits the result of a call, with its data', async () => {
    expect(await events(runtime.call$('echo', { a: [1, 'é'] }))).toEqual([
      {
        type: 'result',
        result: {
          content: [{ type: 'text', text: '{"a":[1,"é"]}' }],
          structuredContent: { given: { a: [1, 'é'] } },
          isError: false,
        },
      },
    ]);
  });

  it('emits progress before the result', async () => {
    expect(await events(runtime.call$('count'))).toMatchObject([
      ...[1, 2, 3].map((progress) => ({ type: 'progress', progress, total: 3, message: `step ${String(progress)}` })),
      { type: 'result', result: { content: [{ text: 'counted' }] } },
    ]);
  });

  it('emits a failed call as a result, and an error of the protocol without control characters', async () => {
    expect(await events(runtime.call$('fail'))).toMatchObject([{ type: 'result', result: { isError: true } }]);
    const error = await errorOf(events(runtime.call$('fail', { how: 'throw' })));
    expect(error).toMatchObject({ code: 'RPC_ERROR', rpcCode: -32050, method: 'tools/call' });
    // eslint-disable-next-line no-control-regex -- there must be none
    expect((error as Error).message).not.toMatch(/[\u0000-\u001f]/);
  });

  it.each([-32000, -32001, -32042])('emits a refusal with code %d of the SDK as a refusal', async (rpcCode) => {
    const refused = { code: 'RPC_ERROR', rpcCode, data: { reason: 'full' }, method: 'tools/call' };
    const error = await errorOf(events(runtime.call$('fail', { how: 'throw', rpcCode })));
    expect(error).toMatchObject(refused);
    expect((error as Error).message).toContain('text');
  });

  it('runs calls at the same time, each with its own result', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, (_, n) => textOf(runtime.call$('echo', { n }))));
    expect(all).toEqual(Array.from({ length: 20 }, (_, n) => JSON.stringify({ n })));
  });

  it('sends nothing before a call is subscribed', async () => {
    runtime.call$('exit');
    expect(await textOf(runtime.call$('echo'))).toBe('{}');
  });

  it('fails a call that takes too long, and one whose signal is aborted', async () => {
    expect(await errorOf(events(runtime.call$('wait', {}, { timeout: 50 })))).toMatchObject({ code: 'RPC_TIMEOUT' });
    const controller = new AbortController();
    const failed = errorOf(events(runtime.call$('wait', {}, { signal: controller.signal })));
    controller.abort('enough');
    expect(await failed).toMatchObject({ code: 'ABORT_ERR' });
    expect(await textOf(runtime.call$('echo'))).toBe('{}');
  });
});

describe('a time limit', () => {
  it.each([0, Infinity, 2 ** 31 - 1])('of %d ms does not end a call that waits', async (timeout) => {
    await using runtime = await openMcpRuntime(launch('tools', { startup_timeout_sec: 0 }));
    const failed: unknown[] = [];
    const waiting = runtime.call$('wait', {}, { timeout }).subscribe({ error: (error: unknown) => failed.push(error) });
    for (const end = performance.now() + 50; performance.now() < end; )
      expect(await textOf(runtime.call$('echo', {}, { timeout }))).toBe('{}');
    expect(failed).toEqual([]);
    waiting.unsubscribe();
  });

  it('of a definition may be longer than a timer', async () => {
    const long = { startup_timeout_sec: 1e9, tool_timeout_sec: 1e9 };
    await using runtime = await openMcpRuntime(launch('tools', long));
    for (const end = performance.now() + 50; performance.now() < end; )
      expect(await textOf(runtime.call$('echo'))).toBe('{}');
  });

  it.each([-1, Number.NaN, 2 ** 31])('of a call is rejected: %d', async (timeout) => {
    await using runtime = await openMcpRuntime(launch('many'));
    const rejected = { code: 'REQUEST_INVALID', field: 'timeout' };
    expect(await errorOf(events(runtime.call$('x', {}, { timeout })))).toMatchObject(rejected);
  });
});

describe('tools of a definition', () => {
  it('are those that it enables; others are not called', async () => {
    await using runtime = await openMcpRuntime(
      launch('tools', { enabled_tools: ['echo', 'exit'], disabled_tools: ['exit'] }),
    );
    expect((await firstValueFrom(runtime.tools$())).map(({ name }) => name)).toEqual(['echo']);
    expect(await errorOf(events(runtime.call$('exit')))).toMatchObject({ code: 'REQUEST_INVALID', field: 'tool' });
    expect(await textOf(runtime.call$('echo'))).toBe('{}');
  });

  it('are read from all pages, of which there must be an end', async () => {
    await using many = await openMcpRuntime(launch('many'));
    expect((await firstValueFrom(many.tools$())).map(({ name }) => name)).toEqual(['tool-0', 'tool-1', 'tool-2']);
    await using loop = await openMcpRuntime(launch('loop'));
    expect(await errorOf(firstValueFrom(loop.tools$()))).toMatchObject({ code: 'RPC_ERROR', method: 'tools/list' });
  });
});

describe('the end of a process', () => {
  it('takes everything that it started, when the runtime is unsubscribed', async () => {
    const pids: number[] = [];
    const runtime = await new Promise<McpRuntime>((resolve, reject) => {
      const subscription = mcpRuntime$(launch()).subscribe({
        next: (opened) => {
          textOf(opened.call$('daemon')).then((pid) => {
            pids.push(opened.pid ?? 0, Number(pid));
            subscription.unsubscribe();
            resolve(opened);
          }, reject);
        },
        error: reject,
      });
    });
    await whenIdle();
    expect(pids).toHaveLength(2);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(await errorOf(events(runtime.call$('echo')))).toMatchObject({ code: 'SERVER_EXITED', method: 'tools/call' });
  });

  it('completes the resource after close, and kills a process that ignores signals', async () => {
    let pid = 0;
    await lastValueFrom(
      mcpRuntime$(launch('stubborn'), { terminateGrace: 100 }).pipe(
        tap((runtime) => {
          pid = runtime.pid ?? 0;
          void runtime.close();
        }),
      ),
    );
    expect(isAlive(pid)).toBe(false);
  });

  it('errors with its standard error when the process exits by itself, also for open calls', async () => {
    const open: unknown[] = [];
    const failed = await errorOf(
      lastValueFrom(
        mcpRuntime$(launch()).pipe(
          tap((runtime) => {
            void errorOf(events(runtime.call$('wait'))).then((error) => open.push(error));
            void errorOf(events(runtime.call$('exit'))).then((error) => open.push(error));
          }),
        ),
      ),
    );
    expect(failed).toMatchObject({ code: 'SERVER_EXITED', stderr: 'Error: the disk is full\n' });
    await waitUntil(() => open.length === 2);
    expect(open).toMatchObject([{ code: 'SERVER_EXITED' }, { code: 'SERVER_EXITED' }]);
    await using runtime = await openMcpRuntime(launch());
    await errorOf(events(runtime.call$('exit')));
    expect(await errorOf(events(runtime.call$('echo')))).toMatchObject({ code: 'SERVER_EXITED' });
  });
  it('follows an aborted signal', async () => {
    const controller = new AbortController();
    const failed = errorOf(
      lastValueFrom(
        mcpRuntime$(launch(), { signal: controller.signal }).pipe(
          tap(() => {
            controller.abort('enough');
          }),
        ),
      ),
    );
    expect(await failed).toMatchObject({ code: 'ABORT_ERR' });
    const before = AbortSignal.abort('before');
    expect(await errorOf(openMcpRuntime(launch(), { signal: before }))).toMatchObject({ code: 'ABORT_ERR' });
    await whenIdle();
  });
});

describe('a process that misbehaves', () => {
  it.each([
    ['silent', { code: 'RPC_TIMEOUT', method: 'initialize' }],
    ['huge', { code: 'RPC_TIMEOUT' }],
    ['dies', { code: 'SERVER_EXITED' }],
    ['ansi', { code: 'SERVER_EXITED' }],
  ])('is an error, and nothing of it is left: %s', async (mode, expected) => {
    const startup = mode === 'silent' || mode === 'huge' ? 0.5 : 30;
    const error = await errorOf(
      openMcpRuntime(launch(mode, { startup_timeout_sec: startup }), { terminateGrace: 200 }),
    );
    expect(error).toMatchObject(expected);
    // eslint-disable-next-line no-control-regex -- there must be none
    expect((error as Error).message).not.toMatch(/[\u0000-\u001f]/);
    await whenIdle();
  });

  it('is used if it writes other lines, too', async () => {
    await using runtime = await openMcpRuntime(launch('garbage'));
    expect(await textOf(runtime.call$('echo'))).toBe('{}');
  });

  it('is an error if the program does not exist', async () => {
    const error = await errorOf(openMcpRuntime(launch('tools', { command: 'no-such-program' })));
    expect(error).toMatchObject({
      code: 'SPAWN_FAILED',
      message: expect.stringContaining('no-such-program') as string,
    });
  });
});

describe('a server over HTTP', () => {
  let server: HttpServer;
  afterEach(() => server.close());

  it('gets the token of the variable, and is called', async () => {
    server = await openHttpServer({ token: 'abc-secret-1' });
    const launcher = resolveMcpLauncher(httpServer(server.url, { token: 'WEB_TOKEN', headers: { 'X-A': 'b' } }), {
      env: { WEB_TOKEN: 'abc-secret-1' },
    });
    await using runtime = await openMcpRuntime(launcher);
    expect(runtime).toMatchObject({ name: 'web', pid: undefined, serverInfo: { name: 'web-server' } });
    expect(await textOf(runtime.call$('echo'))).toBe('hello');
    expect(server.requests.every(({ headers }) => headers['x-a'] === 'b')).toBe(true);
  });

  it('ends its session when the runtime is closed', async () => {
    server = await openHttpServer();
    const runtime = await openMcpRuntime(resolveMcpLauncher(httpServer(server.url)));
    await runtime.close();
    expect(server.requests.at(-1)?.method).toBe('DELETE');
    expect(await errorOf(events(runtime.call$('echo')))).toMatchObject({ code: 'SERVER_EXITED', method: 'tools/call' });
  });

  it('receives the cancellation of a call', async () => {
    server = await openHttpServer();
    await using runtime = await openMcpRuntime(resolveMcpLauncher(httpServer(server.url)));
    const subscription = runtime.call$('wait').subscribe();
    await waitUntil(() => server.waiting === 1, 30_000);
    subscription.unsubscribe();
    await waitUntil(() => server.cancelled === 1, 30_000);
    expect(await textOf(runtime.call$('echo'))).toBe('hello');
  });

  it('is an error without the token, with a wrong one, which is not printed, and without a server', async () => {
    server = await openHttpServer({ token: 'right' });
    const definition = httpServer(server.url, { token: 'WEB_TOKEN' });
    expect(await errorOf(openMcpRuntime(resolveMcpLauncher(definition, { env: { WEB_TOKEN: '' } })))).toMatchObject({
      code: 'REQUEST_INVALID',
      field: 'env',
    });
    expect(server.requests).toEqual([]);
    const wrong = await errorOf(
      openMcpRuntime(resolveMcpLauncher(definition, { env: { WEB_TOKEN: 'wrong-secret-1' } })),
    );
    expect(wrong).toMatchObject({ code: 'RPC_ERROR', rpcCode: 401 });
    expect(JSON.stringify(wrong) + String(wrong)).not.toContain('wrong-secret-1');
    const { url } = server;
    await server.close();
    expect(await errorOf(openMcpRuntime(resolveMcpLauncher(httpServer(url))))).toMatchObject({ code: 'RPC_ERROR' });
  });
});

describe('a server over HTTP that misbehaves', () => {
  it.each<[string, string, (response: ServerResponse) => unknown]>([
    ['no answer', 'RPC_TIMEOUT', () => undefined],
    ['a page', 'RPC_ERROR', (response) => response.end('<html>')],
    [
      'text that is not JSON',
      'RPC_ERROR',
      (response) => {
        sendJson(response, '{');
      },
    ],
    ['JSON without an end', 'RPC_ERROR', (response) => fill(response)],
  ])('is an error: %s', async (_name, code, handle) => {
    const http = createServer((_request, response) => {
      handle(response);
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${String((http.address() as AddressInfo).port)}/`;
      const startup = code === 'RPC_TIMEOUT' ? 0.3 : 50;
      const launcher = resolveMcpLauncher(httpServer(url, { startup_timeout_sec: startup }));
      expect(await errorOf(openMcpRuntime(launcher, { terminateGrace: 100 }))).toMatchObject({ code });
    } finally {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    }
  });

  const sendJson = (response: ServerResponse, text: string): void => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(text);
  };

  /** Sends spaces until the client leaves. */
  async function fill(response: ServerResponse): Promise<void> {
    response.writeHead(200, { 'content-type': 'application/json' });
    const block = Buffer.alloc(1 << 20, ' ');
    while (!response.destroyed)
      if (!response.write(block)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
  }
});
