import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exec$, type ThreadEvent, whenIdle } from '@codex-rx/core';
import { type CodexMcpServerOptions, openMcpServer } from '@codex-rx/core/mcp';
import { snapshots } from '@codex-rx/operators';
import { model, openScriptedModel, type ScriptedModel } from '@codex-rx/testing';
import { waitUntil } from '@codex-rx/testing/processes';
import { catchError, EMPTY, firstValueFrom, lastValueFrom, type Observable, of, toArray } from 'rxjs';
import { resolveBinary } from '../../../src/binary/resolve.js';
import { project, typesOf } from '../../app-server/project.js';
import { leavesNothing } from '../../exec/support/leaves-nothing.js';
import { allAsleep } from '../../exec/support/real-cli.js';

/** The pinned CLI does not have this server: `npm run test:versions` runs these tests with older ones. */
const hasServer = /\/(?:0\.98\.0|0\.1[0-4]\d\.\d+|0\.15[0-3]\.\d+)\//.test(resolveBinary());
const describeOlder = hasServer ? describe : describe.skip;
/** Versions from 0.150 on do not have this policy here. */
const itUntrusted = /\/0\.1[5-9]\d\./.test(resolveBinary()) ? it.skip : it;

const place = leavesNothing();
const full = { sandbox: 'danger-full-access' } as const;

function openServer(scripted: ScriptedModel, options: CodexMcpServerOptions = {}): ReturnType<typeof openMcpServer> {
  const { model: slug, codexHome, env } = scripted.options;
  return openMcpServer({ codexHome, env: { ...env, ...place.mark }, model: slug, ...options });
}

function folder(name: string): string {
  const path = join(place.folder, name);
  mkdirSync(path, { recursive: true });
  return path;
}

const finalSnapshot = async (events$: Observable<ThreadEvent>): Promise<unknown> =>
  project(
    await lastValueFrom(
      events$.pipe(
        catchError(() => EMPTY),
        snapshots(),
      ),
    ),
  );
/** Over exec, CLI 0.98 does not report tokens of reasoning, and has files in any order. */
const comparable = (snapshot: unknown): unknown =>
  JSON.parse(
    JSON.stringify(snapshot, (key, value: unknown) => {
      if (key === 'reasoning_output_tokens') return undefined;
      if (key !== 'changes') return value;
      return (value as readonly { path: string }[]).slice().sort((x, y) => (x.path < y.path ? -1 : 1));
    }),
  );
const all = (events$: Observable<ThreadEvent>): Promise<ThreadEvent[]> => firstValueFrom(events$.pipe(toArray()));
const errorOf = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);

describeOlder('the real mcp-server', () => {
  const scripts: readonly (readonly [string, Parameters<typeof openScriptedModel>[0]])[] = [
    ['messages and commands', [model.think('Hm.'), model.run('echo hi; exit 3'), model.say('Done.')]],
    ['a patch', [model.patch('*** Add File: a.txt\n+one\n*** Update File: b.txt\n@@\n-old\n+new'), model.say('Done.')]],
    ['to-dos', [model.todos({ one: 'completed', two: 'in_progress' }), model.say('Done.')]],
    ['a failed turn', [model.run('true'), model.fail('usage_limit')]],
  ];

  it.each(scripts)('gives the same final snapshot as exec, after a projection: %s', async (_, script) => {
    const run = async (start: (scripted: ScriptedModel, workingDirectory: string) => Promise<unknown>) => {
      await using scripted = await openScriptedModel(script);
      const work = folder('work');
      writeFileSync(join(work, 'b.txt'), 'old\n');
      return await start(scripted, work);
    };
    const overExec = await run((scripted, workingDirectory) =>
      finalSnapshot(exec$({ ...scripted.options, prompt: 'Work.', ...full, workingDirectory })),
    );
    const overServer = await run(async (scripted, workingDirectory) => {
      await using server = await openServer(scripted);
      return await finalSnapshot(server.codex$({ prompt: 'Work.', ...full, workingDirectory }));
    });
    expect(comparable(overServer)).toEqual(comparable(overExec));
  });

  it('continues a thread, and rejects one that it does not have', async () => {
    await using scripted = await openScriptedModel([model.say('One.'), model.say('Two.')]);
    await using server = await openServer(scripted);
    const first = await all(server.codex$({ prompt: 'Work.', ...full, workingDirectory: folder('work') }));
    const threadId = first[0]?.thread_id ?? '';
    expect(first[0]).toEqual({ type: 'thread.started', thread_id: threadId });
    const second = await all(server.reply$({ threadId, prompt: 'Go on.' }));
    expect(second[0]).toEqual({ type: 'thread.started', thread_id: threadId, resumed: true });
    expect(second.every((event) => event.thread_id === threadId)).toBe(true);
    expect(typesOf(second)).toEqual(expect.arrayContaining(['turn.started', 'usage.updated', 'turn.completed']));
    const unknown$ = server.reply$({ threadId: '01a205cb-ea33-7170-911d-b55f29d1e50b', prompt: 'Go on.' });
    expect(await errorOf(all(unknown$))).toMatchObject({ code: 'SESSION_NOT_FOUND' });
  });

  it('applies a patch that is accepted, and none that is declined', async () => {
    const addFile = (name: string): ReturnType<typeof model.patch> =>
      model.patch(`*** Add File: ../${name}.txt\n+${name}`);
    await using scripted = await openScriptedModel([addFile('declined'), addFile('accepted'), model.say('Done.')]);
    const asked: unknown[] = [];
    await using server = await openServer(scripted, {
      approvals: (request, { threadId, turnId }) => {
        asked.push(request.kind, [threadId, turnId].includes(''));
        const isAccepted = request.kind === 'fileChange' && request.changes[0]?.path.endsWith('accepted.txt') === true;
        return of(isAccepted ? 'accept' : 'decline');
      },
    });
    const work = folder('work');
    // The folders of the test are temporary ones.
    const config = { sandbox_workspace_write: { exclude_slash_tmp: true, exclude_tmpdir_env_var: true } };
    const options = { sandbox: 'workspace-write', approvalPolicy: 'on-request', config } as const;
    const events = await all(server.codex$({ prompt: 'Work.', workingDirectory: work, ...options }));
    expect(asked).toEqual(['fileChange', false, 'fileChange', false]);
    expect(typesOf(events).at(-1)).toBe('turn.completed');
    expect(['declined.txt', 'accepted.txt'].map((file) => existsSync(join(place.folder, file)))).toEqual([false, true]);
  });

  /* eslint-disable jest/no-standalone-expect -- `itUntrusted` is a test */
  itUntrusted('runs a command that is accepted, and none that is declined', async () => {
    const script = [model.run('touch declined.txt'), model.run('touch accepted.txt'), model.say('Done.')];
    await using scripted = await openScriptedModel(script);
    await using server = await openServer(scripted, {
      approvals: (request) =>
        of(request.kind === 'command' && request.command?.includes('accepted') === true ? 'accept' : 'decline'),
    });
    const work = folder('work');
    const options = { sandbox: 'workspace-write', approvalPolicy: 'untrusted' } as const;
    const events = await all(server.codex$({ prompt: 'Work.', workingDirectory: work, ...options }));
    expect(typesOf(events).at(-1)).toBe('turn.completed');
    expect(['declined.txt', 'accepted.txt'].map((file) => existsSync(join(work, file)))).toEqual([false, true]);
  });
  /* eslint-enable jest/no-standalone-expect */

  it('leaves nothing alive of a call that is unsubscribed, and serves the next one', async () => {
    const sleep =
      "sleep 301 & (trap '' INT TERM HUP; exec sleep 302) & (setsid nohup sleep 303 >/dev/null 2>&1 &); sleep 304";
    await using scripted = await openScriptedModel([
      model.when('Stop this.', model.run(sleep), model.hang()),
      model.when('Another.', model.say('Done.')),
    ]);
    await using server = await openServer(scripted);
    const workingDirectory = folder('work');
    const subscription = server.codex$({ prompt: 'Stop this.', ...full, workingDirectory }).subscribe();
    await allAsleep(place);
    subscription.unsubscribe();
    await waitUntil(() => place.living().filter((pid) => pid !== server.info.pid).length === 0, 30_000);
    const next = await all(server.codex$({ prompt: 'Another.', ...full, workingDirectory }));
    expect(typesOf(next).at(-1)).toBe('turn.completed');
    await server.close();
    await whenIdle();
    expect(place.living()).toEqual([]);
  });
});
