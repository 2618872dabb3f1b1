import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { exec$, resume$ } from '@codex-rx/core';
import { model, openScriptedModel } from '@codex-rx/testing';
import { clisWith, effectOf, observe, optionsOf } from './effect.js';

/** Folders below the temporary one are writable in the sandbox. */
let folder: string;
let repository: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(homedir(), '.codex-rx-flags-')));
  repository = join(folder, 'repository');
  mkdirSync(repository);
  git('init', '--quiet');
  git('-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '--quiet', '--allow-empty', '--message=x');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const git = (...args: string[]): Buffer => execFileSync('git', args, { cwd: repository });

describe.each(clisWith('approvalsReviewer'))('with codex %s', (_version, binary) => {
  it('approvalsReviewer asks the reviewer with any sandbox', async () => {
    const request = { workingDirectory: repository, approvalsReviewer: 'auto_review', sandbox: 'read-only' };
    const { context, error } = await effectOf(binary, request);
    expect(error).toBeUndefined();
    expect(context).toMatchObject({
      ...{ approval_policy: 'on-request', approvals_reviewer: 'auto_review' },
      sandbox_policy: { type: 'read-only' },
    });
  });
});

describe.each(clisWith('approveForMe'))('with codex %s', (_version, binary) => {
  it.each([
    ['deny', false],
    ['allow', true],
  ])('approveForMe writes outside of the workspace if the reviewer says %s: %s', async (outcome, isWritten) => {
    const verdict = { risk_level: 'high', user_authorization: 'low', outcome, rationale: 'Outside.' };
    const script = [
      model.whenever(({ text }) => text.includes('judging one planned'), model.say(JSON.stringify(verdict))),
      model.patch(`*** Begin Patch\n*** Add File: ${join(folder, 'outside')}\n+x\n*** End Patch`),
      model.say('Done.'),
    ];
    const { context, requests, error } = await effectOf(
      binary,
      { workingDirectory: repository, approveForMe: true },
      script,
    );
    expect(error).toBeUndefined();
    expect(context).toMatchObject({ approvals_reviewer: 'auto_review', sandbox_policy: { type: 'workspace-write' } });
    expect(requests.length).toBeGreaterThan(2);
    expect(readdirSync(folder)).toEqual([...(isWritten ? ['outside'] : []), 'repository']);
  });
});

describe.each(clisWith('threadSource'))('with codex %s', (_version, binary) => {
  it('threadSource is stored in the session file', async () => {
    expect((await effectOf(binary, { threadSource: 'nightly' })).meta).toMatchObject({ thread_source: 'nightly' });
  });

  it('strictConfig fails for an unknown key', async () => {
    const request = { config: { nonsense_key: 1 } };
    expect((await effectOf(binary, request)).error).toBeUndefined();
    expect((await effectOf(binary, { ...request, strictConfig: true })).error).toMatchObject({
      ...{ code: 'EXIT', category: 'config' },
      message: expect.stringContaining('nonsense_key') as string,
    });
  });

  it('extraArgs reach the CLI, and do not become the prompt', async () => {
    const effect = await effectOf(binary, { extraArgs: ['--dangerously-bypass-hook-trust'] });
    expect([effect.error, JSON.stringify(effect.body)]).toEqual([undefined, expect.stringContaining('Go.')]);
    const unknown = await effectOf(binary, { extraArgs: ['--no-such-flag'] });
    expect([unknown.error, unknown.requests]).toEqual([expect.objectContaining({ code: 'EXIT', exitCode: 2 }), []]);
  });
});

describe.each(clisWith('worktree'))('with codex %s', (_version, binary) => {
  it('worktree works in a worktree of the home', async () => {
    const sandbox = 'workspace-write';
    const script = [model.run('echo x > file; sleep 0.5'), model.say('Done.')];
    const effect = await effectOf(binary, { workingDirectory: repository, worktree: true, sandbox }, script);
    expect(effect.error).toBeUndefined();
    expect(effect.meta?.cwd).toMatch(/codex-home\/worktrees\/\w+\/repository$/);
    expect(readdirSync(repository)).toEqual(['.git']);
  });
});

describe.each(clisWith('cyberAccessProgram'))('with codex %s', (_version, binary) => {
  it('cyberAccessProgram is accepted, and an unknown one is not', async () => {
    expect((await effectOf(binary, { cyberAccessProgram: 'standard' })).error).toBeUndefined();
    expect((await effectOf(binary, { cyberAccessProgram: 'other' })).error).toMatchObject({ exitCode: 2 });
  });
});

describe.each(clisWith('trust'))('with codex %s', (_version, binary) => {
  it('trust saves the folder in config.toml', async () => {
    await using scripted = await openScriptedModel([model.say('Done.')]);
    const request = { prompt: 'Go.', ...optionsOf(scripted, binary), workingDirectory: repository, trust: true };
    expect((await observe(scripted, exec$(request))).error).toBeUndefined();
    const config = readFileSync(join(scripted.options.codexHome, 'config.toml'), 'utf8');
    expect(config).toContain(`[projects."${repository}"]\ntrust_level = "trusted"`);
  });
});

describe.each(clisWith('remote'))('with codex %s', (_version, binary) => {
  it('remote runs the turn on an app-server', async () => {
    await using scripted = await openScriptedModel([model.say('From the server.'), model.say('Again.')]);
    const { codexHome, env } = scripted.options;
    const socket = join(folder, 'socket');
    const server = spawn(binary, ['app-server', '--listen', `unix://${socket}`], {
      ...{ env: { ...process.env, ...env, CODEX_HOME: codexHome }, stdio: 'ignore', cwd: repository },
    });
    try {
      while (!existsSync(socket)) await setTimeout(20);
      const client = { binary, remote: `unix://${socket}` };
      const first = await observe(scripted, exec$({ ...client, prompt: 'Go.' }));
      const session = first.events[0]?.thread_id ?? '';
      const second = await observe(scripted, resume$({ ...client, prompt: 'Go on.', session }));
      expect([first.error, second.error]).toEqual([undefined, undefined]);
      expect(JSON.stringify(first.events)).toContain('From the server.');
      expect(JSON.stringify(second.events)).toContain('Again.');
      expect(second.events[0]?.thread_id).toBe(session);
    } finally {
      server.kill();
    }
  });
});
