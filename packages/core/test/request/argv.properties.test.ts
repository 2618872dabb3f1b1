import { resolve } from 'node:path';
import { fc, test as prop } from '@fast-check/jest';
import { buildArgv } from '../../src/request/argv.js';
import { cliCapabilities } from '../../src/request/cli-capabilities.js';
import type { AnyRunRequest, CodexOptions } from '../../src/request/types.js';
import { validateRequest } from '../../src/request/validate.js';
import { parseAsCli } from './clap-model.js';

const capabilities = cliCapabilities(undefined);

/** Words that tempt a parser. */
const word = fc.oneof(
  fc.constantFrom(
    '-',
    '--',
    '-c',
    '--json',
    '--last',
    'resume',
    'review',
    'help',
    '--model=x',
    '-x',
    'a b',
    '="',
    '--switch',
    'ä',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
);
const prompt = fc.string({ unit: 'binary', maxLength: 12 }).map((text) => `the prompt: ${text}`);
const session = word;

const options: fc.Arbitrary<CodexOptions & { images?: string[]; outputSchema?: string }> = fc.record(
  {
    model: word,
    profile: word,
    sandbox: word,
    localProvider: word,
    addDirs: fc.array(word, { maxLength: 3 }),
    images: fc.array(word, { maxLength: 3 }),
    enable: fc.array(fc.stringMatching(/^[a-z_][a-z_.-]{0,8}$/), { maxLength: 3 }),
    disable: fc.array(fc.stringMatching(/^[a-z_][a-z_.-]{0,8}$/), { maxLength: 3 }),
    configOverrides: fc.array(
      word.map((text) => `${text}=1`),
      { maxLength: 3 },
    ),
    outputSchema: word,
    outputLastMessage: word,
    oss: fc.boolean(),
    search: fc.boolean(),
    ephemeral: fc.boolean(),
    ignoreRules: fc.boolean(),
    ignoreUserConfig: fc.boolean(),
    skipGitRepoCheck: fc.boolean(),
    safety: fc.constantFrom('inherit', 'full-auto', 'bypass'),
    color: fc.constantFrom('auto', 'always', 'never'),
    approveForMe: fc.boolean(),
    approvalsReviewer: word,
    worktree: fc.boolean(),
    trust: fc.boolean(),
    strictConfig: fc.boolean(),
    threadSource: word,
    cyberAccessProgram: word,
    remoteAuthTokenEnv: fc.constant('TOKEN'),
    extraArgs: fc.array(
      fc.oneof(
        word,
        word.map((text) => `--extra=${text}`),
      ),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);

const request: fc.Arbitrary<AnyRunRequest> = fc
  .tuple(
    options,
    fc.oneof(
      prompt.map((text) => ({ prompt: text })),
      fc.tuple(prompt, session).map(([text, id]) => ({ command: 'resume' as const, prompt: text, session: id })),
      fc.constant({ command: 'resume' as const, prompt: 'the prompt: ', session: { last: true as const, all: true } }),
      session.map((id) => ({ command: 'fork' as const, session: id })),
      fc.tuple(prompt, session).map(([text, id]) => ({ command: 'fork' as const, prompt: text, session: id })),
      word.map((base) => ({ command: 'review' as const, target: { base }, workingDirectory: '/repository' })),
      fc.tuple(word, word).map(([commit, title]) => ({
        command: 'review' as const,
        target: { commit, title },
        workingDirectory: '/repository',
      })),
      prompt.map((text) => ({ command: 'review' as const, target: { prompt: text }, workingDirectory: '/repository' })),
    ),
  )
  .map(([common, run]) => ({ ...common, ...run }))
  .filter((candidate) => {
    try {
      validateRequest(candidate);
      return true;
    } catch {
      return false;
    }
  });

const paths = (values: readonly string[] | undefined): string[] => (values ?? []).map((path) => resolve(path));

describe('buildArgv, for any valid request', () => {
  prop.prop([request])('every value arrives under its own flag, and none is taken for a flag', (any) => {
    const { flags } = parseAsCli(buildArgv(any, { capabilities }).argv);
    const at = (flag: string): readonly string[] => flags.get(flag) ?? [];
    expect(at('--model')).toEqual(any.model === undefined ? [] : [any.model]);
    expect(at('--profile')).toEqual(any.profile === undefined ? [] : [any.profile]);
    expect(at('--local-provider')).toEqual(any.localProvider === undefined ? [] : [any.localProvider]);
    expect(at('--add-dir')).toEqual(any.addDirs?.map((path) => resolve(any.workingDirectory ?? '', path)) ?? []);
    expect(at('--image')).toEqual(paths(any.images as readonly string[] | undefined));
    expect(at('--enable')).toEqual(any.enable ?? []);
    expect(at('--disable')).toEqual(any.disable ?? []);
    expect(at('--output-last-message')).toEqual(
      any.outputLastMessage === undefined ? [] : paths([any.outputLastMessage]),
    );
    expect(at('-c')).toEqual(expect.arrayContaining([...(any.configOverrides ?? [])]));
    expect(at('--thread-source')).toEqual(any.threadSource === undefined ? [] : [any.threadSource]);
    expect(at('--cyber-access-program')).toEqual(any.cyberAccessProgram === undefined ? [] : [any.cyberAccessProgram]);
    const extra = any.extraArgs?.filter((word) => word !== '--switch').map((word) => word.slice('--extra='.length));
    expect(at('--extra')).toEqual(extra ?? []);
    expect(flags.has('--worktree')).toBe(any.worktree === true);
    expect(flags.has('--approve-for-me')).toBe(any.approveForMe === true && any.safety !== 'bypass');
    expect(flags.has('--json')).toBe(true);
    expect(flags.has('--oss')).toBe(any.oss === true);
    expect(flags.has('--ephemeral')).toBe(any.ephemeral === true);
    expect(flags.has('--skip-git-repo-check')).toBe(any.skipGitRepoCheck ?? any.command !== 'review');
    const sandboxes = ['--sandbox', '--approve-for-me', '--dangerously-bypass-approvals-and-sandbox'];
    expect(sandboxes.filter((flag) => flags.has(flag)).length).toBeLessThan(2);
  });

  prop.prop([request])('the subcommand, its target and the place of the prompt arrive', (any) => {
    const { subcommand, subFlags, positionals } = parseAsCli(buildArgv(any, { capabilities }).argv);
    expect(subcommand ?? 'exec').toBe(any.command ?? 'exec');
    switch (any.command) {
      case 'resume':
        if (typeof any.session === 'string') expect(positionals).toEqual([any.session, '-']);
        else expect([positionals, [...subFlags.keys()]]).toEqual([['-'], ['--last', '--all']]);
        break;
      case 'fork':
        expect(positionals).toEqual(any.prompt === undefined ? [any.session] : [any.session, '-']);
        break;
      case 'review':
        expect(positionals).toEqual('prompt' in any.target ? ['-'] : []);
        if ('base' in any.target) expect(subFlags.get('--base')).toEqual([any.target.base]);
        if ('commit' in any.target) expect(subFlags.get('--title')).toEqual([any.target.title]);
        break;
      default:
        expect(positionals).toEqual(['-']);
    }
  });

  prop.prop([request])('the prompt is in no argument', (any) => {
    expect(buildArgv(any, { capabilities }).argv.join('\n')).not.toContain('the prompt');
  });

  prop.prop([request])('it depends on nothing else', (any) => {
    const copy = structuredClone(any);
    expect(buildArgv(any, { capabilities })).toEqual(buildArgv(copy, { capabilities }));
    expect(any).toEqual(copy);
  });
});
