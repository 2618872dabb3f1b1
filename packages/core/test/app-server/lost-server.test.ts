import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { whenIdle } from '@codex-rx/core';
import {
  type AppServer,
  type AppServerOptions,
  type AppServerTransport,
  openAppServer,
} from '@codex-rx/core/app-server';
import { fakeAppServer, model, openScriptedModel, type ScriptedModel, serverTurn } from '@codex-rx/testing';
import { isAlive } from '@codex-rx/testing/processes';
import { lastValueFrom, mergeMap, NEVER, of, tap } from 'rxjs';
import { openStdioTransport } from '../../src/app-server/transport/stdio-transport.js';
import { leavesNothing } from '../exec/support/leaves-nothing.js';
import { Recorder } from './support.js';

const place = leavesNothing();

/** A server is killed after each message only by `npm run test:all`. */
const STEP = process.env.TEST_ALL === '1' ? 1 : 5;

/** How the streams of a session ended, by name: `completed`, or the code of the error. */
type Ends = Readonly<Record<string, unknown>>;

const endOf = async (recorder: Recorder<unknown>): Promise<unknown> => {
  await recorder.ended;
  return recorder.error === undefined ? 'completed' : ((recorder.error as { code?: unknown }).code ?? recorder.error);
};

/**
 * Uses a server in every way at the same time. Resolves to the ends of the streams when all have ended.
 *
 * @param onOpen called when only an open question keeps the session from its end
 */
async function session(
  options: AppServerOptions,
  { accepted, others }: { readonly accepted: number; readonly others: boolean },
  onOpen: () => void,
): Promise<Ends | 'not opened'> {
  const signals: AbortSignal[] = [];
  let asked = 0;
  let server: AppServer & AsyncDisposable;
  try {
    server = await openAppServer({
      ...options,
      // The last question is still open when the server exits.
      approvals: (_, { signal }) => {
        signals.push(signal);
        asked += 1;
        if (asked <= accepted) return of('accept');
        onOpen();
        return NEVER;
      },
    });
  } catch (error) {
    expect(error).toMatchObject({ code: 'SERVER_EXITED' });
    await whenIdle();
    return 'not opened';
  }
  const work = join(place.folder, 'work');
  mkdirSync(work, { recursive: true });
  const thread$ = server.thread.start$({
    workingDirectory: work,
    sandbox: 'danger-full-access',
    approvalPolicy: 'untrusted',
  });
  const streams: Record<string, Recorder<unknown>> = {
    notifications: new Recorder(server.notifications$),
    connection: new Recorder(server.connection$),
    models: new Recorder(server.models$()),
    ...(others
      ? {
          run: new Recorder(server.exec$({ prompt: 'Run.', workingDirectory: work })),
          turn: new Recorder(thread$.pipe(mergeMap((thread) => thread.turn$('Turn.')))),
        }
      : {}),
    // The second turn of the same thread waits for the first.
    turns: new Recorder(
      thread$.pipe(
        tap((thread) => {
          streams.events = new Recorder(thread.events$);
          streams.queued = new Recorder(thread.turn$('Ask.'));
        }),
        mergeMap((thread) => thread.turn$('Ask.')),
      ),
    ),
  };
  await Promise.all(Object.values(streams).map(({ ended }) => ended));
  const ends = Object.fromEntries(
    await Promise.all(Object.entries(streams).map(async ([name, recorder]) => [name, await endOf(recorder)] as const)),
  );
  expect(streams.connection?.values.at(-1)).toBe('closed');
  expect(signals.every(({ aborted }, index) => index < accepted || aborted)).toBe(true);
  await expect(lastValueFrom(server.models$())).rejects.toMatchObject({ code: 'SERVER_EXITED' });
  await server.close();
  await whenIdle();
  return ends;
}

function expectTyped(ends: Ends | 'not opened'): void {
  if (ends === 'not opened') return;
  const { notifications, connection, ...others } = ends;
  expect({ notifications, connection }).toEqual({ notifications: 'SERVER_EXITED', connection: 'completed' });
  // A stream that had ended before the exit stays complete.
  for (const [name, end] of Object.entries(others))
    expect([name, end]).toEqual([name, expect.stringMatching(/^(completed|SERVER_EXITED)$/)]);
}

describe('a server that exits after each of its messages', () => {
  it('fails every open stream and request with a typed error', async () => {
    const turn = [...serverTurn.run('ls', { output: 'a' }), ...serverTurn.runApproved('rm x'), ...serverTurn.say('Hi')];
    const script = {
      turns: Array.from({ length: 4 }, () => turn),
      answers: { 'model/list': { result: { data: [], nextCursor: null } } },
    };
    const total = await untilOpen(async (count, onOpen) => {
      const fake = fakeAppServer({ ...script, exitAfter: count });
      return await session({ connect: { transport: fake.transport() } }, { accepted: 2, others: true }, () => {
        onOpen(() => {
          fake.exit();
        });
      });
    });
    expect(total).toBeGreaterThan(20);
  });
});

/**
 * Repeats a session whose server exits after 1, 2, 3, … messages, until the session comes to its open question.
 * Resolves to the number of sessions.
 */
async function untilOpen(
  run: (count: number, onOpen: (exit: () => void) => void) => Promise<Ends | 'not opened'>,
): Promise<number> {
  const completed = new Set<number>();
  for (let count = 1; ; count += STEP) {
    let timer: NodeJS.Timeout | undefined;
    const ends = await run(count, (exit) => {
      // Messages that follow the question are counted as well.
      timer = setTimeout(() => {
        completed.add(count);
        exit();
      }, 1_000);
    });
    clearTimeout(timer);
    expectTyped(ends);
    if (completed.has(count)) return count;
  }
}

/** Kills a server that may have been killed already. */
function kill(pid: number | undefined): void {
  if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGKILL');
}

/** A connection to the real server, which is killed when it has sent a number of messages. */
async function killedAfter(scripted: ScriptedModel, count: number): Promise<AppServerTransport> {
  const { model: slug, codexHome, env } = scripted.options;
  const transport = await openStdioTransport(
    { codexHome, env: { ...env, ...place.mark }, config: { model: slug } },
    new AbortController().signal,
  );
  let received = 0;
  return {
    pid: transport.pid,
    messages$: transport.messages$.pipe(
      tap(() => {
        received += 1;
        if (received === count) kill(transport.pid);
      }),
    ),
    send: (message) => {
      transport.send(message);
    },
    close: () => transport.close(),
  };
}

describe('a real server that is killed after each of its messages', () => {
  const daemon = '(setsid nohup sleep 303 >/dev/null 2>&1 &); echo one';

  it('fails every open stream and request with a typed error, and leaves no process', async () => {
    const total = await untilOpen(async (count, onOpen) => {
      await using scripted = await openScriptedModel([
        [model.think('Why?'), model.say('First.', { deltas: true }), model.run(daemon)],
        model.run('touch a'),
      ]);
      const transport = await killedAfter(scripted, count);
      const ends = await session({ connect: { transport } }, { accepted: 1, others: false }, () => {
        onOpen(() => {
          kill(transport.pid);
        });
      });
      expect(place.living()).toEqual([]);
      return ends;
    });
    expect(total).toBeGreaterThan(20);
  }, 300_000);
});

describe('a program that never answers', () => {
  it('rejects with its standard error, and is terminated', async () => {
    const binary = join(place.folder, 'codex');
    writeFileSync(binary, '#!/bin/sh\necho "error: not a server" >&2\nexec sleep 300\n', { mode: 0o700 });
    const opening = openAppServer({ binary, env: place.mark, requestTimeout: 1_500, terminateGrace: 500 });
    await expect(opening).rejects.toMatchObject({
      code: 'RPC_TIMEOUT',
      method: 'initialize',
      message: expect.stringContaining('not a server') as string,
      stderr: expect.stringContaining('not a server') as string,
    });
    expect(place.living()).toEqual([]);
  });
});
