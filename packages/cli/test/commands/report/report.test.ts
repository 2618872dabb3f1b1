import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInProcess } from '../../support/in-process.js';
import { buildProgram, type Program, runProgram } from '../../support/program.js';

const root = join(__dirname, '..', '..', '..', '..', '..');
const log = join(root, 'fixtures/0.171.0/plain-answer.jsonl');
const session = join(root, 'packages/core/test/rollouts/files/0.171.0/everything.jsonl');
const id = '01a22f72-d6f3-7d22-b54b-925cd3b803b8';

let program: Program;
let home: string;
beforeAll(async () => {
  program = await buildProgram();
  home = mkdtempSync(join(tmpdir(), 'report-'));
  mkdirSync(join(home, 'sessions'));
  writeFileSync(join(home, 'sessions', `rollout-2026-12-01T02-33-05-${id}.jsonl`), readFileSync(session));
});
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

const run = (...args: readonly string[]) =>
  runProgram(program, ['report', ...args], { env: { CODEX_HOME: home }, cwd: home });

describe('codex-rx report', () => {
  it('writes the page of a log', async () => {
    const { code, stdout, stderr } = await run(log);

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^<!DOCTYPE html>.*<h1>plain-answer\.jsonl <span class="badge completed">.*<\/html>\n$/s);
  });

  it('writes the page of a stored session with its model, folder and times', async () => {
    const { stdout } = await run(id.slice(0, 8), '--home', home);

    expect(stdout).toMatch(/<dt>Model<\/dt><dd>gpt-[^<]+<.*<dt>Folder<\/dt><dd>\/.*<dt>CLI<\/dt><dd>0\.171\.0</s);
    expect(stdout).toContain('Timeline of the run');
  });

  it('writes an index of several runs to a file that only its user can read', async () => {
    expect(await run(log, session, '-o', 'out.html')).toEqual({ code: 0, stdout: '', stderr: '' });

    expect(readFileSync(join(home, 'out.html'), 'utf8')).toMatch(/<h1>2 runs<\/h1>.*href="#r2-run"/s);
    expect(statSync(join(home, 'out.html')).mode & 0o077).toBe(0);
  });

  it('reads the standard input', () => {
    const args = [program.path, 'report', '-', '--format', 'md', '--title', 'Piped'];
    for (const input of [readFileSync(log), readFileSync(session)]) {
      const { stdout } = spawnSync(process.execPath, args, { input, encoding: 'utf8' });
      expect(stdout).toMatch(/^# `Piped`\n\n- Status: completed\n/);
    }
  });

  it.each([
    [['missing.jsonl'], 2, /^There is no file .*missing\.jsonl\.$/],
    [['missing'], 2, /^There is neither a file nor a session "missing"\./],
    [['./'], 2, /is not a file\. Name a log, a session file or a session\.$/],
    [[log, log, '--title', 'x'], 2, /^--title needs a single run\.$/],
    [[log, '--format', 'pdf'], 2, /Allowed choices are html, md, json/],
  ])('rejects %j', async (args, expected, message) => {
    const { code, stderr } = await runInProcess(['report', ...args], home);

    expect(code).toBe(expected);
    expect(stderr).toMatch(new RegExp(message.source, 'm'));
  });
});
