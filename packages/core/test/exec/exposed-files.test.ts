import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { exec$, run$ } from '@codex-rx/core';
import { teeLines } from '@codex-rx/operators/node';
import { type FakeStep, fakeCodex } from '@codex-rx/testing';
import { leavesNothing } from './support/leaves-nothing.js';
import { completed, said, started } from './support/lines.js';
import { observe } from './support/observe.js';
import { watchSpawns } from './support/overlap.js';

const place = leavesNothing();
const spawns = watchSpawns();
const turn: FakeStep[] = [{ lines: [started, said('From the stream.'), completed] }];
const workspace = (): string => join(place.folder, 'workspace');
const secret = (): string => join(place.folder, 'secret');
const request = (steps: readonly FakeStep[] = turn) => ({
  prompt: 'hello',
  ...fakeCodex(steps).options,
  workingDirectory: workspace(),
});
const onPosix = process.platform === 'win32' ? describe.skip : describe;

beforeEach(() => {
  mkdirSync(workspace());
  writeFileSync(secret(), 'secret');
});

describe.each(['eventLog', 'outputLastMessage', 'codexHome'])('%s where the agent may write', (field) => {
  it.each([
    ['workspace-write', 'its workspace', () => join(workspace(), 'deep/file')],
    ['danger-full-access', 'its workspace', () => join(workspace(), 'file')],
    ['workspace-write', 'the temporary folder', () => join(place.tmp, 'file')],
  ])('is a RequestError with %s in %s, before anything is created', async (sandbox, _where, path) => {
    const env = { TMPDIR: place.tmp };
    const { error } = await observe(exec$({ ...request(), env, sandbox, [field]: path() }));
    expect(error).toMatchObject({ code: 'REQUEST_INVALID', field });
    expect(String(error)).toContain('allowInWorkspace');
    expect([existsSync(path()), spawns.pids]).toEqual([false, []]);
  });

  it('is accepted with allowInWorkspace, and in a run that may not write', async () => {
    const path = join(workspace(), 'file');
    for (const more of [{ sandbox: 'workspace-write', allowInWorkspace: true }, { sandbox: 'read-only' }]) {
      const { error } = await observe(exec$({ ...request(), ...more, [field]: path }));
      expect(error).toBeUndefined();
    }
  });
});

describe('a run whose configuration lets the agent write to its workspace', () => {
  const trusted = (): string => `[projects.${JSON.stringify(workspace())}]\ntrust_level = "trusted"`;
  const profiled = { profile: 'writer' };

  it.each<[string, string, () => string, object]>([
    ['a sandbox mode', 'config.toml', () => 'sandbox_mode = "workspace-write"', {}],
    ['a permission profile', 'config.toml', () => 'default_permissions = ":workspace"', {}],
    ['a trusted project', 'config.toml', trusted, {}],
    ['the file of a profile', 'writer.config.toml', () => 'sandbox_mode = "workspace-write"', profiled],
    ['a table of a profile', 'config.toml', () => '[profiles.writer]\nsandbox_mode = "workspace-write"', profiled],
  ])('rejects an eventLog there, with %s', async (_what, name, text, options) => {
    // The temporary folder is open to the agent, too.
    const codexHome = join(process.env.XDG_CACHE_HOME ?? '', 'home');
    mkdirSync(codexHome);
    writeFileSync(join(codexHome, name), text());
    const eventLog = join(workspace(), 'run.jsonl');
    const { error } = await observe(exec$({ ...request(), ...options, codexHome, eventLog }));
    expect(error).toMatchObject({ code: 'REQUEST_INVALID', field: 'eventLog' });
    const settings = { ...request(), ...options, codexHome, eventLog };
    expect((await observe(exec$({ ...settings, sandbox: 'read-only' }))).error).toBeUndefined();
    expect((await observe(exec$({ ...settings, allowInWorkspace: true }))).error).toBeUndefined();
  });

  it.each([
    ['a relative root, which is in the home', 'logs', ''],
    ['a root below the folder of the user', '~/home/logs', ''],
    ['a root in the file of a profile', 'logs', 'writer'],
  ])('rejects an eventLog in %s', async (_what, root, profile) => {
    const user = process.env.XDG_CACHE_HOME ?? '';
    const codexHome = join(user, 'home');
    mkdirSync(codexHome);
    const text = `sandbox_mode = "workspace-write"\n[sandbox_workspace_write]\nwritable_roots = [${JSON.stringify(root)}]`;
    writeFileSync(join(codexHome, `${profile === '' ? '' : `${profile}.`}config.toml`), text);
    const chosen = profile === '' ? {} : { profile };
    const settings = { ...request(), ...chosen, codexHome, env: { HOME: user, USERPROFILE: user } };
    const { error } = await observe(exec$({ ...settings, eventLog: join(codexHome, 'logs/run.jsonl') }));
    expect(error).toMatchObject({ code: 'REQUEST_INVALID', field: 'eventLog' });
  });

  it('rejects its codexHome there', async () => {
    const codexHome = join(workspace(), 'home');
    mkdirSync(codexHome);
    writeFileSync(join(codexHome, 'config.toml'), 'sandbox_mode = "workspace-write"');
    const { error } = await observe(exec$({ ...request(), codexHome }));
    expect(error).toMatchObject({ code: 'REQUEST_INVALID', field: 'codexHome' });
  });
});

onPosix('files that the agent replaces', () => {
  it('eventLog replaces a link, with a warning', async () => {
    const eventLog = join(workspace(), 'run.jsonl');
    symlinkSync(secret(), eventLog);
    await observe(exec$({ ...request(), eventLog }));
    expect(readFileSync(secret(), 'utf8')).toBe('secret');
    expect(lstatSync(eventLog).isFile()).toBe(true);
    expect(statSync(eventLog).mode & 0o777).toBe(0o600);
    expect(process.emitWarning).toHaveBeenCalledTimes(1);
    jest.mocked(process.emitWarning).mockClear();
  });

  it('eventLog rejects a FIFO without waiting', async () => {
    const eventLog = join(workspace(), 'run.jsonl');
    execFileSync('mkfifo', [eventLog]);
    const { error } = await observe(exec$({ ...request(), eventLog }));
    expect(error).toMatchObject({ code: 'OUTPUT_FAILED', kind: 'event-log' });
  });

  it('teeLines with rotate stays with its file when a link replaces it', async () => {
    const log = join(workspace(), 'run.jsonl');
    const lines = teeLines(log, { rotate: { maxBytes: 1e6 } });
    const steps: FakeStep[] = [{ line: started }, { wait: 200 }, ...turn];
    await observe(exec$({ ...request(steps), lines }), ({ type }) => {
      if (type !== 'thread.started' || lstatSync(log).isSymbolicLink()) return;
      execFileSync('sh', ['-c', 'mv "$1" "$1.old"; ln -s "$2" "$1"', 'sh', log, secret()]);
    });
    expect(readFileSync(secret(), 'utf8')).toBe('secret');
    expect(readFileSync(`${log}.old`, 'utf8')).toContain('turn.completed');
  });

  it('the last message is not read from a file of the agent, and replaces a link', async () => {
    const outputLastMessage = join(workspace(), 'answer.txt');
    symlinkSync(secret(), outputLastMessage);
    const { values } = await observe(run$({ ...request(), outputLastMessage }));
    expect(values.at(-1)).toMatchObject({ lastMessage: 'From the stream.' });
    const path = (argv: readonly string[]): string => argv[argv.indexOf('--output-last-message') + 1] ?? '';
    const [first] = values;
    expect(first?.type === 'started' ? path(first.argv).startsWith(place.runs) : undefined).toBe(true);
    expect(readFileSync(secret(), 'utf8')).toBe('secret');
  });

  it.each(['eventLog', 'outputLastMessage', 'codexHome'])('%s below /proc fails without blocking', async (field) => {
    const { error } = await observe(exec$({ ...request(), [field]: '/proc/nothing/x/file' }));
    expect(error).toMatchObject({ code: field === 'codexHome' ? 'HOME_FAILED' : 'OUTPUT_FAILED' });
  });

  it('the removal of the folder of a run does not follow links', async () => {
    const steps: FakeStep[] = [...turn, { writeFile: { path: 'sub/file', content: '' } }];
    const kept = join(place.folder, 'kept');
    mkdirSync(kept);
    writeFileSync(join(kept, 'file'), '');
    await observe(run$({ ...request(steps), workingDirectory: undefined }), (notification) => {
      if (notification.type === 'started') symlinkSync(kept, join(notification.cwd, 'link'));
    });
    expect(readdirSync(kept)).toEqual(['file']);
  });
});
