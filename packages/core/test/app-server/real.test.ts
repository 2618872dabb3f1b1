import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exec$, type ThreadEvent, whenIdle } from '@codex-rx/core';
import { type AppServer, type AppServerOptions, appServer$, openAppServer } from '@codex-rx/core/app-server';
import { snapshots } from '@codex-rx/operators';
import { model, openScriptedModel, type ScriptedModel } from '@codex-rx/testing';
import { waitUntil } from '@codex-rx/testing/processes';
import { catchError, EMPTY, firstValueFrom, lastValueFrom, type Observable, of, toArray } from 'rxjs';
import { leavesNothing } from '../exec/support/leaves-nothing.js';
import { allAsleep } from '../exec/support/real-cli.js';
import { project, typesOf } from './project.js';
import { Recorder } from './support.js';

const place = leavesNothing();

/** A server whose model is scripted. */
function openServer(scripted: ScriptedModel, options: AppServerOptions = {}): ReturnType<typeof openAppServer> {
  const { model: slug, codexHome, env } = scripted.options;
  return openAppServer({ codexHome, env: { ...env, ...place.mark }, config: { model: slug }, ...options });
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

describe('the real app-server', () => {
  const scripts: readonly (readonly [string, Parameters<typeof openScriptedModel>[0]])[] = [
    ['a message in deltas', [model.say('Hello there.', { deltas: true })]],
    [
      'reasoning, a command and a message',
      [model.think(['**A**\n\none', '**B**\n\ntwo']), model.run('echo hi; exit 3'), model.say('Done.')],
    ],
    ['a patch', [model.patch('*** Add File: a.txt\n+one\n*** Update File: b.txt\n@@\n-old\n+new'), model.say('Done.')]],
    [
      'to-dos',
      [
        model.todos({ one: 'completed', two: 'in_progress' }),
        model.todos({ one: 'completed', two: 'completed' }),
        model.say('Done.'),
      ],
    ],
    ['a failed turn', [model.run('true'), model.fail('usage_limit')]],
  ];

  it.each(scripts)('gives the same final snapshot as exec, after a projection: %s', async (_, script) => {
    const run = async (start: (scripted: ScriptedModel, workingDirectory: string) => Promise<unknown>) => {
      await using scripted = await openScriptedModel(script);
      const work = folder('work');
      writeFileSync(join(work, 'b.txt'), 'old\n');
      return await start(scripted, work);
    };
    const request = { prompt: 'Work.', sandbox: 'danger-full-access' };
    const overExec = await run((scripted, workingDirectory) =>
      finalSnapshot(exec$({ ...scripted.options, ...request, workingDirectory })),
    );
    const overServer = await run(async (scripted, workingDirectory) => {
      await using server = await openServer(scripted);
      return await finalSnapshot(server.exec$({ ...request, workingDirectory }));
    });
    expect(overServer).toEqual(overExec);
  });

  it('does not run a command and does not apply a patch that is declined, and the turn continues', async () => {
    await using scripted = await openScriptedModel([
      model.run('touch declined.txt'),
      model.run('touch accepted.txt'),
      model.patch('*** Add File: patch.txt\n+one'),
      model.say('Done.'),
    ]);
    const asked: string[] = [];
    await using server = await openServer(scripted, {
      approvals: (request) => {
        asked.push(request.kind === 'fileChange' ? (request.changes[0]?.diff ?? '') : request.kind);
        return of(request.kind === 'command' && request.command?.includes('accepted') === true ? 'accept' : 'decline');
      },
    });
    const work = folder('work');
    const options = { workingDirectory: work, sandbox: 'workspace-write', approvalPolicy: 'untrusted' };
    const thread = await lastValueFrom(server.thread.start$(options));
    const result = await lastValueFrom(thread.runTurn$('Work.'));
    expect(result.text).toBe('Done.');
    expect(result.commands.map(({ status }) => status)).toEqual(['declined', 'completed']);
    expect(asked).toEqual(['command', 'command', expect.stringContaining('one')]);
    expect(['declined.txt', 'accepted.txt', 'patch.txt'].map((file) => existsSync(join(work, file)))).toEqual([
      ...[false, true, false],
    ]);
  });

  it('leaves nothing alive of a turn that is unsubscribed, and does not touch other turns', async () => {
    const sleep =
      "sleep 301 & (trap '' INT TERM HUP; exec sleep 302) & (setsid nohup sleep 303 >/dev/null 2>&1 &); sleep 304";
    const work = [model.run('sleep 2; echo survived > survived.txt'), model.say('Done.')];
    await using scripted = await openScriptedModel([
      model.when('Stop this.', model.run(sleep), model.hang()),
      ...Array.from({ length: 7 }, (_, index) => model.when(`Go on ${index}.`, ...work)),
    ]);
    await using server = await openServer(scripted);
    const others = Array.from({ length: 7 }, (_, index) =>
      lastValueFrom(
        server.exec$({
          prompt: `Go on ${index}.`,
          workingDirectory: folder(`w${index}`),
          sandbox: 'danger-full-access',
        }),
      ),
    );
    const stopped = new Recorder(
      server.exec$({ prompt: 'Stop this.', workingDirectory: folder('stop'), sandbox: 'danger-full-access' }),
    );
    await allAsleep(place);
    stopped.subscription.unsubscribe();
    await waitUntil(() => sleepers().length === 0, 6_000);
    expect((await Promise.all(others)).map(({ type }) => type)).toEqual(others.map(() => 'turn.completed'));
    expect(others.every((_, index) => existsSync(join(place.folder, `w${index}`, 'survived.txt')))).toBe(true);
  });

  it('that is killed fails the turn, and nothing of it remains', async () => {
    await using scripted = await openScriptedModel([model.run('sleep 304'), model.hang()]);
    await using server = await openServer(scripted);
    const turn = new Recorder(
      server.exec$({ prompt: 'Work.', workingDirectory: folder('work'), sandbox: 'danger-full-access' }),
    );
    await waitUntil(() => sleepers().length > 0, 20_000);
    process.kill(server.info.pid ?? 0, 'SIGKILL');
    await turn.ended;
    expect(turn.error).toMatchObject({ code: 'SERVER_EXITED' });
    await whenIdle();
    expect(place.living()).toEqual([]);
  });

  it('is gone when appServer$ is unsubscribed in the middle of a turn', async () => {
    await using scripted = await openScriptedModel([model.run('sleep 304'), model.hang()]);
    const { model: slug, codexHome, env } = scripted.options;
    let opened: AppServer | undefined;
    const subscription = appServer$({ codexHome, env: { ...env, ...place.mark }, config: { model: slug } }).subscribe(
      (server) => {
        opened = server;
      },
    );
    await waitUntil(() => opened !== undefined, 20_000);
    const turn = new Recorder(
      opened?.exec$({ prompt: 'Work.', workingDirectory: folder('work'), sandbox: 'danger-full-access' }) ?? EMPTY,
    );
    await waitUntil(() => sleepers().length > 0, 20_000);
    subscription.unsubscribe();
    await whenIdle();
    await turn.ended;
    expect(place.living()).toEqual([]);
  });

  it('reports a configuration that it rejects, with the reason', async () => {
    await using scripted = await openScriptedModel([]);
    await expect(openServer(scripted, { configOverrides: ['model_providers=7'] })).rejects.toMatchObject({
      code: 'SERVER_EXITED',
      message: expect.stringContaining('model_providers') as string,
    });
  });

  it('resumes a thread in another server, with the sandbox that is sent again', async () => {
    await using scripted = await openScriptedModel([model.say('One.'), model.run('touch no.txt'), model.say('Two.')]);
    const work = folder('work');
    const options = { workingDirectory: work, sandbox: 'danger-full-access' };
    let id: string;
    {
      await using server = await openServer(scripted);
      const thread = await lastValueFrom(server.thread.start$(options));
      await lastValueFrom(thread.turn$('1'));
      ({ id } = thread);
    }
    await using server = await openServer(scripted);
    const thread = await lastValueFrom(server.thread.resume$(id, options));
    const events = await lastValueFrom(thread.turn$('2').pipe(toArray()));
    expect(typesOf(events).at(-1)).toBe('turn.completed');
    expect(existsSync(join(work, 'no.txt'))).toBe(true);
    const stored = await firstValueFrom(server.thread.list$({ cwd: work }));
    expect(stored.id).toBe(id);
  });
});

/** Command lines of `sleep 30x` of this test. */
function sleepers(): string[] {
  return place.living().flatMap((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
      return /^sleep 30\d/.test(command) ? [command] : [];
    } catch {
      return [];
    }
  });
}
