import { resolve } from 'node:path';
import { isCodexError } from '../../src/errors/index.js';
import { buildArgv } from '../../src/request/argv.js';
import { cliCapabilities } from '../../src/request/cli-capabilities.js';
import type { AnyRunRequest } from '../../src/request/types.js';

const newest = cliCapabilities(undefined);

function argvOf(request: AnyRunRequest, version?: string): string[] {
  return buildArgv(request, { capabilities: cliCapabilities(version) }).argv;
}

function raisedBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was raised');
}

/** The arguments of every run, around those of a row of the table. */
const beginReview = ['exec', '--json', '--color', 'never'];
const begin = [...beginReview, '--skip-git-repo-check'];

const golden: readonly [name: string, request: AnyRunRequest, argv: readonly string[]][] = [
  ['a prompt alone', { prompt: 'p' }, [...begin, '-']],
  ['a prompt that looks like a flag', { prompt: '--help' }, [...begin, '-']],
  ['skipGitRepoCheck: false', { prompt: 'p', skipGitRepoCheck: false }, ['exec', '--json', '--color', 'never', '-']],
  ['color', { prompt: 'p', color: 'always', skipGitRepoCheck: false }, ['exec', '--json', '--color', 'always', '-']],
  ['model', { prompt: 'p', model: 'gpt-5.5' }, [...begin, '--model', 'gpt-5.5', '-']],
  ['a model with a leading dash', { prompt: 'p', model: '-x' }, [...begin, '--model=-x', '-']],
  ['profile', { prompt: 'p', profile: 'work' }, [...begin, '--profile', 'work', '-']],
  ['sandbox', { prompt: 'p', sandbox: 'read-only' }, [...begin, '--sandbox', 'read-only', '-']],
  ['full-auto', { prompt: 'p', safety: 'full-auto' }, [...begin, '--sandbox', 'workspace-write', '-']],
  [
    'full-auto with a sandbox, which wins',
    { prompt: 'p', safety: 'full-auto', sandbox: 'read-only' },
    [...begin, '--sandbox', 'read-only', '-'],
  ],
  [
    'bypass, which beats sandbox and approval policy',
    { prompt: 'p', safety: 'bypass', sandbox: 'read-only', approvalPolicy: 'never' },
    [...begin, '--dangerously-bypass-approvals-and-sandbox', '-'],
  ],
  ['inherit', { prompt: 'p', safety: 'inherit' }, [...begin, '-']],
  ['approvalPolicy', { prompt: 'p', approvalPolicy: 'never' }, [...begin, '-c', 'approval_policy="never"', '-']],
  [
    'oss with its provider',
    { prompt: 'p', oss: true, localProvider: 'ollama' },
    [...begin, '--oss', '--local-provider', 'ollama', '-'],
  ],
  ['oss: false', { prompt: 'p', oss: false, search: false }, [...begin, '-']],
  ['search', { prompt: 'p', search: true }, [...begin, '-c', 'web_search="live"', '-']],
  [
    'features',
    { prompt: 'p', enable: ['a', 'b.c'], disable: ['d'] },
    [...begin, '--enable', 'a', '--enable', 'b.c', '--disable', 'd', '-'],
  ],
  ['addDirs', { prompt: 'p', addDirs: ['/x', '-y'] }, [...begin, '--add-dir', '/x', '--add-dir', resolve('-y'), '-']],
  [
    'addDirs relative to the working directory',
    { prompt: 'p', workingDirectory: '/w', addDirs: ['extra', '../other', '/x'] },
    [...begin, ...['--add-dir', resolve('/w/extra'), '--add-dir', resolve('/other'), '--add-dir', resolve('/x')], '-'],
  ],
  ['approveForMe', { prompt: 'p', approveForMe: true }, [...begin, '--approve-for-me', '-']],
  [
    'approveForMe with what it implies',
    { prompt: 'p', approveForMe: true, sandbox: 'workspace-write', approvalPolicy: 'on-request' },
    [...begin, '--approve-for-me', '-'],
  ],
  [
    'approveForMe with bypass, which beats it',
    { prompt: 'p', approveForMe: true, safety: 'bypass' },
    [...begin, '--dangerously-bypass-approvals-and-sandbox', '-'],
  ],
  [
    'approvalsReviewer, with the policy without which it is never asked',
    { prompt: 'p', approvalsReviewer: 'auto_review', sandbox: 'read-only' },
    [
      ...[...begin, '-c', 'approvals_reviewer="auto_review"', '-c', 'approval_policy="on-request"'],
      ...['--sandbox', 'read-only', '-'],
    ],
  ],
  [
    'approvalsReviewer: user',
    { prompt: 'p', approvalsReviewer: 'user' },
    [...begin, '-c', 'approvals_reviewer="user"', '-'],
  ],
  [
    'worktree, trust and strictConfig',
    { prompt: 'p', workingDirectory: '/w', worktree: true, trust: true, strictConfig: true },
    [...begin, '--worktree', '--trust', '--strict-config', '-'],
  ],
  [
    'threadSource and cyberAccessProgram',
    { prompt: 'p', threadSource: '-nightly', cyberAccessProgram: 'standard' },
    [...begin, '--thread-source=-nightly', '--cyber-access-program', 'standard', '-'],
  ],
  [
    'remote',
    { prompt: 'p', remote: 'ws://127.0.0.1:1', remoteAuthTokenEnv: 'SERVER_TOKEN' },
    [...begin, '--remote', 'ws://127.0.0.1:1', '--remote-auth-token-env', 'SERVER_TOKEN', '-'],
  ],
  [
    'extraArgs, before a flag that always follows',
    { prompt: 'p', extraArgs: ['--new-switch', '--new-value=a b'], skipGitRepoCheck: false },
    ['exec', '--new-switch', '--new-value=a b', ...beginReview.slice(1), '-'],
  ],
  [
    'images, before a flag that always follows',
    { prompt: 'p', images: ['/a.png', 'b.png'] },
    ['exec', '--json', '--image', '/a.png', '--image', resolve('b.png'), ...begin.slice(2), '-'],
  ],
  [
    'ephemeral, ignoreUserConfig, ignoreRules',
    { prompt: 'p', ephemeral: true, ignoreUserConfig: true, ignoreRules: true },
    [...begin, '--ephemeral', '--ignore-user-config', '--ignore-rules', '-'],
  ],
  [
    'files',
    { prompt: 'p', outputSchema: 's.json', outputLastMessage: 'm.txt' },
    [...begin, '--output-schema', resolve('s.json'), '--output-last-message', resolve('m.txt'), '-'],
  ],
  [
    'config: nested tables as dotted keys, values as TOML',
    { prompt: 'p', config: { a: 'x "y"', b: { c: 1, d: { e: true } }, f: [1.5, 'g'], h: {} } },
    [...begin, '-c', 'a="x \\"y\\""', '-c', 'b.c=1', '-c', 'b.d.e=true', '-c', 'f=[1.5, "g"]', '-c', 'h={}', '-'],
  ],
  [
    'config: a table whose key needs quotes, as an inline table',
    { prompt: 'p', config: { projects: { '/a.b': { trust_level: 'trusted' } } } },
    [...begin, '-c', 'projects={ "/a.b" = { trust_level = "trusted" } }', '-'],
  ],
  ['config: an unset key', { prompt: 'p', config: { a: undefined, b: { c: undefined } } }, [...begin, '-']],
  [
    'overrides after config and reasoning, so that they have the last word',
    { prompt: 'p', configOverrides: ['a=1', 'b = x=y'], config: { a: 2 }, reasoning: { effort: 'high' } },
    [...begin, '-c', 'a=2', '-c', 'model_reasoning_effort="high"', '-c', 'a=1', '-c', 'b = x=y', '-'],
  ],
  [
    'all of reasoning',
    {
      prompt: 'p',
      reasoning: { supportsSummaries: true, effort: 'low', summary: 'none', verbosity: 'high', summaryFormat: 'none' },
    },
    [
      ...begin,
      ...['-c', 'model_reasoning_effort="low"', '-c', 'model_reasoning_summary="none"', '-c', 'model_verbosity="high"'],
      ...['-c', 'model_reasoning_summary_format="none"', '-c', 'model_supports_reasoning_summaries=true', '-'],
    ],
  ],
  ['resume', { command: 'resume', prompt: 'p', session: 'abc' }, [...begin, 'resume', 'abc', '-']],
  [
    'resume, all flags before the subcommand',
    { command: 'resume', prompt: 'p', session: 'abc', model: 'm', addDirs: ['/d'] },
    [...begin, '--model', 'm', '--add-dir', '/d', 'resume', 'abc', '-'],
  ],
  [
    'resume of a name with a leading dash',
    { command: 'resume', prompt: 'p', session: '--last' },
    [...begin, 'resume', '--', '--last', '-'],
  ],
  [
    'resume of the last session of a folder',
    { command: 'resume', prompt: 'p', session: { last: true }, workingDirectory: '/w' },
    [...begin, 'resume', '--last', '-'],
  ],
  [
    'resume of the last session of any folder',
    { command: 'resume', prompt: 'p', session: { last: true, all: true } },
    [...begin, 'resume', '--last', '--all', '-'],
  ],
  ['fork', { command: 'fork', prompt: 'p', session: 'abc' }, [...begin, 'fork', 'abc', '-']],
  ['fork without a prompt', { command: 'fork', session: 'abc' }, [...begin, 'fork', 'abc']],
  [
    'review of changes',
    { command: 'review', target: { uncommitted: true } },
    [...beginReview, 'review', '--uncommitted'],
  ],
  [
    'review against a branch',
    { command: 'review', target: { base: 'main' } },
    [...beginReview, 'review', '--base', 'main'],
  ],
  [
    'review of a commit',
    { command: 'review', target: { commit: 'c0ffee', title: '-t' } },
    [...beginReview, 'review', '--commit', 'c0ffee', '--title=-t'],
  ],
  [
    'review outside of a repository, if that is wanted',
    { command: 'review', target: { base: 'main' }, skipGitRepoCheck: true },
    [...begin, 'review', '--base', 'main'],
  ],
  ['review by a prompt', { command: 'review', target: { prompt: 'look' } }, [...beginReview, 'review', '-']],
];

describe('buildArgv', () => {
  it.each(golden)('writes %s', (_name, request, argv) => {
    expect(argvOf(request)).toEqual(argv);
  });

  it('prefers the paths of the context', () => {
    const context = { capabilities: newest, outputSchemaPath: '/t/schema.json', lastMessagePath: '/t/last' };
    const { argv } = buildArgv({ prompt: 'p', outputSchema: { type: 'object' }, outputLastMessage: 'mine' }, context);
    expect(argv).toEqual([...begin, '--output-schema', '/t/schema.json', '--output-last-message', '/t/last', '-']);
  });

  it('writes the older setting for live search before 0.98', () => {
    expect(argvOf({ prompt: 'p', search: true }, '0.75.0')).toContain('tools.web_search=true');
  });

  it('passes the same arguments for full-auto to every version', () => {
    expect(argvOf({ prompt: 'p', safety: 'full-auto' }, '0.44.0')).toEqual([
      ...begin,
      '--sandbox',
      'workspace-write',
      '-',
    ]);
  });
});

describe('buildArgv, for a CLI that does not know an option', () => {
  const old: readonly [option: string, request: AnyRunRequest, version: string, since: string][] = [
    ['enable', { prompt: 'p', enable: ['x'] }, '0.44.0', '0.47.0'],
    ['disable', { prompt: 'p', disable: ['x'] }, '0.44.0', '0.47.0'],
    ['images', { prompt: 'p', images: ['/x.png'] }, '0.47.0', '0.75.0'],
    ['addDirs', { prompt: 'p', addDirs: ['/x'] }, '0.47.0', '0.75.0'],
    ['localProvider', { prompt: 'p', localProvider: 'ollama' }, '0.47.0', '0.75.0'],
    ['ephemeral', { prompt: 'p', ephemeral: true }, '0.98.0', '0.110.0'],
    ['ignoreUserConfig', { prompt: 'p', ignoreUserConfig: true }, '0.110.0', '0.125.0'],
    ['ignoreRules', { prompt: 'p', ignoreRules: true }, '0.110.0', '0.125.0'],
  ];

  it.each(old)(
    'raises a CapabilityError for %s that names the version which has it',
    (option, request, version, since) => {
      expect(raisedBy(() => argvOf(request, version))).toMatchObject({
        code: 'CAPABILITY_UNSUPPORTED',
        option,
        version,
        since,
      });
      expect(() => argvOf(request, since)).not.toThrow();
    },
  );

  it.each(old)('omits %s with a notice on request', (option, request, version) => {
    const { argv, notices } = buildArgv(
      { ...request, unsupported: 'omit' },
      { capabilities: cliCapabilities(version) },
    );
    expect(argv).toEqual([...begin, '-']);
    expect(notices).toEqual([expect.stringMatching(new RegExp(`^${option} .*${version.replaceAll('.', '\\.')}`))]);
  });

  const essential: readonly [option: string, request: AnyRunRequest, version: string][] = [
    ['fork', { command: 'fork', session: 's' }, '0.125.0'],
    ['review', { command: 'review', target: { uncommitted: true } }, '0.47.0'],
    ['session.last', { command: 'resume', prompt: 'p', session: { last: true }, workingDirectory: '/w' }, '0.47.0'],
    ['session.all', { command: 'resume', prompt: 'p', session: { last: true, all: true } }, '0.75.0'],
  ];

  it.each(essential)('never omits %s, which would make it another run', (option, request, version) => {
    const raised = raisedBy(() => argvOf({ ...request, unsupported: 'omit' }, version));
    expect(isCodexError(raised, 'CAPABILITY_UNSUPPORTED') && raised.option).toBe(option);
  });
});
