import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ThreadEvent } from '@codex-rx/core';
import { events, items, loadFixture, model } from '@codex-rx/testing';
import { waitUntil } from '@codex-rx/testing/processes';
import { runInProcess } from '../../support/in-process.js';
import { type OwnCli, openOwnCli } from '../../support/own-cli.js';
import { buildProgram, type Program } from '../../support/program.js';

let program: Program;
let cli: OwnCli;
beforeAll(async () => {
  program = await buildProgram();
  cli = await openOwnCli(program, [model.run('echo hello'), model.say('Done.')]);
});
afterAll(async () => {
  await cli[Symbol.asyncDispose]();
});

const toLog = (all: readonly ThreadEvent[]) => all.map((event) => `${JSON.stringify(event)}\n`).join('');

describe('codex-rx watch', () => {
  it('shows a log while it grows, from before it exists until Ctrl-C', async () => {
    const log = join(cli.folder, 'later.jsonl');
    const started = cli.start('watch', log);
    await waitUntil(() => started.stdout().includes(log), 30_000);
    writeFileSync(log, toLog([events.threadStarted('t-1'), events.turnStarted()]));
    await waitUntil(() => started.stdout().includes('thread t-1'), 30_000);
    appendFileSync(log, toLog([events.itemCompleted(items.agentMessage('It works.'))]));
    await waitUntil(() => started.stdout().includes('say     It works.'), 30_000);
    appendFileSync(log, toLog([events.turnCompleted()]));
    started.kill('SIGINT');
    const { code, stderr } = await started.ended;
    expect([code, stderr]).toEqual([130, '']);
  });

  it('shows a finished log with --no-follow, without control characters of the run', async () => {
    const log = join(cli.folder, 'hostile.jsonl');
    const text = 'A\u001b]0;title\u0007\u202eB\u009b31m';
    const hostile = [
      items.agentMessage(text),
      { ...items.fileChange([{ path: text, kind: 'add' }]), status: text },
      { ...items.mcpToolCall(text, text), status: text },
      { ...items.commandExecution(text), status: text },
      items.todoList([text]),
    ] as const;
    writeFileSync(log, toLog([events.threadStarted('t-\u001b[2J'), ...events.run(...hostile)]));
    const { code, stdout, stderr } = await cli.run('watch', log, '--no-follow');
    expect(stdout).toContain('say     AB');
    // eslint-disable-next-line no-control-regex -- the purpose
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect([code, stderr]).toEqual([0, '']);
    const json = await cli.run('watch', log, '--no-follow', '--json');
    // eslint-disable-next-line no-control-regex -- the purpose
    expect(json.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(json.stdout).toContain('\\u009b31m');
  });

  it('shows each fixture', async () => {
    const { lines, events: all } = loadFixture('0.171.0/everything');
    const log = join(cli.folder, 'everything.jsonl');
    writeFileSync(log, `${lines.map(String).join('\n')}\n`);
    const { code, stdout } = await cli.run('watch', log, '--no-follow', '--json');
    const types = stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as ThreadEvent).type);
    expect([code, types]).toEqual([0, all.map(({ type }) => type)]);
  });

  it('shows the latest session of the real CLI, by --latest and by the start of its id', async () => {
    const ran = await cli.run('run', 'Say hello.', '-s', 'danger-full-access', '--skip-git-repo-check', '--json');
    const id = /"thread_id":"([^"]+)"/.exec(ran.stdout)?.[1] ?? '';
    for (const source of ['--latest', id, id.slice(0, 30)]) {
      const { code, stdout, stderr } = await cli.run('watch', source, '--no-follow');
      expect(stdout).toContain(`thread ${id}`);
      expect(stdout).toMatch(/user {4}Say hello\.$/m);
      expect(stdout).toMatch(/run {5}echo hello {2}\(ok/);
      expect(stdout).toMatch(/^ {2}completed in /m);
      expect([code, stderr]).toEqual([0, '']);
    }
  });

  it.each([
    [['watch'], 'Name a file or a session, or pass --latest.'],
    [['watch', 'no-such-session'], 'There is neither a file nor a session "no-such-session".'],
    [['watch', 'a.jsonl', '--latest'], 'not both'],
    [['watch', 'a.jsonl', '--cwd', '.'], '--cwd needs --latest'],
  ])('exits with 2 for the arguments %j', async (args, message) => {
    const { code, stdout, stderr } = await runInProcess(args, cli.folder);
    expect(stderr).toContain(message);
    expect([code, stdout]).toEqual([2, '']);
  });

  it('exits with 1 for a pipe, which has no end', async () => {
    const pipe = join(cli.folder, 'pipe.jsonl');
    execFileSync('mkfifo', [pipe]);
    for (const more of [[], ['--no-follow']]) {
      const { code, stdout } = await cli.run('watch', pipe, ...more);
      expect(stdout.replace(/\s+/g, ' ')).toContain('is not a regular file');
      expect(code).toBe(1);
    }
  });

  it('exits with 1 for a file that cannot be read', async () => {
    const { code, stdout } = await cli.run('watch', join(cli.folder, 'missing.jsonl'), '--no-follow');
    expect(stdout).toContain('no such file');
    expect(code).toBe(1);
  });
});

describe('codex-rx sessions', () => {
  const ids = (stdout: string) => stdout.match(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g) ?? [];

  it('lists and finds the sessions of the real CLI', async () => {
    const all = await cli.run('sessions');
    expect([all.code, all.stderr, ids(all.stdout).length]).toEqual([0, '', 1]);
    expect(all.stdout).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d {2}[\da-f-]{36} {2}Say hello\.$/m);
    expect((await cli.run('sessions', 'SAY HELLO', '--cwd', cli.folder)).stdout).toBe(all.stdout);
    const { stdout } = await cli.run('sessions', '--json');
    const { id, path } = JSON.parse(stdout) as { id: string; path: string };
    expect([id]).toEqual(ids(all.stdout));
    expect(readFileSync(path, 'utf8')).toContain(id);
  });

  it('exits with 1 when no session matches', async () => {
    for (const args of [['nothing of this kind'], ['--cwd', '/']])
      expect(await cli.run('sessions', ...args)).toEqual({ code: 1, stdout: '', stderr: 'No session matches.\n' });
  });
});
