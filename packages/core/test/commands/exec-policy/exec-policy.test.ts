import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkExecPolicy$ } from '@codex-rx/core/commands';
import { parsePolicy } from '../../../src/commands/exec-policy/parse-policy.js';
import { privateFolder, removeFolders } from '../support/real.js';
import { outputOf, recorded, recordedAt, speaking } from '../support/recorded.js';
import { errorOf, removeStandIns, says, standIn, valuesOf } from '../support/stand-in.js';

afterEach(async () => {
  await removeStandIns();
  removeFolders();
});

const answer = (value: unknown) => ({
  exitCode: 0,
  signal: null,
  stdout: typeof value === 'string' ? value : JSON.stringify(value),
  stderr: '',
  command: 'codex execpolicy check',
});

function rulesFile(): string {
  const path = join(privateFolder(), 'my.rules');
  writeFileSync(path, '');
  return path;
}

describe('the answer of a check', () => {
  it.each(
    (
      [
        ['execpolicy-allow', 'allow', ['allow']],
        ['execpolicy-prompt', 'prompt', ['prompt']],
        ['execpolicy-forbidden', 'forbidden', ['forbidden', 'allow']],
        ['execpolicy-no-match', undefined, []],
        ['execpolicy-bash-lc', undefined, []],
      ] as const
    ).flatMap(([name, decision, rules]) =>
      recorded(name)
        .filter(({ exitCode }) => exitCode === 0)
        .map((one) => [`${one.version} ${name}`, one, decision, rules] as const),
    ),
  )('is read: %s', (_name, one, decision, rules) => {
    const result = parsePolicy(outputOf(one));
    expect(result.decision).toBe(decision);
    expect(result.matchedRules.map((rule) => rule.decision)).toEqual(rules);
  });

  it('contains the rules that matched, and their justification', () => {
    expect(parsePolicy(outputOf(recordedAt('0.169.0', 'execpolicy-forbidden'))).matchedRules[0]).toEqual({
      kind: 'prefixRuleMatch',
      decision: 'forbidden',
      matchedPrefix: ['git', 'push'],
      justification: 'pushes are done by CI',
      name: undefined,
      raw: { prefixRuleMatch: expect.objectContaining({ decision: 'forbidden' }) as object },
    });
  });

  it('may be of the first shape, with named rules', () => {
    const match = {
      decision: 'prompt',
      rules: [{ name: 'r', description: 'd', decision: 'forbidden', more: 1 }, { name: 's' }],
    };
    expect(parsePolicy(answer({ match, noMatch: null }))).toEqual({
      decision: 'prompt',
      matchedRules: [
        {
          kind: 'rule',
          name: 'r',
          justification: 'd',
          decision: 'forbidden',
          matchedPrefix: undefined,
          raw: match.rules[0],
        },
        {
          kind: 'rule',
          name: 's',
          justification: undefined,
          decision: undefined,
          matchedPrefix: undefined,
          raw: match.rules[1],
        },
      ],
    });
    expect(parsePolicy(answer({ match: { decision: 'allow' } }))).toEqual({ decision: 'allow', matchedRules: [] });
    expect(parsePolicy(answer({ noMatch: {} }))).toEqual({ decision: undefined, matchedRules: [] });
  });

  it.each<[string, unknown]>([
    ['no JSON', 'allowed, as it seems\n'],
    ['a list', []],
    ['nothing that is known', { verdict: 'allow' }],
    ['a match without a decision', { match: {} }],
    ['both absent', { match: null, noMatch: null }],
  ])('is never an allowance if it cannot be parsed: %s', (_name, value) => {
    expect(() => parsePolicy(answer(value))).toThrow(expect.objectContaining({ code: 'COMMAND_PARSE' }) as Error);
  });

  it('keeps kinds and decisions that are not known', () => {
    expect(
      parsePolicy(answer({ matchedRules: [{ networkRuleMatch: { decision: 'ask-twice' } }], decision: 'ask-twice' })),
    ).toMatchObject({
      decision: 'ask-twice',
      matchedRules: [{ kind: 'networkRuleMatch', decision: 'ask-twice' }],
    });
  });
});

describe('checkExecPolicy$', () => {
  it('names every file in full and puts the command behind --', async () => {
    const fake = says('{"matchedRules":[]}');
    const [a, b] = [rulesFile(), rulesFile()];
    await expect(
      valuesOf(
        checkExecPolicy$({
          ...fake.options,
          rules: [a, b],
          command: ['git', '--rules'],
          resolveHostExecutables: true,
          config: { x: 1 },
        }),
      ),
    ).resolves.toEqual([{ decision: undefined, matchedRules: [] }]);
    expect(fake.invocations()[0]?.argv).toEqual([
      ...[
        '-c',
        'x=1',
        'execpolicy',
        'check',
        '--rules',
        a,
        '--rules',
        b,
        '--resolve-host-executables',
        '--',
        'git',
        '--rules',
      ],
    ]);
  });

  it('finds files in the working directory of the request', async () => {
    const fake = says('{"matchedRules":[]}');
    const path = rulesFile();
    await valuesOf(
      checkExecPolicy$({ ...fake.options, workingDirectory: join(path, '..'), rules: ['my.rules'], command: ['x'] }),
    );
    expect(fake.invocations()[0]?.argv).toContain(path);
  });

  it.each(
    ['execpolicy-bad-rules', 'execpolicy-missing-rules'].flatMap((name) =>
      recorded(name).map((one) => [`${one.version} ${name}`, one] as const),
    ),
  )('is an ExitError where the CLI cannot read the rules: %s', async (_name, one) => {
    const fake = speaking(one);
    await expect(
      errorOf(checkExecPolicy$({ ...fake.options, rules: [rulesFile()], command: ['x'] })),
    ).resolves.toMatchObject({
      code: 'EXIT',
      message: expect.stringMatching(/failed to (parse|read|load) policy|policy/) as string,
    });
    await fake.dispose();
  });

  it.each<[string, object]>([
    ['command', { command: [] }],
    ['rules', { rules: [] }],
    ['rules[0]', { rules: [''] }],
    ['rules[0]', { rules: ['/nowhere/at/all.rules'] }],
    ['rules[0]', { rules: ['/'] }],
  ])('rejects %s before it starts a process', async (field, request) => {
    const fake = standIn();
    await expect(
      errorOf(checkExecPolicy$({ ...fake.options, rules: [rulesFile()], command: ['x'], ...request })),
    ).resolves.toMatchObject({ code: 'REQUEST_INVALID', field });
    expect(fake.invocations()).toEqual([]);
  });

  it.each([
    ['0.47.0', {}, '0.75.0'],
    ['0.98.0', { resolveHostExecutables: true }, '0.125.0'],
  ])('rejects %s of %j as too new', async (version, request, since) => {
    const fake = says('', 0, version);
    await expect(
      errorOf(checkExecPolicy$({ ...fake.options, rules: [rulesFile()], command: ['x'], ...request })),
    ).resolves.toMatchObject({
      code: 'CAPABILITY_UNSUPPORTED',
      since,
    });
  });
});
