import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exec$, fork$, lines$, resume$, review$, run$, whenIdle } from '@codex-rx/core';
import { type FakeScript, type FakeStep, fakeCodex } from '@codex-rx/testing';
import { livingPids, waitUntil } from '@codex-rx/testing/processes';
import { firstValueFrom } from 'rxjs';
import { leavesNothing } from './support/leaves-nothing.js';
import { completed, said, started, THREAD } from './support/lines.js';
import { observe, types } from './support/observe.js';
import { watchSpawns } from './support/overlap.js';

const place = leavesNothing();
const spawns = watchSpawns();

/** An id as the CLI makes it: a UUID of version 7 of that moment. */
const newThread = (at: number): string => {
  const time = at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7abc-8def-0123456789ab`;
};
const OTHER = newThread(Date.now() + 3_600_000);
const begun = (thread_id: string) => ({ type: 'thread.started', thread_id });
const request = (script: FakeScript) => {
  const fake = fakeCodex(script);
  return { fake, all: { prompt: 'hello', ...fake.options, terminateGrace: 300 } };
};
/** Starts a thread other than the requested thread, as the CLI does. */
const silentlyNew: FakeScript = { steps: [{ lines: [begun(OTHER), said('new'), completed] }, { hang: true }] };

describe('resume$', () => {
  it('marks the requested thread as resumed', async () => {
    const { all } = request({ steps: [{ lines: [started, completed] }] });
    const observed = await observe(resume$({ ...all, session: THREAD.toUpperCase() }));
    expect(observed.error).toBeUndefined();
    expect(observed.values[0]).toMatchObject({ type: 'thread.started', thread_id: THREAD, resumed: true });
  });

  it.each([
    ['an unknown id', THREAD],
    ['the last one without a match', { last: true as const, all: true }],
  ])('ends the process before any event when the CLI began a new thread for %s', async (_what, session) => {
    const { fake, all } = request(silentlyNew);
    const codexHome = join(place.folder, 'home');
    mkdirSync(join(codexHome, 'sessions'), { recursive: true });
    writeFileSync(join(codexHome, 'sessions', `rollout-2026-11-30T10-00-00-${THREAD}.jsonl`), '');
    const observed = await observe(resume$({ ...all, codexHome, session }));
    expect(observed.values).toEqual([]);
    expect(observed.error).toMatchObject({
      name: 'SessionError',
      code: 'SESSION_NOT_FOUND',
      session: typeof session === 'string' ? session : '--last',
      startedThreadId: OTHER,
    });
    expect(String(observed.error)).toMatch(/Check its id or name and "codexHome", or set "onMissing" to "new"/);
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it('does not emit lines of the new thread', async () => {
    const { all } = request(silentlyNew);
    const observed = await observe(lines$({ ...all, command: 'resume', session: THREAD }));
    expect(observed).toMatchObject({ values: [], error: { code: 'SESSION_NOT_FOUND' } });
  });

  it('accepts a thread that is older than the run as the named session', async () => {
    const { all } = request({ steps: [{ lines: [begun(newThread(Date.now() - 60_000)), completed] }] });
    const codexHome = join(place.folder, 'home');
    mkdirSync(codexHome);
    writeFileSync(join(codexHome, 'session_index.jsonl'), JSON.stringify({ id: THREAD, thread_name: 'my session' }));
    const observed = await observe(resume$({ ...all, codexHome, session: 'my session' }));
    expect(observed.error).toBeUndefined();
    expect(observed.values[0]).toMatchObject({ resumed: true });
  });

  it.each([
    [
      'no rollout found',
      'SESSION_NOT_FOUND',
      `Error: thread/resume: thread/resume failed: no rollout found for thread id ${THREAD} (code -32600)`,
    ],
    ['archived', 'SESSION_ARCHIVED', `Error: session ${THREAD} is archived. Run \`codex unarchive ${THREAD}\` first.`],
    ['another writer', 'SESSION_BUSY', `Error: thread-store conflict: thread ${THREAD} already has an active writer`],
  ])('is a SessionError when the CLI refuses: %s', async (_what, code, message) => {
    const { all } = request({ steps: [{ stderr: `${message}\n` }, { exit: 1 }] });
    const { error } = await observe(resume$({ ...all, session: THREAD }));
    expect(error).toMatchObject({ name: 'SessionError', code, session: THREAD, startedThreadId: undefined });
    const { message: shown, cause } = error as Error;
    expect(`${shown} ${String(cause)}`).toContain(message.replace('Error: ', ''));
  });

  it('that ends without a reason is an ExitError', async () => {
    const { all } = request({ steps: [{ stderr: 'Error: out of luck\n' }, { exit: 1 }] });
    expect((await observe(resume$({ ...all, session: THREAD }))).error).toMatchObject({ code: 'EXIT' });
  });
});

describe("onMissing: 'new'", () => {
  it('continues with the new thread that the CLI started', async () => {
    const { fake, all } = request({ steps: [{ lines: [begun(OTHER), said('new'), completed] }] });
    const observed = await observe(resume$({ ...all, session: THREAD, onMissing: 'new' }));
    expect(observed.error).toBeUndefined();
    expect(types(observed)).toEqual(['thread.started', 'item.completed', 'turn.completed']);
    expect(observed.values[0]).not.toHaveProperty('resumed');
    expect(fake.invocations()).toHaveLength(1);
  });

  it('starts a thread with the same prompt where the CLI rejects the session', async () => {
    const { fake, all } = request({
      steps: [{ lines: [begun(OTHER), completed] }],
      cases: [
        { argv: ['resume'], steps: [{ stderr: `Error: no rollout found for thread id ${THREAD}\n` }, { exit: 1 }] },
      ],
    });
    const observed = await observe(resume$({ ...all, session: THREAD, onMissing: 'new' }));
    expect(observed.error).toBeUndefined();
    expect(types(observed)).toEqual(['thread.started', 'turn.completed']);
    const [refused, begun2] = fake.invocations();
    expect(refused?.argv).toContain('resume');
    expect(begun2?.argv).not.toContain('resume');
    expect(begun2?.stdin).toBe('hello');
  });

  it('does not hide other errors', async () => {
    const { fake, all } = request({ steps: [{ stderr: `Error: session ${THREAD} is archived.\n` }, { exit: 1 }] });
    const observed = await observe(run$({ ...all, command: 'resume', session: THREAD, onMissing: 'new' }));
    expect(observed.error).toMatchObject({ code: 'SESSION_ARCHIVED' });
    expect(fake.invocations()).toHaveLength(1);
  });

  it('is a new run for each subscription, and a later one waits for the process of the one before', async () => {
    const refuse = [{ stderr: `Error: no rollout found for thread id ${THREAD}\n` }, { exit: 1 }];
    const { fake, all } = request({
      steps: [{ on: 'SIGINT', steps: [{ wait: 400 }, { exit: 1 }] }, { line: begun(OTHER) }, { hang: true }],
      cases: [{ argv: ['resume'], steps: refuse }],
    });
    const source$ = resume$({ ...all, terminateGrace: 2_000, session: THREAD, onMissing: 'new' });
    await firstValueFrom(source$);
    await firstValueFrom(source$);
    await whenIdle();
    expect(fake.invocations()).toHaveLength(4);
    expect(spawns.alive).toEqual([[], [], [], []]);
  });
});

describe('fork$', () => {
  it('reports the thread that was forked', async () => {
    const { all } = request({ steps: [{ lines: [begun(OTHER), completed] }] });
    const observed = await observe(fork$({ ...all, session: THREAD }));
    expect(observed.values[0]).toMatchObject({ thread_id: OTHER, forked_from: THREAD });
  });

  it('without a prompt completes after thread.started and a clean exit', async () => {
    const { fake, all } = request({ steps: [{ line: begun(OTHER) }] });
    const { prompt, ...rest } = all;
    const observed = await observe(fork$({ ...rest, session: THREAD }));
    expect(observed.error).toBeUndefined();
    expect(types(observed)).toEqual(['thread.started']);
    expect(fake.invocations()[0]?.argv).not.toContain(prompt);
  });

  it('without a prompt is an ExitError when the exit is not clean', async () => {
    const { fake } = request({ steps: [{ line: begun(OTHER) }, { exit: 3 }] });
    const { error } = await observe(fork$({ ...fake.options, session: THREAD }));
    expect(error).toMatchObject({ code: 'EXIT', exitCode: 3 });
  });

  it('without a prompt may be left at thread.started: the CLI ends in its own way', async () => {
    const { fake } = request({ steps: [{ ignore: ['SIGINT'] }, { line: begun(OTHER) }, { wait: 300 }] });
    const event = await firstValueFrom(fork$({ ...fake.options, session: THREAD }));
    expect(event.thread_id).toBe(OTHER);
    await whenIdle();
    expect(fake.invocations()[0]?.signals).toEqual([]);
  });

  it('of an unknown session is a SessionError', async () => {
    const { all } = request({ steps: [{ stderr: `Error: no rollout found for thread id ${THREAD}\n` }, { exit: 1 }] });
    expect((await observe(fork$({ ...all, session: THREAD }))).error).toMatchObject({ code: 'SESSION_NOT_FOUND' });
  });

  it('of an old CLI is a CapabilityError, and starts no run', async () => {
    const { fake, all } = request({ version: '0.125.0', steps: [] });
    expect((await observe(fork$({ ...all, session: THREAD }))).error).toMatchObject({
      name: 'CapabilityError',
      code: 'CAPABILITY_UNSUPPORTED',
      version: '0.125.0',
    });
    expect(fake.invocations()).toEqual([]);
  });
});

describe('review$', () => {
  it('gives its instructions by standard input', async () => {
    const { fake } = request({ steps: [{ lines: [started, said('fine'), completed] }] });
    const observed = await observe(
      review$({ ...fake.options, workingDirectory: place.folder, target: { prompt: 'Look at the tests.' } }),
    );
    expect(observed.error).toBeUndefined();
    expect(fake.invocations()[0]).toMatchObject({ stdin: 'Look at the tests.' });
    expect(fake.invocations()[0]?.argv).toContain('review');
  });

  it('of uncommitted changes needs no input', async () => {
    const { fake } = request({ steps: [{ lines: [started, completed] }] });
    await observe(review$({ ...fake.options, workingDirectory: place.folder, target: { uncommitted: true } }));
    expect(fake.invocations()[0]).toMatchObject({ stdin: '', stdinEnded: true });
  });
});

describe('the version of the CLI', () => {
  const ok: FakeScript = { steps: [{ lines: [started, completed] }] };

  it('is not read when the request does not depend on it', async () => {
    const { fake, all } = request(ok);
    await observe(exec$({ ...all, model: 'gpt-5.5', sandbox: 'read-only' }));
    expect(fake.versionProbes()).toBe(0);
  });

  it('is read once per binary, also by concurrent runs', async () => {
    const { fake, all } = request(ok);
    await Promise.all(Array.from({ length: 4 }, () => observe(exec$({ ...all, search: true }))));
    await observe(exec$({ ...all, ephemeral: true }));
    expect(fake.versionProbes()).toBe(1);
    expect(fake.invocations()).toHaveLength(5);
  });

  it('is read from each binary', async () => {
    const [one, two] = [request(ok), request(ok)];
    await observe(exec$({ ...one.all, search: true }));
    await observe(exec$({ ...two.all, search: true }));
    expect([one.fake.versionProbes(), two.fake.versionProbes()]).toEqual([1, 1]);
  });

  it('that cannot be read does not prevent a run', async () => {
    const { all } = request({ ...ok, cases: [{ argv: ['--version'], steps: [{ exit: 1 }] }] });
    expect((await observe(exec$({ ...all, search: true }))).error).toBeUndefined();
  });

  it('is read again if it could not be read', async () => {
    const { fake, all } = request({ ...ok, cases: [{ argv: ['--version'], nth: 1, steps: [{ exit: 1 }] }] });
    await observe(exec$({ ...all, search: true }));
    await observe(exec$({ ...all, search: true }));
    expect(fake.versionProbes()).toBe(1);
  });

  it('is cancelled when the only run that waits for it is unsubscribed', async () => {
    const asked = join(place.folder, 'asked');
    const silent: FakeStep[] = [{ ignore: ['SIGINT'] }, { writeFile: { path: asked, content: '' } }, { hang: true }];
    const { fake, all } = request({ ...ok, cases: [{ argv: ['--version'], nth: 1, steps: silent }] });
    const controller = new AbortController();
    const running = observe(exec$({ ...all, search: true, signal: controller.signal }));
    await waitUntil(() => existsSync(asked));
    controller.abort();
    expect((await running).error).toMatchObject({ code: 'ABORT_ERR' });
    // It takes no notice of SIGINT: the run cannot have waited for its end.
    expect(livingPids(fake.pids())).toHaveLength(1);
    // The process is interrupted before its own limit of 5 s.
    await waitUntil(() => fake.invocations()[0]?.signals.includes('SIGINT'), 3_000);
    await whenIdle();
    expect(livingPids(fake.pids())).toEqual([]);
    expect((await observe(exec$({ ...all, search: true }))).error).toBeUndefined();
  });

  it('is still read while one of several runs waits for it', async () => {
    const asked = join(place.folder, 'asked');
    const slow: FakeStep[] = [
      { ignore: ['SIGINT'] },
      { writeFile: { path: asked, content: '' } },
      { wait: 800 },
      { line: 'codex-cli 0.169.0' },
    ];
    const { fake, all } = request({ ...ok, cases: [{ argv: ['--version'], steps: slow }] });
    const subscription = exec$({ ...all, search: true }).subscribe();
    const staying = observe(exec$({ ...all, search: true }));
    await waitUntil(() => existsSync(asked));
    subscription.unsubscribe();
    expect((await staying).error).toBeUndefined();
    const probes = fake.invocations().filter(({ argv }) => argv.includes('--version'));
    expect(probes.map(({ signals }) => signals)).toEqual([[]]);
  });

  it('omits options that an old CLI does not support, with a notice, with unsupported: omit', async () => {
    const { fake, all } = request({ ...ok, version: '0.44.0' });
    const observed = await observe(exec$({ ...all, ephemeral: true, unsupported: 'omit' }));
    expect(observed.error).toBeUndefined();
    expect(types(observed)).toEqual(['thread.started', 'error', 'turn.completed']);
    expect(observed.values[1]).toMatchObject({ message: expect.stringContaining('ephemeral') as string });
    expect(fake.invocations()[0]?.argv).not.toContain('--ephemeral');
  });
});
