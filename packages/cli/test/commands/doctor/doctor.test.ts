import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { model } from '@codex-rx/testing';
import { isAlive, waitUntil } from '@codex-rx/testing/processes';
import { type OwnCli, openOwnCli } from '../../support/own-cli.js';
import { buildProgram, type Program, runProgram } from '../../support/program.js';

/** A command that survives the CLI, too. */
const daemon = `setsid sh -c 'echo $$ > pid; exec sleep 600' > /dev/null 2>&1 &`;

let program: Program;
let cli: OwnCli;
beforeAll(async () => {
  program = await buildProgram();
  cli = await openOwnCli(program, [model.run(`${daemon} sleep 600`)]);
});
afterAll(async () => {
  await cli[Symbol.asyncDispose]();
});

describe('codex-rx doctor', () => {
  it('shows the CLI, its features and its home', async () => {
    const { code, stdout, stderr } = await cli.run('doctor');
    expect(stdout).toMatch(/^ {2}ok {7}cli +0\.171\.0, \S/m);
    expect(stdout).toMatch(/^ {2}ok {7}features +app-server, exec-fork/m);
    expect(stdout.replace(/\s+/g, ' ')).toContain(`home ${cli.home}, 0 sessions`);
    expect(stdout).toMatch(/^ {2}ok {7}orphans +none/m);
    expect(stdout).not.toContain('\u001b');
    expect([code, stderr]).toEqual([0, '']);
  });

  it('says what to do about files that others can read', async () => {
    const config = join(cli.home, 'config.toml');
    chmodSync(config, 0o644);
    const { code, stdout } = await cli.run('doctor', '--reap');
    expect(stdout.replace(/\s+/g, ' ')).toContain(`chmod 600 ${config}`);
    expect(stdout).toMatch(/^ {2}ok {7}orphans +/m);
    expect(code).toBe(0);
  });

  it('lists the processes of a killed program, and ends them with --reap', async () => {
    const killed = cli.start('run', 'Sleep.', '-s', 'danger-full-access', '--skip-git-repo-check');
    const file = join(cli.folder, 'pid');
    await waitUntil(() => existsSync(file) && readFileSync(file, 'utf8').endsWith('\n'), 60_000);
    killed.kill('SIGKILL');
    await killed.ended;
    const pid = Number(readFileSync(file, 'utf8'));

    const { code, stdout } = await cli.run('doctor');
    expect(stdout).toMatch(new RegExp(`note {5}orphans +1 run of killed programs: .*\\b${String(pid)}\\b.*--reap`));
    expect([code, isAlive(pid)]).toEqual([0, true]);
    expect((await cli.run('doctor', '--reap')).stdout).toMatch(/ok {7}orphans +ended those of 1 run/);
    expect(isAlive(pid)).toBe(false);
    expect((await cli.run('doctor')).stdout).toMatch(/ok {7}orphans +none/);
  });

  it('prints JSON', async () => {
    const { stdout } = await cli.run('doctor', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ preflight: { ready: true, version: '0.171.0' }, capabilities: {} });
  });

  it('exits with 1 and names the problem without a CLI', async () => {
    const env = { CODEX_BINARY: join(cli.folder, 'no-such-codex'), CODEX_HOME: cli.home };
    const { code, stdout, stderr } = await runProgram(program, ['doctor'], { env, cwd: cli.folder });
    expect(stdout).toMatch(/^ {2}problem {2}BINARY_NOT_FOUND /m);
    expect([code, stderr]).toEqual([1, '']);
  });
});
