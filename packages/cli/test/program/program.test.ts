import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInProcess } from '../support/in-process.js';
import { buildProgram, type Program, runProgram } from '../support/program.js';

const manifest = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string };

let program: Program;
beforeAll(async () => {
  program = await buildProgram();
});

describe('codex-rx', () => {
  it.each([['--version'], ['-V']])('prints its version with %s', async (flag) => {
    expect(await runProgram(program, [flag])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  it.each([[[]], [['--help']], [['-h']]])('prints its help with the arguments %j', async (args) => {
    const { code, stdout, stderr } = await (args.length === 0 ? runProgram(program, args) : runInProcess(args));
    expect(stdout).toMatch(/^Usage: codex-rx .*Commands:\n {2}/s);
    expect([code, stderr]).toEqual([0, '']);
  });

  it.each([
    [['doctr'], "error: unknown command 'doctr'\n(Did you mean doctor?)\nTry `codex-rx --help`.\n"],
    [['doctor', '--jsno'], "error: unknown option '--jsno'\n(Did you mean --json?)\nTry `codex-rx doctor --help`.\n"],
  ])('rejects the arguments %j', async (args, message) => {
    expect(await runInProcess(args)).toEqual({ code: 2, stdout: '', stderr: message });
  });
});

(existsSync('/dev/full') ? describe : describe.skip)('an output that cannot be written', () => {
  it('gives exit code 1 and a reason', () => {
    const full = openSync('/dev/full', 'w');
    const args = [program.path, 'completion', 'bash'];
    const { status, stderr } = spawnSync(process.execPath, args, { stdio: ['ignore', full, 'pipe'], encoding: 'utf8' });
    closeSync(full);
    expect([status, stderr]).toEqual([1, expect.stringMatching(/^The output cannot be written: ENOSPC.*\n$/)]);
  });
});
