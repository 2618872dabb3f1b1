import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createCodex, exec$ } from '@codex-rx/core';
import { apply$, cloudDiff$, features$, loginStatus$, logout$ } from '@codex-rx/core/commands';
import { type FakeCodex, type FakeInvocation, openFakeCodex } from '@codex-rx/testing';
import { lastValueFrom, toArray } from 'rxjs';
import { completed, said, started } from '../exec/support/lines.js';
import { observe } from '../exec/support/observe.js';

/**
 * The crate's checklist of clients, environments and homes, by its ids. docs/parity.md explains the differences.
 */
let folder: string;
let codexHome: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(homedir(), '.codex-rx-parity-')));
  codexHome = join(folder, 'home');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const turn = [started, said('Hello.'), completed].map((line) => ({ line }));
const run = (fake: FakeCodex, request: object = {}) =>
  lastValueFrom(exec$({ prompt: 'p', ...fake.options, ...request }).pipe(toArray()));

async function withEnvironment<T>(values: Record<string, string | undefined>, task: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  const set = (name: string, value: string | undefined) => {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  };
  for (const [name, value] of Object.entries(values)) set(name, value);
  try {
    return await task();
  } finally {
    for (const name of Object.keys(values)) set(name, before[name]);
  }
}

const last = (fake: FakeCodex): FakeInvocation => {
  const invocation = fake.invocations().at(-1);
  if (invocation === undefined) throw new Error('the fake was not run');
  return invocation;
};

describe('clients, environments and homes of the crate', () => {
  it('passes the options of a client to its runs', async () => {
    await using fake = await openFakeCodex(turn);
    const eventLog = join(folder, 'log.jsonl');
    const codex = createCodex({ ...fake.options, mirrorStderr: false, model: 'gpt-5.5' });
    await lastValueFrom(codex.exec$({ prompt: 'p', eventLog }));
    expect(last(fake).argv).toEqual(expect.arrayContaining(['--json', '--model', 'gpt-5.5']));
    expect(existsSync(eventLog)).toBe(true);
  });

  it('mirrors nothing by default, and both streams on request', async () => {
    await using fake = await openFakeCodex(turn);
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      await run(fake);
      expect(write).not.toHaveBeenCalled();
      await run(fake, { mirrorStdout: true });
      expect(Buffer.concat(write.mock.calls.map(([chunk]) => Buffer.from(chunk))).toString()).toContain('Hello.');
    } finally {
      write.mockRestore();
    }
  });

  it('sets RUST_LOG to error unless the environment sets it, also for commands', async () => {
    await using fake = await openFakeCodex(turn);
    const levels = async (value: string | undefined) =>
      withEnvironment({ RUST_LOG: value }, async () => {
        await run(fake);
        const ofRun = last(fake).env.RUST_LOG;
        await observe(apply$({ ...fake.options, taskId: 'task_x' }));
        return [ofRun, last(fake).env.RUST_LOG];
      });
    expect(await levels(undefined)).toEqual(['error', 'error']);
    expect(await levels('debug')).toEqual(['debug', 'debug']);
  });

  it('sets the home in the environment of the process only, and creates its folders', async () => {
    await using fake = await openFakeCodex(turn);
    await withEnvironment({ CODEX_HOME: '/ambient', CODEX_BINARY: '/ambient/codex' }, async () => {
      await run(fake, { codexHome });
      expect(last(fake).env.CODEX_HOME).toBe(codexHome);
      expect([process.env.CODEX_HOME, process.env.CODEX_BINARY]).toEqual(['/ambient', '/ambient/codex']);
    });
    expect(readdirSync(codexHome).sort()).toEqual(['conversations', 'logs']);
  });

  it('creates nothing without createHomeDirs, and still sets the home in the environment', async () => {
    await using fake = await openFakeCodex(turn);
    await run(fake, { codexHome, createHomeDirs: false });
    expect([existsSync(codexHome), last(fake).env.CODEX_HOME]).toEqual([false, codexHome]);
  });

  it('emits the output of apply, and errors with an ExitError for a diff that fails', async () => {
    await using fake = await openFakeCodex({
      cases: [
        { argv: ['apply'], steps: [{ line: 'applied' }] },
        { argv: ['cloud', 'diff'], steps: [{ stderr: 'no diff\n' }, { exit: 3 }] },
      ],
    });
    expect(await lastValueFrom(apply$({ ...fake.options, taskId: 'task_x' }))).toMatchObject({ taskId: 'task_x' });
    const { error } = await observe(cloudDiff$({ ...fake.options, taskId: 'task_x' }));
    expect(error).toMatchObject({ code: 'EXIT', exitCode: 3, stderr: expect.stringContaining('no diff') as string });
  });

  it('uses one binary and one home for runs, status and logout, and never passes the prompt in argv', async () => {
    await using fake = await openFakeCodex({
      cases: [
        { argv: ['login', 'status'], steps: [{ stderr: 'Not logged in\n' }, { exit: 1 }] },
        { argv: ['logout'], steps: [{ stderr: 'Not logged in\n' }] },
      ],
      steps: turn,
    });
    const codex = createCodex({ ...fake.options, codexHome });
    expect(await lastValueFrom(codex.sendPrompt$({ prompt: 'the prompt' }))).toBe('Hello.');
    await lastValueFrom(loginStatus$(codex.options));
    await lastValueFrom(logout$(codex.options));
    const invocations = fake.invocations();
    expect(invocations.map(({ env }) => env.CODEX_HOME)).toEqual([codexHome, codexHome, codexHome]);
    expect(invocations.slice(1).map(({ argv }) => argv)).toEqual([['login', 'status'], ['logout']]);
    expect([invocations[0]?.stdin, invocations[0]?.argv.includes('the prompt')]).toEqual(['the prompt', false]);
  });

  it('passes settings and folder to apply, and no options of runs', async () => {
    await using fake = await openFakeCodex([]);
    const codex = createCodex({ ...fake.options, config: { a: 1 }, workingDirectory: folder, search: true });
    await lastValueFrom(codex.apply$({ taskId: 'task_x' }));
    expect([last(fake).argv, last(fake).cwd]).toEqual([['-c', 'a=1', 'apply', '--', 'task_x'], folder]);
  });

  it('lists features with the settings in the folder, without --json, which the CLI does not have', async () => {
    await using fake = await openFakeCodex([{ line: 'shell_tool  stable  true' }]);
    await lastValueFrom(features$({ ...fake.options, config: { a: 1 }, workingDirectory: folder }));
    expect([last(fake).argv, last(fake).cwd]).toEqual([['-c', 'a=1', 'features', 'list'], folder]);
  });

  it('replaces values by later ones, and concatenates lists', () => {
    const codex = createCodex({ model: 'a', configOverrides: ['a=1'] }).with({ model: 'b', configOverrides: ['b=2'] });
    expect(codex.options).toEqual({ model: 'b', configOverrides: ['a=1', 'b=2'] });
  });

  it('rejects a missing binary, a missing folder and a home that is a file before anything runs', async () => {
    await using fake = await openFakeCodex(turn);
    const errorOf = async (request: object) =>
      (await observe(exec$({ prompt: 'p', ...fake.options, ...request }))).error;
    expect(await errorOf({ binary: join(folder, 'none') })).toMatchObject({ code: 'BINARY_NOT_FOUND' });
    expect(await errorOf({ workingDirectory: join(folder, 'none') })).toMatchObject({
      code: 'WORKING_DIRECTORY_NOT_FOUND',
    });
    expect(await errorOf({ codexHome: fake.binary })).toMatchObject({ name: 'HomeError', code: 'HOME_FAILED' });
    expect(fake.invocations()).toEqual([]);
  });
});
