import { request as httpRequest } from 'node:http';
import { type ToolContext, tool } from '@codex-rx/core';
import { firstValueFrom, NEVER, Subject } from 'rxjs';
import { ToolHost } from '../../../src/tools/host/tool-host.js';

interface Answer {
  readonly status: number;
  readonly session: string | undefined;
  readonly body: unknown;
}

/** `fetch` would not send another `Host`. */
function send(url: URL, headers: Readonly<Record<string, string>>, message?: object, method = 'POST'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const session = response.headers['mcp-session-id'];
        resolve({
          status: response.statusCode ?? 0,
          session: typeof session === 'string' ? session : undefined,
          body: text.startsWith('{') ? (JSON.parse(text) as unknown) : text,
        });
      });
    });
    sent.on('error', reject);
    sent.end(message === undefined ? undefined : JSON.stringify({ jsonrpc: '2.0', ...message }));
  });
}

const called$ = new Subject<ToolContext>();
const TOOLS = [
  tool({ name: 'echo', description: 'Echoes.', execute: (_, { threadId }) => threadId ?? 'no thread' }),
  tool({
    name: 'hold',
    description: 'Waits.',
    execute: (_, context) => {
      called$.next(context);
      return NEVER;
    },
  }),
];

async function openHost() {
  const host = await ToolHost.open(TOOLS);
  const { url } = (host.settings as { mcp_servers: { host_tools: { url: string } } }).mcp_servers.host_tools;
  const token = host.environment({}).CODEX_RX_TOOLS_TOKEN ?? '';
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
  };
  const initialize = {
    id: 0,
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
  };
  const post = (message: object, more: Readonly<Record<string, string>> = {}) =>
    send(new URL(url), { ...headers, ...more }, message);
  const connect = async (): Promise<Readonly<Record<string, string>>> => {
    const { session } = await post(initialize);
    return { 'mcp-session-id': session ?? '', 'mcp-protocol-version': '2025-06-18' };
  };
  return { host, url: new URL(url), headers, initialize, post, connect, [Symbol.asyncDispose]: () => host.close() };
}

describe('the server of the tools', () => {
  it('accepts requests with its token only', async () => {
    await using opened = await openHost();
    const { url, headers, initialize } = opened;
    const { authorization, ...anonymous } = headers;
    expect((await send(url, headers, initialize)).status).toBe(200);
    expect((await send(url, anonymous, initialize)).status).toBe(401);
    expect((await send(url, { ...anonymous, authorization: 'Bearer x' }, initialize)).status).toBe(401);
    expect((await send(url, { ...anonymous, authorization: `${authorization}x` }, initialize)).status).toBe(401);
    expect((await send(new URL('/', url), headers, initialize)).status).toBe(404);
  });

  it('refuses pages in a browser: an origin, and a name that points to the loopback interface', async () => {
    await using opened = await openHost();
    const { url, headers, initialize } = opened;
    for (const origin of ['https://evil.example', url.origin, 'null'])
      expect((await send(url, { ...headers, origin }, initialize)).status).toBe(403);
    for (const host of ['evil.example', `localhost:${url.port}`, `evil.example:${url.port}`])
      expect((await send(url, { ...headers, host }, initialize)).status).toBe(403);
  });

  it('rejects calls without a session, and of unknown tools, and stays usable', async () => {
    await using opened = await openHost();
    const call = { id: 1, method: 'tools/call', params: { name: 'echo', arguments: {} } };
    expect((await opened.post(call)).status).toBe(400);
    expect((await opened.post(call, { 'mcp-session-id': 'unknown' })).status).toBeGreaterThanOrEqual(400);
    const session = await opened.connect();
    const unknown = await opened.post({ ...call, params: { name: 'nothing' } }, session);
    expect(unknown.body).toMatchObject({ error: { code: -32602 } });
    expect((await opened.post(call, session)).body).toMatchObject({ result: { content: [{ text: 'no thread' }] } });
  });

  it('takes the thread of the call, otherwise that of the run', async () => {
    await using opened = await openHost();
    const session = await opened.connect();
    opened.host.threadId = () => 'of the run';
    const call = (_meta?: object) =>
      opened.post({ id: 1, method: 'tools/call', params: { name: 'echo', arguments: {}, _meta } }, session);
    expect((await call()).body).toMatchObject({ result: { content: [{ text: 'of the run' }] } });
    const own = await call({ threadId: 'of a sub-agent' });
    expect(own.body).toMatchObject({ result: { content: [{ text: 'of a sub-agent' }] } });
  });

  it('aborts a call that the client cancels', async () => {
    await using opened = await openHost();
    const session = await opened.connect();
    const begun = firstValueFrom(called$);
    opened.post({ id: 7, method: 'tools/call', params: { name: 'hold' } }, session).catch(() => undefined);
    const { signal } = await begun;
    await opened.post({ method: 'notifications/cancelled', params: { requestId: 7 } }, session);
    expect(signal.aborted).toBe(true);
  });

  it('aborts its calls and closes its port when it is closed, also twice', async () => {
    const opened = await openHost();
    const session = await opened.connect();
    const begun = firstValueFrom(called$);
    const pending = opened.post({ id: 1, method: 'tools/call', params: { name: 'hold' } }, session);
    const ended = pending.then(
      () => 'ended',
      () => 'ended',
    );
    const { signal } = await begun;
    await Promise.all([opened.host.close(), opened.host.close()]);
    expect(signal.aborted).toBe(true);
    expect(await ended).toBe('ended');
    await expect(send(opened.url, opened.headers, opened.initialize)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('does not execute a call that arrives after the abort', async () => {
    await using opened = await openHost();
    const session = await opened.connect();
    opened.host.abort();
    let isCalled = false;
    const subscription = called$.subscribe(() => {
      isCalled = true;
    });
    const late = await opened.post({ id: 1, method: 'tools/call', params: { name: 'hold' } }, session);
    subscription.unsubscribe();
    expect(late.body).toMatchObject({ result: { isError: true, content: [{ text: 'The call was cancelled.' }] } });
    expect(isCalled).toBe(false);
  });

  it('is reached without the proxy of the environment', async () => {
    await using opened = await openHost();
    expect(opened.host.environment({})).not.toHaveProperty('NO_PROXY');
    expect(opened.host.environment({ https_proxy: 'http://proxy', NO_PROXY: 'a' })).toMatchObject({
      NO_PROXY: 'a,127.0.0.1',
      no_proxy: 'a,127.0.0.1',
    });
  });
});
