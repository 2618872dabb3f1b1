import { createServer } from 'node:net';
import { join } from 'node:path';
import { openResponsesApiProxy, openStdioToUds, responsesApiProxy$ } from '@codex-rx/core/commands';
import { isAlive, waitUntil } from '@codex-rx/testing/processes';
import { httpServer } from '../support/http-server.js';
import { realCli, removeFolders } from '../support/real.js';
import { errorOf } from '../support/stand-in.js';

afterEach(removeFolders);

const apiKey = 'sk-proxy-secret-123';

describe('the real CLI: the proxy for the Responses API', () => {
  it('adds the key to what it passes on, and is gone when it is disposed', async () => {
    const upstream = await httpServer(() => ({ body: { id: 'r1' } }));
    const proxy = await openResponsesApiProxy({ ...realCli(), apiKey, upstreamUrl: `${upstream.url}/v1/responses` });
    try {
      const post = (path: string) =>
        fetch(`${proxy.baseUrl}${path}`, { method: 'POST', body: '{}', headers: { authorization: 'Bearer other' } });
      expect(await (await post('/responses')).json()).toEqual({ id: 'r1' });
      expect(upstream.headers[0]?.authorization).toBe(`Bearer ${apiKey}`);
      expect((await post('/models')).status).toBe(403);
    } finally {
      await proxy[Symbol.asyncDispose]();
      await upstream.close();
    }
    expect(isAlive(proxy.pid)).toBe(false);
  });

  it('completes when it is shut down over HTTP', async () => {
    const events: string[] = [];
    responsesApiProxy$({ ...realCli(), apiKey, httpShutdown: true }).subscribe({
      next: ({ port }) => {
        events.push('ready');
        void fetch(`http://127.0.0.1:${port}/shutdown`).catch(() => undefined);
      },
      complete: () => events.push('complete'),
      error: (error: unknown) => events.push(String(error)),
    });
    await waitUntil(() => events.length === 2, 30_000);
    expect(events).toEqual(['ready', 'complete']);
  });

  it('says so if its port is taken', async () => {
    const server = await httpServer(() => ({}));
    await expect(
      errorOf(responsesApiProxy$({ ...realCli(), apiKey, port: Number(new URL(server.url).port) })),
    ).resolves.toMatchObject({
      code: 'EXIT',
      exitCode: 1,
    });
    await server.close();
  });
});

describe('the real CLI: the relay to a socket', () => {
  it('carries lines both ways until both sides have closed', async () => {
    const options = realCli();
    const socketPath = join(options.workingDirectory, 's.sock');
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      socket.on('data', (data) => socket.write(`echo ${data.toString()}`));
      socket.on('end', () => socket.end('bye\n'));
    });
    await new Promise<void>((resolve) => server.listen(socketPath, resolve));
    const relay = await openStdioToUds({ ...options, socketPath });
    let read = '';
    relay.stdout.on('data', (chunk) => (read += String(chunk)));
    relay.stdin.write('ü\n');
    await waitUntil(() => read === 'echo ü\n', 30_000);
    relay.stdin.end();
    await expect(relay.exited).resolves.toEqual({ exitCode: 0, signal: null });
    expect(read).toBe('echo ü\nbye\n');
    await relay[Symbol.asyncDispose]();
    server.close();
  });
});
