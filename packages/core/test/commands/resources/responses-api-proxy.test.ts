import { existsSync, writeFileSync } from 'node:fs';
import { type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { whenIdle } from '@codex-rx/core';
import { openResponsesApiProxy, responsesApiProxy$ } from '@codex-rx/core/commands';
import { isAlive, livingPids, waitUntil } from '@codex-rx/testing/processes';
import { type Observable } from 'rxjs';
import { privateFolder, removeFolders } from '../support/real.js';
import { errorOf, removeStandIns, says, standIn } from '../support/stand-in.js';

const servers = new Set<Server>();

afterEach(async () => {
  await removeStandIns();
  for (const server of servers) server.close();
  servers.clear();
  removeFolders();
});
const apiKey = 'sk-proxy-secret-123';

/** A stand-in that starts with a shell script, which knows its own pid. */
function proxyStandIn(script: string, then: readonly object[] = [{ hang: true }]) {
  const folder = privateFolder();
  const infoPath = join(folder, 'info.json');
  const fake = standIn({ readStdin: true, steps: [...then] as never });
  const binary = join(folder, 'codex');
  writeFileSync(
    binary,
    `#!/bin/sh\n[ "$1" = --version ] && { echo codex-cli 0.169.0; exit; }\n${script}\nexec "${fake.binary}" "$@"\n`,
    { mode: 0o755 },
  );
  return { fake, binary, infoPath };
}
const writesOwn = (delay = '0') =>
  `sleep ${delay}; for a; do [ "$p" = --server-info ] && i=$a; p=$a; done; printf '{"port":4567,"pid":%s}' $$ > "$i"`;

interface Seen<T> {
  readonly values: T[];
  ended?: 'complete' | { readonly error: unknown };
}

function watch<T>(source$: Observable<T>) {
  const seen: Seen<T> = { values: [] };
  const subscription = source$.subscribe({
    next: (value) => seen.values.push(value),
    complete: () => (seen.ended = 'complete'),
    error: (error: unknown) => (seen.ended = { error }),
  });
  return { seen, subscription };
}

describe('the proxy for the Responses API', () => {
  it('passes the key on standard input, and its options as arguments', async () => {
    const { fake, binary, infoPath } = proxyStandIn(writesOwn());
    const { seen, subscription } = watch(
      responsesApiProxy$({
        binary,
        apiKey: ` ${apiKey} `,
        port: 4567,
        upstreamUrl: 'http://127.0.0.1:1/v1/responses',
        httpShutdown: true,
        serverInfoPath: infoPath,
      }),
    );
    await waitUntil(() => seen.values.length === 1 && fake.invocations()[0]?.stdinEnded);
    expect(fake.invocations()[0]).toMatchObject({
      argv: [
        ...['responses-api-proxy', '--port', '4567', '--server-info', infoPath, '--http-shutdown'],
        ...['--upstream-url', 'http://127.0.0.1:1/v1/responses'],
      ],
      stdin: `${apiKey}\n`,
      cwd: process.cwd(),
    });
    expect(seen.values[0]).toMatchObject({ port: 4567, pid: fake.pids()[0], baseUrl: 'http://127.0.0.1:4567/v1' });
    subscription.unsubscribe();
    await waitUntil(() => livingPids(fake.pids()).length === 0);
    await whenIdle();
    expect(existsSync(infoPath)).toBe(true);
  });

  it('is ready late, and leaves no file of its own', async () => {
    const { fake, binary } = proxyStandIn(writesOwn('0.3'));
    const proxy = await openResponsesApiProxy({ binary, apiKey });
    await waitUntil(() => fake.invocations().length === 1);
    const infoPath = fake.invocations()[0]?.argv.at(-1) ?? '';
    expect(existsSync(infoPath)).toBe(true);
    await proxy[Symbol.asyncDispose]();
    expect(existsSync(dirname(infoPath))).toBe(false);
    expect(livingPids(fake.pids())).toEqual([]);
    await expect(proxy.exited).resolves.toHaveProperty('signal');
    await proxy[Symbol.asyncDispose]();
  });

  it('ignores the server info of another process, and half of one', async () => {
    const { binary, infoPath } = proxyStandIn(
      `printf '{"port":1,"pid":1}' > "$3"; sleep 0.1; printf '{"port":' > "$3"; sleep 0.1; printf '{"port":7,"pid":%s}' $$ > "$3"`,
    );
    writeFileSync(infoPath, '{"port":99,"pid":99}');
    const proxy = await openResponsesApiProxy({ binary, apiKey, serverInfoPath: infoPath });
    expect(proxy.port).toBe(7);
    await proxy[Symbol.asyncDispose]();
  });

  it('takes a server that its launcher has started', async () => {
    const { binary, infoPath } = proxyStandIn(`sleep 60 & printf '{"port":7,"pid":%s}' $! > "$3"; wait; exit`);
    const proxy = await openResponsesApiProxy({ binary, apiKey, serverInfoPath: infoPath, terminateGrace: 100 });
    expect(isAlive(proxy.pid)).toBe(true);
    await proxy[Symbol.asyncDispose]();
    expect(isAlive(proxy.pid)).toBe(false);
  });

  it('errors after its timeout', async () => {
    const { fake, binary } = proxyStandIn('');
    const error = await errorOf(responsesApiProxy$({ binary, apiKey, timeout: 300, terminateGrace: 100 }));
    expect(error).toMatchObject({ code: 'RUN_TIMEOUT', timeout: 300 });
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it('errors with the output of the CLI if it does not start', async () => {
    const { binary } = proxyStandIn(`echo "Error: no ${apiKey}" >&2; exit 1`);
    const error = await errorOf(responsesApiProxy$({ binary, apiKey }));
    expect(error).toMatchObject({ code: 'EXIT', exitCode: 1, stderr: 'Error: no ***\n' });
  });

  it('errors if it ends by itself, and completes if it was shut down', async () => {
    const failing = watch(
      responsesApiProxy$({ binary: proxyStandIn(writesOwn(), [{ wait: 50 }, { exit: 3 }]).binary, apiKey }),
    );
    await waitUntil(() => failing.seen.ended);
    expect(failing.seen).toMatchObject({ values: [{ port: 4567 }], ended: { error: { code: 'EXIT', exitCode: 3 } } });
    const closing = watch(responsesApiProxy$({ binary: proxyStandIn(writesOwn(), [{ wait: 50 }]).binary, apiKey }));
    await waitUntil(() => closing.seen.ended);
    expect(closing.seen).toMatchObject({ values: [{ port: 4567 }], ended: 'complete' });
  });

  it('removes everything it started when it ends by itself', async () => {
    const { fake, binary } = proxyStandIn(writesOwn(), [{ spawn: { kind: 'setsid', seconds: 300 } }, { wait: 50 }]);
    const { seen } = watch(responsesApiProxy$({ binary, apiKey, terminateGrace: 100 }));
    await waitUntil(() => seen.ended);
    expect(fake.pids()).toHaveLength(2);
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it('ends with the signal of its request', async () => {
    const { fake, binary } = proxyStandIn(writesOwn());
    const abort = new AbortController();
    const { seen } = watch(responsesApiProxy$({ binary, apiKey, signal: abort.signal, terminateGrace: 100 }));
    await waitUntil(() => seen.values.length === 1);
    abort.abort('enough');
    await waitUntil(() => seen.ended);
    expect(seen.ended).toMatchObject({ error: { code: 'ABORT_ERR', reason: 'enough' } });
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it('leaves nothing after unsubscribe before it is ready', async () => {
    const { binary, fake } = proxyStandIn('sleep 0.2');
    const { seen, subscription } = watch(responsesApiProxy$({ binary, apiKey, terminateGrace: 100 }));
    await new Promise((resolve) => setTimeout(resolve, 20));
    subscription.unsubscribe();
    await whenIdle();
    expect(seen).toEqual({ values: [] });
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it.each<[string, object]>([
    ['apiKey', { apiKey: ' ' }],
    ['apiKey', { apiKey: 'bad key with spaces' }],
    ['apiKey', { apiKey: 'bad:key' }],
    ['port', { port: 70_000 }],
    ['upstreamUrl', { upstreamUrl: 'nowhere' }],
    ['serverInfoPath', { serverInfoPath: '/nowhere/at/all.json' }],
  ])('rejects %s before it starts a process', async (field, request) => {
    const fake = standIn();
    await expect(errorOf(responsesApiProxy$({ ...fake.options, apiKey, ...request }))).resolves.toMatchObject({
      code: 'REQUEST_INVALID',
      field,
    });
    expect(fake.invocations()).toEqual([]);
  });

  it('has no other upstream before 0.75', async () => {
    const fake = says('', 0, '0.47.0');
    await expect(
      errorOf(responsesApiProxy$({ ...fake.options, apiKey, upstreamUrl: 'http://x' })),
    ).resolves.toMatchObject({
      code: 'CAPABILITY_UNSUPPORTED',
    });
  });
});
