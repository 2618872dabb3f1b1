import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodexOptions, ExecRequest } from '@codex-rx/core';
import { EMPTY, identity } from 'rxjs';
import { planWarmRun, removeWarmPlan } from '../../src/engine/warm-plan.js';

/** A value of each option. */
const SAMPLES: Readonly<Record<keyof CodexOptions | Exclude<keyof ExecRequest, 'prompt'>, unknown>> = {
  binary: process.execPath,
  codexHome: join(__dirname, 'no-home'),
  createHomeDirs: false,
  workingDirectory: __dirname,
  allowInWorkspace: true,
  env: { A: 'b' },
  inheritEnv: true,
  timeout: 1_000,
  linger: 1_000,
  terminateGrace: 1_000,
  maxLineBytes: 1_000_000,
  reapAfterTurn: true,
  model: 'm',
  profile: 'p',
  config: { a: 1 },
  configOverrides: ['a=1'],
  reasoning: { effort: 'low' },
  autoReasoningDefaults: false,
  approvalPolicy: 'never',
  approvalsReviewer: 'auto_review',
  approveForMe: true,
  sandbox: 'read-only',
  safety: 'full-auto',
  oss: true,
  localProvider: 'ollama',
  search: true,
  enable: ['a'],
  disable: ['a'],
  addDirs: ['/tmp'],
  tools: [],
  worktree: true,
  trust: true,
  strictConfig: true,
  threadSource: 'user',
  cyberAccessProgram: 'standard',
  remote: 'ws://127.0.0.1:1',
  remoteAuthTokenEnv: 'TOKEN',
  extraArgs: ['--x'],
  color: 'never',
  mirrorStdout: true,
  mirrorStderr: true,
  capabilities: undefined,
  unsupported: 'omit',
  ephemeral: true,
  ignoreRules: true,
  ignoreUserConfig: true,
  strict: true,
  receivedAt: true,
  images: [],
  outputSchema: { type: 'object' },
  outputLastMessage: '/tmp/codex-rx-last.txt',
  eventLog: '/tmp/codex-rx-log.jsonl',
  skipGitRepoCheck: true,
  lines: identity,
  signal: new AbortController().signal,
  paused$: EMPTY,
};
/** Further options that an option needs. */
const COMPANIONS: Readonly<Record<string, object>> = {
  remoteAuthTokenEnv: { remote: 'ws://127.0.0.1:1', binary: undefined },
  remote: { binary: undefined },
  localProvider: { oss: true },
  worktree: { workingDirectory: __dirname },
  trust: { workingDirectory: __dirname },
};
/** Options without an effect, because a server has nothing that they could change. */
const WITHOUT_EFFECT = ['capabilities', 'color', 'maxLineBytes', 'skipGitRepoCheck', 'unsupported'];

async function isRejected(name: string, value: unknown): Promise<boolean> {
  const request = { prompt: 'x', binary: process.execPath, ...COMPANIONS[name], [name]: value };
  try {
    const plan = await planWarmRun(request, { transport: 'app-server' });
    await removeWarmPlan(plan);
    return false;
  } catch (error) {
    expect(error).toMatchObject({ code: 'REQUEST_INVALID' });
    return true;
  }
}

describe('docs/transports.md', () => {
  it('lists the options that the app-server does not have, and those without an effect', async () => {
    const rejected: string[] = [];
    for (const [name, value] of Object.entries(SAMPLES)) if (await isRejected(name, value)) rejected.push(name);
    const rows = [
      ...rejected.map((name) => `| \`${name}\` | \`RequestError\` |`),
      ...WITHOUT_EFFECT.map((name) => `| \`${name}\` | no effect |`),
    ].sort();
    const page = readFileSync(join(__dirname, '../../../../docs/transports.md'), 'utf8');
    expect(page.slice(page.lastIndexOf('| --- | --- |')).trim().split('\n').slice(1)).toEqual(rows);
  });
});
