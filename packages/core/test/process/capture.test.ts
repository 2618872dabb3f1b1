import { tmpdir } from 'node:os';
import { isAlive, livingPids, waitUntil } from '@codex-rx/testing/processes';
import { type CaptureOptions, capture } from '../../src/process/capture.js';
import { createRunId, RUN_ID_VARIABLE, runIdValue } from '../../src/process/run-id.js';
import { removeStandIns, standIn } from '../commands/support/stand-in.js';

afterEach(removeStandIns);

function run(fake: { binary: string }, options: Partial<CaptureOptions> = {}, stdin?: string) {
  const runId = createRunId();
  const env = { PATH: process.env.PATH, [RUN_ID_VARIABLE]: runIdValue(runId, undefined) };
  return capture(
    { binary: fake.binary, argv: ['x'], cwd: tmpdir(), env, stdin, runId },
    { timeout: 0, grace: 100, maxBytes: 1000, ...options },
  );
}

describe('capturing a process', () => {
  it('gives both streams and how it ended', async () => {
    const fake = standIn([{ raw: 'ü' }, { stderr: 'e' }, { exit: 3 }]);
    await expect(run(fake)).resolves.toEqual({ stdout: 'ü', stderr: 'e', code: 3, signal: null, endedBy: undefined });
  });

  it('writes standard input and closes it', async () => {
    const fake = standIn();
    await run(fake, {}, 'in');
    expect(fake.invocations()[0]).toMatchObject({ stdin: 'in', stdinEnded: true });
  });

  it('does not fail where standard input is not read', async () => {
    const fake = standIn({ readStdin: false, steps: [{ exit: 0 }] });
    await expect(run(fake, {}, 'x'.repeat(1_000_000))).resolves.toMatchObject({ code: 0 });
  });

  it('keeps the beginning and the end of what is too long', async () => {
    const fake = standIn([{ raw: `${'a\n'.repeat(600)}${'b\n'.repeat(600)}` }, { raw: 'z' }]);
    const { stdout } = await run(fake);
    expect(stdout.length).toBeLessThan(2_100);
    expect(stdout).toMatch(/^a\n[^]*bytes left out[^]*b\nz$/);
  });

  it('hands on chunks as they come', async () => {
    // Each piece waits until the one before was handed on: pieces that come together are one chunk.
    const fake = standIn([
      { on: 'SIGUSR1', steps: [{ raw: '2' }] },
      { on: 'SIGUSR2', steps: [{ stderr: '3' }, { exit: 0 }] },
      { raw: '1' },
      { hang: true },
    ]);
    const next: Record<string, NodeJS.Signals> = { o1: 'SIGUSR1', o2: 'SIGUSR2' };
    const seen: string[] = [];
    const note = (piece: string): void => {
      seen.push(piece);
      const signal = next[piece];
      for (const pid of signal === undefined ? [] : fake.pids()) process.kill(pid, signal);
    };
    await run(fake, {
      onStdout: (chunk) => {
        note(`o${chunk.toString()}`);
      },
      onStderr: (chunk) => {
        note(`e${chunk.toString()}`);
      },
    });
    expect(seen).toEqual(['o1', 'o2', 'e3']);
  });

  it('ends a process that takes too long, with what it started', async () => {
    const fake = standIn([
      { ignore: ['SIGINT', 'SIGTERM'] },
      { spawn: { kind: 'setsid', seconds: 300 } },
      { raw: 'x' },
      { hang: true },
    ]);
    const { endedBy, stdout } = await run(fake, { timeout: 500 });
    expect([endedBy, stdout]).toEqual(['timeout', 'x']);
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it('ends a process by a signal', async () => {
    const fake = standIn([{ hang: true }]);
    const abort = new AbortController();
    const running = run(fake, { signal: abort.signal });
    await waitUntil(() => fake.pids().length === 1);
    abort.abort();
    await expect(running).resolves.toMatchObject({ endedBy: 'signal' });
    expect(fake.pids().filter(isAlive)).toEqual([]);
  });

  it('ends a process whose signal was aborted before', async () => {
    const fake = standIn([{ hang: true }]);
    await expect(run(fake, { signal: AbortSignal.abort() })).resolves.toMatchObject({ endedBy: 'signal' });
    expect(fake.pids().filter(isAlive)).toEqual([]);
  });

  it('leaves no listener on the host', async () => {
    const fake = standIn([{ raw: 'x' }]);
    const before = process.eventNames().map((name) => [name, process.listenerCount(name)]);
    await run(fake);
    expect(process.eventNames().map((name) => [name, process.listenerCount(name)])).toEqual(before);
  });

  it('rejects if there is nothing to run', async () => {
    await expect(run({ binary: '/nowhere/x' })).rejects.toMatchObject({ code: 'BINARY_NOT_FOUND' });
  });
});
