import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { attach$, openAppServer } from '@codex-rx/core/app-server';
import { model, openScriptedModel } from '@codex-rx/testing';
import { waitUntil } from '@codex-rx/testing/processes';
import { firstValueFrom, lastValueFrom, NEVER, of } from 'rxjs';
import { leavesNothing } from '../exec/support/leaves-nothing.js';
import { describeWithWs, freePort, listen, stop } from './listening-server.js';
import { Recorder } from './support.js';

const place = leavesNothing();
const TOKEN = 'a-token-for-this-test-only';

function folder(name: string): string {
  const path = join(place.folder, name);
  mkdirSync(path, { recursive: true });
  return path;
}

describeWithWs('a server at a Unix socket', () => {
  it('lets another client see a running turn from its start, and interrupt it', async () => {
    await using scripted = await openScriptedModel([
      model.run('echo one'),
      model.run('sleep 0.7; echo two; sleep 304'),
      model.say('Done.'),
    ]);
    const socketPath = join(folder('s'), 'c.sock');
    const server = await listen(scripted, place.mark, ['--listen', `unix://${socketPath}`], () =>
      existsSync(socketPath),
    );
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
    const server = await listen(scripted, place.mark, ['--listen', url, ...auth]);
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
    const server = await listen(scripted, place.mark, ['--listen', url]);
    const proxy = await openProxy(url);
    try {
      let asked = 0;
      await using client = await openAppServer({
        connect: { url: proxy.url },
        reconnect: { delay: 50 },
        // No client answers before the connection is lost; the server asks again.
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
