import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEvents$, type ThreadEvent } from '@codex-rx/core';
import { model, openScriptedModel, type ScriptedModel } from '@codex-rx/testing';
import { findProcesses, waitUntil } from '@codex-rx/testing/processes';
import { lastValueFrom, toArray } from 'rxjs';
import { runInProcess } from '../../support/in-process.js';
import { buildProgram, type Program, runProgram, type StartOptions, startProgram } from '../../support/program.js';

let program: Program;
let folder: string;
beforeAll(async () => {
  program = await buildProgram();
});
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'codex-rx-run-')));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The environment of a user whose CLI has this model. */
function userOf({ options }: ScriptedModel): StartOptions {
  return { env: { ...options.env, CODEX_HOME: options.codexHome }, cwd: folder };
}

const anything = ['--sandbox', 'danger-full-access', '--skip-git-repo-check'];

function eventsIn(text: string): readonly ThreadEvent[] {
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as ThreadEvent]));
}

describe.each(['exec', 'app-server'] as const)('codex-rx run over %s', (transport) => {
  const args = (...more: readonly string[]) => ['run', ...more, ...anything, '--transport', transport];

  it('shows the timeline as plain lines in a pipe, and writes the events to a log and the report to a file', async () => {
    await using scripted = await openScriptedModel([model.run('echo hello > hi.txt'), model.say('All <b>done</b>.')]);
    const files = ['--log', 'logs/run.jsonl', '--report', 'run.html'];
    const { code, stdout, stderr } = await runProgram(program, args('Write hi.txt.', ...files), userOf(scripted));
    expect(stdout).toContain('› Write hi.txt.');
    expect(stdout).toMatch(/s {2}run {5}echo hello > hi\.txt {2}\(ok/);
    expect(stdout).toMatch(/s {2}say {5}All <b>done<\/b>\.$/m);
    expect(stdout).toMatch(/^ {2}completed in \d+\.\ds$/m);
    expect(stdout).not.toContain('\u001b');
    expect([code, stderr]).toEqual([0, '']);
    expect(readFileSync(join(folder, 'hi.txt'), 'utf8')).toBe('hello\n');
    scripted.assertDone();

    const logged = await lastValueFrom(readEvents$(join(folder, 'logs', 'run.jsonl')).pipe(toArray()));
    expect([logged[0]?.type, logged.at(-1)?.type]).toEqual(['thread.started', 'turn.completed']);
    const page = readFileSync(join(folder, 'run.html'), 'utf8');
    expect(page).toContain('echo hello');
    expect(page).not.toContain('<b>done</b>');
    expect(statSync(join(folder, 'run.html')).mode & 0o777).toBe(0o600);
  });

  it('prints the events with --json, and continues the latest session with the prompt of standard input', async () => {
    await using scripted = await openScriptedModel([model.say('One.'), model.say('Two.')]);
    const first = await runProgram(program, args('First.', '--json'), userOf(scripted));
    const second = startProgram(program, args('-', '--json', '--resume', 'latest'), userOf(scripted));
    second.write('Second.');
    second.write('\u0004');
    const { code, stdout, stderr } = await second.ended;
    expect([code, stderr]).toEqual([0, '']);
    const [before, after] = [eventsIn(first.stdout), eventsIn(stdout)];
    expect(after[0]).toMatchObject({ type: 'thread.started', thread_id: before[0]?.thread_id });
    expect([before.at(-1)?.type, after.at(-1)?.type]).toEqual(['turn.completed', 'turn.completed']);
    expect(scripted.requests[1]?.prompt).toBe('Second.');
  });

  it('ends the CLI and its commands with Ctrl-C, and exits with 130', async () => {
    await using scripted = await openScriptedModel([model.run('echo $$ > pid; sleep 600')]);
    const started = startProgram(program, args('Sleep.'), userOf(scripted));
    const pid = join(folder, 'pid');
    await waitUntil(() => existsSync(pid) && readFileSync(pid, 'utf8').endsWith('\n'), 60_000);
    started.kill('SIGINT');
    const { code, stdout } = await started.ended;
    expect(stdout).toMatch(/^ {2}stopped in /m);
    expect(code).toBe(130);
    await waitUntil(() => findProcesses('CODEX_HOME', scripted.options.codexHome).length === 0, 30_000);
    expect(findProcesses('CODEX_HOME', scripted.options.codexHome)).toEqual([]);
  });
});

describe('codex-rx run', () => {
  it.each([
    [['run'], "missing required argument 'prompt'"],
    [['run', ' '], 'The prompt is empty.'],
    [['run', 'x', '--cwd', 'no-such-folder'], '--cwd: there is no folder'],
    [['run', 'x', '--sandbox', 'none'], 'Allowed choices are read-only, workspace-write, danger-full-access'],
    [['run', 'x', '--timeout', 'soon'], 'Write it as 90s, 30m, 1.5h or 500ms.'],
    [['run', 'x', '--approval-policy', 'untrusted'], '--approval-policy needs --transport app-server'],
  ])('exits with 2 for the arguments %j', async (args, message) => {
    const { code, stdout, stderr } = await runInProcess(args, folder);
    expect(stderr).toContain(message);
    expect([code, stdout]).toEqual([2, '']);
  });

  it('exits with 1 and says why when the turn fails', async () => {
    await using scripted = await openScriptedModel([model.fail('unauthorized')]);
    const { code, stdout } = await runProgram(program, ['run', 'Hi.', ...anything], userOf(scripted));
    expect(stdout).toMatch(/^ {2}failed in /m);
    expect(stdout).toContain('codex login');
    expect(code).toBe(1);
  });

  it('ends a run that takes too long', async () => {
    await using scripted = await openScriptedModel([model.run('sleep 600')]);
    const late = await runProgram(
      program,
      ['run', 'Sleep.', '--json', '--timeout', '3s', ...anything],
      userOf(scripted),
    );
    expect([late.code, late.stderr]).toEqual([1, expect.stringMatching(/3000 ms|3 s/)]);
  });

  it('ends a run that is idle', async () => {
    await using scripted = await openScriptedModel([model.hang()]);
    const idle = await runProgram(
      program,
      ['run', 'Think.', '--json', '--idle-timeout', '3s', '--transport', 'app-server', ...anything],
      userOf(scripted),
    );
    expect([idle.code, idle.stderr]).toEqual([1, expect.stringMatching(/3000 ms|3 s/)]);
  });

  it('starts no run whose report cannot be written', async () => {
    await using scripted = await openScriptedModel([]);
    const { code, stderr } = await runProgram(program, ['run', 'x', '--report', 'no/run.html'], userOf(scripted));
    expect([code, stderr]).toEqual([1, expect.stringContaining('no/run.html')]);
    expect(scripted.requests).toEqual([]);
  });

  it('asks in the terminal before a command over the app-server, and declines without an answer', async () => {
    await using scripted = await openScriptedModel([
      model.run('echo yes > yes.txt'),
      model.run('echo no > no.txt'),
      model.say('Done.'),
    ]);
    const args = [
      'run',
      'Write.',
      '-s',
      'workspace-write',
      '--transport',
      'app-server',
      '--approval-policy',
      'untrusted',
    ];
    const started = startProgram(program, args, userOf(scripted));
    await waitUntil(() => started.stderr().includes('Allow?'), 60_000);
    expect(started.stderr()).toContain('echo yes > yes.txt');
    started.write('yes\n');
    await waitUntil(() => started.stderr().split('Allow?').length === 3, 60_000);
    started.write('\u0004');
    const { code, stdout } = await started.ended;
    expect(stdout).toMatch(/^ {2}completed in /m);
    expect([code, existsSync(join(folder, 'no.txt'))]).toEqual([0, false]);
  });
});
