import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exec$, lines$, whenIdle } from '@codex-rx/core';
import { type FakeStep, fakeCodex } from '@codex-rx/testing';
import { isAlive, livingPids, waitUntil } from '@codex-rx/testing/processes';
import { firstValueFrom, take } from 'rxjs';
import { leavesNothing } from './support/leaves-nothing.js';
import { completed, failed, notice, said, started, THREAD, usage } from './support/lines.js';
import { observe, types } from './support/observe.js';

const place = leavesNothing();

const play = (steps: readonly FakeStep[], request: object = {}, prompt = 'hello') => {
  const fake = fakeCodex(steps);
  return { fake, run$: exec$({ prompt, ...fake.options, env: place.mark, terminateGrace: 300, ...request }) };
};

describe('a run that ends its turn', () => {
  it('completes with its events, in order', async () => {
    const { run$ } = play([{ lines: [started, said('one'), said('two', 'item_1'), completed] }]);
    const observed = await observe(run$);
    expect(observed.error).toBeUndefined();
    expect(types(observed)).toEqual(['thread.started', 'item.completed', 'item.completed', 'turn.completed']);
  });

  it('completes although the last line has no newline', async () => {
    const { run$ } = play([{ line: started }, { raw: JSON.stringify(completed) }]);
    const observed = await observe(run$);
    expect(observed.error).toBeUndefined();
    expect(types(observed)).toEqual(['thread.started', 'turn.completed']);
  });

  it('completes although the process exits with code 1', async () => {
    const { run$ } = play([{ lines: [started, completed] }, { exit: 1 }]);
    expect((await observe(run$)).error).toBeUndefined();
  });

  it('completes although a signal ends the process afterwards', async () => {
    const { run$ } = play([{ lines: [started, completed] }, { signal: 'SIGKILL' }]);
    expect((await observe(run$)).error).toBeUndefined();
  });

  it('completes for a turn.completed with an unexpected body, and emits it as malformed', async () => {
    const { run$ } = play([{ lines: [started, { type: 'turn.completed', usage: 'plenty' }] }]);
    const observed = await observe(run$);
    expect(observed.error).toBeUndefined();
    expect(observed.values.at(-1)).toMatchObject({ type: 'malformed', event_type: 'turn.completed' });
  });

  it('completes after error notices, which are events', async () => {
    const { run$ } = play([{ lines: [started, notice('Reconnecting… 1/5'), notice('Reconnecting… 2/5'), completed] }]);
    const observed = await observe(run$);
    expect(observed.error).toBeUndefined();
    expect(types(observed)).toEqual(['thread.started', 'error', 'error', 'turn.completed']);
  });

  it('ends by its first terminal event, and emits the second one', async () => {
    const first = await observe(play([{ lines: [started, completed, failed('late')] }, { exit: 1 }]).run$);
    expect(first.error).toBeUndefined();
    expect(types(first)).toEqual(['thread.started', 'turn.completed', 'turn.failed']);
    const second = await observe(play([{ lines: [started, failed('early'), completed] }]).run$);
    expect(second.error).toMatchObject({ code: 'TURN_FAILED', message: 'early' });
  });

  it('ends the process when it outlives its turn, and keeps the outcome', async () => {
    const { fake, run$ } = play([{ lines: [started, completed] }, { wait: 60_000 }], { linger: 200 });
    const observed = await observe(run$);
    expect(observed.error).toBeUndefined();
    expect(observed.took).toBeLessThan(20_000);
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it('stops the process immediately with linger: 0', async () => {
    const { fake, run$ } = play([{ lines: [started, completed] }, { wait: 60_000 }], { linger: 0 });
    const observed = await observe(run$);
    expect(observed.error).toBeUndefined();
    expect(observed.took).toBeLessThan(20_000);
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it('does not stop a process that continues to write after its turn', async () => {
    const chatter: FakeStep = { repeat: 12, steps: [{ wait: 100 }, { line: notice('still here') }] };
    const { run$ } = play([{ lines: [started, completed] }, chatter], { linger: 800 });
    const observed = await observe(run$);
    expect(types(observed).filter((type) => type === 'error')).toHaveLength(12);
  });

  it('does not wait for a detached process that keeps the pipes open, and does not kill it', async () => {
    const { fake, run$ } = play([
      { spawn: { kind: 'holdsStdout', seconds: 60 } },
      { lines: [started, completed] },
      { exit: 0 },
    ]);
    const observed = await observe(run$);
    expect(observed.error).toBeUndefined();
    expect(observed.took).toBeLessThan(20_000);
    const [child] = fake.invocations()[0]?.children ?? [];
    expect(isAlive(child?.pid ?? 0)).toBe(true);
  });

  it('kills detached processes with reapAfterTurn, including daemons', async () => {
    const { fake, run$ } = play(
      [
        { spawn: { kind: 'child', seconds: 60, ignoreSignals: true } },
        { spawn: { kind: 'setsid', seconds: 60 } },
        { spawn: { kind: 'daemon', seconds: 60 } },
        { lines: [started, completed] },
      ],
      { reapAfterTurn: true },
    );
    expect((await observe(run$)).error).toBeUndefined();
    expect(fake.pids()).toHaveLength(4);
    expect(livingPids(fake.pids())).toEqual([]);
  });
});

describe('a failed turn', () => {
  it('is a TurnFailedError with the thread, the notice and the last message', async () => {
    const { run$ } = play([
      { stderr: 'a word on stderr\n' },
      {
        lines: [
          started,
          said('so far'),
          notice("You've hit your usage limit."),
          failed("You've hit your usage limit. Try again in 1 hour."),
        ],
      },
      { exit: 1 },
    ]);
    const observed = await observe(run$);
    expect(types(observed).at(-1)).toBe('turn.failed');
    expect(observed.error).toMatchObject({
      name: 'TurnFailedError',
      code: 'TURN_FAILED',
      category: 'usage_limit',
      message: "You've hit your usage limit. Try again in 1 hour.",
      exitCode: 1,
      signal: null,
      stderr: 'a word on stderr\n',
      threadId: THREAD,
      lastMessage: 'so far',
      lastNotice: "You've hit your usage limit.",
      resetsAt: expect.any(Date) as Date,
    });
  });

  it('is a TurnFailedError for a turn.failed with an unexpected body', async () => {
    const { run$ } = play([{ lines: [started, { type: 'turn.failed', error: 'as text' }] }, { exit: 1 }]);
    expect((await observe(run$)).error).toMatchObject({ code: 'TURN_FAILED', message: 'as text' });
  });

  it('errors after the process is gone', async () => {
    const { fake, run$ } = play([{ lines: [started, failed('no')] }, { wait: 60_000 }], { linger: 100 });
    expect((await observe(run$)).error).toMatchObject({ code: 'TURN_FAILED' });
    expect(livingPids(fake.pids())).toEqual([]);
  });
});

describe('a process that ends before its turn', () => {
  it.each([
    ['with code 0', [{ line: started }, { exit: 0 }], { exitCode: 0, signal: null }],
    ['with code 3', [{ line: started }, { exit: 3 }], { exitCode: 3, signal: null }],
    ['without a word', [{ exit: 0 }], { exitCode: 0, threadId: undefined }],
    ['by a signal', [{ line: started }, { signal: 'SIGKILL' }], { exitCode: null, signal: 'SIGKILL' }],
  ] satisfies [string, FakeStep[], object][])('%s is an ExitError', async (_how, steps, expected) => {
    const { error } = await observe(play(steps).run$);
    expect(error).toMatchObject({ name: 'ExitError', code: 'EXIT', ...expected });
  });

  it('reports the exit in the message, and the reason from stderr', async () => {
    const { run$ } = play([{ stderr: 'Reading prompt from stdin...\nError: no such model\n' }, { exit: 1 }]);
    const { error } = await observe(run$);
    expect(String(error)).toContain('exited with code 1');
    expect(String(error)).toContain('no such model');
  });

  it('has the head and the tail of 200 MB of stderr, cut between lines', async () => {
    const { run$ } = play([
      { stderr: 'first words\n' },
      { flood: 'stderr', bytes: 200_000_000 },
      { stderr: 'last words\n' },
      { exit: 1 },
    ]);
    const { error } = await observe(run$);
    const { stderr } = error as { stderr: string };
    expect(stderr).toMatch(/^first words\n/);
    expect(stderr).toMatch(/last words\n$/);
    expect(stderr).toMatch(/\n… \d{9} bytes left out …\n/);
    expect(stderr.length).toBeLessThan(33 * 1024);
  });

  it('kills the remaining processes: group, other sessions and daemons', async () => {
    const { fake, run$ } = play([
      { spawn: { kind: 'child', seconds: 60, ignoreSignals: true } },
      { spawn: { kind: 'holdsStdout', seconds: 60 } },
      { spawn: { kind: 'setsid', seconds: 60 } },
      { spawn: { kind: 'daemon', seconds: 60, ignoreSignals: true } },
      { line: started },
      { exit: 1 },
    ]);
    const { error } = await observe(run$);
    expect(error).toMatchObject({ code: 'EXIT' });
    expect(fake.pids()).toHaveLength(5);
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it('is judged by its exit when it did not read a prompt of 1,000,000 characters', async () => {
    const fake = fakeCodex({ steps: [{ exit: 7 }], readStdin: false });
    const { error } = await observe(exec$({ prompt: 'x'.repeat(1_000_000), ...fake.options }));
    expect(error).toMatchObject({ code: 'EXIT', exitCode: 7 });
  });
});

describe('the output', () => {
  it('may end early: the run continues until the exit', async () => {
    const { run$ } = play([{ lines: [started, completed] }, { closeStdout: true }, { wait: 100 }, { exit: 0 }]);
    expect((await observe(run$)).error).toBeUndefined();
    const early = await observe(play([{ line: started }, { closeStdout: true }, { wait: 100 }, { exit: 4 }]).run$);
    expect(early.error).toMatchObject({ code: 'EXIT', exitCode: 4 });
  });

  it('may end early: the time limit still applies', async () => {
    const { fake, run$ } = play([{ line: started }, { closeStdout: true }, { hang: true }], { timeout: 2_500 });
    expect((await observe(run$)).error).toMatchObject({ code: 'RUN_TIMEOUT', timeout: 2_500, threadId: THREAD });
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it('may hold a line of 6 MB', async () => {
    const { run$ } = play([{ line: started }, { longLine: 6_000_000 }, { line: completed }]);
    const observed = await observe(run$);
    expect(observed.error).toBeUndefined();
    const [, long] = observed.values;
    expect(long).toMatchObject({ type: 'item.completed', item: { type: 'agent_message' } });
    expect(JSON.stringify(long).length).toBeGreaterThan(5_999_000);
  });

  it('may contain a line of 64 MB, which becomes a malformed event', async () => {
    const { run$ } = play([{ line: started }, { longLine: 64_000_000 }, { line: said('after') }, { line: completed }]);
    const observed = await observe(run$);
    expect(observed.error).toBeUndefined();
    expect(types(observed)).toEqual(['thread.started', 'malformed', 'item.completed', 'turn.completed']);
    const [, long] = observed.values;
    expect(long).toMatchObject({ line_number: 2 });
    expect(JSON.stringify(long).length).toBeLessThan(200_000);
  });

  it('may be garbage: each line is an event, and the readable lines decide the result', async () => {
    const garbage = new Uint8Array(300).map((_, index) => (index % 97 === 96 ? 10 : (index * 7919) % 256));
    const { run$ } = play([{ raw: garbage }, { raw: '\n' }, { lines: [started, completed] }]);
    const observed = await observe(run$);
    expect(observed.error).toBeUndefined();
    expect(types(observed).slice(-2)).toEqual(['thread.started', 'turn.completed']);
    expect(types(observed).filter((type) => type === 'malformed').length).toBeGreaterThan(2);
  });

  it('errors at the first bad line with strict', async () => {
    const { fake, run$ } = play([{ line: started }, { line: 'no JSON' }, { hang: true }], { strict: true });
    const observed = await observe(run$);
    expect(types(observed)).toEqual(['thread.started']);
    expect(observed.error).toMatchObject({ code: 'DECODE_FAILED', line: 2 });
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it('is read to its end although its subscriber blocks the event loop after the exit', async () => {
    const rest = Array.from({ length: 1_500 }, (_, index) => said('x'.repeat(80), `item_${index}`));
    const { fake, run$ } = play([{ line: started }, { lines: [...rest, completed] }]);
    let seen = 0;
    const observed = await observe(run$, () => {
      seen += 1;
      // Far longer than a pipe may be silent, between chunks that are in it.
      if (seen % 300 === 2) {
        const end = performance.now() + 400;
        while (performance.now() < end);
      }
    });
    expect(observed.error).toBeUndefined();
    expect(observed.values).toHaveLength(1_502);
    expect(livingPids(fake.pids())).toEqual([]);
  });
});

describe('a process that resists', () => {
  const stubborn: FakeStep[] = [
    { ignore: ['SIGINT', 'SIGTERM', 'SIGHUP'] },
    { spawn: { kind: 'child', seconds: 60, ignoreSignals: true } },
    { spawn: { kind: 'setsid', seconds: 60, ignoreSignals: true } },
    { spawn: { kind: 'daemon', seconds: 60, ignoreSignals: true } },
    { line: started },
    { hang: true },
  ];

  it('receives SIGINT, then SIGTERM, and is killed with everything it started', async () => {
    const { fake, run$ } = play(stubborn, { terminateGrace: 150 });
    await firstValueFrom(run$.pipe(take(1)));
    await whenIdle();
    expect(livingPids(fake.pids())).toEqual([]);
    expect(fake.pids()).toHaveLength(4);
    expect(fake.invocations()[0]?.signals).toEqual(['SIGINT', 'SIGTERM']);
  });

  it('errors a timed-out run only when it is gone', async () => {
    const { fake, run$ } = play(stubborn, { terminateGrace: 150, timeout: 800 });
    const observed = await observe(run$);
    expect(observed.error).toMatchObject({ code: 'RUN_TIMEOUT' });
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it('with terminateGrace: 0 is killed immediately', async () => {
    const { fake, run$ } = play(stubborn, { terminateGrace: 0 });
    await firstValueFrom(run$);
    await whenIdle();
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it('starts new processes while it is being ended: they end, too', async () => {
    const steps: FakeStep[] = [
      { on: 'SIGINT', steps: [{ spawn: { kind: 'setsid', seconds: 60, ignoreSignals: true } }] },
      { on: 'SIGTERM', steps: [{ spawn: { kind: 'daemon', seconds: 60, ignoreSignals: true } }] },
      { line: started },
      { hang: true },
    ];
    // Time enough for it to do so, also on a busy machine.
    const { fake, run$ } = play(steps, { terminateGrace: 3_000 });
    await firstValueFrom(run$);
    await whenIdle();
    await waitUntil(() => fake.invocations()[0]?.children.length === 2);
    expect(livingPids(fake.pids())).toEqual([]);
  });
});

describe('leaving', () => {
  it('at the terminal event does not stop the process', async () => {
    const done = join(place.folder, 'done');
    const fake = fakeCodex([
      { on: 'SIGINT', steps: [{ exit: 9 }] },
      { lines: [started, completed] },
      { wait: 300 },
      { writeFile: { path: done, content: 'done' } },
    ]);
    await firstValueFrom(exec$({ prompt: 'hello', ...fake.options }));
    await whenIdle();
    expect(existsSync(done)).toBe(false);
    await observe(exec$({ prompt: 'hello', ...fake.options }).pipe(take(2)));
    await whenIdle();
    expect(fake.invocations().map(({ signals }) => signals)).toEqual([['SIGINT'], []]);
    expect(existsSync(done)).toBe(true);
  });

  it('at the terminal line does not stop the process', async () => {
    const fake = fakeCodex([{ ignore: ['SIGINT', 'SIGTERM'] }, { lines: [started, completed] }, { wait: 200 }]);
    await firstValueFrom(lines$({ prompt: 'hello', ...fake.options }).pipe(take(1)));
    const seen = await observe(lines$({ prompt: 'hello', ...fake.options }).pipe(take(2)));
    expect(seen.values).toHaveLength(2);
    await whenIdle();
    const [first, second] = fake.invocations().map(({ signals }) => signals);
    expect(first?.[0]).toBe('SIGINT');
    expect(second).toEqual([]);
  });

  it('after the terminal event stops a process that does not exit, and reads its output until then', async () => {
    const fake = fakeCodex([
      { lines: [started, completed] },
      { flood: 'stdout', bytes: 3_000_000 },
      { stderr: 'through' },
      { hang: true },
    ]);
    await observe(exec$({ prompt: 'hello', ...fake.options, linger: 300 }).pipe(take(2)));
    await whenIdle();
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it('has the usage of the turn in its event', async () => {
    const { run$ } = play([{ lines: [started, completed] }]);
    expect((await observe(run$)).values.at(-1)).toMatchObject({ usage });
  });
});
