import { RequestError } from '../../src/errors/index.js';
import { validateOptions, validateRequest } from '../../src/request/validate.js';

type Bad = Readonly<Record<string, unknown>>;

/** Requests from JavaScript may be anything. */
function problemOf(request: Bad): RequestError {
  try {
    validateRequest({ prompt: 'p', ...request });
  } catch (error) {
    if (error instanceof RequestError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;

let deep: unknown = 1;
for (let level = 0; level < 100_000; level += 1) deep = { a: deep };
let list: unknown = 1;
for (let level = 0; level < 100_000; level += 1) list = [list];

const show = (request: Bad): string =>
  request.outputSchema === cyclic
    ? 'a cyclic schema'
    : typeof request.config === 'object' && Object.hasOwn(request.config ?? {}, 'odd')
      ? 'an odd config'
      : JSON.stringify(request).slice(0, 120);

const bad: readonly [field: string, request: Bad, hint: RegExp][] = [
  ['prompt', { prompt: '' }, /must not be empty/],
  ['prompt', { prompt: ' \n\t' }, /must not be empty/],
  ['prompt', { prompt: undefined }, /string/],
  ['prompt', { command: 'resume', session: 's', prompt: '' }, /must not be empty/],
  ['prompt', { command: 'fork', session: 's', prompt: ' ' }, /must not be empty/],
  ['command', { command: 'explode' }, /exec, resume, fork, review/],
  ['model', { model: '  ' }, /must not be empty/],
  ['model', { model: 'a\u0000b' }, /control character/],
  ['model', { model: 'a\nb' }, /control character/],
  ['model', { model: '\ud800' }, /surrogate/],
  ['model', { model: 5 }, /string, got 5/],
  ['profile', { profile: '' }, /must not be empty/],
  ['binary', { binary: '' }, /must not be empty/],
  ['binary', { binary: '/bin/co\u0000dex' }, /control character/],
  ['codexHome', { codexHome: '\u0000' }, /control character/],
  ['workingDirectory', { workingDirectory: '' }, /must not be empty/],
  ['outputLastMessage', { outputLastMessage: ' ' }, /must not be empty/],
  ['eventLog', { eventLog: '' }, /must not be empty/],
  ['addDirs[1]', { addDirs: ['/a', ''] }, /must not be empty/],
  ['addDirs', { addDirs: '/a' }, /array, got "\/a"/],
  ['images[0]', { images: ['a,b.png'] }, /comma/],
  ['enable[0]', { enable: ['a b'] }, /feature/],
  ['disable[0]', { disable: ['--x'] }, /feature/],
  ['sandbox', { sandbox: '' }, /must not be empty/],
  ['safety', { safety: 'yolo' }, /inherit, full-auto, bypass/],
  ['color', { color: 'pink' }, /auto, always, never/],
  ['unsupported', { unsupported: 'maybe' }, /error, omit/],
  ['oss', { oss: 'yes' }, /true or false, got "yes"/],
  ['timeout', { timeout: -1 }, /from 0/],
  ['timeout', { timeout: Number.NaN }, /NaN/],
  ['timeout', { timeout: 2 ** 31 }, /Infinity for no limit/],
  ['linger', { linger: Number.POSITIVE_INFINITY }, /from 0/],
  ['terminateGrace', { terminateGrace: '2s' }, /"2s"/],
  ['maxLineBytes', { maxLineBytes: 0 }, /an integer from 1/],
  ['maxLineBytes', { maxLineBytes: 1.5 }, /an integer from 1/],
  ['approvalPolicy', { approvalPolicy: 'on-request' }, /app-server/],
  ['approvalPolicy', { approvalPolicy: 'untrusted', safety: 'bypass' }, /never/],
  ['env', { env: ['A=1'] }, /plain object/],
  ['env.A=B', { env: { 'A=B': '1' } }, /valid environment variable name/],
  ['env.', { env: { '': '1' } }, /valid environment variable name/],
  ['env.A', { env: { A: 1 } }, /string, got 1/],
  ['env.A', { env: { A: 'x\u0000' } }, /NUL/],
  ['reasoning.effort', { reasoning: { effort: '' } }, /must not be empty/],
  ['reasoning.supportsSummaries', { reasoning: { supportsSummaries: 'yes' } }, /true or false/],
  ['config', { config: [] }, /plain object, got an array/],
  ['config.a.b', { config: { 'a.b': 1 } }, /Nest tables/],
  ['config.a', { config: { a: null } }, /got null.*unset/],
  ['config.a.b', { config: { a: { b: Number.NaN } } }, /finite number/],
  ['config.a', { config: { a: () => 1 } }, /got a function/],
  ['config.a', { config: { a: new Map() } }, /got an object/],
  ['config.a', { config: { a: new Date(Number.NaN) } }, /valid Date/],
  ['config.a[1]', { config: { a: [1, undefined] } }, /got undefined/],
  [`config.odd${'.self'.repeat(14)}`, { config: { odd: cyclic } }, /contain itself/],
  [`config.odd${'.a'.repeat(35)}`, { config: { odd: deep } }, /nested deeper than 64 levels/],
  ['config.odd', { config: { odd: 1n } }, /got a bigint/],
  ['config.odd[0]', { config: { odd: [1n] } }, /got a bigint/],
  ['configOverrides[0]', { configOverrides: ['novalue'] }, /form key=value/],
  ['configOverrides[0]', { configOverrides: [' =1'] }, /must have a key/],
  ['configOverrides[1]', { configOverrides: ['a=1', 'b=\u0000'] }, /control character/],
  ['outputSchema', { outputSchema: [] }, /JSON Schema.*path.*got an array/],
  ['outputSchema', { outputSchema: '' }, /must not be empty/],
  ['outputSchema', { outputSchema: new Map() }, /JSON Schema/],
  ['outputSchema', { outputSchema: null }, /got null/],
  ['outputSchema', { outputSchema: cyclic }, /cannot be written as JSON/],
  ['lines', { lines: 'tee' }, /function/],
  ['signal', { signal: true }, /AbortSignal, got true/],
  ['signal', { signal: null }, /AbortSignal, got null/],
  ['paused$', { paused$: false }, /Observable/],
  ['config.instructions', { config: { instructions: 'ä'.repeat(70_000) } }, /too long for a command line/],
  ['config.a', { config: { a: { b: 1, c: ['x'.repeat(140_000)] } } }, /too long for a command line/],
  ['configOverrides[0]', { configOverrides: [`a=${'x'.repeat(140_000)}`] }, /too long for a command line/],
  ['session', { command: 'resume' }, /string, got undefined/],
  ['session', { command: 'resume', session: ' ' }, /must not be empty/],
  ['session', { command: 'resume', session: 'a\nb' }, /control character/],
  ['session', { command: 'resume', session: '-' }, /stdin/],
  ['session', { command: 'resume', session: { last: false } }, /last: true/],
  ['session', { command: 'resume', session: { last: true } }, /workingDirectory.*all: true/],
  ['session', { command: 'resume', session: { last: true, all: false } }, /workingDirectory/],
  ['session', { command: 'fork', session: '' }, /must not be empty/],
  ['ephemeral', { command: 'resume', session: 's', ephemeral: true }, /fork\$/],
  ['onMissing', { command: 'resume', session: 's', onMissing: 'panic' }, /error, new/],
  ['target', { command: 'review' }, /object, got undefined/],
  ['target', { command: 'review', target: {} }, /got none of them/],
  ['target', { command: 'review', target: { base: 'a', commit: 'b' } }, /got base and commit/],
  ['target.uncommitted', { command: 'review', target: { uncommitted: false } }, /true/],
  ['target.base', { command: 'review', target: { base: '' } }, /must not be empty/],
  ['target.commit', { command: 'review', target: { commit: '\t' } }, /must not be empty/],
  ['target.title', { command: 'review', target: { commit: 'a', title: 'x\ny' } }, /control character/],
  ['target.title', { command: 'review', target: { base: 'a', title: 'x' } }, /only be used with commit/],
  ['target.prompt', { command: 'review', target: { prompt: '' } }, /must not be empty/],
  ['workingDirectory', { command: 'review', target: { uncommitted: true } }, /Git repository/],
  ['workingDirectory', { command: 'review', target: { prompt: 'x' }, workingDirectory: undefined }, /Git repository/],
  [
    'outputSchema',
    { command: 'review', target: { uncommitted: true }, workingDirectory: '/w', outputSchema: {} },
    /no effect on a review/,
  ],
  [
    'images',
    { command: 'review', target: { uncommitted: true }, workingDirectory: '/w', images: ['a.png'] },
    /no effect on a review/,
  ],
  ['workingDir', { workingDir: '/w' }, /^Unknown option "workingDir"\. Did you mean "workingDirectory"\?$/],
  ['cwd', { cwd: '/w' }, /^Unknown option "cwd"\. Use "workingDirectory"\.$/],
  ['sesion', { command: 'resume', session: 's', sesion: 't' }, /Did you mean "session"\?/],
  ['reasoning.efort', { reasoning: { efort: 'low' } }, /Did you mean "reasoning\.effort"\?/],
];

const good: readonly Bad[] = [
  { prompt: 'line\nline \u0000' },
  { prompt: 'x'.repeat(200_000), config: { instructions: 'x'.repeat(130_000) } },
  { signal: new AbortController().signal, paused$: { subscribe: () => undefined } },
  { timeout: Number.POSITIVE_INFINITY, linger: 0, terminateGrace: 0, maxLineBytes: 1 },
  { timeout: 2 ** 31 - 1 },
  { model: undefined, env: undefined, config: undefined },
  { workingDir: undefined, reasoning: { efort: undefined } },
  { onMissing: 'new', session: 's' },
  { env: { A: undefined, B: '', C: 'x\ny' } },
  { config: { a: 'line\nline\u0000', b: { 'c.d e': ['x'] }, d: new Date(0), e: undefined } },
  { configOverrides: ['a=', 'a.b = [\n1]', 'c=not toml at all'] },
  { approvalPolicy: 'never' },
  { sandbox: 'future-mode', localProvider: 'custom', reasoning: { effort: 'ultra' } },
  { enable: ['a_b', 'tools.x', 'a-b'] },
  { outputSchema: { type: 'object' } },
  { outputSchema: Object.assign(Object.create(null), { type: 'object' }) as object },
  { outputSchema: 'schema.json' },
  { command: 'resume', session: { last: true, all: true } },
  { command: 'resume', session: { last: true }, workingDirectory: '/w' },
  { command: 'resume', session: '-a name', onMissing: 'new' },
  { command: 'fork', session: 's', prompt: undefined, ephemeral: true },
  { command: 'resume', session: 's', ephemeral: false },
  { command: 'review', target: { commit: 'abc', title: 'Title' }, workingDirectory: '/w' },
  { command: 'review', target: { uncommitted: true }, workingDirectory: '/w' },
];

describe('validateRequest', () => {
  it.each(bad.map(([field, request, hint]) => [field, show(request), request, hint] as const))(
    'rejects %s in %s',
    (field, _shown, request, hint) => {
      const error = problemOf(request);
      expect(error.field.replace(/ \(.*/, '')).toBe(field);
      expect(error.message).toMatch(hint);
      expect(error.code).toBe('REQUEST_INVALID');
    },
  );

  it.each(good.map((request) => [show(request), request] as const))('accepts %s', (_shown, request) => {
    expect(() => {
      validateRequest({ prompt: 'p', ...request });
    }).not.toThrow();
  });

  it('omits long values from its message', () => {
    expect(problemOf({ timeout: `sk-${'x'.repeat(60)}` }).message).not.toContain('xxx');
  });
});

describe('validateRequest, for secrets in what becomes arguments', () => {
  it.each<[field: string, request: Bad]>([
    [
      'config.model_providers.x.experimental_bearer_token',
      { config: { model_providers: { x: { experimental_bearer_token: 'abc' } } } },
    ],
    ['config.mcp_servers.x.env.API_KEY', { config: { mcp_servers: { x: { env: { API_KEY: 'abc' } } } } }],
    [
      'config.mcp_servers.x.http_headers.Authorization',
      { config: { mcp_servers: { x: { http_headers: { Authorization: 'Basic abc' } } } } },
    ],
    [
      'config.model_providers.x.http_headers.X-Api-Key',
      { config: { model_providers: { x: { http_headers: { 'X-Api-Key': 'k' } } } } },
    ],
    ['config.a.apiKey', { config: { a: { apiKey: 'k' } } }],
    ['config.a.password', { config: { a: { password: 'k' } } }],
    ['config.a', { config: { a: 'prefix sk-abcdefgh12345678' } }],
    ['config.args[1]', { config: { args: ['--key', 'ghp_abcdefghij0123456789'] } }],
    ['config.url', { config: { url: 'https://user:hunter2@example.org/' } }],
    ['configOverrides[0] (x.api_key)', { configOverrides: ['x.api_key="abc"'] }],
    ['configOverrides[0] (x.api_key)', { configOverrides: ['x.api_key=abc'] }],
    ['configOverrides[0] (x).env.GITHUB_TOKEN', { configOverrides: ['x={ env = { GITHUB_TOKEN = "abc" } }'] }],
  ])('rejects a secret in %s with advice, and does not repeat it', (field, request) => {
    const error = problemOf(request);
    expect(error.field).toBe(field);
    expect(error.message).toMatch(/env_key.*env_http_headers.*bearer_token_env_var/);
    expect(error.message).not.toMatch(/abc|hunter2|ghp_|sk-/);
  });

  it.each<Bad>([
    {
      config: {
        model_providers: { x: { env_key: 'OPENAI_API_KEY', env_http_headers: { 'X-Api-Key': 'MY_KEY_VARIABLE' } } },
      },
    },
    { config: { mcp_servers: { x: { bearer_token_env_var: 'TOKEN', env_vars: ['API_KEY'] } } } },
    {
      config: { model_auto_compact_token_limit: 1000, tool_output_token_limit: 5, cli_auth_credentials_store: 'file' },
    },
    { config: { mcp_oauth_credentials_store: 'auto', token_url: 'https://example.org', api_key: '' } },
    {
      config: {
        shell_environment_policy: { exclude: ['*TOKEN*', '*KEY*'] },
        monkey: 'x',
        tokenizer: 'y',
        keyboard: 'z',
      },
    },
    { configOverrides: ['model_providers.x.env_key="OPENAI_API_KEY"'] },
  ])('accepts names of variables, limits and locations: %j', (request) => {
    expect(() => {
      validateRequest({ prompt: 'p', ...request });
    }).not.toThrow();
  });
});

describe('validateOptions', () => {
  it('checks the options of a client without a prompt', () => {
    expect(() => {
      validateOptions({ model: 'm' });
    }).not.toThrow();
    expect(() => {
      validateOptions({ model: ' ' });
    }).toThrow(RequestError);
  });

  it('ignores unknown options, which may belong to a command', () => {
    expect(() => {
      validateOptions({ model: 'm', ...{ taskId: 't' } });
    }).not.toThrow();
  });
});
