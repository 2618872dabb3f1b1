import type { ThreadEvent } from '@codex-rx/core';
import type { AppServer, AppServerOptions } from '@codex-rx/core/app-server';
import { lastValueFrom, NEVER, Subject, take, takeUntil, toArray } from 'rxjs';
import type { FakeAppServerScript } from './script.js';
import { serverTurn } from './steps.js';

/** Opens a client of the implementation under test on a scripted server. */
export type OpenScripted = (
  script: FakeAppServerScript,
  options: Pick<AppServerOptions, 'approvals' | 'requestTimeout' | 'terminateGrace'>,
) => Promise<{ readonly server: AppServer; readonly received: readonly Readonly<Record<string, unknown>>[] }>;

/** The result of a case. */
export interface AppServerConformanceResult {
  /** The requirement of the case. */
  readonly name: string;
  /** Whether the client behaved as required. */
  readonly passed: boolean;
  /** Why it failed. */
  readonly problem: string | undefined;
}

const LIMIT_MS = 20_000;
type Opened = Awaited<ReturnType<OpenScripted>>;

interface Case {
  readonly name: string;
  readonly script: FakeAppServerScript;
  readonly options?: Parameters<OpenScripted>[1];
  /** Returns what is wrong, or nothing. */
  readonly check: (opened: Opened) => Promise<string | undefined>;
}

const turn = async ({ server }: Opened): Promise<readonly ThreadEvent[]> => {
  const thread = await lastValueFrom(server.thread.start$());
  return await lastValueFrom(thread.turn$('Hi').pipe(toArray()));
};
const codeOf = async (running: Promise<unknown>): Promise<unknown> =>
  running.then(
    () => 'completed',
    (error: unknown) => (error as { readonly code?: unknown }).code,
  );
const wanted = (expected: unknown, actual: unknown): string | undefined =>
  JSON.stringify(expected) === JSON.stringify(actual)
    ? undefined
    : `expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`;
const answers = ({ received }: Opened): unknown[] =>
  received.filter(({ method }) => method === undefined).map(({ result }) => result);
const count = ({ received }: Opened, method: string): number =>
  received.filter((message) => message.method === method).length;

const turnEvents = (events: readonly ThreadEvent[]): string[] =>
  events.map(({ type }) => type).filter((type) => type.startsWith('turn.'));

/** Emits when a handler that never decides is called. */
const asked$ = new Subject<void>();
const read = { result: { thread: { id: 't' } } };
const notice = { error: { message: 'Reconnecting... 1/5', codexErrorInfo: 'other' }, willRetry: true };
const otherEnds = [
  { turn: { id: 'other', status: 'completed' } },
  { threadId: 'other', turn: { id: 'turn-1' } },
].flatMap((params) => serverTurn.notify('turn/completed', params));
const lateApproval = serverTurn.ask('item/commandExecution/requestApproval', {
  ...{ turnId: 'turn-1', itemId: 'late', command: 'rm x', cwd: '/work', startedAtMs: 0 },
});
/** Requests that no client could confuse with answers to its own requests. */
const collidingApprovals = Array.from({ length: 10 }, (_, id) =>
  serverTurn.raw(JSON.stringify({ id, method: 'item/tool/requestUserInput', params: { threadId: 't', turnId: 'u' } })),
).flat();

const CASES: readonly Case[] = [
  {
    name: 'a turn completes with its message',
    script: { turns: [serverTurn.say('Hello.')] },
    check: async (opened) => wanted('turn.completed', (await turn(opened)).at(-1)?.type),
  },
  {
    name: 'lines that are not messages are ignored',
    script: {
      turns: [[...serverTurn.raw('not JSON'), ...serverTurn.raw('{"id":99,"result":1}'), ...serverTurn.say('Hi')]],
    },
    check: async (opened) => wanted('turn.completed', (await turn(opened)).at(-1)?.type),
  },
  {
    name: 'a message of 2 MB is received',
    script: { turns: [serverTurn.say('x'.repeat(2_000_000))] },
    check: async (opened) => wanted('turn.completed', (await turn(opened)).at(-1)?.type),
  },
  {
    name: 'a line separator in a text does not split a message',
    script: { turns: [serverTurn.say('a\u2028b')] },
    check: async (opened) =>
      wanted(
        true,
        (await turn(opened)).some(
          (event) => event.type === 'item.completed' && 'text' in event.item && event.item.text === 'a\u2028b',
        ),
      ),
  },
  {
    name: 'an approval without a handler is declined',
    script: { turns: [serverTurn.runApproved('rm x')] },
    check: async (opened) => {
      await turn(opened);
      return wanted([{ decision: 'decline' }], answers(opened));
    },
  },
  {
    name: 'an approval whose handler fails is declined',
    script: { turns: [serverTurn.runApproved('rm x')] },
    options: { approvals: () => Promise.reject(new Error('no')) },
    check: async (opened) => {
      await turn(opened);
      return wanted([{ decision: 'decline' }], answers(opened));
    },
  },
  {
    name: 'an approval is cancelled when its turn is unsubscribed',
    script: { turns: [serverTurn.runApproved('rm x'), serverTurn.say('Next.')] },
    options: {
      approvals: () => {
        asked$.next();
        return NEVER;
      },
    },
    check: async (opened) => {
      const thread = await lastValueFrom(opened.server.thread.start$());
      await lastValueFrom(thread.turn$('Hi').pipe(takeUntil(asked$)), { defaultValue: undefined });
      await lastValueFrom(thread.turn$('Hi'));
      return wanted([{ decision: 'cancel' }], answers(opened));
    },
  },
  {
    name: 'a request of a turn that is over is declined',
    script: { turns: [serverTurn.say('Hi'), [...lateApproval, ...serverTurn.say('Next.')]] },
    options: { approvals: () => ['accept'] },
    check: async (opened) => {
      const thread = await lastValueFrom(opened.server.thread.start$());
      await lastValueFrom(thread.turn$('1'));
      await lastValueFrom(thread.turn$('2'));
      return wanted([{ decision: 'decline' }], answers(opened));
    },
  },
  {
    name: 'requests with the ids of open requests of the client are answered',
    script: { turns: [collidingApprovals], answers: { 'model/list': { fault: 'never' } } },
    check: async (opened) => {
      const models = opened.server.models$().subscribe({ error: () => undefined });
      await turn(opened);
      // Sent after the answers.
      await lastValueFrom(opened.server.thread.list$(), { defaultValue: undefined });
      const isOpen = !models.closed;
      models.unsubscribe();
      return wanted([collidingApprovals.length, true], [answers(opened).length, isOpen]);
    },
  },
  {
    name: 'an unknown request gets an answer',
    script: { turns: [[...serverTurn.ask('a/new/request', {}), ...serverTurn.say('Hi')]] },
    check: async (opened) => wanted('turn.completed', (await turn(opened)).at(-1)?.type),
  },
  {
    name: 'the end of another turn does not end the turn',
    script: { turns: [[...otherEnds, ...serverTurn.say('Hi')]] },
    check: async (opened) => wanted(['turn.started', 'turn.completed'], turnEvents(await turn(opened))),
  },
  {
    name: 'a notice does not end the turn',
    script: { turns: [[...serverTurn.notify('error', notice), ...serverTurn.say('Hi')]] },
    check: async (opened) => wanted('turn.completed', (await turn(opened)).at(-1)?.type),
  },
  {
    name: 'an end that cannot be read fails the turn',
    script: { turns: [[...serverTurn.notify('turn/completed', { turn: 7 }), ...serverTurn.hang()]] },
    check: async (opened) => wanted('TURN_FAILED', await codeOf(turn(opened))),
  },
  {
    name: 'unsubscribing interrupts the turn once',
    script: { turns: [serverTurn.hang(), serverTurn.say('Next.')] },
    check: async (opened) => {
      const thread = await lastValueFrom(opened.server.thread.start$());
      await new Promise<void>((resolve) => {
        const turn$ = thread.turn$('Hi').pipe(take(1));
        turn$.subscribe({ complete: resolve });
      });
      // The next turn waits for the end of the interrupted one.
      await lastValueFrom(thread.turn$('Hi'));
      return wanted(1, count(opened, 'turn/interrupt'));
    },
  },
  {
    name: 'the end of the server fails the turn',
    script: { turns: [serverTurn.exit()] },
    check: async (opened) => wanted('SERVER_EXITED', await codeOf(turn(opened))),
  },
  {
    name: 'a request without an answer times out',
    script: { answers: { 'model/list': { fault: 'never' } } },
    options: { requestTimeout: 1_000 },
    check: async ({ server }) => wanted('RPC_TIMEOUT', await codeOf(lastValueFrom(server.models$()))),
  },
  {
    name: 'a request is given up when its signal is aborted',
    script: { answers: { 'model/list': { fault: 'never' } } },
    check: async ({ server }) => {
      const options = { signal: AbortSignal.timeout(1) };
      return wanted('ABORT_ERR', await codeOf(lastValueFrom(server.request$('model/list', {}, options))));
    },
  },
  {
    name: 'an answer that comes after its time limit is ignored',
    script: { answers: { 'model/list': { fault: 'late', result: { data: [] } }, 'thread/read': read } },
    check: async ({ server }) => {
      const first = await codeOf(lastValueFrom(server.request$('model/list', {}, { timeout: 200 })));
      const next = await lastValueFrom(server.thread.read$('t'));
      return wanted(['RPC_TIMEOUT', 't'], [first, next.id]);
    },
  },
  {
    name: 'a second answer is ignored',
    script: { answers: { 'thread/read': { ...read, fault: 'twice' } } },
    check: async ({ server }) => wanted('t', (await lastValueFrom(server.thread.read$('t'))).id),
  },
  {
    name: 'an answer to no request is ignored',
    script: { answers: { 'thread/read': { ...read, fault: 'unknownId' } } },
    check: async ({ server }) => wanted('t', (await lastValueFrom(server.thread.read$('t'))).id),
  },
  {
    name: 'a request is repeated when the server is overloaded',
    script: { answers: { 'thread/read': { ...read, fault: 'overloaded' } } },
    check: async ({ server }) => wanted('completed', await codeOf(lastValueFrom(server.thread.read$('t')))),
  },
  // The first message is the answer to `initialize`.
  ...[2, 4, 8].map(
    (exitAfter): Case => ({
      name: `the exit of the server after ${exitAfter} messages ends the turn`,
      script: { turns: [serverTurn.run('ls')], exitAfter },
      check: async (opened) => wanted('SERVER_EXITED', await codeOf(turn(opened))),
    }),
  ),
];

/**
 * Runs a table of cases against an implementation of an app-server client: what every client must do with a server that
 * is well, faulty or gone.
 *
 * @example
 * ```ts
 * import { openAppServer } from '@codex-rx/core/app-server';
 * import { fakeAppServer, runAppServerConformance } from '@codex-rx/testing';
 *
 * const results = await runAppServerConformance(async (script, options) => {
 *   const fake = fakeAppServer(script);
 *   const server = await openAppServer({ ...options, connect: { transport: fake.transport() } });
 *   return { server, received: fake.received };
 * });
 * console.log(results.filter(({ passed }) => !passed).length); // 0
 * ```
 *
 * @returns a promise of the results, one per case, in a fixed order
 */
export async function runAppServerConformance(open: OpenScripted): Promise<readonly AppServerConformanceResult[]> {
  const results: AppServerConformanceResult[] = [];
  for (const one of CASES) {
    const problem = await runCase(one, open).catch((error: unknown) => String(error));
    results.push({ name: one.name, passed: problem === undefined, problem });
  }
  return results;
}

async function runCase({ script, options = {}, check }: Case, open: OpenScripted): Promise<string | undefined> {
  const opened = await open(script, options);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => {
      resolve(`no result within ${LIMIT_MS} ms`);
    }, LIMIT_MS);
  });
  try {
    return await Promise.race([check(opened), late]);
  } finally {
    clearTimeout(timer);
    await opened.server.close();
  }
}
