import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Codex, createCodex, type ThreadEvent, whenIdle } from '@codex-rx/core';
import { snapshots } from '@codex-rx/operators';
import { model, openScriptedModel, type ScriptedModel } from '@codex-rx/testing';
import { waitUntil } from '@codex-rx/testing/processes';
import { lastValueFrom, type Observable, toArray } from 'rxjs';
import { describeWithWs, freePort, listen, stop } from '../app-server/listening-server.js';
import { project } from '../app-server/project.js';
import { leavesNothing } from '../exec/support/leaves-nothing.js';
import { allAsleep, fullAccess, workingAgent } from '../exec/support/real-cli.js';
import { pidsOf } from './support.js';

jest.setTimeout(120_000);

const place = leavesNothing();

function folder(name: string): string {
  const path = join(place.folder, name);
  mkdirSync(path, { recursive: true });
  return path;
}

const open = (scripted: ScriptedModel, transport: 'exec' | 'app-server'): Codex =>
  createCodex({ ...fullAccess(scripted, place), workingDirectory: folder('work') }, { transport });

const finalSnapshot = async (events$: Observable<ThreadEvent>): Promise<unknown> =>
  project(await lastValueFrom(events$.pipe(snapshots())));

describe('a warm client of the real CLI', () => {
  it('gives the same final snapshot as exec, after a projection', async () => {
    const run = async (transport: 'exec' | 'app-server') => {
      await using scripted = await openScriptedModel([
        model.think(['**A**\n\none']),
        model.run('echo hi; exit 3'),
        model.patch('*** Add File: a.txt\n+one\n*** Update File: b.txt\n@@\n-old\n+new'),
        model.say('Done.', { deltas: true }),
      ]);
      const codex = open(scripted, transport);
      writeFileSync(join(folder('work'), 'b.txt'), 'old\n');
      return await finalSnapshot(codex.exec$({ prompt: 'Work.' }));
    };
    expect(await run('app-server')).toEqual(await run('exec'));
  });

  it('kills what the agent has started when a run is aborted, and its server continues', async () => {
    await using scripted = await workingAgent('foreground');
    const codex = open(scripted, 'app-server');
    const controller = new AbortController();
    const pids: number[] = [];
    const ended = codex
      .run$({ prompt: 'Work.', signal: controller.signal })
      .forEach((one) => pids.push(...pidsOf([one])));
    await allAsleep(place);
    controller.abort();
    await expect(ended).rejects.toMatchObject({ code: 'ABORT_ERR' });
    expect(place.living()).toEqual(pids);
    await whenIdle();
    await waitUntil(() => place.living().length === 0);
  });

  it('finds the latest session of a folder, also if it is one of exec', async () => {
    await using scripted = await openScriptedModel(['One.', 'Two.', 'Three.'].map((text) => model.say(text)));
    const warm = open(scripted, 'app-server');
    await lastValueFrom(warm.runTurn$({ prompt: 'First?' }));
    const { threadId } = await lastValueFrom(open(scripted, 'exec').runTurn$({ prompt: 'Second?' }));
    const request = { command: 'resume', session: { last: true }, prompt: 'Third?' } as const;
    expect(await lastValueFrom(warm.runTurn$(request))).toMatchObject({ threadId, text: 'Three.' });
    await whenIdle();
  });

  it('resumes a thread, also on a new server and over exec', async () => {
    await using scripted = await openScriptedModel(['One.', 'Two.', 'Three.', 'Four.'].map((text) => model.say(text)));
    const codex = open(scripted, 'app-server');
    const { threadId = '', text } = await lastValueFrom(codex.runTurn$({ prompt: 'First?' }));
    const resume = { command: 'resume', session: threadId, prompt: 'Next?' } as const;
    const next = async (client: Codex) => lastValueFrom(client.runTurn$(resume));
    const results = [await next(codex)];
    await whenIdle();
    results.push(await next(codex));
    await whenIdle();
    results.push(await next(open(scripted, 'exec')));
    expect([text, ...results.map((result) => result.text)]).toEqual(['One.', 'Two.', 'Three.', 'Four.']);
    expect(new Set(results.map((result) => result.threadId))).toEqual(new Set([threadId]));
    expect(JSON.stringify(scripted.requests.at(-1))).toMatch(/First\?[^]*One\.[^]*Two\.[^]*Three\./);
  });
});

describeWithWs('a warm client of a real server that listens', () => {
  it('runs and resumes over a WebSocket with a token, and names the folder of the server', async () => {
    await using scripted = await openScriptedModel([model.say('One.'), model.say('Two.')]);
    const token = 'a-token-for-this-test-only';
    const tokenFile = join(folder('t'), 'token');
    writeFileSync(tokenFile, token, { mode: 0o600 });
    const url = `ws://127.0.0.1:${await freePort()}`;
    const server = await listen(scripted, place.mark, [
      ...['--listen', url, '--ws-auth', 'capability-token', '--ws-token-file', tokenFile],
    ]);
    try {
      const engine = { transport: 'app-server', connect: { url, token } } as const;
      const codex = createCodex({ model: scripted.options.model, sandbox: 'read-only' }, engine);
      const workingDirectory = folder('work');
      const first = await lastValueFrom(codex.run$({ prompt: 'First?', workingDirectory }).pipe(toArray()));
      expect(first[0]).toMatchObject({ type: 'started', pid: undefined, cwd: workingDirectory });
      expect(first.at(-1)).toMatchObject({ type: 'exited', code: 0, lastMessage: 'One.' });
      const session = first.flatMap((one) =>
        one.type === 'event' && one.event.type === 'thread.started' ? [one.event.thread_id] : [],
      )[0];
      const request = { command: 'resume', session: session ?? '', prompt: 'Next?' } as const;
      const second = await lastValueFrom(codex.run$(request).pipe(toArray()));
      expect(second[0]).toMatchObject({ type: 'started', cwd: workingDirectory });
      expect(second.at(-1)).toMatchObject({ lastMessage: 'Two.' });
      const intruder = createCodex({}, { transport: 'app-server', connect: { url, token: 'wrong' } });
      await expect(lastValueFrom(intruder.exec$({ prompt: 'x', workingDirectory }))).rejects.toMatchObject({
        code: 'CONNECTION_LOST',
      });
      await whenIdle();
      expect(place.living()).toEqual([server.pid]);
    } finally {
      await stop(server);
    }
  });
});
