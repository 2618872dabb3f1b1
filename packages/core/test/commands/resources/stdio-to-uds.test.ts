import { existsSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { createCodex } from '@codex-rx/core';
import { openStdioToUds, stdioToUds$ } from '@codex-rx/core/commands';
import { livingPids, waitUntil } from '@codex-rx/testing/processes';
import { type Observable } from 'rxjs';
import { privateFolder, removeFolders } from '../support/real.js';
import { errorOf, removeStandIns, standIn } from '../support/stand-in.js';

const servers = new Set<Server>();

afterEach(async () => {
  await removeStandIns();
  for (const server of servers) server.close();
  servers.clear();
  removeFolders();
});

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

describe('the relay to a socket', () => {
  function socket(): string {
    const path = join(privateFolder(), 's.sock');
    const server = createServer();
    servers.add(server);
    server.listen(path);
    return path;
  }

  it('emits a handle with both ends; closing the input ends it', async () => {
    const socketPath = socket();
    const workingDirectory = privateFolder();
    await waitUntil(() => existsSync(socketPath));
    const fake = standIn({ readStdin: false, steps: [{ readLine: 'ping' }, { line: 'pong' }, { readStdin: true }] });
    const { seen } = watch(stdioToUds$({ ...fake.options, socketPath, workingDirectory }));
    const relay = await waitUntil(() => seen.values[0]);
    let read = '';
    relay.stdout.on('data', (chunk) => (read += String(chunk)));
    relay.stdin.write('ping\n');
    await waitUntil(() => read === 'pong\n');
    relay.stdin.end();
    await waitUntil(() => seen.ended);
    expect(seen.ended).toBe('complete');
    expect(fake.invocations()[0]).toMatchObject({
      argv: ['app-server', 'proxy', '--sock', socketPath],
      cwd: workingDirectory,
    });
    await expect(relay.exited).resolves.toEqual({ exitCode: 0, signal: null });
  });

  it('ends gently on unsubscribe', async () => {
    const socketPath = socket();
    await waitUntil(() => existsSync(socketPath));
    const fake = standIn({ readStdin: true, steps: [{ exit: 0 }] });
    const relay = await openStdioToUds({ ...fake.options, socketPath });
    await relay[Symbol.asyncDispose]();
    await expect(relay.exited).resolves.toEqual({ exitCode: 0, signal: null });
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it('errors if it breaks', async () => {
    const socketPath = socket();
    await waitUntil(() => existsSync(socketPath));
    const fake = standIn({ readStdin: false, steps: [{ stderr: 'Error: failed to relay\n' }, { exit: 1 }] });
    await expect(errorOf(stdioToUds$({ ...fake.options, socketPath }))).resolves.toMatchObject({
      code: 'EXIT',
      exitCode: 1,
    });
  });

  it('rejects a socket that the agent of a client could replace', async () => {
    const socketPath = socket();
    const fake = standIn({ readStdin: true, steps: [{ exit: 0 }] });
    const client = createCodex({ ...fake.options, sandbox: 'workspace-write', workingDirectory: dirname(socketPath) });
    await waitUntil(() => existsSync(socketPath));
    const rejected = { code: 'REQUEST_INVALID', field: 'socketPath' };
    await expect(errorOf(client.stdioToUds$({ socketPath }))).resolves.toMatchObject(rejected);
    expect(fake.invocations()).toEqual([]);
    const relay = await client.openStdioToUds({ socketPath, allowInWorkspace: true });
    await relay[Symbol.asyncDispose]();
    const path = join(dirname(socketPath), 'server.json');
    await expect(errorOf(client.responsesApiProxy$({ apiKey: 'key', serverInfoPath: path }))).resolves.toMatchObject({
      code: 'REQUEST_INVALID',
      field: 'serverInfoPath',
    });
  });

  it('rejects a path that is not a socket before it starts anything', async () => {
    const file = join(privateFolder(), 'file');
    writeFileSync(file, '');
    const fake = standIn();
    for (const socketPath of ['', '/nowhere/x.sock', file, dirname(file)])
      await expect(errorOf(stdioToUds$({ ...fake.options, socketPath }))).resolves.toMatchObject({
        code: 'REQUEST_INVALID',
        field: 'socketPath',
      });
    expect(fake.invocations()).toEqual([]);
  });
});
