import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { type ThreadEvent, tool, whenIdle } from '@codex-rx/core';
import {
  type ApprovalDecision,
  type ApprovalHandler,
  type ApprovalRequest,
  type AppServerOptions,
  approvals,
} from '@codex-rx/core/app-server';
import { idleTimeout } from '@codex-rx/operators';
import { type FakeAppServerScript, serverTurn } from '@codex-rx/testing';
import { EMPTY, lastValueFrom, NEVER, Observable, of, throwError, toArray } from 'rxjs';
import { closeFakes, openFake, Recorder, ticks } from '../support.js';

/** Runs a turn with one request; returns the answer of the client, the events, and what the handler received. */
async function answerTo(
  method: string,
  params: Readonly<Record<string, unknown>>,
  handler: ApprovalHandler | undefined,
): Promise<{ answer: unknown; events: ThreadEvent[]; requests: ApprovalRequest[] }> {
  const requests: ApprovalRequest[] = [];
  let answer: unknown;
  const { server } = await openFake(
    {
      turns: [
        serverTurn.ask(method, params, (received) => {
          answer = received;
          return serverTurn.say('Done.');
        }),
      ],
    },
    handler === undefined
      ? {}
      : {
          approvals: (request, context) => {
            requests.push(request);
            return handler(request, context);
          },
        },
  );
  const thread = await lastValueFrom(server.thread.start$());
  const events = await lastValueFrom(thread.turn$('Hi').pipe(toArray()));
  return { answer, events, requests };
}

const COMMAND = { itemId: 'call_1', command: 'rm -rf x', cwd: '/w', reason: 'why', startedAtMs: 0 };
const CASES = [
  ['item/commandExecution/requestApproval', COMMAND, { decision: 'decline' }],
  ['item/fileChange/requestApproval', { itemId: 'c', startedAtMs: 0 }, { decision: 'decline' }],
  [
    'item/permissions/requestApproval',
    { itemId: 'c', cwd: '/w', permissions: { network: { enabled: true } }, startedAtMs: 0 },
    { permissions: {}, scope: 'turn' },
  ],
  [
    'mcpServer/elicitation/request',
    { serverName: 'demo', mode: 'form', message: 'Allow?', requestedSchema: {}, _meta: { tool_name: 'write' } },
    { action: 'decline', content: null, _meta: null },
  ],
  [
    'item/tool/requestUserInput',
    { itemId: 'c', questions: [{ id: 'db', header: 'Database', question: 'Which?', options: null }], isBlocking: true },
    { answers: {} },
  ],
] as const;

const noticeIn = (events: readonly ThreadEvent[]) =>
  events.filter((event) => event.type === 'error' && event.code === 'approval_declined').length;

describe('a request for approval', () => {
  afterEach(closeFakes);

  it.each(CASES)('is declined without a handler: %s', async (method, params, refusal) => {
    const { answer, events } = await answerTo(method, params, undefined);
    expect(answer).toEqual(refusal);
    expect(noticeIn(events)).toBe(1);
    expect(events.at(-1)?.type).toBe('turn.completed');
  });

  const failing: readonly (readonly [string, ApprovalHandler])[] = [
    ['emits nothing', () => EMPTY],
    ['errors', () => throwError(() => new Error('no'))],
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no'))],
    ['returns nothing', () => undefined as never],
    ['returns an unknown decision', () => of('yes' as unknown as ApprovalDecision)],
    ['returns a decision of another kind', () => of({ scope: 'turn' } as unknown as ApprovalDecision)],
    ['is late', approvals.timeout(20, () => NEVER)],
  ];
  it.each(failing.flatMap(([name, handler]) => CASES.map((one) => [name, one[0], handler, one] as const)))(
    'is declined with a notice when the handler %s: %s',
    async (_, method, handler, [, params, refusal]) => {
      const { answer, events } = await answerTo(method, params, handler);
      expect(answer).toEqual(refusal);
      expect(noticeIn(events)).toBe(1);
    },
  );

  it.each<[string, Readonly<Record<string, unknown>>, ApprovalDecision, unknown]>([
    [CASES[0][0], CASES[0][1], 'accept', { decision: 'accept' }],
    [CASES[0][0], CASES[0][1], 'acceptForSession', { decision: 'acceptForSession' }],
    [CASES[0][0], CASES[0][1], 'cancel', { decision: 'cancel' }],
    [
      CASES[0][0],
      CASES[0][1],
      { execPolicyAmendment: ['npm', 'test'] },
      { decision: { acceptWithExecpolicyAmendment: { execpolicy_amendment: ['npm', 'test'] } } },
    ],
    [CASES[1][0], CASES[1][1], 'acceptForSession', { decision: 'acceptForSession' }],
    [CASES[2][0], CASES[2][1], 'accept', { permissions: { network: { enabled: true } }, scope: 'turn' }],
    [CASES[2][0], CASES[2][1], 'acceptForSession', { permissions: { network: { enabled: true } }, scope: 'session' }],
    [
      CASES[2][0],
      CASES[2][1],
      { permissions: { fileSystem: null } },
      { permissions: { fileSystem: null }, scope: 'turn' },
    ],
    [CASES[3][0], CASES[3][1], 'accept', { action: 'accept', content: {}, _meta: null }],
    [CASES[3][0], CASES[3][1], { content: { a: 1 } }, { action: 'accept', content: { a: 1 }, _meta: null }],
    [CASES[3][0], CASES[3][1], 'cancel', { action: 'cancel', content: null, _meta: null }],
    [CASES[4][0], CASES[4][1], { answers: { db: 'SQLite' } }, { answers: { db: { answers: ['SQLite'] } } }],
  ])('is answered as the protocol expects: %s', async (method, params, decision, expected) => {
    const { answer, events } = await answerTo(method, params, () => of(decision));
    expect(answer).toEqual(expected);
    expect(noticeIn(events)).toBe(0);
  });

  it('is typed by its kind, with the command, the tool or the questions', async () => {
    const kinds: ApprovalRequest[] = [];
    for (const [method, params] of CASES) kinds.push(...(await answerTo(method, params, approvals.decline)).requests);
    expect(kinds).toMatchObject([
      { kind: 'command', command: 'rm -rf x', cwd: '/w', reason: 'why' },
      { kind: 'fileChange', changes: [] },
      { kind: 'permissions', permissions: { network: { enabled: true } } },
      { kind: 'mcpTool', server: 'demo', tool: 'write', message: 'Allow?' },
      { kind: 'userInput', questions: [{ id: 'db', isSecret: false, options: [] }] },
    ]);
  });

  it('for a patch has the diff of the item', async () => {
    const changes = [{ path: '/w/a', kind: { type: 'update', move_path: null }, diff: '@@ -1 +1 @@\n-a\n+b\n' }];
    const item = { type: 'fileChange', id: 'patch', changes, status: 'inProgress' };
    const seen: ApprovalRequest[] = [];
    const { server } = await openFake(
      {
        turns: [
          [
            ...serverTurn.notify('item/started', { item }),
            ...serverTurn.ask('item/fileChange/requestApproval', { itemId: 'patch', startedAtMs: 0 }),
          ],
        ],
      },
      {
        approvals: (request) => {
          seen.push(request);
          return of('accept');
        },
      },
    );
    const thread = await lastValueFrom(server.thread.start$());
    await lastValueFrom(thread.turn$('Hi'));
    expect(seen).toMatchObject([
      { kind: 'fileChange', changes: [{ path: '/w/a', kind: 'update', diff: changes[0]?.diff }] },
    ]);
  });

  it('is cancelled, and its handler is unsubscribed, when the turn is unsubscribed', async () => {
    let isSubscribed = false;
    let signal: AbortSignal | undefined;
    const { server, fake } = await openFake(
      { turns: [serverTurn.runApproved('rm x')] },
      {
        approvals: (_, context) => {
          signal = context.signal;
          return new Observable<ApprovalDecision>(() => {
            isSubscribed = true;
            return () => {
              isSubscribed = false;
            };
          });
        },
      },
    );
    const thread = await lastValueFrom(server.thread.start$());
    const turn = new Recorder(thread.turn$('Hi'));
    await turn.until((event) => event.type === 'item.started' && event.item.type === 'command_execution');
    await ticks();
    expect(isSubscribed).toBe(true);

    turn.subscription.unsubscribe();
    await ticks(20);
    expect(isSubscribed).toBe(false);
    expect(signal?.aborted).toBe(true);
    expect(fake.received).toContainEqual({ id: 0, result: { decision: 'cancel' } });
  });

  it.each([
    ['item/tool/requestUserInput', 'request_user_input'],
    ['item/permissions/requestApproval', 'request_permissions'],
  ])('is an item in progress while it is open, so that idleTimeout allows for it: %s', async (method, tool) => {
    const params = CASES.find(([name]) => name === method)?.[1] ?? {};
    let decide: (decision: ApprovalDecision) => void = () => undefined;
    const { server } = await openFake(
      { turns: [serverTurn.ask(method, params, () => serverTurn.say('Done.'))] },
      {
        approvals: () =>
          new Promise((resolve) => {
            decide = resolve;
          }),
      },
    );
    const thread = await lastValueFrom(server.thread.start$());
    const turn = new Recorder(thread.turn$('Hi').pipe(idleTimeout({ each: 30, whileRunning: 60_000 })));
    await turn.until((event) => event.type === 'item.started' && event.item.type === 'mcp_tool_call');
    await delay(100);
    decide('accept');
    await turn.ended;
    expect(turn.error).toBeUndefined();
    const items = turn.values.flatMap((event) => ('item' in event && 'tool' in event.item ? [event] : []));
    expect(items).toMatchObject([
      { type: 'item.started', item: { server: 'client', tool, status: 'in_progress' } },
      { type: 'item.completed', item: { server: 'client', tool, status: 'completed' } },
    ]);
  });

  it('is dropped without an answer when another client has answered it', async () => {
    const { server, fake } = await openFake(
      {
        turns: [
          [...serverTurn.notify('serverRequest/resolved', { requestId: 0 }), ...serverTurn.say('Hi')],
          serverTurn.ask('item/commandExecution/requestApproval', COMMAND),
        ],
      },
      { approvals: () => NEVER },
    );
    const one = await lastValueFrom(server.thread.start$());
    const other = await lastValueFrom(server.thread.start$());
    const resolver = new Recorder(one.turn$('resolve'));
    const waiting = new Recorder(other.turn$('ask'));
    await waiting.until(({ type }) => type === 'turn.started');
    await ticks(20);
    expect(fake.received.filter((message) => message.method === undefined)).toEqual([]);
    waiting.subscription.unsubscribe();
    await resolver.ended;
  });

  it('of a sub-agent is declined by policy, although its thread is unknown', async () => {
    const { answer } = await answerTo(
      'item/commandExecution/requestApproval',
      { ...COMMAND, threadId: 'child', turnId: 'x' },
      undefined,
    );
    expect(answer).toEqual({ decision: 'decline' });
  });
});

describe('a late request', () => {
  afterEach(closeFakes);

  const FIRST_THREAD = '00000000-0000-7000-8000-000000000001';
  const late = (method: string, params: object) =>
    serverTurn.raw(JSON.stringify({ id: 77, method, params: { threadId: FIRST_THREAD, turnId: 'turn-1', ...params } }));
  const LATE = [
    ['item/commandExecution/requestApproval', COMMAND, { decision: 'decline' }],
    ['item/tool/call', { callId: 'c', tool: 'look_up', arguments: {} }, { success: false }],
    ['item/tool/requestUserInput', CASES[4][1], { answers: {} }],
  ] as const;

  /** A server that accepts everything, and counts what it is asked. */
  async function openAccepting(script: FakeAppServerScript, options: AppServerOptions = {}) {
    const asked: string[] = [];
    const lookUp = tool({
      name: 'look_up',
      description: 'Looks something up.',
      execute: () => {
        asked.push('look_up');
        return 'found';
      },
    });
    const opened = await openFake(script, {
      approvals: ({ kind }) => {
        asked.push(kind);
        return ['accept'];
      },
      ...options,
    });
    return { ...opened, asked, tools: [lookUp] };
  }

  it.each(LATE)('of a turn that is over is refused without its handler: %s', async (method, params, answer) => {
    const turns = [serverTurn.say('Hi'), [...late(method, params), ...serverTurn.say('Done.')]];
    const { server, fake, asked, tools } = await openAccepting({ turns });
    const thread = await lastValueFrom(server.thread.start$({ tools }));
    await lastValueFrom(thread.turn$('1'));
    await lastValueFrom(thread.turn$('2'));
    expect(fake.received).toContainEqual({ id: 77, result: expect.objectContaining(answer) as unknown });
    expect(asked).toEqual([]);
  });

  it.each(LATE)(
    'of an unsubscribed turn that the server has not ended is refused: %s',
    async (method, params, answer) => {
      const turns = [serverTurn.hang(), [...late(method, params), ...serverTurn.say('Done.')]];
      const answers = { 'turn/interrupt': { fault: 'never' as const } };
      const { server, fake, asked, tools } = await openAccepting({ turns, answers }, { terminateGrace: 20 });
      const thread = await lastValueFrom(server.thread.start$({ tools }));
      const other = await lastValueFrom(server.thread.start$());
      const turn = new Recorder(thread.turn$('1'));
      await turn.until(({ type }) => type === 'turn.started');
      turn.subscription.unsubscribe();
      await whenIdle();
      await lastValueFrom(other.turn$('2'));
      expect(fake.received).toContainEqual({ id: 77, result: expect.objectContaining(answer) as unknown });
      expect(asked).toEqual([]);
    },
  );

  it.each(LATE)('of a run that was given up is refused: %s', async (method, params, answer) => {
    const turns = [serverTurn.hang(), [...late(method, params), ...serverTurn.say('Done.')]];
    const answers = { 'turn/interrupt': { fault: 'never' as const } };
    const { server, fake, asked, tools } = await openAccepting({ turns, answers }, { terminateGrace: 20 });
    const run = new Recorder(server.exec$({ prompt: '1', workingDirectory: '.', tools }));
    await run.until(({ type }) => type === 'turn.started');
    run.subscription.unsubscribe();
    await whenIdle();
    await lastValueFrom(server.exec$({ prompt: '2', workingDirectory: '.' }));
    expect(fake.received).toContainEqual({ id: 77, result: expect.objectContaining(answer) as unknown });
    expect(asked).toEqual([]);
  });

  it('of another turn is handled after an interrupt', async () => {
    const turns = [serverTurn.hang(), serverTurn.runApproved('rm x')];
    const { server, asked } = await openAccepting({ turns });
    const thread = await lastValueFrom(server.thread.start$());
    const turn = new Recorder(thread.turn$('1'));
    await turn.until(({ type }) => type === 'turn.started');
    turn.subscription.unsubscribe();
    await lastValueFrom(thread.turn$('2'));
    expect(asked).toEqual(['command']);
  });
});

describe('another request of the server', () => {
  afterEach(closeFakes);

  it('is answered by its handler', async () => {
    let answer: unknown;
    const { server } = await openFake(
      {
        turns: [
          serverTurn.ask('item/tool/call', { callId: 'c', tool: 'look_up', arguments: { id: 7 } }, (received) => {
            answer = received;
            return [];
          }),
        ],
      },
      {
        handlers: {
          'item/tool/call': ({ tool, arguments: args }) =>
            of({ success: true, contentItems: [{ type: 'inputText', text: `${tool} ${JSON.stringify(args)}` }] }),
        },
      },
    );
    const thread = await lastValueFrom(server.thread.start$());
    await lastValueFrom(thread.turn$('Hi'));
    expect(answer).toEqual({ success: true, contentItems: [{ type: 'inputText', text: 'look_up {"id":7}' }] });
  });

  it.each([
    ['item/tool/call', { result: { success: false, contentItems: [expect.anything()] } }],
    ['account/chatgptAuthTokens/refresh', { error: { code: -32000, message: expect.any(String) as string } }],
    ['some/new/request', { error: { code: -32601, message: 'method not found: some/new/request' } }],
  ])('gets a valid refusal without a handler: %s', async (method, expected) => {
    const { server, fake } = await openFake({ turns: [[...serverTurn.ask(method, {}), ...serverTurn.hang()]] });
    const thread = await lastValueFrom(server.thread.start$());
    const turn = new Recorder(thread.turn$('Hi'));
    await turn.until((event) => event.type === 'error' && event.code === 'request_refused');
    expect(fake.received).toContainEqual({ id: 0, ...expected });
    turn.subscription.unsubscribe();
  });
});

describe('the policy of a thread', () => {
  afterEach(closeFakes);

  it.each([
    ['never without a handler', {}, { approvalPolicy: 'on-request' }, 'never'],
    ['on-request with a handler', { approvals: approvals.decline }, {}, 'on-request'],
    [
      'the requested one with a handler',
      { approvals: approvals.decline },
      { approvalPolicy: 'untrusted' },
      'untrusted',
    ],
    ['never with safety: bypass', { approvals: approvals.decline }, { safety: 'bypass' as const }, 'never'],
  ])('is %s', async (_, options, thread, policy) => {
    const { server, fake } = await openFake({}, options);
    await lastValueFrom(server.thread.start$(thread));
    expect(fake.sent('thread/start')[0]).toMatchObject({ params: { approvalPolicy: policy } });
  });
});

describe('approvals', () => {
  const context = { threadId: 't', turnId: 'u', signal: new AbortController().signal };
  const command = (actions: readonly string[]): ApprovalRequest => ({
    kind: 'command',
    itemId: 'i',
    command: 'cat a\u001b[2Kb',
    cwd: '/w',
    reason: 'look',
    actions: actions.map((type) => ({ type })),
    proposedExecPolicyAmendment: undefined,
    raw: {},
  });

  it.each([
    [['read'], 'accept'],
    [['read', 'search'], 'accept'],
    [['read', 'unknown'], 'decline'],
    [[], 'decline'],
  ])('readOnly decides about a command with the actions %j: %s', async (actions, decision) => {
    expect(await lastValueFrom(approvals.readOnly(command(actions)))).toBe(decision);
  });

  it.each([
    ['y', 'accept'],
    ['s', 'acceptForSession'],
    ['n', 'decline'],
    ['c', 'cancel'],
    ['', 'decline'],
    ['what?', 'decline'],
  ])('inTerminal shows the command and reads %j as %s', async (line, decision) => {
    const input = new PassThrough();
    const output = new PassThrough();
    const handler = approvals.inTerminal({ input, output, color: false });
    input.write(`${line}\n`);
    expect(await lastValueFrom(handler(command([]), context) as Observable<unknown>)).toBe(decision);
    const shown = String(output.read());
    expect(shown).toContain('cat a\\u001b[2Kb');
    expect(shown).not.toContain('\u001b');
    expect(shown).toContain('Reason: look');
  });

  it('inTerminal discards what was typed into a terminal before the question, and asks again after a typing error', async () => {
    const input = Object.assign(new PassThrough(), { isTTY: true });
    const output = new PassThrough().setEncoding('utf8');
    let shown = '';
    output.on('data', (text: string) => {
      shown += text;
      const questions = shown.split('Allow?').length - 1;
      if (text.includes('Allow?')) input.write(questions === 1 ? 'constructor\n' : 'n\n');
    });
    input.write('y\n');
    const handler = approvals.inTerminal({ input, output, color: false });
    expect(await lastValueFrom(handler(command([]), context) as Observable<unknown>)).toBe('decline');
    expect(shown.split('Allow?')).toHaveLength(3);
  });

  async function shownFor(request: ApprovalRequest, color = false): Promise<string> {
    const output = new PassThrough();
    const input = new PassThrough();
    input.end('n\n');
    await lastValueFrom(approvals.inTerminal({ input, output, color })(request, context) as Observable<unknown>);
    return String(output.read());
  }

  it('inTerminal marks further lines of a text, so that it cannot imitate another question', async () => {
    const forged = 'rm -rf x\n\nThe agent wants to run:\n  ls\nAllow? [y]es: ';
    const shown = await shownFor({ ...command([]), command: forged } as ApprovalRequest);
    expect(shown.match(/^The agent wants to run:$/gm)).toHaveLength(1);
    expect(shown).toContain('  rm -rf x\n  | \n  | The agent wants to run:\n  |   ls\n  | Allow? [y]es: \n');
  });

  it.each(['\u202e', '\u200b', '\u2028', '\u009b', '\r', '\ufeff'])(
    'inTerminal shows %j as an escape',
    async (character) => {
      const shown = await shownFor({
        ...command([]),
        command: `ls ${character}x`,
        cwd: character,
        reason: character,
      } as ApprovalRequest);
      expect(shown).not.toContain(character);
      expect(shown).toContain(`\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}x`);
    },
  );

  const change = (kind: string, diff: string): ApprovalRequest => ({
    kind: 'fileChange',
    itemId: 'i',
    changes: [{ path: 'a', kind, diff }],
    reason: undefined,
    grantRoot: undefined,
    raw: {},
  });

  it.each([
    ['add', 'one\n', '\u001b[32m+one\u001b[0m'],
    ['delete', 'one\n', '\u001b[31m-one\u001b[0m'],
    ['update', '@@ -1 +1 @@\n-one\n+two\n', '\u001b[31m-one\u001b[0m\n    \u001b[32m+two\u001b[0m'],
  ])('inTerminal colors the lines of a change: %s', async (kind, diff, expected) => {
    expect(await shownFor(change(kind, diff), true)).toContain(expected);
  });

  it('inTerminal shows the start of a huge change and how much is not shown', async () => {
    const shown = await shownFor(change('add', `${'x'.repeat(1_000_000)}\n${'line\n'.repeat(100_000)}`));
    expect(shown.length).toBeLessThan(20_000);
    expect(shown).toContain('(1000001 characters)');
    expect(shown).toContain('… 99501 more lines are not shown');
  });

  it('inTerminal declines when its input ends', async () => {
    const input = new PassThrough();
    const handler = approvals.inTerminal({ input, output: new PassThrough() });
    input.end();
    const ask = () => lastValueFrom(handler(command([]), context) as Observable<unknown>);
    expect([await ask(), await ask()]).toEqual(['decline', 'decline']);
  });
});
