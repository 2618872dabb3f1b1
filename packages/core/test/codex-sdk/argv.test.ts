import { officialArgv, type TurnArguments } from '../../src/codex-sdk/argv.js';
import { configOverrides } from '../../src/codex-sdk/config-overrides.js';

const argv = (given: Partial<TurnArguments>, outputSchemaPath?: string) =>
  officialArgv({ client: {}, thread: {}, turn: {}, threadId: null, images: [], ...given }, { outputSchemaPath });

function nested(depth: number): object {
  return depth === 0 ? {} : { a: nested(depth - 1) };
}

function containingItself(): object {
  const config: Record<string, unknown> = {};
  config.a = config;
  return config;
}

describe('officialArgv', () => {
  it('contains every option once, in the order of the official SDK', () => {
    const client = { config: { a: 1 }, configOverrides: ['b={x="y"}'], baseUrl: 'http://h/v1', apiKey: 'key' };
    const thread = {
      model: 'm',
      threadSource: 'source',
      sandboxMode: 'workspace-write',
      workingDirectory: '/w',
      skipGitRepoCheck: true,
      modelReasoningEffort: 'high',
      networkAccessEnabled: true,
      webSearchMode: 'cached',
      webSearchEnabled: true,
      approvalPolicy: 'on-request',
      additionalDirectories: ['../backend', '/shared'],
    } as const;
    const turn = { cyberAccessProgram: 'standard' } as const;
    const given = { client, thread: { ...thread, additionalDirectories: ['../backend', '/shared'] }, turn };
    expect(argv(given, '/schema.json').join(' ')).toBe(
      'exec --experimental-json --config a=1 --config b={x="y"} --config openai_base_url="http://h/v1" --model m ' +
        '--thread-source source --sandbox workspace-write --cd /w --add-dir ../backend --add-dir /shared ' +
        '--skip-git-repo-check --output-schema /schema.json --cyber-access-program standard ' +
        '--config model_reasoning_effort="high" --config sandbox_workspace_write.network_access=true ' +
        '--config web_search="cached" --config approval_policy="on-request"',
    );
  });

  it('resumes a thread, and passes images behind it', () => {
    const given = { threadId: 't1', images: ['/a.png', '/b.png'], thread: { threadSource: 'only when it starts' } };
    expect(argv(given)).toEqual([
      ...['exec', '--experimental-json', 'resume', 't1'],
      ...['--image', '/a.png', '--image', '/b.png'],
    ]);
  });

  it.each(['-', '--last', '--dangerously-bypass-approvals-and-sandbox', '-c'])(
    'rejects the thread id %j',
    (threadId) => {
      expect(() => argv({ threadId })).toThrow('"id" must not start with "-"');
    },
  );

  it.each([
    [{ config: { model_providers: { p: { experimental_bearer_token: 'abc-123' } } } }, 'experimental_bearer_token'],
    [{ configOverrides: ['mcp_servers.s.env.API_TOKEN="abc-123"'] }, 'API_TOKEN'],
    [{ baseUrl: 'https://user:abc-123@host/v1' }, 'openai_base_url'],
  ])('rejects a secret, which every user of the machine could read: %j', (client, key) => {
    expect(() => argv({ client })).toThrow(new RegExp(`${key}.* looks like a secret`));
    expect(() => argv({ client })).not.toThrow('abc-123');
  });

  it.each([
    [true, 'web_search="live"'],
    [false, 'web_search="disabled"'],
  ])('translates webSearchEnabled: %p', (webSearchEnabled, setting) => {
    expect(argv({ thread: { webSearchEnabled } })).toEqual(['exec', '--experimental-json', '--config', setting]);
  });
});

describe('configOverrides', () => {
  it('flattens settings to dotted keys with TOML values', () => {
    const config = {
      flag: true,
      nested: { deep: { text: 'a "b"', number: 1.5 }, empty: {} },
      list: ['git status', { 'a b': 1, c: [false] }],
    };
    expect(configOverrides(config)).toEqual([
      'flag=true',
      'nested.deep.text="a \\"b\\""',
      'nested.deep.number=1.5',
      'nested.empty={}',
      'list=["git status", {"a b" = 1, c = [false]}]',
    ]);
  });

  it.each([
    [{ a: null }, '"a" must be'],
    [{ a: Number.NaN }, '"a" must be'],
    [{ a: [() => 1] }, '"a[0]" must be'],
    [{ '': 1 }, '"config" must not contain an empty key.'],
    ['x', '"config" must be a plain object.'],
    [nested(66), 'must not be nested deeper than 64 levels'],
    [containingItself(), 'must not be nested deeper than 64 levels'],
    [{ list: [[containingItself()]] }, 'must not be nested deeper than 64 levels'],
  ])('rejects %j', (config, message) => {
    expect(() => configOverrides(config as never)).toThrow(message);
  });
});
