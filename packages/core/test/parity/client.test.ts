import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createCodex, exec$ } from '@codex-rx/core';
import { apply$, cloudDiff$, features$, loginStatus$, logout$ } from '@codex-rx/core/commands';
import { type FakeCodex, type FakeInvocation, openFakeCodex } from '@codex-rx/testing';
import { lastValueFrom, toArray } from 'rxjs';
import { completed, said, started } from '../exec/support/lines.js';
import { observe } from '../exec/support/observe.js';

/** The crate's checklist of clients, environments and homes, by its ids. What is different has its reason in docs/parity.md. */
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
  it('the options of a client reach its runs', async () => {
    await using fake = await openFakeCodex(turn);
    const eventLog = join(folder, 'log.jsonl');
    const codex = createCodex({ ...fake.options, mirrorStderr: false, model: 'gpt-5.5' });
    await lastValueFrom(codex.exec$({ prompt: 'p', eventLog }));
    expect(last(fake).argv).toEqual(expect.arrayContaining(['--json', '--model', 'gpt-5.5']));
    expect(existsSync(eventLog)).toBe(true);
  });

  it('nothing is mirrored by default; it can be switched on', async () => {
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

  it('RUST_LOG is error unless the environment sets it, also for commands', async () => {
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

  it('the home is in the environment of the process only, and its folders are there', async () => {
    await using fake = await openFakeCodex(turn);
    await withEnvironment({ CODEX_HOME: '/ambient', CODEX_BINARY: '/ambient/codex' }, async () => {
      await run(fake, { codexHome });
      expect(last(fake).env.CODEX_HOME).toBe(codexHome);
      expect([process.env.CODEX_HOME, process.env.CODEX_BINARY]).toEqual(['/ambient', '/ambient/codex']);
    });
    expect(readdirSync(codexHome).sort()).toEqual(['conversations', 'logs']);
  });

  it('without createHomeDirs nothing is created, and the home is in the environment all the same', async () => {
    await using fake = await openFakeCodex(turn);
    await run(fake, { codexHome, createHomeDirs: false });
    expect([existsSync(codexHome), last(fake).env.CODEX_HOME]).toEqual([false, codexHome]);
  });

  it('apply emits what the CLI said; a diff that fails is an ExitError with its code', async () => {
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

  it('one client, one binary and one home for runs, status and logout; the prompt is never in argv', async () => {
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

  it('apply has the settings and the folder, and nothing that is for runs', async () => {
    await using fake = await openFakeCodex([]);
    const codex = createCodex({ ...fake.options, config: { a: 1 }, workingDirectory: folder, search: true });
    await lastValueFrom(codex.apply$({ taskId: 'task_x' }));
    expect([last(fake).argv, last(fake).cwd]).toEqual([['-c', 'a=1', 'apply', '--', 'task_x'], folder]);
  });

  it('features are listed with the settings in the folder, without --json, which no CLI has', async () => {
    await using fake = await openFakeCodex([{ line: 'shell_tool  stable  true' }]);
    await lastValueFrom(features$({ ...fake.options, config: { a: 1 }, workingDirectory: folder }));
    expect([last(fake).argv, last(fake).cwd]).toEqual([['-c', 'a=1', 'features', 'list'], folder]);
  });

  it('there are no calls that undo each other: a later value replaces, lists are concatenated', () => {
    const codex = createCodex({ model: 'a', configOverrides: ['a=1'] }).with({ model: 'b', configOverrides: ['b=2'] });
    expect(codex.options).toEqual({ model: 'b', configOverrides: ['a=1', 'b=2'] });
  });

  it('a missing binary, a missing folder and a home that is a file are errors before anything runs', async () => {
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
