import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exec$, resume$, run$, sendPrompt$, whenIdle } from '@codex-rx/core';
import { idleTimeout } from '@codex-rx/operators';
import { type FakeStep, openFakeCodex } from '@codex-rx/testing';
import { waitUntil } from '@codex-rx/testing/processes';
import { lastValueFrom, Subject, takeUntil, toArray } from 'rxjs';
import { leavesNothing } from '../exec/support/leaves-nothing.js';
import { completed, said, started, THREAD } from '../exec/support/lines.js';
import { observe, types } from '../exec/support/observe.js';

/**
 * The crate's checklist of streams and its edge cases, by its ids. docs/parity.md explains the differences.
 */
const place = leavesNothing();
const lines = (...values: (string | object)[]): FakeStep[] => values.map((line) => ({ line }));
const turn = lines(started, said('Hello.'), completed);
const hanging: FakeStep[] = [{ line: started }, { hang: true }];
const grace = { terminateGrace: 100 };

describe.each([
  ['exec', exec$],
  ['resume', (request: Parameters<typeof exec$>[0]) => resume$({ ...request, session: THREAD })],
] as const)('streams of the crate: %s', (_name, start$) => {
  it('applies the variables of a call to that call only', async () => {
    await using fake = await openFakeCodex(turn);
    const home = join(place.folder, 'home');
    const env = { ...place.mark, CODEX_HOME: '/own', RUST_LOG: 'trace', RX_NEW: 'new' };
    const seen = () =>
      fake.invocations().map(({ env: { CODEX_HOME, RUST_LOG, RX_NEW } }) => [CODEX_HOME, RUST_LOG, RX_NEW]);
    await lastValueFrom(start$({ prompt: 'p', ...fake.options, codexHome: home, env }));
    await lastValueFrom(
      start$({ prompt: 'p', ...fake.options, codexHome: home, env: { ...place.mark, RUST_LOG: 'x' } }),
    );
    expect(seen()).toEqual([
      ['/own', 'trace', 'new'],
      [home, 'x', undefined],
    ]);
    expect(process.env.RX_NEW).toBeUndefined();
  });

  it('kills the process and removes the folder on unsubscribe, once', async () => {
    await using fake = await openFakeCodex(hanging);
    const leave$ = new Subject<void>();
    const left = observe(
      start$({ prompt: 'p', ...fake.options, ...grace, env: place.mark }).pipe(takeUntil(leave$)),
      () => {
        leave$.next();
        leave$.next();
      },
    );
    expect(types(await left)).toEqual(['thread.started']);
    await whenIdle();
    expect(place.living()).toEqual([]);
    expect(existsSync(fake.invocations()[0]?.cwd ?? '')).toBe(false);
  });

  it('errors after the time limit, after the events and the exit of the process', async () => {
    await using fake = await openFakeCodex(hanging);
    const request = { prompt: 'p', ...fake.options, ...grace, env: place.mark, timeout: 1_500 };
    const { values, error } = await observe(start$(request));
    expect(values.map(({ type }) => type)).toEqual(['thread.started']);
    expect(error).toMatchObject({ code: 'RUN_TIMEOUT' });
    expect(place.living()).toEqual([]);
  });
});

describe('streams of the crate', () => {
  it('keeps the order, and decodes an MCP call while it runs and when it ends', async () => {
    const call = (status: string, result: unknown) => ({
      id: 'item_0',
      type: 'mcp_tool_call',
      server: 's',
      tool: 't',
      arguments: {},
      result,
      error: null,
      status,
    });
    const result = { content: [{ type: 'text', text: 'out' }], structured_content: null };
    await using fake = await openFakeCodex(
      lines(
        started,
        { type: 'item.started', item: call('in_progress', null) },
        { type: 'item.completed', item: call('completed', result) },
        completed,
      ),
    );
    const { values } = await observe(exec$({ prompt: 'p', ...fake.options, env: place.mark }));
    expect(values).toMatchObject([
      { type: 'thread.started' },
      { type: 'item.started', item: { status: 'in_progress' } },
      { type: 'item.completed', item: { status: 'completed', result } },
      { type: 'turn.completed' },
    ]);
  });

  it('emits a line that is not JSON as an event, and continues', async () => {
    await using fake = await openFakeCodex(lines(started, 'not JSON at all', completed));
    const { values, error } = await observe(exec$({ prompt: 'p', ...fake.options, env: place.mark }));
    expect(values[1]).toMatchObject({ type: 'malformed', line: 'not JSON at all' });
    expect([types({ values }).at(-1), error]).toEqual(['turn.completed', undefined]);
  });

  it('writes a line to the log before it emits the event, and logs all bytes', async () => {
    const change = { id: 'item_1', type: 'file_change', changes: [{ path: 'a', kind: 'add' }], status: 'completed' };
    const all = [started, { type: 'item.completed', item: change }, completed];
    await using fake = await openFakeCodex(lines(...all));
    const eventLog = join(place.folder, 'log.jsonl');
    const logged: boolean[] = [];
    await observe(exec$({ prompt: 'p', ...fake.options, env: place.mark, eventLog }), ({ type }) => {
      logged.push(readFileSync(eventLog, 'utf8').includes(`"${type}"`));
    });
    expect(logged).toEqual([true, true, true]);
    expect(readFileSync(eventLog, 'utf8')).toBe(all.map((line) => `${JSON.stringify(line)}\n`).join(''));
  });

  it('passes the prompt to standard input unchanged, and emits the message unchanged', async () => {
    await using fake = await openFakeCodex(lines(started, said(' spaces \n'), completed));
    const prompt = '  spaces, and a line break\n';
    expect(await lastValueFrom(sendPrompt$({ prompt, ...fake.options, env: place.mark }))).toBe(' spaces \n');
    expect(fake.invocations()[0]?.stdin).toBe(prompt);
  });

  it('reports an exit code and a signal in the error, after the events', async () => {
    await using fake = await openFakeCodex({
      cases: [{ argv: ['exec'], nth: 1, steps: [{ line: started }, { stderr: 'bad\n' }, { exit: 7 }] }],
      steps: [{ line: started }, { signal: 'SIGKILL' }],
    });
    const request = { prompt: 'p', ...fake.options, env: place.mark };
    const [code, signal] = [await observe(exec$(request)), await observe(exec$(request))];
    expect([types(code), types(signal)]).toEqual([['thread.started'], ['thread.started']]);
    expect(code.error).toMatchObject({ code: 'EXIT', exitCode: 7, stderr: expect.stringContaining('bad') as string });
    expect(signal.error).toMatchObject({ code: 'EXIT', exitCode: null, signal: 'SIGKILL' });
  });

  it('does not limit the time with a timeout of 0', async () => {
    await using fake = await openFakeCodex([{ line: started }, { wait: 300 }, ...lines(completed)]);
    expect((await observe(exec$({ prompt: 'p', ...fake.options, env: place.mark, timeout: 0 }))).error).toBeUndefined();
  });

  it('never blocks on the number of events', async () => {
    const many = Array.from({ length: 200 }, (_, index) => said(String(index), `item_${index}`));
    await using fake = await openFakeCodex(lines(started, ...many, completed));
    const { values, error } = await observe(exec$({ prompt: 'p', ...fake.options, env: place.mark }));
    expect([values.length, error]).toEqual([202, undefined]);
  });

  it('errors with an OutputError before anything runs if the log cannot be opened', async () => {
    await using fake = await openFakeCodex(turn);
    const file = join(place.folder, 'file');
    writeFileSync(file, '');
    for (const eventLog of [place.folder, join(file, 'log')]) {
      const { error } = await observe(exec$({ prompt: 'p', ...fake.options, env: place.mark, eventLog }));
      expect(error).toMatchObject({ name: 'OutputError' });
    }
    expect(fake.invocations()).toEqual([]);
  });

  it('keeps a file of the last message on request only, and creates its folders', async () => {
    await using fake = await openFakeCodex(turn);
    const signalsOf = (outputLastMessage?: string) =>
      lastValueFrom(run$({ prompt: 'p', ...fake.options, env: place.mark, outputLastMessage }).pipe(toArray()));
    expect((await signalsOf()).at(-1)).toMatchObject({ type: 'exited', code: 0, lastMessage: 'Hello.' });
    const asked = join(place.folder, 'a', 'b', 'last.txt');
    expect((await signalsOf(asked)).at(-1)).toMatchObject({ type: 'exited', lastMessagePath: asked });
    expect(existsSync(join(place.folder, 'a', 'b'))).toBe(true);
    const flags = fake.invocations().map(({ argv }) => argv.indexOf('--output-last-message') > 0);
    expect(flags).toEqual([false, true]);
  });

  it('errors once when the stream is idle, with the duration, and kills the process', async () => {
    await using fake = await openFakeCodex(hanging);
    const idle$ = exec$({ prompt: 'p', ...fake.options, ...grace, env: place.mark }).pipe(
      idleTimeout({ first: 30_000, each: 200 }),
    );
    const { values, error } = await observe(idle$);
    expect([types({ values }), error]).toMatchObject([['thread.started'], { code: 'IDLE_TIMEOUT' }]);
    await whenIdle();
    await waitUntil(() => place.living().length === 0, 30_000);
  });
});
