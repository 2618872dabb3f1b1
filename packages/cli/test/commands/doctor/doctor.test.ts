import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { type OwnCli, openOwnCli } from '../../support/own-cli.js';
import { buildProgram, type Program, runProgram } from '../../support/program.js';

let program: Program;
let cli: OwnCli;
beforeAll(async () => {
  program = await buildProgram();
  cli = await openOwnCli(program, []);
});
afterAll(async () => {
  await cli[Symbol.asyncDispose]();
  program.remove();
});

describe('codex-rx doctor', () => {
  it('shows the CLI, its features and its home', async () => {
    const { code, stdout, stderr } = await cli.run('doctor');
    expect(stdout).toMatch(/^ {2}ok {7}cli +0\.171\.0, \S/m);
    expect(stdout).toMatch(/^ {2}ok {7}features +app-server, exec-fork/m);
    expect(stdout.replace(/\s+/g, ' ')).toContain(`home ${cli.home}, 0 sessions`);
    expect(stdout).toMatch(/^ {2}note {5}orphans +not looked for/m);
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
