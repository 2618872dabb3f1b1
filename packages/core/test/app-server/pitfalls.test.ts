import { type ApprovalDecision, openAppServer } from '@codex-rx/core/app-server';
import { type FakeAppServerScript, openFakeAppServer, serverTurn } from '@codex-rx/testing';
import { lastValueFrom, NEVER, of, toArray } from 'rxjs';
import { ApprovalDesk } from '../../src/app-server/approvals/approval-desk.js';
import { mapNotification } from '../../src/app-server/mapping/map-notification.js';
import { initialMappingState } from '../../src/app-server/mapping/mapping-state.js';
import { RpcPeer } from '../../src/app-server/rpc/rpc-peer.js';
import { MemoryTransport } from './rpc/memory-transport.js';
import { closeFakes, openFake, Recorder, ticks } from './support.js';

const COMMAND = 'item/commandExecution/requestApproval';
const REQUEST = { itemId: 'c', command: 'rm x', cwd: '/w', startedAtMs: 0 };

async function openThread(script: FakeAppServerScript, options = {}) {
  const { server, fake } = await openFake(script, options);
  return { server, fake, thread: await lastValueFrom(server.thread.start$()) };
}

describe('a client of the app-server', () => {
  afterEach(closeFakes);

  it('splits messages at LF only, although the server writes U+2028 and U+2029 unescaped', async () => {
    const text = 'a\u2028b\u2029c\u0085d';
    await using fake = await openFakeAppServer({ turns: [serverTurn.say(text)] });
    await using server = await openAppServer({ binary: fake.binary });
    const thread = await lastValueFrom(server.thread.start$());
    expect((await lastValueFrom(thread.runTurn$('Hi'))).text).toBe(text);
  });

  it('reports that a steer was not delivered because the turn had ended', async () => {
    const { thread, fake } = await openThread({
      turns: [serverTurn.hang()],
      answers: { 'turn/steer': { error: { code: -32600, message: 'no active turn to steer' } } },
    });
    const turn = new Recorder(thread.turn$('Hi'));
    await turn.until(({ type }) => type === 'turn.started');
    await expect(lastValueFrom(thread.steer$('More'))).rejects.toMatchObject({ code: 'RPC_ERROR', rpcCode: -32600 });
    expect(fake.sent('turn/steer')).toHaveLength(1);
    turn.subscription.unsubscribe();
  });

  it('emits events that come before the answer to turn/start', async () => {
    const ids = { threadId: '00000000-0000-7000-8000-000000000001', turnId: 'early' };
    const turn = { id: 'early', items: [], status: 'inProgress', error: null };
    const item = { type: 'agentMessage', id: 'm', text: 'Early.' };
    let notify: (method: string, params: object) => void = () => undefined;
    const { thread, fake } = await openThread({
      answers: {
        'turn/start': () => {
          notify('turn/started', { ...ids, turn });
          notify('item/completed', { ...ids, item });
          notify('turn/completed', { ...ids, turn: { ...turn, status: 'completed' } });
          return { result: { turn } };
        },
      },
    });
    notify = (method, params) => {
      fake.notify(method, { ...params });
    };
    const events = await lastValueFrom(thread.turn$('Hi').pipe(toArray()));
    expect(events.map(({ type }) => type)).toEqual(['turn.started', 'item.completed', 'turn.completed']);
  });

  it('does not credit an item that completes late to the next turn', async () => {
    const late = { turnId: 'turn-1', item: { type: 'agentMessage', id: 'late', text: 'Late.' } };
    const { thread } = await openThread({
      turns: [serverTurn.say('One.'), [...serverTurn.notify('item/completed', late), ...serverTurn.say('Two.')]],
    });
    const all = new Recorder(thread.events$);
    await lastValueFrom(thread.turn$('1'));
    const events = await lastValueFrom(thread.turn$('2').pipe(toArray()));
    expect(JSON.stringify(events)).not.toContain('Late.');
    expect(JSON.stringify(all.values)).toContain('Late.');
    all.subscription.unsubscribe();
  });

  it('has the text of a message without deltas, and does not double that of one with deltas', async () => {
    const { thread } = await openThread({
      turns: [serverTurn.say('Hello.', { deltas: [] }), serverTurn.say('Hello.', { deltas: ['Hel', 'lo.'] })],
    });
    expect((await lastValueFrom(thread.runTurn$('1'))).text).toBe('Hello.');
    expect((await lastValueFrom(thread.runTurn$('2'))).text).toBe('Hello.');
  });

  it('takes the usage that a resume repeats as the baseline, not as that of the next turn', () => {
    const tokens = (inputTokens: number) => ({ inputTokens, cachedInputTokens: 0, outputTokens: 0 });
    const usage = (turnId: string, total: number, last: number) => ({
      method: 'thread/tokenUsage/updated',
      params: { threadId: 't', turnId, tokenUsage: { total: tokens(total), last: tokens(last) } },
    });
    const started = { method: 'turn/started', params: { threadId: 't', turn: { id: 'new' } } };
    let state = initialMappingState;
    const events = [usage('old', 100, 100), started, usage('old', 100, 100), usage('new', 130, 30)].flatMap(
      (message) => {
        const [next, emitted] = mapNotification(state, message);
        state = next;
        return emitted;
      },
    );
    expect(events.map(({ type }) => type)).toEqual(['turn.started', 'usage.updated']);
    expect(events[1]).toMatchObject({ total: { input_tokens: 130 }, last: { input_tokens: 30 } });
  });

  it('sends the environment and the configuration of a thread again with each resume', async () => {
    const { server, fake, thread } = await openThread({ turns: [serverTurn.say('Hi')] });
    await lastValueFrom(thread.turn$('Hi'));
    const options = { env: { A: 'b' }, config: { mcp_servers: { x: { command: 'y', required: true } } } };
    await lastValueFrom(server.thread.resume$(thread.id, options));
    const config = {
      'shell_environment_policy.set': { A: 'b' },
      'mcp_servers.x.command': 'y',
      'mcp_servers.x.required': true,
    };
    expect(fake.sent('thread/resume').at(-1)).toMatchObject({ params: { config } });
  });

  it('aborts the handler of a request whose turn has completed, and does not answer late', async () => {
    let signal: AbortSignal | undefined;
    const { thread, fake } = await openThread(
      {
        turns: [serverTurn.ask(COMMAND, REQUEST)],
      },
      {
        approvals: (_: unknown, context: { readonly signal: AbortSignal }) => {
          signal = context.signal;
          return NEVER;
        },
      },
    );
    const turn = new Recorder(thread.turn$('Hi'));
    await turn.until(({ type }) => type === 'turn.started');
    await ticks();
    const completed = { id: 'turn-1', items: [], status: 'completed', error: null };
    fake.notify('turn/completed', { threadId: thread.id, turn: completed });
    await turn.ended;
    expect(signal?.aborted).toBe(true);
    expect(fake.received.filter(({ method }) => method === undefined)).toEqual([]);
  });

  it('declines although the server does not offer it', async () => {
    let answer: unknown;
    const params = { ...REQUEST, availableDecisions: ['accept', 'cancel'] };
    const { thread } = await openThread(
      {
        turns: [
          serverTurn.ask(COMMAND, params, (received) => {
            answer = received;
            return [];
          }),
        ],
      },
      { approvals: () => of<ApprovalDecision>('decline') },
    );
    await lastValueFrom(thread.turn$('Hi'));
    expect(answer).toEqual({ decision: 'decline' });
  });

  it.each([COMMAND, 'item/tool/call', 'a/new/request'])(
    'answers no request of a thread that it observes: %s',
    (method) => {
      const transport = new MemoryTransport();
      const peer = new RpcPeer(transport, {
        requestTimeout: 1000,
        overload: { retries: 0, delay: 1 },
        onNotification: () => undefined,
        onRequest: () => undefined,
        onClosed: () => undefined,
      });
      const desk = new ApprovalDesk({
        approvals: () => of<ApprovalDecision>('accept'),
        handlers: {},
        isObserved: (threadId) => threadId === 'of another client',
        isStopped: () => false,
        changesOf: () => [],
        findTool: () => undefined,
        toolAnswered: () => undefined,
        answered: () => undefined,
        notify: () => undefined,
      });
      desk.receive(peer, { id: 0, method, params: { ...REQUEST, threadId: 'of another client', turnId: 'u' } });
      expect(transport.sent).toEqual([]);
      desk.receive(peer, { id: 1, method, params: { ...REQUEST, threadId: 'own', turnId: 'u' } });
      expect(transport.sent).toHaveLength(1);
    },
  );

  it.each([
    null,
    7,
    {},
    { thread: null },
    { thread: { id: 't', turns: [] }, model: 'm', cwd: '/w' },
    { thread: { id: 't' }, model: 'm', cwd: '/w', sandbox: { type: 'readOnly' } },
  ])('errors for a thread that the server describes as %j', async (result) => {
    const answers = { 'thread/start': { result }, 'thread/resume': { result } };
    const { server } = await openFake({ answers });
    // The fake server answers by itself without a result.
    for (const thread$ of [server.thread.start$(), server.thread.resume$('t')])
      await expect(lastValueFrom(thread$)).rejects.toMatchObject({ code: 'RPC_ERROR' });
  });

  it('names the limit of the path of a socket', async () => {
    const socketPath = `/${'x'.repeat(120)}`;
    await expect(openAppServer({ connect: { socketPath } })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      field: 'connect.socketPath',
    });
  });
});
