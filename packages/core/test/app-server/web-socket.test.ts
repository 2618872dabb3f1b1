import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { resolveBinary } from '@codex-rx/core';
import { attach$, openAppServer } from '@codex-rx/core/app-server';
import { model, openScriptedModel, type ScriptedModel } from '@codex-rx/testing';
import { waitUntil } from '@codex-rx/testing/processes';
import { firstValueFrom, lastValueFrom, NEVER, of } from 'rxjs';
import { leavesNothing } from '../exec/support/leaves-nothing.js';
import { Recorder } from './support.js';

const place = leavesNothing();
/** `ws` is an optional peer. */
const isInstalled = (() => {
  try {
    return require.resolve('ws') !== '';
  } catch {
    return false;
  }
})();
const describeWithWs = isInstalled ? describe : describe.skip;
const TOKEN = 'a-token-for-this-test-only';

/** A server that listens, as a user would have started it. */
async function listen(
  scripted: ScriptedModel,
  args: readonly string[],
  isReady = (output: string): boolean => output.includes('listening on'),
): Promise<ChildProcess> {
  const { codexHome, env, model: slug } = scripted.options;
  const merged = Object.fromEntries(
    Object.entries({ ...process.env, ...env, ...place.mark, CODEX_HOME: codexHome }).filter(
      ([, value]) => (value as string | undefined) !== undefined,
    ),
  );
  const server = spawn(resolveBinary({}), ['-c', `model="${slug}"`, 'app-server', ...args], {
    env: merged,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  for (const pipe of [server.stdout, server.stderr]) pipe.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  await waitUntil(() => isReady(output.join('')), 20_000);
  return server;
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGKILL');
  await gone;
}

function folder(name: string): string {
  const path = join(place.folder, name);
  mkdirSync(path, { recursive: true });
  return path;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { readonly port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describeWithWs('a server at a Unix socket', () => {
  it('lets another client see a running turn from its start, and interrupt it', async () => {
    await using scripted = await openScriptedModel([
      model.run('echo one'),
      model.run('sleep 0.7; echo two; sleep 304'),
      model.say('Done.'),
    ]);
    const socketPath = join(folder('s'), 'c.sock');
    const server = await listen(scripted, ['--listen', `unix://${socketPath}`], () => existsSync(socketPath));
    try {
      const owner = await openAppServer({ connect: { socketPath } });
      const thread = await lastValueFrom(
        owner.thread.start$({ workingDirectory: folder('work'), sandbox: 'danger-full-access' }),
      );
      const turn = new Recorder(thread.turn$('Work.'));
      await turn.until((event) => event.type === 'item.delta');

      const observer = await openAppServer({ connect: { socketPath } });
      const events = new Recorder(attach$(observer, thread.id));
      await events.until((event) => event.type === 'item.started' && event.item.type === 'command_execution');
      expect(
        events.values.flatMap((event) =>
          event.replayed === true && 'item' in event && event.item.type === 'command_execution' ? [event.type] : [],
        ),
      ).toEqual(['item.completed', 'item.started']);

      const same = await lastValueFrom(observer.thread.resume$(thread.id));
      await firstValueFrom(same.interrupt$());
      await turn.ended;
      expect(turn.values.at(-1)).toMatchObject({ type: 'turn.failed', error: { code: 'interrupted' } });
      await waitUntil(() => place.living().length <= 1, 5_000);
      events.subscription.unsubscribe();
      await Promise.all([owner.close(), observer.close()]);
    } finally {
      await stop(server);
    }
  });
});

describeWithWs('a server at a URL', () => {
  it('needs its token, which no error shows', async () => {
    await using scripted = await openScriptedModel([model.say('Hello.')]);
    const tokenFile = join(folder('t'), 'token');
    writeFileSync(tokenFile, TOKEN, { mode: 0o600 });
    const url = `ws://127.0.0.1:${await freePort()}`;
    const auth = ['--ws-auth', 'capability-token', '--ws-token-file', tokenFile];
    const server = await listen(scripted, ['--listen', url, ...auth]);
    try {
      const refused = openAppServer({ connect: { url, token: `${TOKEN}-wrong` } });
      await expect(refused).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
      await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining(TOKEN) as string });

      await using client = await openAppServer({ connect: { url, token: TOKEN } });
      const thread = await lastValueFrom(client.thread.start$({ workingDirectory: folder('work') }));
      expect((await lastValueFrom(thread.runTurn$('Say hello.'))).text).toBe('Hello.');
    } finally {
      await stop(server);
    }
  });

  it('is connected to again after a lost connection: no completed item is lost or doubled, approvals come again', async () => {
    await using scripted = await openScriptedModel([
      model.run('echo one'),
      model.run('echo two; sleep 1.5; echo three'),
      model.run('touch accepted.txt'),
      model.say('Done.'),
    ]);
    const url = `ws://127.0.0.1:${await freePort()}`;
    const server = await listen(scripted, ['--listen', url]);
    const proxy = await openProxy(url);
    try {
      let asked = 0;
      await using client = await openAppServer({
        connect: { url: proxy.url },
        reconnect: { delay: 50 },
        // Nobody answers before the connection is lost; the server asks again.
        approvals: (request) => {
          if (request.kind !== 'command' || request.command?.includes('accepted') !== true) return of('accept');
          asked += 1;
          if (asked > 1) return of('accept');
          proxy.cut();
          return NEVER;
        },
      });
      const states = new Recorder(client.connection$);
      const work = folder('work');
      const thread = await lastValueFrom(
        client.thread.start$({ workingDirectory: work, sandbox: 'danger-full-access', approvalPolicy: 'untrusted' }),
      );
      const turn = new Recorder(thread.turn$('Work.'));
      await turn.until((event) => event.type === 'item.delta' && event.item_type === 'command_execution');
      proxy.cut();
      await turn.ended;
      expect(turn.error).toBeUndefined();
      const completed = turn.values.flatMap((event) =>
        event.type === 'item.completed' && event.item.type !== 'user_message' ? [event.item.type] : [],
      );
      expect(completed).toEqual([...Array.from({ length: 3 }, () => 'command_execution'), 'agent_message']);
      expect(turn.values.at(-1)?.type).toBe('turn.completed');
      expect(existsSync(join(work, 'accepted.txt'))).toBe(true);
      expect(asked).toBe(2);
      expect(states.values).toEqual(['connected', 'reconnecting', 'connected', 'reconnecting', 'connected']);
    } finally {
      proxy.close();
      await stop(server);
    }
  });
});

/** Relays bytes to a server, and can drop all connections. */
async function openProxy(target: string): Promise<{ readonly url: string; cut: () => void; close: () => void }> {
  const { connect } = await import('node:net');
  const sockets = new Set<{ destroy: () => unknown }>();
  const server = createServer((client) => {
    const upstream = connect(Number(new URL(target).port), '127.0.0.1');
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => undefined);
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `ws://127.0.0.1:${(server.address() as { readonly port: number }).port}`,
    cut,
    close: () => {
      cut();
      server.close();
    },
  };
}
