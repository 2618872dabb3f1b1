import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Codex, createCodex, type RawLine, type RunNotification, readEvents$, whenIdle } from '@codex-rx/core';
import { serverTurn } from '@codex-rx/testing';
import { isAlive, waitUntil } from '@codex-rx/testing/processes';
import { BehaviorSubject, filter, firstValueFrom, lastValueFrom, map, take, toArray } from 'rxjs';
import type { EngineOptions } from '../../src/engine/options.js';
import { pidsOf, warmPlace } from './support.js';

jest.setTimeout(60_000);

const place = warmPlace();
const open = place.open;
const all = lastValueFrom;
const pidOf = (notifications: readonly RunNotification[]): number => pidsOf(notifications)[0] ?? 0;

describe('a run of a client with the transport app-server', () => {
  it('emits the notifications of a run, and the next run uses the same process', async () => {
    const codex = await open({ turns: [serverTurn.say('One.', { deltas: ['O', 'ne.'] }), serverTurn.say('Two.')] });
    const first = await all(codex.run$({ prompt: 'x' }).pipe(toArray()));
    expect(first[0]).toMatchObject({
      type: 'started',
      transport: 'app-server',
      argv: ['app-server'],
      cwd: place.folder,
    });
    expect(first.map((one) => (one.type === 'event' ? one.event.type : one.type))).toEqual([
      ...['started', 'thread.started', 'turn.started', 'item.started', 'item.completed', 'item.started'],
      ...['item.delta', 'item.delta', 'item.completed', 'turn.completed', 'exited'],
    ]);
    expect(first.at(-1)).toEqual({ type: 'exited', code: 0, signal: null, lastMessage: 'One.' });
    const second = await all(codex.with({ model: 'm' }).run$({ prompt: 'x' }).pipe(toArray()));
    expect(second.at(-1)).toMatchObject({ lastMessage: 'Two.' });
    expect(pidOf(second)).toBe(pidOf(first));
    expect(isAlive(pidOf(first))).toBe(true);
    await whenIdle();
    await waitUntil(() => !isAlive(pidOf(first)));
  });

  it('is cold: each subscription is a turn', async () => {
    const codex = await open({ turns: [serverTurn.say('1'), serverTurn.say('2')] });
    const answer$ = codex.sendPrompt$({ prompt: 'x' });
    expect(place.fake.received).toEqual([]);
    expect([await all(answer$), await all(answer$)]).toEqual(['1', '2']);
  });

  it('errors with a TurnFailedError with what is known of the run', async () => {
    const codex = await open({ turns: [[...serverTurn.say('Half.'), ...serverTurn.fail('stream disconnected')]] });
    const notifications: RunNotification[] = [];
    const error: unknown = await codex
      .run$({ prompt: 'x' })
      .forEach((one) => notifications.push(one))
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'TURN_FAILED', message: 'stream disconnected', lastMessage: 'Half.' });
    expect(notifications.at(-1)).toMatchObject({ type: 'exited', code: 1 });
  });

  it('errors with an RpcError when the server exits, and the next run gets another server', async () => {
    const codex = await open({ turns: [[...serverTurn.say('a'), ...serverTurn.exit()], serverTurn.say('b')] });
    await expect(all(codex.runTurn$({ prompt: 'x' }))).rejects.toMatchObject({
      code: 'SERVER_EXITED',
      result: { text: 'a' },
    });
    await expect(all(codex.sendPrompt$({ prompt: 'x' }))).resolves.toBe('b');
  });

  it('interrupts the turn when it is unsubscribed, aborted or out of time', async () => {
    const codex = await open({ turns: [serverTurn.hang(), serverTurn.hang(), serverTurn.hang(), serverTurn.say('x')] });
    const request = { prompt: 'x' };
    await firstValueFrom(codex.exec$(request).pipe(filter(({ type }) => type === 'turn.started')));
    await waitUntil(() => place.fake.sent('turn/interrupt').length === 1);
    const controller = new AbortController();
    const aborted = all(codex.exec$({ ...request, signal: controller.signal }));
    await waitUntil(() => place.fake.sent('turn/start').length === 2);
    controller.abort(new Error('enough'));
    await expect(aborted).rejects.toMatchObject({ code: 'ABORT_ERR' });
    await expect(all(codex.exec$({ ...request, timeout: 300 }))).rejects.toMatchObject({ code: 'RUN_TIMEOUT' });
    expect(place.fake.sent('turn/interrupt')).toHaveLength(3);
    await expect(all(codex.sendPrompt$(request))).resolves.toBe('x');
    expect(place.fake.sent('initialize')).toHaveLength(1);
  });

  it('writes lines and logs that readers of codex exec read', async () => {
    const codex = await open({ turns: [serverTurn.run('ls', { output: 'a' }), serverTurn.run('ls', { output: 'a' })] });
    const eventLog = join(await mkdtemp(join(tmpdir(), 'codex-rx-log-')), 'run.jsonl');
    const events = await all(codex.exec$({ prompt: 'x', eventLog }).pipe(toArray()));
    expect(await all(readEvents$(eventLog).pipe(toArray()))).toEqual(events);
    const lines = await all(codex.lines$({ prompt: 'x' }).pipe(toArray()));
    expect(lines.map((line) => (JSON.parse(line as string) as { type: string }).type)).toEqual(
      events.map(({ type }) => type),
    );
    await rm(join(eventLog, '..'), { recursive: true });
  });

  it('passes its lines through the operator of the request', async () => {
    const codex = await open({ turns: [serverTurn.say('abc'), serverTurn.say('abc')] });
    const lines = map((line: RawLine) => (line as string).replaceAll('abc', 'xyz'));
    await expect(all(codex.sendPrompt$({ prompt: 'x', lines: (lines$) => lines$.pipe(lines) }))).resolves.toBe('xyz');
    const events = await all(codex.exec$({ prompt: 'x', lines: (lines$) => lines$.pipe(take(2)) }).pipe(toArray()));
    expect(events.map(({ type }) => type)).toEqual(['thread.started', 'turn.started']);
  });

  it('keeps its events while it is paused', async () => {
    const codex = await open({ turns: [serverTurn.say('abc')] });
    const paused$ = new BehaviorSubject(true);
    const types: string[] = [];
    const ended = codex.exec$({ prompt: 'x', paused$ }).forEach(({ type }) => types.push(type));
    await waitUntil(() => place.fake.sent('thread/unsubscribe').length === 1);
    expect(types).toEqual([]);
    paused$.next(false);
    await ended;
    expect(types.at(-1)).toBe('turn.completed');
  });

  it('errors when a pause lasts longer than the buffer', async () => {
    const deltas = Array.from({ length: 10_100 }, () => 'x');
    const codex = await open({ turns: [serverTurn.say('x', { deltas })] });
    const run$ = codex.exec$({ prompt: 'x', paused$: new BehaviorSubject(true) });
    await expect(all(run$)).rejects.toMatchObject({ code: 'BUFFER_OVERFLOW' });
  });

  it('writes the last message, and emits the time of events', async () => {
    const codex = await open({ turns: [serverTurn.say('Done.')] });
    const outputLastMessage = join(await mkdtemp(join(tmpdir(), 'codex-rx-last-')), 'a', 'last.txt');
    const event = await all(codex.exec$({ prompt: 'x', outputLastMessage, receivedAt: true }));
    expect(event.receivedAt).toEqual(expect.any(Number));
    expect(readFileSync(outputLastMessage, 'utf8')).toBe('Done.');
    await all(codex.exec$({ prompt: 'x', outputLastMessage }));
    expect(readFileSync(outputLastMessage, 'utf8')).toBe('');
    await rm(join(outputLastMessage, '../..'), { recursive: true });
  });

  it.each([
    ['profile', { profile: 'p' }],
    ['extraArgs', { extraArgs: ['--x'] }],
    ['mirrorStderr', { mirrorStderr: true }],
    ['strict', { strict: true }],
    ['ignoreUserConfig', { ignoreUserConfig: true }],
    ['approvalPolicy', { approvalPolicy: 'on-request' }],
    ['prompt', { prompt: ' ' }],
    ['images[0]', { images: ['/no/such.png'] }],
    ['codexHome', { sandbox: 'workspace-write' }],
  ])('rejects %s before a server starts', async (field, options) => {
    const codex = await open({});
    const run$ = codex.exec$({ prompt: 'x', ...options });
    await expect(all(run$)).rejects.toMatchObject({ code: 'REQUEST_INVALID', field });
    expect(place.fake.received).toEqual([]);
  });

  it('starts a server per environment, and replaces it when the binary changes', async () => {
    const codex = await open({});
    const run = async (client: Codex) => pidOf(await all(client.run$({ prompt: 'x' }).pipe(toArray())));
    const first = await run(codex);
    await writeFile(place.fake.binary, `${await readFile(place.fake.binary, 'utf8')}\n`);
    const swapped = await run(codex);
    expect(swapped).not.toBe(first);
    await waitUntil(() => !isAlive(first));
    const other = await run(codex.with({ env: { COLOR: 'blue' } }));
    expect(other).not.toBe(swapped);
    expect([isAlive(swapped), isAlive(other)]).toEqual([true, true]);
  });

  it('continues threads by their id', async () => {
    const codex = await open({ turns: [serverTurn.say('1'), serverTurn.say('2'), serverTurn.say('3')] });
    const thread = codex.thread();
    await all(thread.runTurn$('a'));
    const { text, threadId } = await all(thread.runTurn$('b'));
    expect([text, threadId]).toEqual(['2', thread.id]);
    const fork = await all(thread.fork$());
    expect(fork.id).not.toBe(thread.id);
    await expect(all(fork.runTurn$('c'))).resolves.toMatchObject({ text: '3', threadId: fork.id });
  });

  it('works in a folder of its own, which is removed', async () => {
    const codex = await open({ turns: [serverTurn.say('1')] });
    const isolated = createCodex({ ...codex.options, workingDirectory: undefined }, { transport: 'app-server' });
    const [started] = await all(isolated.run$({ prompt: 'x' }).pipe(toArray()));
    const [request] = place.fake.sent('thread/start') as readonly { params: { cwd: string; config: object } }[];
    expect(started).toMatchObject({ cwd: request?.params.cwd });
    expect(request?.params.config).toMatchObject({ project_doc_max_bytes: 0 });
    expect(() => readFileSync(request?.params.cwd ?? '')).toThrow('ENOENT');
  });
});

describe('the options of an engine', () => {
  it.each([
    [{ transport: 'tcp' }, 'transport'],
    [{ idleStop: 1 }, 'idleStop'],
    [{ transport: 'app-server', idleStop: -1 }, 'idleStop'],
    [{ transport: 'app-server', maxServers: 0 }, 'maxServers'],
    [{ transport: 'app-server', connect: {} }, 'connect'],
    [{ transport: 'app-server', model: 'x' }, 'model'],
  ])('%j are rejected', (engine, field) => {
    expect(() => createCodex({}, engine as EngineOptions)).toThrow(expect.objectContaining({ field }) as Error);
  });
});
