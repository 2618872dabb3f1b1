import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { createCodex, exec$, preflight$ } from '@codex-rx/core';
import { lastValueFrom, type Observable } from 'rxjs';

// As in a project without an installed `@openai/codex`.
jest.mock('../../src/binary/host-folders.js', () => ({ hostFolders: () => [] }));

let folder: string;
let workspace: string;
let ran: string;

function executable(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content, { mode: 0o755 });
}

beforeEach(() => {
  mkdirSync(join(homedir(), '.cache'), { recursive: true });
  folder = realpathSync(mkdtempSync(join(homedir(), '.cache', 'linked-')));
  workspace = join(folder, 'workspace');
  ran = join(folder, 'ran');
  const modules = join(folder, 'elsewhere/node_modules/@openai');
  executable(join(modules, 'codex/package.json'), '{}');
  executable(join(modules, 'codex/bin/codex.js'), '#!/usr/bin/env node\n');
  executable(join(modules, 'codex-linux-x64/package.json'), '{}');
  executable(
    join(modules, 'codex-linux-x64/vendor/x86_64-unknown-linux-musl/bin/codex'),
    `#!/bin/sh\necho ran >> '${ran}'\n`,
  );
  mkdirSync(join(workspace, 'bin'), { recursive: true });
  symlinkSync(join(modules, 'codex/bin/codex.js'), join(workspace, 'bin/codex'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const isHere = process.platform === 'linux' && process.arch === 'x64';

(isHere ? describe : describe.skip)('a link on PATH to the script of npm', () => {
  const options = () => ({
    workingDirectory: workspace,
    sandbox: 'workspace-write',
    env: { PATH: `${join(workspace, 'bin')}:/usr/bin:/bin`, CODEX_BINARY: undefined },
  });
  const errorOf = (source$: Observable<unknown>): Promise<unknown> =>
    lastValueFrom(source$).then(
      () => undefined,
      (error: unknown) => error,
    );

  it.each([
    ['exec$', () => exec$({ ...options(), prompt: 'Hi' })],
    ['a warm client', () => createCodex(options(), { transport: 'app-server' }).exec$({ prompt: 'Hi' })],
  ])('is rejected by %s where the agent may write to it', async (_name, run$) => {
    expect(await errorOf(run$())).toMatchObject({ code: 'REQUEST_INVALID', field: 'binary' });
    expect(existsSync(ran)).toBe(false);
  });

  it('is reported by preflight$, and not executed', async () => {
    const { problems, version } = await lastValueFrom(preflight$(options()));
    expect(problems.map(({ code }) => code)).toContain('BINARY_IN_WORKSPACE');
    expect(version).toBeUndefined();
    expect(existsSync(ran)).toBe(false);
  });
});
