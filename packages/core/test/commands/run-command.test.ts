import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type ExitError, isCodexError, whenIdle } from '@codex-rx/core';
import { command$, features$, loginStatus$, mcpGet$, version$ } from '@codex-rx/core/commands';
import { isAlive, livingPids, waitUntil } from '@codex-rx/testing/processes';
import { firstValueFrom } from 'rxjs';
import { hostProcess } from '../../src/process/host-process.js';
import { privateFolder, removeFolders } from './support/real.js';
import { errorOf, removeStandIns, standIn, valuesOf } from './support/stand-in.js';

afterEach(async () => {
  await removeStandIns();
  removeFolders();
});

describe('a one-shot command', () => {
  it('starts one process for each subscriber, and none before', async () => {
    const fake = standIn([{ line: 'hello' }]);
    const output$ = command$({ ...fake.options, args: ['x'] });
    expect(fake.invocations()).toHaveLength(0);
    await Promise.all([valuesOf(output$), valuesOf(output$)]);
    expect(fake.invocations()).toHaveLength(2);
  });

  it('emits once and completes', async () => {
    const fake = standIn([{ raw: 'out\n' }, { stderr: 'err\n' }]);
    await expect(valuesOf(command$({ ...fake.options, args: ['some', 'thing'] }))).resolves.toEqual([
      { exitCode: 0, signal: null, stdout: 'out\n', stderr: 'err\n', command: 'codex some thing' },
    ]);
  });

  it('runs in the working directory of its host unless it is given another one', async () => {
    const fake = standIn();
    const folder = privateFolder();
    await valuesOf(command$({ ...fake.options, args: ['a'] }));
    await valuesOf(command$({ ...fake.options, args: ['b'], workingDirectory: folder }));
    expect(fake.invocations().map(({ cwd }) => cwd)).toEqual([process.cwd(), folder]);
  });

  it('is tracked while it runs, and not afterwards', async () => {
    const count = (): number => hostProcess.listenerCount('SIGTERM');
    const before = count();
    const fake = standIn([{ hang: true }]);
    const controller = new AbortController();
    const aborted = errorOf(command$({ ...fake.options, args: ['x'], signal: controller.signal }));
    await waitUntil(() => fake.invocations().length > 0);
    expect(count()).toBeGreaterThan(before);
    controller.abort();
    await aborted;
    await whenIdle();
    expect(count()).toBe(before);
    await valuesOf(command$({ ...standIn([{ line: 'x' }]).options, args: ['x'] }));
    expect(count()).toBe(before);
  });

  it('has its standard input closed', async () => {
    const fake = standIn();
    await valuesOf(command$({ ...fake.options, args: ['a'] }));
    expect(fake.invocations()[0]).toMatchObject({ stdin: '', stdinEnded: true });
  });

  it('puts settings before the subcommand, in the order of the CLI', async () => {
    const fake = standIn();
    await valuesOf(
      command$({
        ...fake.options,
        args: ['sub'],
        config: { a: { b: 1 } },
        configOverrides: ['c="d"'],
        enable: ['on'],
        disable: ['off'],
      }),
    );
    expect(fake.invocations()[0]?.argv).toEqual([
      ...['-c', 'a.b=1', '-c', 'c="d"', '--enable', 'on', '--disable', 'off'],
      'sub',
    ]);
  });

  it('creates the home with its folders, private, and passes it on; the host keeps its own', async () => {
    const fake = standIn();
    const before = process.env.CODEX_HOME;
    const codexHome = join(privateFolder(), 'new', 'home');
    await valuesOf(command$({ ...fake.options, args: ['a'], codexHome }));
    expect(fake.invocations()[0]?.env.CODEX_HOME).toBe(codexHome);
    expect(statSync(codexHome).mode & 0o777).toBe(0o700);
    expect(['conversations', 'logs'].every((name) => existsSync(join(codexHome, name)))).toBe(true);
    expect(process.env.CODEX_HOME).toBe(before);
  });

  it('creates no home with createHomeDirs: false', async () => {
    const fake = standIn();
    const codexHome = join(privateFolder(), 'absent');
    await valuesOf(command$({ ...fake.options, args: ['a'], codexHome, createHomeDirs: false }));
    expect(existsSync(codexHome)).toBe(false);
  });

  it('logs quietly unless the environment asks for more', async () => {
    const fake = standIn();
    await valuesOf(command$({ ...fake.options, args: ['a'], env: { RUST_LOG: undefined }, inheritEnv: true }));
    await valuesOf(command$({ ...fake.options, args: ['a'], env: { RUST_LOG: 'debug' } }));
    expect(fake.invocations().map(({ env }) => env.RUST_LOG)).toEqual([undefined, 'debug']);
    const host = process.env.RUST_LOG;
    delete process.env.RUST_LOG;
    await valuesOf(command$({ ...fake.options, args: ['a'] }));
    if (host !== undefined) process.env.RUST_LOG = host;
    expect(fake.invocations().at(-1)?.env.RUST_LOG).toBe('error');
  });

  it('errors with the output of the CLI for an exit code that is not accepted', async () => {
    const fake = standIn([{ raw: 'on stdout' }, { stderr: 'Error: it broke\n' }, { exit: 5 }]);
    const error = await errorOf(command$({ ...fake.options, args: ['sub'] }));
    expect(error).toMatchObject({
      name: 'ExitError',
      code: 'EXIT',
      exitCode: 5,
      stderr: 'Error: it broke\n',
      stdout: 'on stdout',
    });
    expect(String(error)).toBe('ExitError: codex sub exited with code 5: Error: it broke');
  });

  it('keeps the head and the tail of long outputs in its error, cut between characters', async () => {
    const fake = standIn([{ raw: '€'.repeat(30_000) }, { stderr: '😀'.repeat(30_000) }, { exit: 5 }]);
    const error = (await errorOf(command$({ ...fake.options, args: ['sub'] }))) as ExitError;
    for (const text of [error.stdout ?? '', error.stderr]) {
      expect(text.length).toBeGreaterThan(10_000);
      expect(text).toMatch(/bytes left out/);
      expect(/\p{Surrogate}/u.test(text)).toBe(false);
      expect(text).not.toContain('\ufffd');
    }
  });

  it('keeps an output that may contain secrets out of its error', async () => {
    const fake = standIn([{ raw: '{"env":{"A":"abc"}}' }, { stderr: 'no\n' }, { exit: 5 }]);
    expect(await errorOf(mcpGet$({ ...fake.options, name: 'x' }))).toMatchObject({ stdout: undefined, stderr: 'no\n' });
  });

  it('reports standard output if standard error is empty', async () => {
    const fake = standIn([{ raw: 'Apply failed\n' }, { exit: 1 }]);
    expect(String(await errorOf(command$({ ...fake.options, args: ['sub'] })))).toMatch(
      /exited with code 1: Apply failed/,
    );
  });

  it('is an ExitError if a signal ends it', async () => {
    const fake = standIn([{ signal: 'SIGKILL' }]);
    await expect(errorOf(command$({ ...fake.options, args: ['sub'] }))).resolves.toMatchObject({
      code: 'EXIT',
      exitCode: null,
      signal: 'SIGKILL',
    });
  });

  it('accepts the exit codes of accept', async () => {
    const fake = standIn([{ exit: 3 }]);
    await expect(firstValueFrom(command$({ ...fake.options, args: ['a'], accept: [3] }))).resolves.toMatchObject({
      exitCode: 3,
    });
    await expect(errorOf(command$({ ...fake.options, args: ['a'], accept: [0, 4] }))).resolves.toMatchObject({
      exitCode: 3,
    });
    await expect(firstValueFrom(command$({ ...fake.options, args: ['a'], accept: 'any' }))).resolves.toMatchObject({
      exitCode: 3,
    });
  });

  it('leaves no process after unsubscribe', async () => {
    const fake = standIn([{ line: 'x' }, { spawn: { kind: 'setsid', seconds: 300 } }, { hang: true }]);
    const subscription = command$({ ...fake.options, args: ['a'], terminateGrace: 200 }).subscribe();
    await waitUntil(() => fake.pids().length === 2);
    subscription.unsubscribe();
    await waitUntil(() => livingPids(fake.pids()).length === 0);
    await whenIdle();
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it('is killed after its time limit', async () => {
    const fake = standIn([{ ignore: ['SIGINT', 'SIGTERM'] }, { hang: true }]);
    const error = await errorOf(command$({ ...fake.options, args: ['a'], timeout: 400, terminateGrace: 100 }));
    expect(error).toMatchObject({ code: 'RUN_TIMEOUT', timeout: 400 });
    expect(String(error)).toMatch(/^RunTimeoutError: The command did not end within 400 ms/);
    expect(fake.pids().filter(isAlive)).toEqual([]);
  });

  it.each([0, Number.POSITIVE_INFINITY])('has no time limit with a timeout of %d', async (timeout) => {
    const fake = standIn([{ wait: 50 }, { line: 'x' }]);
    await expect(valuesOf(command$({ ...fake.options, args: ['a'], timeout }))).resolves.toHaveLength(1);
  });

  it('is killed by its signal, and keeps the reason', async () => {
    const fake = standIn([{ hang: true }]);
    const abort = new AbortController();
    const ending = errorOf(command$({ ...fake.options, args: ['a'], signal: abort.signal, terminateGrace: 100 }));
    await waitUntil(() => fake.pids().length === 1);
    abort.abort('enough');
    await expect(ending).resolves.toMatchObject({ code: 'ABORT_ERR', reason: 'enough' });
    expect(fake.pids().filter(isAlive)).toEqual([]);
  });

  it('reports its end to the owner of its signal, also after unsubscribe', async () => {
    const fake = standIn([{ on: 'SIGTERM', steps: [{ wait: 300 }, { exit: 1 }] }, { hang: true }]);
    const { signal } = new AbortController();
    const commands: Promise<unknown>[] = [];
    Object.defineProperty(signal, Symbol.for('@codex-rx/settling'), {
      value: (settled: Promise<unknown>) => commands.push(settled),
    });
    const subscription = command$({ ...fake.options, args: ['a'], signal }).subscribe();
    await waitUntil(() => fake.invocations().length === 1, 30_000);
    subscription.unsubscribe();
    expect(commands).toHaveLength(1);
    await Promise.all(commands);
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it('does not start with a signal that is aborted already', async () => {
    const fake = standIn();
    const signal = AbortSignal.abort('before');
    await expect(errorOf(command$({ ...fake.options, args: ['a'], signal }))).resolves.toMatchObject({
      reason: 'before',
    });
    expect(fake.invocations()).toEqual([]);
  });

  it('distinguishes a missing CLI from a missing folder', async () => {
    await expect(errorOf(version$({ binary: '/nowhere/codex' }))).resolves.toMatchObject({ code: 'BINARY_NOT_FOUND' });
    const fake = standIn();
    await expect(
      errorOf(command$({ ...fake.options, args: ['a'], workingDirectory: '/nowhere/at/all' })),
    ).resolves.toMatchObject({ code: 'WORKING_DIRECTORY_NOT_FOUND' });
  });

  it.each([
    ['args', { args: [] }],
    ['args[0]', { args: ['a\0b'] }],
    ['args[1]', { args: ['x', 'sk-proj-abcdefghijklmnop'] }],
    ['args[1]', { args: ['--api-key', 'abcdef'] }],
    ['args[0]', { args: ['--token=abcdef'] }],
    ['timeout', { args: ['x'], timeout: -1 }],
    ['enable[0]', { args: ['x'], enable: ['not a name'] }],
    ['config.api_key', { args: ['x'], config: { api_key: 'sk-abcdefghijk' } }],
    ['codexHome', { args: ['x'], codexHome: ' ' }],
  ])('rejects %s before it starts a process', async (field, request) => {
    const fake = standIn();
    await expect(errorOf(command$({ ...fake.options, ...request }))).resolves.toMatchObject({
      code: 'REQUEST_INVALID',
      field,
    });
    expect(fake.invocations()).toEqual([]);
    expect(fake.versionProbes()).toBe(0);
  });

  it('keeps what goes to standard input, and secrets of the environment, out of its errors', async () => {
    const fake = standIn([{ stderr: 'Error: bad key the-secret-itself, and also other-secret-1234\n' }, { exit: 1 }]);
    const error = await errorOf(
      command$({ ...fake.options, args: ['a'], stdin: 'the-secret-itself\n', env: { MY_TOKEN: 'other-secret-1234' } }),
    );
    expect(fake.invocations()[0]?.stdin).toBe('the-secret-itself\n');
    expect(isCodexError(error, 'EXIT') && error.stderr).toBe('Error: bad key ***, and also ***\n');
    expect(JSON.stringify([error, String(error)])).not.toMatch(/the-secret|other-secret/);
  });

  it('mirrors its streams on request', async () => {
    const fake = standIn([{ raw: 'to stdout' }, { stderr: 'to stderr' }]);
    const stdout = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      await valuesOf(command$({ ...fake.options, args: ['a'] }));
      expect([stdout.mock.calls, stderr.mock.calls]).toEqual([[], []]);
      await valuesOf(command$({ ...fake.options, args: ['a'], mirrorStdout: true, mirrorStderr: true }));
      expect(stdout.mock.calls.map(([chunk]) => String(chunk)).join('')).toBe('to stdout');
      expect(stderr.mock.calls.map(([chunk]) => String(chunk)).join('')).toBe('to stderr');
    } finally {
      stdout.mockRestore();
      stderr.mockRestore();
    }
  });

  it('does not wait for another process that keeps its output open', async () => {
    const fake = standIn([{ raw: 'x' }, { spawn: { kind: 'holdsStdout', seconds: 30 } }]);
    await expect(valuesOf(command$({ ...fake.options, args: ['a'] }))).resolves.toMatchObject([{ stdout: 'x' }]);
  });

  it('reads the version once per CLI, and only if a command needs it', async () => {
    const fake = standIn({ cases: [{ argv: ['features'], steps: [{ raw: 'a\tstable\ttrue\n' }] }], steps: [] });
    await valuesOf(loginStatus$(fake.options));
    expect(fake.versionProbes()).toBe(0);
    await valuesOf(features$(fake.options));
    await valuesOf(features$(fake.options));
    expect(fake.versionProbes()).toBe(1);
  });
});
