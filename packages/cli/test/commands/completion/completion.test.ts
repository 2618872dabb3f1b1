import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInProcess } from '../../support/in-process.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'completion-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const has = (shell: string) => spawnSync(shell, ['--version']).status === 0;
const describeBash = has('bash') ? describe : describe.skip;

async function script(shell: string): Promise<string> {
  const { code, stdout, stderr } = await runInProcess(['completion', shell]);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
}

describe('codex-rx completion', () => {
  it('names each command and option in fish and zsh', async () => {
    const fish = await script('fish');
    expect(fish).toContain(
      "complete -c codex-rx -n '__fish_seen_subcommand_from run' -l sandbox -s s -r -f -a 'read-only ",
    );
    expect(fish).toMatch(
      /^complete -c codex-rx -f -n '__fish_seen_subcommand_from fixtures; and not .*' -a diff -d '/m,
    );
    expect(await script('zsh')).toMatch(/^#compdef codex-rx\n/);
  });

  it('exits with 2 for another shell', async () => {
    const { code, stderr } = await runInProcess(['completion', 'tcsh']);
    expect(stderr).toContain('Allowed choices are bash, zsh, fish');
    expect(code).toBe(2);
  });
});

describe.each(['zsh', 'fish'])('codex-rx completion %s', (shell) => {
  (has(shell) ? it : it.skip)('is a valid script', async () => {
    const file = join(folder, `completion.${shell}`);
    writeFileSync(file, await script(shell));
    const { status, stderr } = spawnSync(shell, ['-n', file], { encoding: 'utf8' });
    // eslint-disable-next-line jest/no-standalone-expect -- it is in a test that is skipped without the shell
    expect([status, stderr]).toEqual([0, '']);
  });
});

describeBash('codex-rx completion bash', () => {
  it.each([
    ['re', ['report']],
    ['run --sand', ['--sandbox']],
    ['run x --sandbox ', ['read-only', 'workspace-write', 'danger-full-access']],
    ['run -s w', ['workspace-write']],
    ['fixtures rec', ['record']],
    ['fixtures diff a --ig', ['--ignore']],
    ['watch --la', ['--latest']],
    ['run --cwd ', ['']],
    ['report --output r', ['']],
  ])('completes `codex-rx %s`', async (line, expected) => {
    const file = join(folder, 'completion.bash');
    writeFileSync(file, await script('bash'));
    const words = ['codex-rx', ...line.split(' ')];
    const call = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _codex_rx; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', call, 'bash', file, ...words], { encoding: 'utf8' });
    expect([stdout.trim().split('\n'), stderr]).toEqual([expected, '']);
  });
});

const describeZsh = has('zsh') ? describe : describe.skip;

describeZsh('codex-rx completion zsh', () => {
  it.each([
    ['re', 'report:write a page that shows what a run did'],
    ['run --sand', '--sandbox:what the agent may do (default: that of your configuration)'],
    ['run x --sandbox ', 'read-only'],
    ['run -s ', 'danger-full-access'],
    ['fixtures ', 'record:record a run of your CLI'],
    ['run --cwd ', 'FILES'],
    ['run x', 'FILES'],
  ])('offers for `codex-rx %s` also `%s`', async (line, expected) => {
    const file = join(folder, 'completion-of-zsh');
    writeFileSync(file, await script('zsh'));
    const stubs = `compdef() { : }; compadd() { print -l -- "\${@:2}" }; _describe() { print -l -- "\${(@P)2}" }; _files() { print FILES }`;
    const call = `${stubs}; source "$1"; shift; words=("$@"); CURRENT=$#words; _codex_rx`;
    const words = ['codex-rx', ...line.split(' ')];
    const { stdout, stderr } = spawnSync('zsh', ['-fc', call, 'zsh', file, ...words], { encoding: 'utf8' });
    expect([stdout.trim().split('\n'), stderr]).toEqual([expect.arrayContaining([expected]), '']);
  });
});
