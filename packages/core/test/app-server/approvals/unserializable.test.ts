import type { ApprovalDecision, ServerRequestHandlers } from '@codex-rx/core/app-server';
import { serverTurn } from '@codex-rx/testing';
import { lastValueFrom, of, toArray } from 'rxjs';
import { closeFakes, openFake } from '../support.js';

const circular: Record<string, unknown> = {};
circular.self = circular;
const fail = (): never => {
  throw new Error('no');
};
const VALUES: readonly (readonly [string, unknown])[] = [
  ['a bigint', 1n],
  ['a circular object', circular],
  ['an object whose toJSON throws', { toJSON: fail }],
  ['an object whose getter throws', Object.defineProperty({}, 'x', { enumerable: true, get: fail })],
  ['a proxy', new Proxy({}, { get: fail, has: fail, ownKeys: fail })],
];
const NOT_JSON: typeof VALUES = [
  ['a function', () => 1],
  ['a symbol', Symbol('x')],
  ['nothing', undefined],
];

/** Runs a turn with one request. Returns the answer of the client and the codes of the notices. */
async function answerTo(method: string, params: object, options: Parameters<typeof openFake>[1]) {
  const { server, fake } = await openFake(
    { turns: [[...serverTurn.ask(method, { itemId: 'c', ...params }), ...serverTurn.say('Done.')]] },
    options,
  );
  const thread = await lastValueFrom(server.thread.start$({ approvalPolicy: 'on-request' }));
  const events = await lastValueFrom(thread.turn$('Hi').pipe(toArray()));
  const { error, result } = fake.received.find((message) => message.method === undefined) ?? {};
  return { error, result, notices: events.flatMap((event) => (event.type === 'error' ? [event.code] : [])) };
}

const decide = (decision: unknown) => ({ approvals: () => of(decision as ApprovalDecision) });
const handle = (value: unknown) => ({
  handlers: { 'currentTime/read': () => of(value) } as unknown as ServerRequestHandlers,
});

describe('an answer that is not JSON', () => {
  afterEach(closeFakes);

  it.each([...VALUES, ...NOT_JSON])('declines a form: %s', async (_, value) => {
    const answer = await answerTo(
      'mcpServer/elicitation/request',
      { serverName: 'demo', mode: 'form', message: 'Rows?', requestedSchema: {} },
      decide(typeof value === 'object' ? { content: { rows: value } } : value),
    );
    expect(answer).toMatchObject({ result: { action: 'decline' }, notices: ['approval_declined'] });
  });

  it.each(VALUES)('denies permissions: %s', async (_, value) => {
    const answer = await answerTo(
      'item/permissions/requestApproval',
      { cwd: '/w', permissions: { network: { enabled: true } } },
      decide({ permissions: { network: value } }),
    );
    expect(answer).toMatchObject({ result: { permissions: {} }, notices: ['approval_declined'] });
  });

  it.each([...VALUES, ['an object without a text', { toString: 1 }] as const])(
    'leaves questions open: %s',
    async (_, value) => {
      const questions = [{ id: 'db', header: 'Database', question: 'Which?', options: null }];
      const answer = await answerTo('item/tool/requestUserInput', { questions }, decide({ answers: { db: value } }));
      expect(answer).toMatchObject({ result: { answers: {} }, notices: ['approval_declined'] });
    },
  );

  it.each([...VALUES, ...NOT_JSON])('is a JSON-RPC error for another request: %s', async (_, value) => {
    const answer = await answerTo('currentTime/read', {}, handle(value));
    expect(answer).toMatchObject({ error: { code: -32_000 }, result: undefined, notices: ['request_refused'] });
  });

  it('declines when a handler throws something without a text', async () => {
    const approvals = () => Promise.reject(Object.create(null) as Error);
    const answer = await answerTo('item/commandExecution/requestApproval', { command: 'rm' }, { approvals });
    expect(answer).toMatchObject({ result: { decision: 'decline' }, notices: ['approval_declined'] });
  });
});
