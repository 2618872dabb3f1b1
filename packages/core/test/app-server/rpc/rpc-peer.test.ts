import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { DiagnosticMessage } from '@codex-rx/core';
import type { Observable } from 'rxjs';
import { type IncomingRequest, RpcPeer } from '../../../src/app-server/rpc/rpc-peer.js';
import { RpcError } from '../../../src/errors/index.js';
import { MemoryTransport } from './memory-transport.js';

function connect() {
  const transport = new MemoryTransport();
  const notifications: [string, unknown][] = [];
  const requests: IncomingRequest[] = [];
  const closed: Error[] = [];
  const peer = new RpcPeer(transport, {
    requestTimeout: 1000,
    overload: { retries: 2, delay: 100 },
    onNotification: (method, params) => notifications.push([method, params]),
    onRequest: (request) => requests.push(request),
    onClosed: (error) => closed.push(error),
  });
  return { transport, peer, notifications, requests, closed };
}

function record(source$: Observable<unknown>) {
  const seen: unknown[] = [];
  const subscription = source$.subscribe({
    next: (value) => seen.push(value),
    error: (error: unknown) => seen.push(error),
    complete: () => seen.push('complete'),
  });
  return { seen, subscription };
}

describe('RpcPeer', () => {
  let problems: string[] = [];
  const listener = (message: unknown) => {
    const diagnostic = message as DiagnosticMessage;
    if (diagnostic.type === 'protocolError') problems.push(diagnostic.problem);
  };

  beforeEach(() => {
    jest.useFakeTimers();
    problems = [];
    subscribe('codex-rx:protocolError', listener);
  });
  afterEach(() => {
    jest.useRealTimers();
    unsubscribe('codex-rx:protocolError', listener);
  });

  it('sends a request without the jsonrpc member and emits its result', () => {
    const { peer, transport } = connect();
    const { seen } = record(peer.request$('thread/list', { limit: 1 }));
    expect(transport.sent).toEqual([{ method: 'thread/list', id: 0, params: { limit: 1 } }]);

    transport.receive({ id: 0, result: { data: [] } });
    expect(seen).toEqual([{ data: [] }, 'complete']);
  });

  it('sends a request per subscription, and none before', () => {
    const { peer, transport } = connect();
    const request$ = peer.request$('model/list', {});
    expect(transport.sent).toEqual([]);

    request$.subscribe();
    request$.subscribe();
    expect(transport.sent.map(({ id }) => id)).toEqual([0, 1]);
  });

  it('distinguishes a request of the server from an answer with the same id', () => {
    const { peer, transport, requests } = connect();
    const { seen } = record(peer.request$('turn/start', {}));
    transport.receive({ id: 0, method: 'item/tool/call', params: { tool: 'x' } });
    expect(seen).toEqual([]);

    peer.answer(0, { success: true });
    transport.receive({ id: 0, result: {} });
    expect(requests).toEqual([{ kind: 'request', id: 0, method: 'item/tool/call', params: { tool: 'x' } }]);
    expect(transport.sent[1]).toEqual({ id: 0, result: { success: true } });
    expect(seen).toEqual([{}, 'complete']);
  });

  it('repeats the id of a request unchanged, with its type', () => {
    const { peer, transport } = connect();
    peer.answer('7', {});
    peer.reject(7, { code: -32601, message: 'no' });
    expect(transport.sent).toEqual([
      { id: '7', result: {} },
      { id: 7, error: { code: -32601, message: 'no' } },
    ]);
  });

  it('passes notifications on, also those that it does not know', () => {
    const { transport, notifications } = connect();
    transport.receive({ method: 'a/b', params: { text: 'line\u2028separator' } });
    expect(notifications).toEqual([['a/b', { text: 'line\u2028separator' }]]);
  });

  it('errors with the code and the data of a JSON-RPC error', () => {
    const { peer, transport } = connect();
    const { seen } = record(peer.request$('thread/read', {}));
    transport.receive({ id: 0, error: { code: -32600, message: 'thread not found', data: { a: 1 } } });
    expect(seen[0]).toMatchObject({
      code: 'RPC_ERROR',
      method: 'thread/read',
      rpcCode: -32600,
      data: { a: 1 },
      message: 'thread/read failed: thread not found',
    });
  });

  it.each(['{"id":0}', '{"id":0,"error":null}'])('fails a request whose answer has no result: %s', (text) => {
    const { peer, transport } = connect();
    const { seen } = record(peer.request$('x', {}));
    transport.receive(text);
    expect(seen).toEqual([expect.objectContaining({ code: 'RPC_ERROR', method: 'x' })]);
  });

  it('fails every request when the transport cannot send', () => {
    const { peer, transport, closed } = connect();
    const { seen } = record(peer.request$('x', {}));
    transport.send = () => {
      throw new TypeError('broken pipe');
    };
    const second = record(peer.request$('y', {}));
    const message = 'The transport could not send a message: broken pipe';
    for (const errors of [seen, second.seen, closed])
      expect(errors).toMatchObject([{ name: 'RpcError', code: 'CONNECTION_LOST', message }]);
    expect(() => {
      peer.answer(1, {});
      peer.notify('initialized');
    }).not.toThrow();
  });

  it.each([[{ code: 'x' }], ['text'], [7]])('fails a request whose error has an unexpected shape: %j', (error) => {
    const { peer, transport } = connect();
    const { seen } = record(peer.request$('thread/read', {}));
    transport.receive({ id: 0, error });
    expect(seen[0]).toMatchObject({ code: 'RPC_ERROR', rpcCode: 0 });
  });

  it.each([
    ['thread/lst', 'The app-server has no method "thread/lst". Did you mean "thread/list"?'],
    ['something/else', 'The app-server has no method "something/else".'],
  ])('names the nearest method instead of all methods: %s', (method, message) => {
    const { peer, transport } = connect();
    const { seen } = record(peer.request$(method, {}));
    const list = '`initialize`, `thread/start`, `thread/list`';
    const problem = `Invalid request: unknown variant \`${method}\`, expected one of ${list}`;
    transport.receive({ id: 0, error: { code: -32600, message: problem } });
    expect(seen[0]).toMatchObject({ code: 'RPC_ERROR', rpcCode: -32600, method, message });
  });

  it('keeps the message about an unknown value of a parameter', () => {
    const { peer, transport } = connect();
    const { seen } = record(peer.request$('thread/start', {}));
    const problem = 'Invalid request: unknown variant `readonly`, expected one of `read-only`, `workspace-write`';
    transport.receive({ id: 0, error: { code: -32600, message: problem } });
    expect(seen[0]).toMatchObject({ message: `thread/start failed: ${problem}` });
  });

  it('has at most 64 requests in flight', () => {
    const { peer, transport } = connect();
    const all = Array.from({ length: 100 }, () => record(peer.request$('x', {})));
    expect(transport.sent).toHaveLength(64);

    for (let id = 0; id < 100; id += 1) transport.receive({ id, result: id });
    expect(transport.sent).toHaveLength(100);
    expect(all.map(({ seen }) => seen[0])).toEqual(all.map((_, index) => index));
  });

  it('errors when a request is not answered in time, and starts the next one', () => {
    const { peer, transport } = connect();
    const { seen } = record(peer.request$('slow', {}));
    for (let count = 0; count < 63; count += 1) peer.request$('slow', {}, 5000).subscribe({ error: () => undefined });
    peer.request$('next', {}).subscribe({ error: () => undefined });
    expect(transport.sent).toHaveLength(64);

    jest.advanceTimersByTime(1000);
    expect(seen[0]).toMatchObject({ code: 'RPC_TIMEOUT', method: 'slow' });
    expect(transport.sent.at(-1)).toMatchObject({ method: 'next' });
  });

  it('repeats a request that met an overloaded server, with growing pauses', () => {
    const { peer, transport } = connect();
    const { seen } = record(peer.request$('x', {}));
    const overloaded = (id: number) => {
      transport.receive({ id, error: { code: -32001, message: 'Server overloaded; retry later.' } });
    };
    overloaded(0);
    jest.advanceTimersByTime(100);
    overloaded(1);
    jest.advanceTimersByTime(99);
    expect(transport.sent).toHaveLength(2);
    jest.advanceTimersByTime(101);
    overloaded(2);
    expect(transport.sent).toHaveLength(3);
    expect(seen[0]).toMatchObject({ code: 'RPC_ERROR', rpcCode: -32001 });
  });

  it('does not send a request that was unsubscribed while it waited', () => {
    const { peer, transport } = connect();
    const full = Array.from({ length: 64 }, () => record(peer.request$('x', {})));
    record(peer.request$('never', {})).subscription.unsubscribe();
    full[0]?.subscription.unsubscribe();
    expect(transport.sent).toHaveLength(64);

    transport.receive({ id: 0, result: 1 });
    expect(transport.sent).toHaveLength(64);
    expect(full[0]?.seen).toEqual([]);
  });

  it.each([
    ['{"id":', 'not JSON'],
    ['[]', 'not an object'],
    ['null', 'not an object'],
    ['{}', 'neither a method nor an id'],
    ['{"id":null,"result":1}', 'neither a method nor an id'],
    ['{"id":{},"method":"x"}', 'the id is neither text nor a number'],
    ['{"id":99,"result":1}', 'an answer to no open request'],
    ['{"id":99,"error":{"code":1,"message":"x"}}', 'an answer to no open request'],
  ])('reports and ignores %s', (text, problem) => {
    const { peer, transport } = connect();
    const { seen } = record(peer.request$('x', {}));
    transport.receive(text);
    transport.receive('');
    expect(problems).toEqual([problem]);
    expect(seen).toEqual([]);
  });

  it('reports an oversize line and a second answer', () => {
    const { peer, transport } = connect();
    record(peer.request$('x', {}));
    transport.messages$.next({ text: 'a', line_number: 1, problem: 'oversize' });
    transport.receive({ id: 0, result: 1 });
    transport.receive({ id: 0, result: 2 });
    expect(problems).toEqual(['oversize', 'an answer to no open request']);
  });

  it('fails every request when the server exits: in flight, waiting, delayed and later ones', () => {
    const { peer, transport, closed } = connect();
    const delayed = record(peer.request$('delayed', {}));
    transport.receive({ id: 0, error: { code: -32001, message: 'overloaded' } });
    const all = Array.from({ length: 70 }, () => record(peer.request$('x', {})));
    const error = new RpcError('SERVER_EXITED', 'gone');
    transport.messages$.error(error);
    const later = record(peer.request$('later', {}));

    expect([delayed, ...all, later].every(({ seen }) => seen.length === 1 && seen[0] === error)).toBe(true);
    expect(closed).toEqual([error]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('rejects parameters that JSON cannot express', () => {
    const { peer } = connect();
    expect(record(peer.request$('x', { big: 1n })).seen[0]).toMatchObject({ code: 'REQUEST_INVALID', field: 'params' });
  });

  it('rejects a message that is larger than the server accepts', () => {
    const { peer, transport } = connect();
    Object.assign(transport, { maxMessageBytes: 100 });
    const { seen } = record(peer.request$('x', { text: 'a'.repeat(100) }));
    expect(seen[0]).toMatchObject({ code: 'REQUEST_INVALID' });
    expect(transport.sent).toEqual([]);
  });
});
